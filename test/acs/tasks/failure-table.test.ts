import { expect } from 'chai';
import { CpeFault } from '../../../acs/cwmp/cpe-fault.js';
import { FakeCpe, event, transferComplete } from './fake-cpe.js';
import { Harness } from './harness.js';

/** Rows of the table of tasks.md §6.3 that are about ignored faults; the others stand in `failures.test.ts` and `group-tasks.test.ts`. */
describe('the table of what can go wrong', () => {
  let h: Harness;
  let cpe: FakeCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open();
    h.files.add({ id: 'fw', version: '2.0' });
  });
  after(() => h.close());
  beforeEach(async () => {
    cpe = new FakeCpe('Device', `table-${(count += 1)}`);
    cpe.set('WiFi.Name', 'old');
    await h.meet(cpe);
  });
  const lenient =
    '<config><get key="Device.WiFi.Gone" output="x" ignoreFaults="true"/><finish message="went on"/></config>';

  it('a fault of an asynchronous RPC is a failed attempt, also 9001', async () => {
    let refusals = 0;
    cpe.script = ({ method }) =>
      method === 'Download' && (refusals += 1) === 1 ? new CpeFault(9001, 'Request denied') : undefined;
    const task = await h.add(cpe, 'FirmwareUpgrade', { resourceId: 'fw', retryCount: 1 });
    await h.run(cpe);
    expect(await h.report(task)).to.include({ status: 'IN_PROGRESS', run: 1 });
    await h.run(cpe);
    const { commandKey } = await h.report(task);
    await h.run(cpe, {
      events: [event('7 TRANSFER COMPLETE')],
      transfers: [transferComplete(commandKey ?? '')],
    });
    expect(await h.report(task)).to.include({ status: 'SUCCESS', run: 1 });
    expect(refusals).to.equal(2);
  });

  it('a fault where faults are ignored is a line of the log, and the workflow goes on', async () => {
    const task = await h.add(cpe, 'XmlTask', lenient);
    await h.run(cpe);
    expect(await h.report(task)).to.include({ status: 'SUCCESS', summary: 'went on' });
    expect((await h.lines(task)).filter((line) => line.startsWith('WARN'))).to.match(/9005|9003/);
  });

  for (const [how, summary] of [
    ['disconnected', 'connection lost during GetParameterValues'],
    ['timeout', 'no answer during GetParameterValues'],
    ['protocol-error', 'unusable answer during GetParameterValues'],
  ] as const)
    it(`no fault is ignored in a session that ends: ${how}`, async () => {
      const task = await h.add(cpe, 'XmlTask', lenient);
      await h.run(cpe, { cut: { at: 1, when: 'after', how } });
      expect(await h.report(task)).to.include({ status: 'ERROR', summary });
    });

  it('an answer that is unexpected is no fault that could be ignored', async () => {
    cpe.script = ({ method }) =>
      method === 'GetParameterValues' ? { kind: 'unexpected', reason: 'an empty POST' } : undefined;
    const task = await h.add(cpe, 'XmlTask', lenient);
    await h.run(cpe);
    expect(await h.report(task)).to.include({
      status: 'ERROR',
      summary: 'unexpected answer to GetParameterValues: an empty POST',
    });
  });
});
