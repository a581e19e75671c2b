import { expect } from 'chai';
import { CpeFault } from '../../../acs/cwmp/cpe-fault.js';
import type { ExecutionLogRecord } from '../../../store/models/execution-log.js';
import type { ExecutionRecord } from '../../../store/models/execution.js';
import type { TaskRecord } from '../../../store/models/task.js';
import { Harness } from './harness.js';
import { SimulatedCpe } from './simulated-cpe.js';

const MODELS = [
  ['tr181', 'Device.WiFi.SSID.1.SSID', 'Device.WiFi.AccessPoint.1.Security.KeyPassphrase'],
  [
    'tr098',
    'InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.SSID',
    'InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.PreSharedKey.1.KeyPassphrase',
  ],
] as const;

describe('undoing what SetValues has set', () => {
  let h: Harness;
  let cpe: SimulatedCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open();
  });
  after(() => h.close());
  afterEach(() => expect(cpe.violations).to.deep.equal([]));

  async function meet(model: 'tr181' | 'tr098', read: readonly string[]): Promise<SimulatedCpe> {
    const met = new SimulatedCpe(model, `undo${(count += 1)}`);
    await h.run(met);
    await h.add(met, 'GetValues', { parameter: read.map((name) => ({ name })) });
    await h.run(met);
    met.asked.length = 0;
    cpe = met;
    return met;
  }
  const ask = async (type: string, config: object): Promise<TaskRecord> => {
    const task = await h.add(cpe, type, config);
    await h.run(cpe);
    return task;
  };
  const set = (values: Record<string, string>): Promise<TaskRecord> =>
    ask('SetValues', { param: Object.entries(values).map(([name, value]) => ({ name, value })) });
  const undo = async (task: TaskRecord, more: object = {}): Promise<ExecutionRecord> =>
    h.report(await ask('UndoSetValues', { task: task._id, ...more }));
  const history = (task: TaskRecord): Promise<ExecutionLogRecord[]> =>
    h.store.executionLogs.find({ task: task._id }).sort({ run: 1 }).lean<ExecutionLogRecord[]>();

  for (const [model, ssid, key] of MODELS)
    describe(`on ${model}`, () => {
      const enable = ssid.replace(/SSID$/, 'Enable');

      it('puts the values back in one step, with their types', async () => {
        await meet(model, [ssid, enable]);
        const old = [cpe.model.peek(ssid), cpe.model.peek(enable)];
        const task = await set({ [ssid]: 'Changed', [enable]: 'false' });
        expect([cpe.model.peek(ssid), cpe.model.peek(enable)]).to.deep.equal(['Changed', '0']);
        const { replaced } = await h.report(task);
        expect(replaced?.omitted).to.equal(0);
        expect(replaced?.values.map(({ name, value, type }) => [name, value, type])).to.deep.equal([
          [ssid, old[0], 'string'],
          [enable, 'true', 'boolean'],
        ]);
        expect(replaced?.values[0]?.readAt).to.be.an.instanceOf(Date);
        const report = await undo(task);
        expect([report.status, report.summary]).to.deep.equal(['SUCCESS', '2 values restored']);
        expect([cpe.model.peek(ssid), cpe.model.peek(enable)]).to.deep.equal(old);
        expect(cpe.methods()).to.deep.equal(['SetParameterValues', 'SetParameterValues']);
      });

      it('restores a secret that is known, keeps it sealed, and writes it in no log', async () => {
        await meet(model, [ssid]);
        await ask('SetValues', { param: [{ name: key, value: 'first secret', type: 'string' }] });
        const task = await ask('SetValues', {
          param: [{ name: key, value: 'second secret', type: 'string' }],
        });
        const report = await h.report(task);
        expect(report.replaced?.values[0]).to.include({ name: key, sealed: true });
        expect(JSON.stringify([report, await history(task)])).not.to.include('first secret');
        const undone = await ask('UndoSetValues', { task: task._id });
        expect((await h.report(undone)).status).to.equal('SUCCESS');
        expect(cpe.model.peek(key)).to.equal('first secret');
        expect((await h.lines(undone)).join('\n'))
          .to.include(key)
          .and.not.include('first secret');
      });

      it('says which values cannot be restored: secrets that read as empty, and what was never read', async () => {
        await meet(model, [ssid, key]);
        const old = cpe.model.peek(ssid);
        const task = await ask('SetValues', {
          param: [ssid, key, enable].map((name) => ({
            name,
            value: name === enable ? '0' : 'some other',
            type: name === enable ? 'boolean' : 'string',
          })),
        });
        const report = await undo(task);
        expect(report.status).to.equal('WARNING');
        expect(report.summary).to.equal(
          `1 value restored; ${key} cannot be restored (it is a secret, which the device does not tell); ` +
            `${enable} cannot be restored (its value was never read)`,
        );
        expect([cpe.model.peek(ssid), cpe.model.peek(enable)]).to.deep.equal([old, '0']);
      });
    });

  const [, SSID] = MODELS[0];

  it('remembers nothing of what the device has refused, and goes back to the run that replaced something', async () => {
    await meet('tr181', [SSID]);
    const old = cpe.model.peek(SSID);
    cpe.script = ({ method }) => (method === 'SetParameterValues' ? new CpeFault(9001, 'no') : undefined);
    const task = await set({ [SSID]: 'Refused' });
    expect((await h.report(task)).replaced).to.equal(null);
    const nothing = await undo(task);
    expect([nothing.status, nothing.summary]).to.deep.equal([
      'WARNING',
      `Nothing to restore: ${task._id} replaced nothing on this device`,
    ]);
    cpe.script = () => undefined;
    await h.service.restart(task._id, { actor: { user: 'operator' } });
    await h.run(cpe);
    expect(cpe.model.peek(SSID)).to.equal('Refused');
    const report = await undo(task);
    expect([report.status, cpe.model.peek(SSID)]).to.deep.equal(['SUCCESS', old]);
    expect((await history(task)).map(({ replaced }) => replaced?.values[0]?.value ?? null)).to.deep.equal([
      null,
      old,
    ]);
  });

  it('of a task that repeats needs to be told which run, since later ones replaced its own values', async () => {
    await meet('tr181', [SSID]);
    const old = cpe.model.peek(SSID);
    const config = { param: [{ name: SSID, value: 'Again and again' }] };
    const task = await h.add(cpe, 'SetValues', config, { automaticRestart: true });
    await h.run(cpe);
    await h.run(cpe);
    await h.service.edit(task._id, { active: false }, { actor: { user: 'operator' } });
    const nothing = await undo(task);
    expect([nothing.status, nothing.summary]).to.deep.equal([
      'WARNING',
      `Nothing to restore: ${task._id} repeats, so later runs replaced its own values: say which of its runs`,
    ]);
    expect(cpe.model.peek(SSID)).to.equal('Again and again');
    const first = await ask('UndoSetValues', { task: task._id, run: 1 });
    expect([(await h.report(first)).status, cpe.model.peek(SSID)]).to.deep.equal(['SUCCESS', old]);
  });

  it('undoes the run that is named, also of a task that was deleted since', async () => {
    await meet('tr181', [SSID]);
    const old = cpe.model.peek(SSID);
    const task = await set({ [SSID]: 'Changed' });
    await h.service.restart(task._id, { actor: { user: 'operator' } });
    await h.run(cpe);
    expect((await h.report(task)).replaced?.values[0]?.value).to.equal('Changed');
    await h.service.remove(task._id, { actor: { user: 'operator' } });
    expect((await undo(task, { run: 3 })).summary).to.match(/has no run 3 here$/);
    await undo(task);
    expect(cpe.model.peek(SSID)).to.equal('Changed');
    await undo(task, { run: 1 });
    expect(cpe.model.peek(SSID)).to.equal(old);
  });

  it('restores what was there before a workflow, which had set it twice and was parked in between', async () => {
    await meet('tr181', [SSID]);
    const old = cpe.model.peek(SSID);
    const xml = `<config><set key="${SSID}" value="One"/><wait/><set key="${SSID}" value="Two"/></config>`;
    const task = await ask('XmlTask', { xml });
    expect(cpe.model.peek(SSID)).to.equal('One');
    await h.run(cpe);
    expect([(await h.report(task)).status, cpe.model.peek(SSID)]).to.deep.equal(['SUCCESS', 'Two']);
    await undo(task);
    expect(cpe.model.peek(SSID)).to.equal(old);
  });

  it('can itself be undone', async () => {
    await meet('tr181', [SSID]);
    const task = await set({ [SSID]: 'Changed' });
    const undone = await ask('UndoSetValues', { task: task._id });
    expect(cpe.model.peek(SSID)).not.to.equal('Changed');
    await undo(undone);
    expect(cpe.model.peek(SSID)).to.equal('Changed');
  });

  it('ends with WARNING where the task has never run', async () => {
    await meet('tr181', [SSID]);
    const report = await h.report(await ask('UndoSetValues', { task: 'g:root.lab:1' }));
    expect([report.status, report.summary]).to.deep.equal([
      'WARNING',
      'Nothing to restore: g:root.lab:1 has not run on this device',
    ]);
    expect(cpe.asked).to.deep.equal([]);
  });

  it('ends with the faults of the device when it refuses, and changes nothing', async () => {
    await meet('tr181', [SSID]);
    const task = await set({ [SSID]: 'Changed' });
    cpe.script = ({ method }) => (method === 'SetParameterValues' ? new CpeFault(9003, 'no') : undefined);
    const report = await undo(task);
    expect([report.status, report.fault?.code, cpe.model.peek(SSID)]).to.deep.equal([
      'ERROR',
      9003,
      'Changed',
    ]);
    expect(report.replaced).to.equal(null);
  });

  it('restores what was there before a run that was cut off by a crash after the device had accepted', async () => {
    await meet('tr181', [SSID]);
    const old = cpe.model.peek(SSID);
    const task = await h.add(cpe, 'SetValues', {
      onlyChanged: true,
      param: [{ name: SSID, value: 'Changed' }],
    });
    const before = cpe.count('SetParameterValues');
    await h.run(cpe, { cut: { at: 2, when: 'after', how: 'crash' } });
    expect([cpe.model.peek(SSID), cpe.count('SetParameterValues')]).to.deep.equal(['Changed', before + 1]);
    await h.run(cpe);
    expect((await h.report(task)).status).to.equal('SUCCESS');
    await undo(task);
    expect(cpe.model.peek(SSID)).to.equal(old);
  });

  it('undoes on each device of a group what the group task has done there', async () => {
    const cpes = [await meet('tr181', [SSID]), await meet('tr181', [SSID])];
    const late = await meet('tr181', [SSID]);
    for (const [index, one] of cpes.entries()) {
      one.model.assign(SSID, `Home ${index}`);
      await h.add(one, 'GetValues', { parameter: [{ name: SSID }] });
      await h.run(one);
      await h.join(one, 'root.undo');
    }
    const task = await h.addToGroup('root.undo', 'SetValues', { param: [{ name: SSID, value: 'Event' }] });
    for (const one of cpes) await h.run(one);
    expect(cpes.map((one) => one.model.peek(SSID))).to.deep.equal(['Event', 'Event']);
    await h.service.edit(task._id, { active: false }, { actor: { user: 'operator' } });
    const undoing = await h.addToGroup('root.undo', 'UndoSetValues', { task: task._id });
    await h.join(late, 'root.undo');
    for (const one of [...cpes, late]) await h.run(one);
    expect(cpes.map((one) => one.model.peek(SSID))).to.deep.equal(['Home 0', 'Home 1']);
    expect((await h.reportOn(undoing, late))?.summary).to.match(/has not run on this device/);
  });

  it('asks the store for nothing more in a session without tasks, and writes no more than before with one', async () => {
    await meet('tr181', [SSID]);
    const asked: string[] = [];
    const listen = ({
      commandName,
      command,
    }: {
      commandName: string;
      command: Record<string, unknown>;
    }): void => {
      asked.push(`${commandName} ${String(command[commandName])}`);
    };
    const client = h.store.connection.getClient();
    client.on('commandStarted', listen);
    try {
      await set({ [SSID]: 'Changed' });
      expect(asked.filter((one) => one.includes('parameter_trees')).length).to.be.at.most(2);
      expect(asked.filter((one) => one === 'update executions')).to.have.length(1);
      await h.run(cpe);
      asked.length = 0;
      await h.run(cpe);
      expect(asked.filter((one) => /parameter_trees|executions|execution_logs/.test(one))).to.deep.equal([]);
    } finally {
      client.off('commandStarted', listen);
    }
  });
});
