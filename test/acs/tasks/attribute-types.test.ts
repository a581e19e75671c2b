import { expect } from 'chai';
import { CpeFault } from '../../../acs/cwmp/cpe-fault.js';
import { ParameterTrees } from '../../../acs/devices/parameter-trees.js';
import type { ParameterTree } from '../../../acs/devices/parameter-tree.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import type { TaskRecord } from '../../../store/models/task.js';
import { Harness } from './harness.js';
import { SimulatedCpe } from './simulated-cpe.js';

const MODELS = [
  ['tr181', 'Device.', 'Device.WiFi.SSID.1.SSID', 'Device.WiFi.SSID.'],
  [
    'tr098',
    'InternetGatewayDevice.',
    'InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.SSID',
    'InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.PreSharedKey.',
  ],
] as const;

describe('tasks about attributes, methods and later Informs', () => {
  let h: Harness;
  let cpe: SimulatedCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open();
  });
  after(() => h.close());

  async function meet(model: 'tr181' | 'tr098'): Promise<void> {
    cpe = new SimulatedCpe(model, `attr${(count += 1)}`);
    await h.run(cpe);
    cpe.asked.length = 0;
  }
  const ask = async (type: string, config: unknown): Promise<TaskRecord> => {
    const task = await h.add(cpe, type, config);
    await h.run(cpe);
    return task;
  };
  const tree = (): Promise<ParameterTree> =>
    new ParameterTrees(h.store, { clock: h.clock, cacheEntries: 1000 }).load({ _id: h.id(cpe) });
  const device = async (): Promise<DeviceRecord> =>
    (await h.store.devices.findById(h.id(cpe)).lean<DeviceRecord>())!;
  const details = async (task: TaskRecord): Promise<Record<string, string>> =>
    Object.fromEntries((await h.report(task)).details.map(({ name, value }) => [name, value]));
  afterEach(() => expect(cpe.violations).to.deep.equal([]));

  for (const [model, root, ssid, part] of MODELS)
    describe(`SetParameterAttributes on ${root}`, () => {
      beforeEach(() => meet(model));

      it('sets the notification of a parameter and leaves its access list alone', async () => {
        const before = cpe.model.attributes([ssid])[0]?.accessList;
        const task = await ask('SetParameterAttributes', {
          parameterName: ssid.replace(root, 'Root.'),
          notificationChange: 'true',
          notification: '2',
          aclChange: 'false',
          accessList: 'Nobody',
        });
        expect((await h.report(task)).status).to.equal('SUCCESS');
        expect(cpe.model.attributes([ssid])).to.deep.equal([
          { name: ssid, notification: 2, accessList: before },
        ]);
        expect(await details(task)).to.deep.equal({ parameter: ssid, notification: '2' });
      });

      it('sets the access list of all below a partial path, and remembers what it set', async () => {
        await ask('GetValues', { parameter: [{ name: part }] });
        const task = await ask('SetParameterAttributes', {
          parameterName: part,
          notificationChange: true,
          notification: 1,
          aclChange: true,
          accessList: ' Subscriber , X_00AABB_Shop ',
        });
        expect((await h.report(task)).status).to.equal('SUCCESS');
        const attributes = cpe.model.attributes([part]);
        expect(attributes.length).to.be.greaterThan(1);
        for (const { name, notification, accessList } of attributes) {
          expect([notification, accessList]).to.deep.equal([1, ['Subscriber', 'X_00AABB_Shop']]);
          expect((await tree()).get(name)?.notification).to.equal(1);
        }
      });
    });

  describe('SetParameterAttributes', () => {
    beforeEach(() => meet('tr181'));
    const base = {
      parameterName: 'Device.WiFi.',
      notificationChange: true,
      notification: 1,
      aclChange: false,
    };

    it('ends with the fault of a device that refuses the notification, and remembers nothing', async () => {
      const task = await ask('SetParameterAttributes', { ...base, notification: 5 });
      const report = await h.report(task);
      expect(report.status).to.equal('ERROR');
      expect(report.summary).to.match(/^9009 /);
      expect((await tree()).get('Device.WiFi.SSID.1.SSID')?.notification ?? null).to.equal(null);
    });

    for (const [wrong, change] of [
      ['no change at all', { notificationChange: false }],
      ['a notification of 7', { notification: 7 }],
      ['no parameter', { parameterName: '' }],
      ['an entity that is too long', { aclChange: true, accessList: 'x'.repeat(65) }],
    ] as const)
      it(`is refused with ${wrong}`, async () => {
        const error = await h
          .add(cpe, 'SetParameterAttributes', { ...base, ...change })
          .catch((e: unknown) => e);
        expect(error).to.have.property('code', 'validation');
      });
  });

  it('GetRpcMethods keeps the answer in the report and in a property of the device', async () => {
    await meet('tr181');
    cpe.quirks = { unsupported: ['Upload'] };
    const task = await ask('GetRpcMethodsTask', {});
    const { supportedRpcMethods } = await details(task);
    expect(supportedRpcMethods?.split(',')).to.include('ScheduleInform').and.not.include('Upload');
    expect((await device()).properties).to.deep.equal({ supportedRpcMethods });
    expect((await h.report(task)).summary).to.equal('14 methods');
  });

  it('a property is not written by a session that has lost its device to a newer one', async () => {
    await meet('tr181');
    const task = await h.add(cpe, 'GetRpcMethods');
    const session = await h.open(cpe);
    const request = (await session.next(null))!;
    h.crash();
    await h.open(cpe);
    const error = await session.next(await cpe.answer(request)).catch((e: unknown) => e);
    expect(error).to.have.property('name', 'SessionSupersededError');
    expect((await device()).properties).to.deep.equal({});
    expect((await h.report(task)).status).to.equal('IN_PROGRESS');
  });

  it('ScheduleInform asks for a later call, with a key of its own', async () => {
    await meet('tr098');
    const task = await ask('ScheduleInform', { delay: 600 });
    const { commandKey, expected } = await details(task);
    expect(cpe.scheduled).to.deep.equal([{ delay: 600, commandKey }]);
    expect(new Date(expected!).getTime() - h.clock.now().getTime()).to.be.within(599_000, 600_000);
    expect((await h.report(task)).status).to.equal('SUCCESS');
  });

  it('ScheduleInform ends with the fault of a device that cannot', async () => {
    await meet('tr098');
    cpe.script = ({ method }) =>
      method === 'ScheduleInform' ? new CpeFault(9000, 'Method not supported') : undefined;
    const report = await h.report(await ask('ScheduleInform', { delay: 1 }));
    expect([report.status, report.summary, report.fault?.method]).to.deep.equal([
      'ERROR',
      '9000 Method not supported',
      'ScheduleInform',
    ]);
    expect(await h.add(cpe, 'ScheduleInform', { delay: 0 }).catch((e: unknown) => e)).to.have.property(
      'code',
      'validation',
    );
  });
});
