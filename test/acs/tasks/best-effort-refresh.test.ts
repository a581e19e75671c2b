import { expect } from 'chai';
import { CpeFault } from '../../../acs/cwmp/cpe-fault.js';
import type { AcsRequest } from '../../../acs/cwmp/messages.js';
import { ParameterTrees } from '../../../acs/devices/parameter-trees.js';
import type { ParameterTree } from '../../../acs/devices/parameter-tree.js';
import type { ExecutionRecord } from '../../../store/models/execution.js';
import { FakeCpe } from './fake-cpe.js';
import { Harness } from './harness.js';
import { SimulatedCpe } from './simulated-cpe.js';

describe('CwmpBestEffortRefresh', () => {
  let h: Harness;
  let count = 0;
  before(async () => {
    h = await Harness.open();
  });
  after(() => h.close());

  const tree = (cpe: FakeCpe | SimulatedCpe): Promise<ParameterTree> =>
    new ParameterTrees(h.store, { clock: h.clock, cacheEntries: 1000 }).load({ _id: h.id(cpe) });
  const refresh = async (
    cpe: FakeCpe | SimulatedCpe,
    config: object = { useQuota: false },
  ): Promise<ExecutionRecord> => {
    const task = await h.add(cpe, 'CwmpBestEffortRefreshTask', config);
    await h.run(cpe);
    return h.report(task);
  };
  const detail = (report: ExecutionRecord, name: string): string | undefined =>
    report.details.find((one) => one.name === name)?.value;

  async function fake(parameters: number): Promise<FakeCpe> {
    const cpe = new FakeCpe('Device', `effort-${(count += 1)}`);
    for (let index = 0; index < parameters; index += 1) cpe.set(`A.P${index}`, `v${index}`);
    await h.meet(cpe);
    return cpe;
  }
  /** Refuses every GetParameterValues that names one of these. */
  function spoiled(cpe: FakeCpe, code: number, ...names: string[]): void {
    cpe.script = (request) =>
      request.method === 'GetParameterValues' && request.names.some((name) => names.includes(name))
        ? new CpeFault(code, 'no')
        : undefined;
  }
  const sizes = (cpe: FakeCpe): number[] =>
    cpe.asked.flatMap((request: AcsRequest) =>
      request.method === 'GetParameterValues' ? [request.names.length] : [],
    );

  for (const model of ['tr181', 'tr098'] as const)
    it(`reads all of a ${model} device that refuses more than 20 values at once`, async () => {
      const cpe = new SimulatedCpe(model, `effort${(count += 1)}`);
      await h.run(cpe);
      cpe.quirks = { maxValues: 20, noPartialPaths: true };
      const report = await refresh(cpe);
      expect(report.status).to.equal('SUCCESS');
      const values = [...(await tree(cpe)).values(cpe.root)];
      expect(values.length).to.equal(cpe.model.parameterCount());
      expect(detail(report, 'values')).to.equal(String(values.length));
      expect(cpe.violations).to.deep.equal([]);
    });

  it('halves a batch that is refused, whatever the fault, down to the parameters that cannot be read', async () => {
    const cpe = await fake(16);
    spoiled(cpe, 9002, 'Device.A.P5');
    const report = await refresh(cpe, { useQuota: false, gpvBatchSize: 16 });
    expect(sizes(cpe).slice(0, 1)).to.deep.equal([16]);
    expect(sizes(cpe)).to.include.members([8, 4, 2, 1]);
    expect(report.status).to.equal('WARNING');
    expect(report.summary).to.equal('20 of 21 values; 1 names could not be read');
    expect(detail(report, 'Device.A.P5 (not read)')).to.equal('9002 no');
    expect((await tree(cpe)).value('Device.A.P6')).to.equal('v6');
  });

  it('stops asking a device that refuses everything after 500 refusals', async () => {
    const cpe = await fake(700);
    cpe.script = ({ method }) => (method === 'GetParameterValues' ? new CpeFault(9002, 'broken') : undefined);
    const report = await refresh(cpe);
    expect(sizes(cpe).length).to.equal(500);
    expect([report.status, report.summary]).to.deep.equal(['ERROR', '9002 broken']);
    expect(detail(report, 'unread')).to.equal('705');
    expect(detail(report, 'Device.A.P699 (not read)')).to.match(/^not tried/);
  });

  it('stops when its time is nearly over and keeps what it has', async () => {
    const cpe = await fake(100);
    cpe.script = ({ method }) => {
      if (method === 'GetParameterValues') h.clock.advance(140_000);
      return undefined;
    };
    const report = await refresh(cpe);
    expect(sizes(cpe).length).to.equal(2);
    expect(report.status).to.equal('WARNING');
    expect(report.summary).to.match(/^64 of 105 values/);
  });

  it('lists level by level around an object that cannot be listed, and drops nothing below it', async () => {
    const cpe = await fake(2);
    cpe.set('B.Old', 'x');
    await refresh(cpe);
    cpe.script = (request) =>
      request.method === 'GetParameterNames' && (!request.nextLevel || request.path === 'Device.B.')
        ? new CpeFault(9002, 'broken')
        : undefined;
    const report = await refresh(cpe);
    expect(report.status).to.equal('WARNING');
    expect(detail(report, 'Device.B. (not read)')).to.equal('9002 broken');
    expect((await tree(cpe)).value('Device.B.Old')).to.equal('x');
    expect((await tree(cpe)).value('Device.A.P1')).to.equal('v1');
  });

  it('drops what has vanished when the list is whole', async () => {
    const cpe = await fake(3);
    await refresh(cpe);
    cpe.parameters.delete('Device.A.P2');
    expect((await refresh(cpe)).status).to.equal('SUCCESS');
    expect((await tree(cpe)).has('Device.A.P2')).to.equal(false);
  });

  it('waits for a later session when no refresh of this minute is left', async () => {
    const small = await Harness.open({ refreshesPerMinute: 0 });
    try {
      const cpe = new FakeCpe('Device', 'quota');
      await small.meet(cpe);
      const task = await small.add(cpe, 'CwmpBestEffortRefresh');
      await small.run(cpe);
      const report = await small.report(task);
      expect([report.status, report.summary, report.blocking]).to.deep.equal([
        'IN_PROGRESS',
        'waiting for quota',
        false,
      ]);
    } finally {
      await small.close();
    }
  });

  it('begins again after the server crashed in the middle', async () => {
    const cpe = await fake(40);
    const task = await h.add(cpe, 'CwmpBestEffortRefresh', { useQuota: false });
    await h.run(cpe, { cut: { at: 3, when: 'after', how: 'crash' } });
    expect((await h.report(task)).status).to.equal('IN_PROGRESS');
    await h.run(cpe);
    expect((await h.report(task)).status).to.equal('SUCCESS');
  });

  it('ends with ERROR when the connection is lost, and keeps what was read', async () => {
    const cpe = await fake(40);
    const task = await h.add(cpe, 'CwmpBestEffortRefresh', { useQuota: false });
    await h.run(cpe, { cut: { at: 3, when: 'before', how: 'disconnected' } });
    expect((await h.report(task)).summary).to.equal('connection lost during GetParameterValues');
    expect([...(await tree(cpe)).values('Device.A.')].length).to.be.greaterThan(20);
  });
});
