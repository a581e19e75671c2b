import type { mongo } from 'mongoose';
import { CLOCK_TOLERANCE, type Clock } from '../../common/clock.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import type { SettingRecord } from '../../store/models/setting.js';
import type { Store } from '../../store/store.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';
import type { EngineLimits } from './engine-options.js';
import type { Quotas } from './task-type.js';

const REFRESHES = 'quota.refreshes';
const MINUTE = 60_000;
const TOLERANCE = CLOCK_TOLERANCE / MINUTE;

/** Limits over all servers of the installation, counted in the store (tasks.md §6.4). */
export class StoredQuotas implements Quotas {
  readonly #settings: mongo.Collection<SettingRecord>;
  readonly #executions: mongo.Collection<ExecutionRecord>;
  readonly #limits: EngineLimits;
  readonly #clock: Clock;

  constructor(store: Store, limits: EngineLimits, clock: Clock) {
    this.#settings = store.db.collection<SettingRecord>(store.settings.collection.name);
    this.#executions = store.db.collection<ExecutionRecord>(store.executions.collection.name);
    this.#limits = limits;
    this.#clock = clock;
  }

  async takeRefresh(): Promise<boolean> {
    const now = this.#clock.now();
    const minute = Math.floor(now.getTime() / MINUTE);
    for (;;) {
      const counted = await this.#settings.findOneAndUpdate(
        // A server whose clock is behind counts with the others.
        { _id: REFRESHES, 'value.minute': { $gte: minute, $lte: minute + TOLERANCE } },
        { $inc: { 'value.used': 1 }, $set: { updatedAt: now } },
        { returnDocument: 'after' },
      );
      if (counted) return (counted.value as { used: number }).used <= this.#limits.refreshesPerMinute;
      await this.#beginMinute(minute, now);
    }
  }

  async mayTransfer(executionId: string): Promise<boolean> {
    const first = await this.#executions
      .find(
        { status: 'IN_PROGRESS', 'checkpoint.state.quotaClaim': { $exists: true } },
        { projection: { _id: 1 } },
      )
      .sort({ 'checkpoint.state.quotaClaim': 1, _id: 1 })
      .limit(this.#limits.simultaneousTransfers)
      .toArray();
    return first.some(({ _id }) => _id === executionId);
  }

  /** Only the first of a minute finds the count of an earlier one, or of a clock that was set back since. */
  async #beginMinute(minute: number, now: Date): Promise<void> {
    const value = { minute, used: 0 };
    const begun = await this.#settings.updateOne(
      {
        _id: REFRESHES,
        $or: [{ 'value.minute': { $lt: minute } }, { 'value.minute': { $gt: minute + TOLERANCE } }],
      },
      { $set: { value, updatedAt: now } },
    );
    if (begun.matchedCount > 0) return;
    try {
      await this.#settings.insertOne({ _id: REFRESHES, value, updatedAt: now });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
}
