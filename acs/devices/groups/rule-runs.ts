import type { mongo } from 'mongoose';
import type { Clock } from '../../../common/clock.js';
import { ConflictError, NotFoundError } from '../../../common/errors.js';
import { newId } from '../../../common/ids.js';
import type { Log } from '../../../common/log.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import type { MigrationRuleRecord, RuleRun } from '../../../store/models/migration-rule.js';
import type { Store } from '../../../store/store.js';
import { fromStored } from '../device-record.js';
import { domainCondition } from '../filter.js';
import type { ParameterTrees } from '../parameter-trees.js';
import type { GroupCache } from './group-cache.js';
import type { Dispatched, GroupDispatch } from './group-dispatch.js';
import { memberCondition } from './memberships.js';
import type { RuleExpressions } from './rule-expressions.js';

export interface RuleRunsOptions {
  cache: GroupCache;
  dispatch: GroupDispatch;
  expressions: RuleExpressions;
  trees: Pick<ParameterTrees, 'load'>;
  clock: Clock;
  log: Log;
  /** Names this process. */
  serverId: string;
}

/** Where the members of a rule's group would go. */
export interface DryRun {
  members: number;
  /** Members that were looked at before the time was over. */
  examined: number;
  matched: number;
  destinations: { group: string; exists: boolean; devices: number }[];
  failures: number;
  /** The first ones. */
  examples: { device: string; destinations: string[]; error: string | null }[];
}

type Draft = Pick<MigrationRuleRecord, 'group' | 'condition' | 'destination' | 'subgroups'>;

const PAGE = 100;
/** Devices of a run that are dispatched at a time. */
const AT_ONCE = 20;
/** Milliseconds that a dry run may look at members. */
const DRY_RUN = 10_000;
const EXAMPLES = 20;
/** Milliseconds of silence after which another server goes on with a run. */
const ALIVE = 60_000;

/** Rules over all members of their group: to see what would happen, and to let it happen (groups-profiles.md §4, when 4). */
export class RuleRuns {
  readonly #options: RuleRunsOptions;
  readonly #rules: mongo.Collection<MigrationRuleRecord>;
  readonly #devices: mongo.Collection<DeviceRecord>;
  readonly #running = new Set<Promise<void>>();
  #closed = false;

  constructor(store: Store, options: RuleRunsOptions) {
    this.#options = options;
    this.#rules = store.db.collection<MigrationRuleRecord>(store.migrationRules.collection.name);
    this.#devices = store.db.collection<DeviceRecord>(store.devices.collection.name);
  }

  /** Dispatches one device now, without a session; a device that is gone is left alone. */
  async dispatch(id: string): Promise<Dispatched | null> {
    const stored = await this.#devices.findOne({ _id: id });
    if (!stored) return null;
    const device = fromStored(stored);
    return this.#options.dispatch.run({ device, parameters: () => this.#options.trees.load(device) });
  }

  /** What the rule, saved or not, says of the group's members in view; nothing is changed. */
  async dryRun(rule: Draft, view = '/'): Promise<DryRun> {
    const { cache, dispatch, expressions, trees } = this.#options;
    const known = await cache.fresh();
    const reads = expressions.readsDataModel(rule);
    const condition = { $and: [memberCondition(rule.group, rule.subgroups), domainCondition(view)] };
    const until = performance.now() + DRY_RUN;
    const destinations = new Map<string, number>();
    const result: DryRun = {
      members: await this.#devices.countDocuments(condition),
      ...{ examined: 0, matched: 0, failures: 0, destinations: [], examples: [] },
    };
    for await (const device of this.#members(condition, '')) {
      if (performance.now() > until) break;
      result.examined += 1;
      const verdict = dispatch.verdict(rule, device, known, reads ? await trees.load(device) : null);
      if ('error' in verdict) result.failures += 1;
      else if (!verdict.holds) continue;
      else {
        result.matched += 1;
        for (const group of verdict.destinations) destinations.set(group, (destinations.get(group) ?? 0) + 1);
      }
      if (result.examples.length < EXAMPLES)
        result.examples.push({
          device: device._id,
          destinations: 'error' in verdict ? [] : [...verdict.destinations],
          error: 'error' in verdict ? verdict.error : null,
        });
    }
    result.destinations = [...destinations]
      .map(([group, devices]) => ({ group, exists: known.tree.has(group), devices }))
      .sort((one, other) => other.devices - one.devices)
      .slice(0, 1_000);
    return result;
  }

  /** Begins to dispatch all members. Throws `NotFoundError`, or `ConflictError` while a run of the rule is under way. */
  async start(group: string, id: string, user: string): Promise<RuleRun> {
    const { clock, serverId } = this.#options;
    const rule = await this.#rules.findOne({ _id: id, group });
    if (!rule) throw new NotFoundError('migration rule', id);
    const now = clock.now();
    const run: RuleRun = {
      id: newId(now),
      ...{ state: 'running', user, startedAt: now, finishedAt: null, server: serverId },
      total: await this.#devices.countDocuments(memberCondition(rule.group, rule.subgroups)),
      ...{ done: 0, moved: 0, failed: 0, cursor: '', message: '' },
      aliveUntil: new Date(now.getTime() + ALIVE),
    };
    const taken = await this.#rules.updateOne(
      { _id: id, 'run.state': { $ne: 'running' } },
      { $set: { run } },
    );
    if (taken.matchedCount === 0) throw new ConflictError(`A run of the rule ${id} is under way`);
    this.#begin(rule, run);
    return run;
  }

  /** Ends a run after the device at hand; false when none is under way. */
  async cancel(group: string, id: string): Promise<boolean> {
    const { matchedCount } = await this.#rules.updateOne(
      { _id: id, group, 'run.state': 'running' },
      { $set: { 'run.state': 'cancelled', 'run.finishedAt': this.#options.clock.now() } },
    );
    return matchedCount === 1;
  }

  /** Goes on with runs whose server is not heard of any more; returns how many. */
  async resume(): Promise<number> {
    const { clock, serverId } = this.#options;
    const now = clock.now();
    const stuck = await this.#rules
      .find({ 'run.state': 'running', 'run.aliveUntil': { $lt: now } })
      .limit(100)
      .toArray();
    let resumed = 0;
    for (const rule of stuck) {
      const after = await this.#rules.findOneAndUpdate(
        { _id: rule._id, 'run.state': 'running', 'run.aliveUntil': rule.run?.aliveUntil ?? now },
        { $set: { 'run.server': serverId, 'run.aliveUntil': new Date(now.getTime() + ALIVE) } },
        { returnDocument: 'after' },
      );
      if (!after?.run) continue;
      this.#begin(after, after.run);
      resumed += 1;
    }
    return resumed;
  }

  /** Resolves when the runs of this process are over. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** Leaves runs where they are; another server goes on with them. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.settled();
  }

  #begin(rule: MigrationRuleRecord, run: RuleRun): void {
    const work = this.#work(rule, run)
      .catch(async (error: unknown) => {
        this.#options.log.error({ err: error, rule: rule._id }, 'a run of a migration rule failed');
        const message = error instanceof Error ? error.message : String(error);
        await this.#end(rule, run, { state: 'failed', message });
      })
      .catch((error: unknown) => {
        this.#options.log.error({ err: error, rule: rule._id }, 'the end of a run could not be written');
      })
      .finally(() => this.#running.delete(work));
    this.#running.add(work);
  }

  async #work(rule: MigrationRuleRecord, run: RuleRun): Promise<void> {
    const progress = { done: run.done, moved: run.moved, failed: run.failed, cursor: run.cursor };
    const condition = memberCondition(rule.group, rule.subgroups);
    let batch: DeviceRecord[] = [];
    for await (const device of this.#members(condition, run.cursor)) {
      batch.push(device);
      if (batch.length < AT_ONCE) continue;
      await this.#dispatchAll(batch, rule, progress);
      batch = [];
      if (!(await this.#report(rule, run, progress)) || this.#closed) return;
    }
    await this.#dispatchAll(batch, rule, progress);
    await this.#report(rule, run, progress);
    await this.#end(rule, run, { state: 'finished', message: '' });
  }

  async #dispatchAll(
    devices: readonly DeviceRecord[],
    rule: MigrationRuleRecord,
    progress: Pick<RuleRun, 'done' | 'moved' | 'failed' | 'cursor'>,
  ): Promise<void> {
    const { dispatch, trees, log } = this.#options;
    await Promise.all(
      devices.map(async (device) => {
        try {
          const { changed } = await dispatch.run({ device, parameters: () => trees.load(device) });
          if (changed) progress.moved += 1;
        } catch (error) {
          progress.failed += 1;
          log.warn({ err: error, device: device._id, rule: rule._id }, 'a device was passed over');
        }
      }),
    );
    progress.done += devices.length;
    progress.cursor = devices.at(-1)?._id ?? progress.cursor;
  }

  /** False when somebody cancelled it or another server has taken it. */
  async #report(
    rule: MigrationRuleRecord,
    run: RuleRun,
    progress: Pick<RuleRun, 'done' | 'moved' | 'failed' | 'cursor'>,
  ): Promise<boolean> {
    const set = Object.fromEntries(Object.entries(progress).map(([field, value]) => [`run.${field}`, value]));
    const aliveUntil = new Date(this.#options.clock.now().getTime() + ALIVE);
    const { matchedCount } = await this.#rules.updateOne(this.#own(rule, run), {
      $set: { ...set, 'run.aliveUntil': aliveUntil },
    });
    return matchedCount === 1;
  }

  async #end(
    rule: MigrationRuleRecord,
    run: RuleRun,
    { state, message }: Pick<RuleRun, 'state' | 'message'>,
  ): Promise<void> {
    const finishedAt = this.#options.clock.now();
    await this.#rules.updateOne(this.#own(rule, run), {
      $set: { 'run.state': state, 'run.message': message, 'run.finishedAt': finishedAt },
    });
  }

  #own(rule: MigrationRuleRecord, run: RuleRun): mongo.Filter<MigrationRuleRecord> {
    return {
      _id: rule._id,
      'run.id': run.id,
      'run.state': 'running',
      'run.server': this.#options.serverId,
    };
  }

  /** By identity, each once, whatever happens to them meanwhile. */
  async *#members(condition: object, after: string): AsyncGenerator<DeviceRecord> {
    for (let last = after; ;) {
      const page = await this.#devices
        .find({ $and: [condition, { _id: { $gt: last } }] } as mongo.Filter<DeviceRecord>)
        .sort({ _id: 1 })
        .limit(PAGE)
        .toArray();
      for (const stored of page) yield fromStored(stored);
      const end = page.at(-1);
      if (page.length < PAGE || !end) return;
      last = end._id;
    }
  }
}
