import { expect } from 'chai';
import { Alerts } from '../../../acs/devices/alerts.js';
import { newDeviceRecord } from '../../../acs/devices/device-record.js';
import { CampaignMembers } from '../../../acs/jobs/campaigns/campaign-members.js';
import { campaignJobs, CampaignRunner } from '../../../acs/jobs/campaigns/campaign-runner.js';
import { Campaigns } from '../../../acs/jobs/campaigns/campaigns.js';
import type { CampaignInput } from '../../../acs/jobs/campaigns/campaign-input.js';
import { newExecution } from '../../../acs/tasks/execution-record.js';
import { Schedules } from '../../../acs/tasks/schedules/schedules.js';
import { TaskService } from '../../../acs/tasks/task-service.js';
import { ManualClock } from '../../../common/clock.js';
import { ConflictError, ValidationError } from '../../../common/errors.js';
import { MemoryEventBus } from '../../../common/event-bus.js';
import { newId } from '../../../common/ids.js';
import { silentLog } from '../../../common/log.js';
import { parseFilter } from '../../../nbi/filter/parser.js';
import type { CampaignDeviceRecord } from '../../../store/models/campaign-device.js';
import type { CampaignRecord } from '../../../store/models/campaign.js';
import type { ConnectionOutcome } from '../../../store/models/connection-request.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import type { ExecutionStatus } from '../../../store/models/execution.js';
import type { Store } from '../../../store/store.js';
import { openTestStore } from '../with-store.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const ACTOR = { user: 'u', domain: '/' };

describe('Connection campaigns', function () {
  this.timeout(60_000);
  let store: Store;
  let close: () => Promise<void>;
  let clock: ManualClock;
  let events: string[];
  let asked: string[];
  /** How devices answer; those that are not named come. */
  let answers: Map<string, ConnectionOutcome | 'open'>;
  /** What happens while a device is asked. */
  let meanwhile: () => Promise<unknown>;
  let campaigns: Campaigns;
  let runner: CampaignRunner;
  let tasks: TaskService;

  before(async () => {
    ({ store, close } = await openTestStore());
  });
  after(() => close());
  beforeEach(async () => {
    for (const model of [store.campaigns, store.campaignDevices, store.devices, store.connectionRequests])
      await (model as typeof store.devices).deleteMany({});
    for (const model of [store.tasks, store.executions, store.savedFilters, store.alerts])
      await (model as typeof store.tasks).deleteMany({});
    // A Monday.
    clock = new ManualClock('2026-03-02T12:00:00Z');
    asked = [];
    meanwhile = () => Promise.resolve();
    answers = new Map();
    events = [];
    const bus = new MemoryEventBus(clock);
    bus.subscribe(({ type, data }) => {
      if (type === 'campaign.changed') events.push(String(data.phase));
    });
    tasks = new TaskService(store, { clock, events: bus, log: silentLog, executionDays: 1 });
    const parts = {
      ...{ store, clock, events: bus, log: silentLog, tasks },
      members: new CampaignMembers({ store, parseFilter }),
      alerts: new Alerts(store, bus),
    };
    campaigns = new Campaigns({
      ...{ ...parts, schedules: new Schedules(store, clock) },
      domainOfGroup: (group) => Promise.resolve(group.startsWith('root') ? '/' : null),
    });
    runner = server();

    function server(perSecond = 200): CampaignRunner {
      return new CampaignRunner({ ...parts, campaigns, connectionRequests: { request }, perSecond });
    }
    makeRunner = server;
  });
  let makeRunner: (perSecond?: number) => CampaignRunner;

  async function request(device: string, { user }: { user: string }) {
    asked.push(device);
    await meanwhile();
    const outcome = answers.get(device) ?? 'session-started';
    const now = clock.now();
    const open = outcome === 'open';
    const record = {
      ...{ _id: newId(now), device, user, requestedAt: now, attempts: [], open },
      outcome: open ? 'accepted' : outcome,
      ...{ acceptedAt: now, cameAt: outcome === 'session-started' ? now : null, nextAttemptAt: null },
      ...{ claimedUntil: null, expiresAt: new Date(now.getTime() + 60 * MINUTE) },
    } as const;
    await store.connectionRequests.collection.insertOne({ ...record } as never);
    return record as never;
  }
  const names = (count: number, letter = 'd'): string[] =>
    Array.from({ length: count }, (_, index) => `${letter}${String(index + 1).padStart(3, '0')}`);
  async function devices(
    ids: readonly string[],
    groups: string[] = ['root.g'],
    more: Partial<DeviceRecord> = {},
  ): Promise<void> {
    await store.devices.collection.insertMany(
      ids.map((serialNumber) => ({
        ...newDeviceRecord({
          _id: serialNumber,
          ...{ oui: '00AABB', productClass: 'GW', serialNumber, createdAt: clock.now(), groups },
          connectionRequestUrl: 'http://127.0.0.1:7547/',
        }),
        lastVisit: clock.now(),
        ...more,
      })) as never[],
    );
  }
  const make = (input: Partial<CampaignInput> = {}): Promise<CampaignRecord> =>
    campaigns.create({ group: 'root.g', ...input }, ACTOR);
  /** One look; gives who was asked in it. */
  async function look(by = runner): Promise<string[]> {
    asked.length = 0;
    await by.look(clock.now());
    return [...asked].sort();
  }
  /** Looks as the job does, for a while; gives the numbers that were asked in each. */
  async function lookFor(milliseconds: number): Promise<number[]> {
    const counts: number[] = [];
    for (let passed = 0; passed < milliseconds; passed += 5 * SECOND) {
      counts.push((await look()).length);
      clock.advance(5 * SECOND);
    }
    return counts;
  }
  const phaseOf = async ({ _id }: CampaignRecord) => (await campaigns.get(_id)).phase;
  const rowOf = async (campaign: CampaignRecord, device: string) =>
    store.campaignDevices.findOne({ campaign: campaign._id, device }).lean<CampaignDeviceRecord | null>();
  async function report(task: string, device: string, status: ExecutionStatus): Promise<void> {
    const record = await tasks.get(task);
    const now = clock.now();
    await store.executions.collection.insertOne({
      ...newExecution(record, device, now),
      ...{ status, run: 1, startTime: now, finishTime: now },
    } as never);
  }

  it('once: ask each member one time and finish when all are contacted', async () => {
    await devices(names(3));
    await devices(['below'], ['root.g.sub']);
    await devices(['else'], ['root.other']);
    const campaign = await make();
    expect(campaign.phase).to.equal('running');
    expect(await look()).to.deep.equal(names(3));
    expect(await phaseOf(campaign)).to.equal('running');
    clock.advance(5 * SECOND);
    expect(await look()).to.deep.equal([]);
    expect(await phaseOf(campaign)).to.equal('finished');
    expect((await campaigns.get(campaign._id)).finished).to.include({ reason: 'done' });
    expect(await campaigns.progress(campaign)).to.deep.include({
      ...{ planned: 3, contacted: 3, pending: 0, requested: 0, failed: 0, skipped: 0 },
    });
    expect(await rowOf(campaign, 'd001')).to.include({ state: 'contacted', requests: 1, contacts: 1 });
    clock.advance(120 * MINUTE);
    expect(await look()).to.deep.equal([]);
  });

  it('reach members of subgroups when they say so, and only their own domain', async () => {
    await devices(['direct']);
    await devices(['below'], ['root.g.sub']);
    await devices(['foreign'], ['root.g'], { domain: '/b/' });
    const all = await make({ appliesToSubgroups: true });
    expect(await look()).to.deep.equal(['below', 'direct', 'foreign']);
    await campaigns.remove(all, ACTOR);
    await make({ appliesToSubgroups: true, domain: '/b/' });
    expect(await look()).to.deep.equal(['foreign']);
  });

  it('never send more than the limit in any minute, and spread it evenly', async () => {
    await devices(names(60));
    await make({ perMinute: 24 });
    const counts = await lookFor(3 * MINUTE);
    expect(Math.max(...counts)).to.equal(2);
    for (let from = 0; from + 12 <= counts.length; from += 1)
      expect(counts.slice(from, from + 12).reduce((sum, one) => sum + one, 0)).to.be.at.most(24);
    expect(counts.reduce((sum, one) => sum + one, 0)).to.equal(60);
  });

  it('hold one limit over all campaigns of a server', async () => {
    await devices(names(30));
    await devices(names(30, 'e'), ['root.h']);
    await make({ perMinute: 12_000 });
    await make({ perMinute: 12_000, group: 'root.h' });
    const slow = makeRunner(4);
    const first = await look(slow);
    expect(first).to.have.length(20);
    // Neither takes the other's part.
    expect(first.filter((device) => device.startsWith('e'))).to.have.length(10);
    // It has waited for each second anew: 4 a second.
    expect(clock.now().getTime() - Date.parse('2026-03-02T12:00:00Z')).to.be.at.least(4 * SECOND);
    for (let more = 0; more < 2; more += 1) expect(await look(slow)).to.have.length(20);
  });

  it('try again after a pause, and give a device up after its attempts', async () => {
    await devices(['good', 'dead']);
    answers.set('dead', 'timeout');
    const campaign = await make({ retries: { attempts: 2, pause: 'PT10M' }, stopWhen: null });
    await look();
    clock.advance(5 * SECOND);
    expect(await look()).to.deep.equal([]);
    expect(await rowOf(campaign, 'dead')).to.deep.include({
      ...{ state: 'pending', attempts: 1, reason: 'timeout', nextAt: new Date('2026-03-02T12:10:05Z') },
    });
    expect(await phaseOf(campaign)).to.equal('running');
    clock.advance(10 * MINUTE - 1);
    expect(await look()).to.deep.equal([]);
    clock.advance(1);
    expect(await look()).to.deep.equal(['dead']);
    clock.advance(5 * SECOND);
    await look();
    expect(await rowOf(campaign, 'dead')).to.include({ state: 'failed', attempts: 2, requests: 2 });
    expect(await phaseOf(campaign)).to.equal('finished');
  });

  it('skip who cannot or need not be asked, and say why', async () => {
    const old = new Date('2026-01-01T00:00:00Z');
    await devices(['good']);
    await devices(['off'], ['root.g'], { managed: false });
    await devices(['black'], ['root.g'], { blacklisted: true });
    await devices(['new'], ['root.g'], { lastVisit: null });
    await devices(['old'], ['root.g'], { lastVisit: old });
    await devices(['nourl'], ['root.g'], { connectionRequestUrl: null });
    const campaign = await make({ minimumLastVisit: '-P30D' });
    expect(await look()).to.deep.equal(['good']);
    const reasons = await store.campaignDevices
      .find({ campaign: campaign._id, state: 'skipped' })
      .lean<CampaignDeviceRecord[]>();
    expect(Object.fromEntries(reasons.map(({ device, reason }) => [device, reason]))).to.deep.equal({
      ...{ off: 'unmanaged', black: 'blacklisted', new: 'never-seen', old: 'old-visit', nourl: 'no-url' },
    });
    clock.advance(5 * SECOND);
    await look();
    expect(await phaseOf(campaign)).to.equal('finished');
    // An edit looks at them anew, and lets it go on.
    const edited = await campaigns.edit(
      await campaigns.get(campaign._id),
      { minimumLastVisit: null },
      { user: 'u', version: undefined },
    );
    expect(edited.phase).to.equal('running');
    expect(await look()).to.deep.equal(['old']);
  });

  it('ask only devices whose next session would run something, where they say so', async () => {
    await devices(['busy', 'idle']);
    await tasks.create({ device: 'busy', type: 'Reboot' }, { user: 'u' });
    const campaign = await make({ onlyIfTasksWait: true });
    expect(await look()).to.deep.equal(['busy']);
    expect(await rowOf(campaign, 'idle')).to.include({ state: 'skipped', reason: 'nothing-to-do' });
  });

  it('ask members that match a saved filter, and stand still when it is gone', async () => {
    await devices(['x1'], ['root.g'], { modelName: 'X1' });
    await devices(['x2'], ['root.g'], { modelName: 'X2' });
    const filter = newId(clock.now());
    await store.savedFilters.create({
      ...{ _id: filter, list: 'devices', name: 'x1', domain: '/', user: 'u', filter: 'model eq "X1"' },
      ...{ createdAt: clock.now(), editedAt: clock.now() },
    });
    const campaign = await make({ filter });
    expect(await look()).to.deep.equal(['x1']);
    expect((await campaigns.progress(campaign)).planned).to.equal(1);
    await store.savedFilters.deleteMany({});
    clock.advance(5 * SECOND);
    await look();
    const still = await campaigns.get(campaign._id);
    expect(still.phase).to.equal('suspended');
    expect(still.suspended).to.include({ by: 'system', reason: 'The saved filter is gone' });
  });

  it('continuously: ask again after the interval, until the end', async () => {
    await devices(['one']);
    const campaign = await make({ execute: 'continuously', interval: 'PT10M', end: 'PT25M' });
    const counts = await lookFor(30 * MINUTE);
    // At 0, 10 and 20 minutes; the look that is next after.
    expect(counts.reduce((sum, one) => sum + one, 0)).to.equal(3);
    expect(await rowOf(campaign, 'one')).to.include({ state: 'contacted', contacts: 3, requests: 3 });
    expect((await campaigns.get(campaign._id)).finished).to.include({ reason: 'end' });
  });

  it('wait for their start and for their schedule', async () => {
    await devices(['one']);
    // Mondays from 14:00 to 15:00 UTC.
    const day = '0'.repeat(14) + 'f' + '0'.repeat(9);
    const map = day + '0'.repeat(24 * 6);
    const campaign = await make({ start: '2026-03-02T13:00:00Z', schedule: { zone: 'UTC', map } });
    expect(campaign.phase).to.equal('planned');
    expect(await look()).to.deep.equal([]);
    clock.set('2026-03-02T13:00:00Z');
    expect(await look()).to.deep.equal([]);
    expect(await phaseOf(campaign)).to.equal('waiting');
    clock.set('2026-03-02T14:00:00Z');
    expect(await look()).to.deep.equal(['one']);
    clock.set('2026-03-02T15:00:00Z');
    await look();
    expect(events).to.deep.equal(['waiting', 'running', 'waiting', 'finished']);
    expect(await rowOf(campaign, 'one')).to.include({ state: 'contacted' });
  });

  it('are suspended and resumed by hand, and count the answers that come meanwhile', async () => {
    await devices(names(4));
    const campaign = await make({ perMinute: 24 });
    expect(await look()).to.deep.equal(['d001', 'd002']);
    const suspended = await campaigns.suspend(campaign, 'u');
    clock.advance(5 * SECOND);
    expect(await look()).to.deep.equal([]);
    expect(await rowOf(campaign, 'd001')).to.include({ state: 'contacted' });
    expect(await refusal(campaigns.suspend(suspended, 'u'))).to.be.instanceOf(ConflictError);
    const resumed = await campaigns.resume(suspended, 'u');
    expect(resumed.phase).to.equal('running');
    clock.advance(5 * SECOND);
    expect(await look()).to.deep.equal(['d003', 'd004']);
  });

  it('stop when too many attempts fail, raise an alert, and begin a new sample when resumed', async () => {
    await devices(names(8));
    for (const device of names(5)) answers.set(device, 'unreachable');
    const campaign = await make({ perMinute: 24, stopWhen: { percent: 50, after: 4 } });
    await lookFor(15 * SECOND);
    const stopped = await campaigns.get(campaign._id);
    expect(stopped).to.deep.include({ phase: 'stopped', sample: { ended: 4, failures: 4 } });
    expect(await look()).to.deep.equal([]);
    const [alert] = await store.alerts.find({}).lean();
    expect(alert).to.include({
      ...{ target: 'root.g', targetKind: 'group', raised: true },
      description: '4 of 4 attempts failed (100 %)',
    });
    await campaigns.resume(stopped, 'u');
    expect(await store.alerts.countDocuments({ raised: true })).to.equal(0);
    clock.advance(5 * SECOND);
    const more = await look();
    expect(more.length).to.be.greaterThan(0);
    expect(await phaseOf(campaign)).to.equal('running');
  });

  it('go on where a server that died stopped, with nobody asked twice', async () => {
    await devices(names(6));
    const campaign = await make({ perMinute: 24 });
    const first = await look();
    // The second device was written down, and the server died before it asked; of the first it lost the request's id.
    await store.campaignDevices.updateMany({}, { $set: { request: null } });
    await store.connectionRequests.deleteMany({ device: first[1]! });
    runner = makeRunner();
    const all = [first[0]!];
    for (let passed = 0; passed < 100; passed += 5) {
      clock.advance(5 * SECOND);
      all.push(...(await look()));
    }
    expect(all.sort()).to.deep.equal(names(6));
    expect(await phaseOf(campaign)).to.equal('finished');
    expect(await rowOf(campaign, first[1]!)).to.include({ state: 'contacted', requests: 1 });
  });

  it('that are suspended in the midst of a look ask the others when they go on, and nobody twice', async () => {
    await devices(names(120));
    const campaign = await make({ perMinute: 12_000 });
    let suspended: Promise<CampaignRecord> | null = null;
    meanwhile = () => (suspended ??= campaigns.suspend(campaign, 'u'));
    const first = await look();
    expect(first.length).to.be.within(1, 119);
    meanwhile = () => Promise.resolve();
    await campaigns.resume(await campaigns.get(campaign._id), 'u');
    const all = [...first];
    for (let passed = 0; passed < 60; passed += 5) {
      clock.advance(5 * SECOND);
      all.push(...(await look()));
    }
    expect(all.sort()).to.deep.equal(names(120));
    expect(await phaseOf(campaign)).to.equal('finished');
  });

  it('done by two servers at once ask nobody twice', async () => {
    await devices(names(20));
    await make({ perMinute: 12_000 });
    asked.length = 0;
    await Promise.all([runner.look(clock.now()), makeRunner().look(clock.now())]);
    expect([...asked].sort()).to.deep.equal(names(20));
  });

  it('take in who joins and drop who leaves', async () => {
    await devices(['stays', 'leaves']);
    answers.set('leaves', 'busy-503');
    answers.set('stays', 'open');
    const campaign = await make({ retries: { attempts: 3, pause: 'PT5M' } });
    expect(await look()).to.deep.equal(['leaves', 'stays']);
    await devices(['joins']);
    await store.devices.updateOne({ _id: 'leaves' }, { $set: { groups: ['root.other'] } });
    clock.advance(MINUTE);
    expect(await look()).to.deep.equal(['joins']);
    clock.advance(10 * MINUTE);
    expect(await look()).to.deep.equal([]);
    expect(await rowOf(campaign, 'leaves')).to.equal(null);
    expect(await rowOf(campaign, 'joins')).to.include({ state: 'contacted' });
    expect(await phaseOf(campaign)).to.equal('running');
  });

  it('count a device only when the chosen task has ended there without an error', async () => {
    await devices(['already', 'quick', 'faults', 'slow']);
    const { _id: task } = await tasks.create({ group: 'root.g', type: 'Reboot' }, { user: 'u' });
    await report(task, 'already', 'SUCCESS');
    const campaign = await make({
      ...{ success: { kind: 'task', task }, stopWhen: null },
      retries: { attempts: 1, pause: 'PT5M' },
    });
    expect(await look()).to.deep.equal(['faults', 'quick', 'slow']);
    await report(task, 'quick', 'WARNING');
    await report(task, 'faults', 'ERROR');
    clock.advance(5 * SECOND);
    await look();
    expect(await rowOf(campaign, 'already')).to.include({ state: 'contacted', requests: 0 });
    expect(await rowOf(campaign, 'quick')).to.include({ state: 'contacted', reason: 'task-done' });
    expect(await rowOf(campaign, 'faults')).to.include({ state: 'failed', reason: 'task-failed' });
    expect(await rowOf(campaign, 'slow')).to.include({ state: 'requested' });
    clock.advance(5 * MINUTE);
    await look();
    expect(await rowOf(campaign, 'slow')).to.include({ state: 'failed', reason: 'task-not-finished' });
    expect(await phaseOf(campaign)).to.equal('finished');
  });

  it('list their devices with those whose turn is to come, page by page', async () => {
    await devices(names(5));
    const campaign = await make({ perMinute: 24 });
    await look();
    const first = await campaigns.devices(campaign, { limit: 3 });
    expect(first.items.map(({ device, state }) => [device, state])).to.deep.equal([
      ['d001', 'requested'],
      ['d002', 'requested'],
      ['d003', 'pending'],
    ]);
    const second = await campaigns.devices(campaign, { limit: 3, after: first.next! });
    expect(second.items.map(({ device }) => device)).to.deep.equal(['d004', 'd005']);
    expect(second.next).to.equal(null);
    const requested = await campaigns.devices(campaign, { limit: 9, state: ['requested'] });
    expect(requested.items).to.have.length(2);
    const pending = await campaigns.devices(campaign, { limit: 9, state: ['pending'] });
    expect(pending.items).to.have.length(3);
    expect(await campaigns.progress(campaign)).to.include({ planned: 5, pending: 3, requested: 2 });
  });

  for (const [what, input, pointer] of [
    ['a group that is not there', { group: 'nowhere' }, '/group'],
    ['an end before the start', { start: 'PT2H', end: 'PT1H' }, '/end'],
    ['an end in the past', { start: '-PT2H', end: '-PT1H' }, '/end'],
    ['a time that is none', { start: 'soon' }, '/start'],
    ['an interval although once', { interval: 'PT1H' }, '/interval'],
    ['an interval that is none', { execute: 'continuously', interval: '5' }, '/interval'],
    ['no pace', { perMinute: 0 }, '/perMinute'],
    ['no attempt', { retries: { attempts: 0 } }, '/retries/attempts'],
    ['a share over all', { stopWhen: { percent: 101 } }, '/stopWhen/percent'],
    ['a schedule that is not there', { schedule: { ref: 'none' } }, '/schedule/ref'],
    ['a filter that is not there', { filter: 'none' }, '/filter'],
    ['a task that is not there', { success: { kind: 'task', task: 'd:x:1' } }, '/success/task'],
  ] as const)
    it(`are refused with ${what}`, async () => {
      const refused = await refusal(make(input));
      expect(refused).to.be.instanceOf(ValidationError);
      expect((refused as ValidationError).issues[0]?.pointer).to.equal(pointer);
    });

  it('are done by a job every five seconds that says what it did', async () => {
    await devices(['one']);
    await make();
    const [job] = campaignJobs(runner);
    expect(job).to.include({ name: 'campaigns.run', interval: 5_000 });
    expect(await job!.run(clock.now())).to.equal('1 asked, 0 answered or given up');
    expect(await job!.run(clock.now())).to.equal('0 asked, 1 answered or given up');
    expect(await job!.run(clock.now())).to.equal('nothing to do');
  });
});

async function refusal(attempt: Promise<unknown>): Promise<unknown> {
  try {
    await attempt;
  } catch (error) {
    return error;
  }
  throw new Error('It was not refused');
}
