import { expect } from 'chai';
import { MemoryEventBus } from '../../../common/event-bus.js';
import { silentLog } from '../../../common/log.js';
import type { TemplateOffer } from '../../../acs/tasks/ports/workflow-ports.js';
import { ServiceRunEnds, StoredServices } from '../../../acs/tasks/services/stored-services.js';
import { storedPorts } from '../../../acs/tasks/stored-ports.js';
import type { DeviceService } from '../../../store/models/service.js';
import type { TaskRecord } from '../../../store/models/task.js';
import type { TemplateParameter } from '../../../store/models/template.js';
import { CpeFault } from '../../../acs/cwmp/cpe-fault.js';
import { FakeCpe } from './fake-cpe.js';
import { Harness } from './harness.js';

const parameter = (name: string, more: Partial<TemplateParameter> = {}): TemplateParameter => ({
  ...{ name, label: '', type: 'string', default: '', required: true, help: '', min: null, max: null },
  ...{ unit: 'characters', pattern: '', choices: [], category: '', fileType: '' },
  ...more,
});

const setSsid: TemplateOffer = {
  type: 'SetValues',
  config: {
    param: [
      {
        name: 'Device.WiFi.SSID.1.SSID',
        value: '${task.property.ssid}',
        type: 'xsd:string',
      },
    ],
  },
  parameters: [parameter('ssid')],
};

describe('tasks that switch services', () => {
  let h: Harness;
  let cpe: FakeCpe;
  let stored: StoredServices;
  let count = 0;
  const templates = new Map<string, TemplateOffer>();
  const profile = new Map<string, string>();
  const joined: string[] = [];

  before(async () => {
    h = await Harness.open();
    stored = new StoredServices(h.store, h.clock, new MemoryEventBus(h.clock));
    const { views } = storedPorts(h);
    h.ports = {
      views: { ...views, sv: () => Promise.resolve((name) => profile.get(name) ?? null) },
      template: (name) => Promise.resolve(templates.get(name) ?? null),
      services: stored,
      groups: {
        exists: () => Promise.resolve(true),
        join: (_device, group) => {
          joined.push(group);
          return Promise.resolve({ groups: [group], domain: '/' });
        },
        leave: () => Promise.resolve(null),
      },
    };
    h.crash();
    const now = h.clock.now();
    await h.store.services.create({
      ...{ _id: 'guests', caption: 'Guest Wi-Fi', activate: 'on', deactivate: 'off' },
      ...{ homeGroup: 'root.guests', user: 'admin', createdAt: now, editedAt: now },
    });
  });
  after(() => h.close());
  beforeEach(async () => {
    templates.clear();
    joined.length = 0;
    profile.clear();
    profile.set('services.available.guests', 'true');
    templates.set('on', setSsid);
    cpe = new FakeCpe('Device', `service-${(count += 1)}`);
    cpe.set('WiFi.SSID.1.SSID', 'Home');
    await h.meet(cpe);
  });

  const add = (state: string, properties: { name: string; value: string }[] = []): Promise<TaskRecord> =>
    h.add(cpe, 'ServiceManagement', { service: 'guests', state }, { properties });
  const kept = async (): Promise<DeviceService | undefined> =>
    (await h.store.devices.findById(h.id(cpe)).lean())?.services?.guests;
  const property = async (): Promise<string | undefined> =>
    (await h.store.devices.findById(h.id(cpe)).lean())?.properties['service%2Eguests'];
  const status = async (task: TaskRecord): Promise<string> => {
    const report = await h.report(task);
    return `${report.status} ${report.summary}`.trim();
  };

  it('run its template with the values given, keep the state and bring the device home', async () => {
    const task = await add('enabled', [{ name: 'ssid', value: 'Guests' }]);
    expect(await h.run(cpe)).to.deep.equal(['SetParameterValues']);
    expect(cpe.asked.at(-1)).to.deep.include({
      parameters: [{ name: 'Device.WiFi.SSID.1.SSID', value: 'Guests', type: 'string' }],
    });
    expect(await status(task)).to.match(/^SUCCESS/);
    expect(await kept()).to.deep.include({ settled: 'active', pending: null });
    expect((await kept())?.activatedAt).to.deep.equal(h.clock.now());
    expect((await kept())?.values).to.deep.equal([{ name: 'ssid', value: 'Guests' }]);
    expect(await property()).to.equal('enabled');
    expect(joined).to.deep.equal(['root.guests']);
  });

  it('switch it off by the other template, or by none where it has nothing to do', async () => {
    await add('enabled', [{ name: 'ssid', value: 'Guests' }]);
    await h.run(cpe);
    const { activatedAt } = (await kept()) ?? {};
    await h.store.services.updateOne({ _id: 'guests' }, { deactivate: '' });
    const task = await add('disabled');
    expect(await h.run(cpe)).to.deep.equal([]);
    await h.store.services.updateOne({ _id: 'guests' }, { deactivate: 'off' });
    expect(await status(task)).to.equal('SUCCESS');
    expect(await kept()).to.deep.include({ settled: 'inactive', activatedAt });
    expect(await property()).to.equal('disabled');
  });

  it('leave it failed, with the reason, where the device refuses or a value is missing', async () => {
    cpe.script = ({ method }) =>
      method === 'SetParameterValues' ? new CpeFault(9003, 'Invalid arguments') : undefined;
    const refused = await add('enabled', [{ name: 'ssid', value: 'Guests' }]);
    await h.run(cpe);
    expect(await status(refused)).to.match(/^ERROR 9003/);
    expect(await kept()).to.deep.include({ settled: 'failed', activatedAt: null });
    expect((await kept())?.summary).to.match(/^9003/);
    cpe.script = () => undefined;
    const missing = await add('enabled');
    expect(await h.run(cpe)).to.deep.equal([]);
    expect(await status(missing)).to.match(/^ERROR .*ssid/);
    expect(await property()).to.equal(undefined);
    expect(joined).to.deep.equal([]);
  });

  it('refuse what the profile does not offer, and what is not there', async () => {
    profile.clear();
    const task = await add('enabled', [{ name: 'ssid', value: 'Guests' }]);
    expect(await h.run(cpe)).to.deep.equal([]);
    expect(await status(task)).to.match(/^ERROR the device is not offered guests/);
    const unknown = await h.add(cpe, 'ServiceManagement', { service: 'nothing', state: 'enabled' });
    await h.run(cpe);
    expect(await status(unknown)).to.equal('ERROR not found: there is no service nothing');
  });

  it('are at work until their template ends, over sessions and losses of the server', async () => {
    templates.set('on', {
      type: 'XmlTask',
      config: { xml: '<config><wait inProgressMessage="for the next"/><finish message="on"/></config>' },
      parameters: [],
    });
    const task = await add('enabled');
    await h.run(cpe);
    expect(await kept()).to.deep.include({ settled: 'inactive' });
    expect((await kept())?.pending).to.deep.equal({ task: task._id, state: 'enabled' });
    h.crash();
    await h.run(cpe);
    expect(await status(task)).to.equal('SUCCESS on');
    expect(await kept()).to.deep.include({ settled: 'active', pending: null, summary: 'on' });
  });

  it('that are ended from outside leave it failed, unless another has taken it up since', async () => {
    const task = await add('enabled');
    const ends = new ServiceRunEnds(stored, silentLog);
    const end = {
      execution: { _id: 'x', device: h.id(cpe), run: 1, startTime: null },
      ...{ status: 'ERROR' as const, summary: 'connection lost', fault: null, finishTime: h.clock.now() },
    };
    await stored.begun(h.id(cpe), 'guests', { task: 'd:another:1', state: 'enabled' });
    await ends.ended(task, end);
    expect(await kept()).to.deep.include({ settled: 'inactive' });
    await stored.begun(h.id(cpe), 'guests', { task: task._id, state: 'enabled' });
    await ends.ended(task, end);
    expect(await kept()).to.deep.include({ settled: 'failed', summary: 'connection lost', pending: null });
  });

  it('forget it when the device is refurbished', async () => {
    await add('enabled', [{ name: 'ssid', value: 'Guests' }]);
    await h.run(cpe);
    await h.add(cpe, 'Refurbish', {});
    await h.run(cpe);
    expect(await kept()).to.equal(undefined);
  });
});
