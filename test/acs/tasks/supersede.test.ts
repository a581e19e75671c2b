import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import { SessionSupersededError } from '../../../common/errors.js';
import { CpeFault } from '../../../acs/cwmp/cpe-fault.js';
import type { ConductedSession } from '../../../acs/cwmp/conductor.js';
import type { SessionRun } from '../../../acs/tasks/session-run.js';
import { FakeCpe, event } from './fake-cpe.js';
import { end, Harness } from './harness.js';
import { interceptNext, type StoreCall } from './intercept.js';

const read = { parameter: [{ name: 'Device.WiFi.Name' }] };
const REPORTS = { collection: 'executions', operation: 'updateOne' };
const HISTORY = { collection: 'execution_logs', operation: 'bulkWrite' };

describe('a session that is replaced while a step of it is at work', () => {
  let h: Harness;
  let cpe: FakeCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open();
  });
  after(() => h.close());
  beforeEach(async () => {
    cpe = new FakeCpe('Device', `replaced-${(count += 1)}`);
    cpe.set('WiFi.Name', 'first');
    await h.meet(cpe);
  });

  /** Holds the next such call until it is let go. */
  function hold(call: StoreCall): { reached: Promise<void>; letGo: () => void; restore: () => void } {
    let letGo = (): void => undefined;
    let reach = (): void => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const reached = new Promise<void>((resolve) => (reach = resolve));
    const { restore } = interceptNext(h.store, call, () => {
      reach();
      return held;
    });
    return { reached, letGo, restore };
  }

  /** A newer session opens; resolves when it has taken the lease and waits for the older one. */
  async function replace(older: ConductedSession): Promise<{ opening: Promise<ConductedSession> }> {
    const opening = h.open(cpe, [event('1 BOOT')]);
    while (isOwn(older as SessionRun)) await setImmediate();
    return { opening };
  }

  function isOwn(session: SessionRun): boolean {
    try {
      session.assertOwn();
      return true;
    } catch {
      return false;
    }
  }

  async function superseded(step: Promise<unknown>): Promise<void> {
    const error: unknown = await step.then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(SessionSupersededError);
  }

  it('lets a run end that has its last answer, and says so', async () => {
    const task = await h.add(cpe, 'GetValues', read);
    const gate = hold(REPORTS);
    const older = await h.open(cpe);
    const step = older.next(cpe.answer((await older.next(null))!));
    await gate.reached;
    const { opening } = await replace(older);
    gate.letGo();
    await superseded(step);
    const newer = await opening;
    gate.restore();
    await older.close(end('superseded', null));
    expect(await newer.next(null)).to.equal(null);
    await newer.close(end('complete', null));
    expect(await h.report(task)).to.include({ status: 'SUCCESS', run: 1 });
    const { items } = await h.reports.history({ task: task._id, limit: 5 });
    expect(items.map(({ status }) => status)).to.deep.equal(['SUCCESS']);
  });

  it('does not send the request that it was thinking of, and names it', async () => {
    const xml = '<config><get key="Device.WiFi.Name"/><set key="Device.WiFi.Name" value="x"/></config>';
    const task = await h.add(cpe, 'XmlTask', { xml });
    const gate = hold(REPORTS);
    const older = await h.open(cpe);
    const step = older.next(cpe.answer((await older.next(null))!));
    await gate.reached;
    const { opening } = await replace(older);
    gate.letGo();
    await superseded(step);
    await (await opening).close(end('complete', null));
    gate.restore();
    expect(await h.report(task)).to.include({
      status: 'ERROR',
      summary: 'connection lost before SetParameterValues',
    });
    expect(cpe.methods()).to.deep.equal(['GetParameterValues']);
  });

  it('does not take the boot of the newer session for that of a Reboot which was never sent', async () => {
    const task = await h.add(cpe, 'Reboot');
    const gate = hold(REPORTS);
    const older = await h.open(cpe);
    const step = older.next(null);
    await gate.reached;
    const { opening } = await replace(older);
    gate.letGo();
    await superseded(step);
    await (await opening).close(end('complete', null));
    gate.restore();
    expect(await h.report(task)).to.include({ status: 'ERROR', summary: 'connection lost before Reboot' });
  });

  it('ends a run in its pause', async () => {
    const task = await h.add(cpe, 'LiveTouch', {
      ...{ samples: 5, interval: 3, in: [] },
      param: [{ key: 'Device.WiFi.Name', alias: 'name' }],
    });
    let wake = (): void => undefined;
    const slept = new Promise<void>((resolve) => {
      h.clock.sleep = () => {
        resolve();
        return new Promise((woken) => (wake = woken));
      };
    });
    try {
      const older = await h.open(cpe);
      const step = older.next(cpe.answer((await older.next(null))!));
      await slept;
      const { opening } = await replace(older);
      wake();
      await superseded(step);
      await (await opening).close(end('complete', null));
    } finally {
      Reflect.deleteProperty(h.clock, 'sleep');
    }
    expect(await h.report(task)).to.include({
      status: 'ERROR',
      summary: 'connection lost after GetParameterValues',
    });
  });

  it('keeps the newer one waiting no longer than it must: the run goes on from its checkpoint', async () => {
    const hasty = await Harness.open({ supersedeMs: 20 });
    try {
      await hasty.meet(cpe);
      const known = await hasty.add(cpe, 'GetValues', read);
      let letGo = (): void => undefined;
      const held = new Promise<void>((resolve) => (letGo = resolve));
      const { restore } = interceptNext(hasty.store, REPORTS, () => held);
      const older = await hasty.open(cpe);
      const step = older.next(cpe.answer((await older.next(null))!));
      const newer = await hasty.open(cpe);
      restore();
      const again = await newer.next(null);
      expect(again?.method).to.equal('GetParameterValues');
      letGo();
      await superseded(step);
      await older.close(end('superseded', null));
      expect((await hasty.report(known)).status).to.equal('IN_PROGRESS');
      expect(await newer.next(cpe.answer(again!))).to.equal(null);
      await newer.close(end('complete', null));
      expect(await hasty.report(known)).to.include({ status: 'SUCCESS', run: 1 });
    } finally {
      await hasty.close();
    }
  });

  it('of another server writes its line of the history not over that of the newer one', async () => {
    const task = await h.add(cpe, 'GetValues', read);
    const gate = hold(HISTORY);
    const older = await h.open(cpe);
    const step = older.next(cpe.answer((await older.next(null))!));
    await gate.reached;
    h.crash();
    cpe.script = () => new CpeFault(9002, 'Internal Error', []);
    await h.run(cpe);
    gate.letGo();
    await superseded(step);
    gate.restore();
    const { items } = await h.reports.history({ task: task._id, limit: 5 });
    expect(items.map(({ status }) => status)).to.deep.equal(['ERROR']);
    expect((await h.report(task)).status).to.equal('ERROR');
  });
});
