import type { mongo } from 'mongoose';
import { isDuplicateKey } from '../../store/duplicate-key.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import type { LimiterRecord, LimiterSlot } from '../../store/models/limiter.js';
import type { Store } from '../../store/store.js';
import type { LimiterDesk, SlotOrder } from './ports/limiter-desk.js';

/** Limiters as documents; a place is taken by one atomic update, whichever server asks. */
export class StoredLimiter implements LimiterDesk {
  readonly #limiters: mongo.Collection<LimiterRecord>;
  readonly #executions: mongo.Collection<ExecutionRecord>;

  constructor(store: Store) {
    this.#limiters = store.db.collection<LimiterRecord>(store.limiters.collection.name);
    this.#executions = store.db.collection<ExecutionRecord>(store.executions.collection.name);
  }

  async take(order: SlotOrder): Promise<boolean> {
    if (order.most <= 0) return false;
    const _id = keyOf(order);
    await this.#limiters.updateOne({ _id }, { $pull: { slots: { until: { $lte: order.now } } } });
    if (await this.#push(_id, order)) return true;
    const found = await this.#limiters.findOne({ _id });
    if (!found) await this.#make(_id);
    else if (found.slots.some(({ id }) => id === order.id)) return true;
    // Full, unless another has just made it, or runs that hold places were deleted or restarted.
    else if (found.slots.length >= order.most && !(await this.#forget(_id, found.slots))) return false;
    return this.#push(_id, order);
  }

  async free({ domain, name, id }: { domain: string; name: string; id: string }): Promise<void> {
    await this.#limiters.updateOne({ _id: keyOf({ domain, name }) }, { $pull: { slots: { id } } });
  }

  /** False = there is no limiter yet, as many places are taken as the order allows, or this one is. */
  async #push(_id: string, { id, holder, until, most }: SlotOrder): Promise<boolean> {
    const slot: LimiterSlot = { id, execution: holder?.execution ?? '', run: holder?.run ?? 0, until };
    const pushed = await this.#limiters.updateOne(
      { _id, [`slots.${most - 1}`]: { $exists: false }, 'slots.id': { $ne: id } },
      { $push: { slots: slot } },
    );
    return pushed.matchedCount > 0;
  }

  async #make(_id: string): Promise<void> {
    try {
      await this.#limiters.updateOne({ _id }, { $setOnInsert: { slots: [] } }, { upsert: true });
    } catch (error) {
      // Another made it at the same moment.
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** Whether places were held by runs that are over. */
  async #forget(_id: string, slots: readonly LimiterSlot[]): Promise<boolean> {
    const held = slots.filter(({ execution }) => execution !== '');
    const live = await this.#executions
      .find(
        { _id: { $in: held.map(({ execution }) => execution) }, status: 'IN_PROGRESS' },
        { projection: { run: 1 } },
      )
      .toArray();
    const runs = new Set(live.map(({ _id: execution, run }) => `${execution}.${run}`));
    const over = held.filter(({ execution, run }) => !runs.has(`${execution}.${run}`)).map(({ id }) => id);
    if (over.length === 0) return false;
    await this.#limiters.updateOne({ _id }, { $pull: { slots: { id: { $in: over } } } });
    return true;
  }
}

const keyOf = ({ domain, name }: { domain: string; name: string }): string => `${domain}\n${name}`;
