import type { Agenda } from 'agenda';
import { expect } from 'chai';
import { createAgenda } from '../../../acs/jobs/agenda.js';
import { Jobs, type JobDefinition } from '../../../acs/jobs/jobs.js';
import { releaseStaleLeases, removeExpired } from '../../../acs/jobs/retention.js';
import { standardJobs } from '../../../acs/jobs/standard-jobs.js';
import type { ConnectionRequests } from '../../../acs/jobs/connection-requests.js';
import { systemClock } from '../../../common/clock.js';
import { silentLog } from '../../../common/log.js';
import { openStore, type Store } from '../../../store/store.js';
import { until } from '../until.js';
import { openTestStore } from '../with-store.js';
import { addDevice } from './device.js';

describe('Jobs', () => {
  let store: Store;
  let uri: string;
  let close: () => Promise<void>;
  const running: { jobs: Jobs; agenda: Agenda; store: Store }[] = [];

  before(async () => {
    ({ store, uri, close } = await openTestStore());
  });
  after(async () => close());
  beforeEach(async () => {
    await store.db.collection('agendaJobs').deleteMany({});
  });
  afterEach(async () => {
    for (const server of running.splice(0)) {
      await server.jobs.stop(1_000);
      if (server.store !== store) await server.store.close();
    }
  });

  const server = async (
    serverId: string,
    definitions: readonly JobDefinition[],
    own: Store = store,
  ): Promise<Jobs> => {
    const agenda = await createAgenda(own, { serverId, log: silentLog, processEvery: 20 });
    const jobs = await Jobs.start({
      store: own,
      agenda,
      clock: systemClock,
      log: silentLog,
      serverId,
      definitions,
    });
    running.push({ jobs, agenda, store: own });
    return jobs;
  };

  const definition = (run: JobDefinition['run'], more: Partial<JobDefinition> = {}): JobDefinition => ({
    name: 'test',
    title: 'A test',
    interval: 60,
    run,
    ...more,
  });

  it('run again and again, each with a visible result', async () => {
    let runs = 0;
    const jobs = await server('one', [definition(() => Promise.resolve(`run ${(runs += 1)}`))]);
    const [status] = await until(
      () => jobs.list(),
      ([job]) => job?.lastResult?.text === 'run 3',
    );
    expect(status).to.include({ name: 'test', title: 'A test', interval: 60, failCount: 0 });
    expect(status?.lastResult).to.include({ ok: true, server: 'one' });
    expect(status?.lastRunAt).to.be.instanceOf(Date);
    expect(status?.nextRunAt).to.be.instanceOf(Date);
  });

  it('that fail are counted, say why, and run again', async () => {
    let runs = 0;
    const jobs = await server('one', [
      definition(() => {
        runs += 1;
        return runs < 3 ? Promise.reject(new Error(`no luck ${runs}`)) : Promise.resolve('well');
      }),
      definition(() => Promise.resolve('fine'), { name: 'other' }),
    ]);
    const failed = await until(
      () => jobs.list(),
      ([job]) => job?.failCount === 2,
    );
    expect(failed[0]?.lastResult).to.include({ ok: false, text: 'no luck 2' });
    const recovered = await until(
      () => jobs.list(),
      ([job]) => job?.lastResult?.ok === true && job.failCount === 0,
    );
    expect(recovered[1]?.lastResult).to.include({ ok: true, text: 'fine' });
  });

  it('are shared by two servers: each run is done once, never two at a time', async () => {
    const runs: { server: string; at: number }[] = [];
    let atOnce = 0;
    let most = 0;
    const on = (name: string): JobDefinition =>
      definition(async () => {
        most = Math.max(most, (atOnce += 1));
        runs.push({ server: name, at: Date.now() });
        await new Promise((resolve) => setTimeout(resolve, 15));
        atOnce -= 1;
        return '';
      });
    const [one] = await Promise.all([
      server('one', [on('one')], await openStore({ uri })),
      server('two', [on('two')], await openStore({ uri })),
    ]);
    await until(
      () => runs.length,
      (count) => count >= 10,
    );
    expect(most).to.equal(1);
    expect(await store.db.collection('agendaJobs').countDocuments({ name: 'test' })).to.equal(1);
    // One run an interval, not one an interval and server.
    const intervals = (runs.at(-1)!.at - runs[0]!.at) / 60;
    expect(runs.length).to.be.at.most(intervals + 2);
    expect(await one.list()).to.have.length(1);
  });

  it('keep their plan and their past over a restart, and take a new interval', async () => {
    const first = await server('one', [definition(() => Promise.resolve('done'), { interval: 3_600_000 })]);
    const [before] = await until(
      () => first.list(),
      ([job]) => (job?.lastFinishedAt ?? null) !== null,
    );
    await running.pop()?.jobs.stop();
    const second = await server('two', [definition(() => Promise.resolve('again'), { interval: 3_600_000 })]);
    expect(await second.list()).to.deep.equal([before]);
    await running.pop()?.jobs.stop();
    const third = await server('three', [
      definition(() => Promise.resolve('third'), { interval: 1_800_000 }),
    ]);
    const [after] = await third.list();
    expect(after?.interval).to.equal(1_800_000);
    expect(after?.lastRunAt).to.deep.equal(before?.lastRunAt);
    expect(after!.nextRunAt!.getTime()).to.be.lessThan(before!.nextRunAt!.getTime());
  });

  it('run at once when asked to', async () => {
    let runs = 0;
    const jobs = await server('one', [
      definition(() => Promise.resolve(String((runs += 1))), { interval: 3_600_000 }),
    ]);
    await until(
      () => jobs.list(),
      ([job]) => (job?.lastFinishedAt ?? null) !== null,
    );
    expect(await jobs.trigger('test')).to.equal(true);
    await until(
      () => runs,
      (count) => count === 2,
    );
    expect(await jobs.trigger('nobody')).to.equal(false);
  });

  it('under way are waited for at the end, and none is left locked', async () => {
    let finish: (() => void) | null = null;
    let done = false;
    const jobs = await server('one', [
      definition(async () => {
        await new Promise<void>((resolve) => (finish = resolve));
        done = true;
        return 'slow';
      }),
      definition(() => Promise.resolve(''), { name: 'ahead', interval: 3_600_000 }),
    ]);
    await until(
      () => jobs.list(),
      ([job]) => job?.running === true,
    );
    const go = await until<(() => void) | null>(
      () => finish,
      (begun) => begun !== null,
    );
    const { agenda } = running.pop()!;
    const stopped = jobs.stop(5_000);
    expect(done).to.equal(false);
    go?.();
    await stopped;
    expect(done).to.equal(true);
    expect(agenda.isActiveJobProcessor()).to.equal(false);
    await until(
      () => store.db.collection('agendaJobs').countDocuments({ lockedAt: { $ne: null } }),
      (count) => count === 0,
    );
  });

  it('of an installation end overdue tasks and clean up', async () => {
    const asked: string[] = [];
    const jobs = await server(
      'one',
      standardJobs({
        store,
        connectionRequests: { sweep: () => Promise.resolve(2) } as unknown as ConnectionRequests,
        endOverdue: () => {
          asked.push('overdue');
          return Promise.resolve(1);
        },
        callForTasks: () => Promise.resolve(3),
        removeOrphans: (before) => {
          asked.push(`orphans ${Math.round((Date.now() - before.getTime()) / 3_600_000)}`);
          return Promise.resolve(0);
        },
      }),
    );
    const list = await until(
      () => jobs.list(),
      (all) => all.every(({ lastResult }) => lastResult !== null),
    );
    expect(asked).to.have.members(['overdue', 'orphans 24']);
    expect(list.map(({ name, lastResult }) => [name, lastResult?.text])).to.deep.equal([
      ['tasks.end-overdue', '1 task ended'],
      ['tasks.call-devices', '3 devices called'],
      ['connection-requests.resume', '2 requests resumed'],
      ['leases.release', 'nothing to do'],
      ['retention.remove-expired', 'nothing to remove'],
      ['files.remove-orphans', 'nothing to do'],
    ]);
  });

  it('remove what is past its time and nothing else', async () => {
    const now = new Date();
    const session = (id: string, expiresAt: Date): object => ({
      _id: id,
      device: 'A',
      fence: 1,
      startedAt: now,
      endedAt: now,
      end: 'complete',
      expiresAt,
    });
    await store.sessions.create([
      session('old', new Date(now.getTime() - 1)),
      session('young', new Date(now.getTime() + 60_000)),
    ]);
    expect(await removeExpired(store, now)).to.deep.equal({ sessions: 1 });
    expect((await store.sessions.find().lean()).map(({ _id }) => _id)).to.deep.equal(['young']);
  });

  it('free only devices whose lease ran out', async () => {
    const now = new Date();
    const lease = (until: number | null): { lease: never } => ({
      lease: {
        fence: 4,
        session: until === null ? null : 's',
        server: 'x',
        until: until === null ? null : new Date(now.getTime() + until),
      } as never,
    });
    await addDevice(store, 'dead', lease(-120_000));
    await addDevice(store, 'live', lease(5_000));
    await addDevice(store, 'idle', lease(null));
    expect(await releaseStaleLeases(store, now)).to.equal(1);
    const dead = await store.devices.findById('dead').lean();
    expect(dead?.lease).to.deep.include({ fence: 4, session: null, until: null });
    expect((await store.devices.findById('live').lean())?.lease.session).to.equal('s');
  });
});
