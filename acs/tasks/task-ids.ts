import { ConflictError, NotFoundError } from '../../common/errors.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';
import type { Store } from '../../store/store.js';
import type { Target } from './task-input.js';

/** Names the counter of a group's tasks. */
const GROUP_COUNTER = 'tasks.counter:';

interface Counter {
  _id: string;
  value: number;
  updatedAt: Date;
}

/**
 * Ids of tasks, each used once for ever (tasks.md §1): numbers are drawn from a counter of the target that never goes
 * back, and those are skipped that a task has or had.
 */
export class TaskIds {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** A given name as suffix. Throws `ConflictError` when a task has it or had it. */
  async named(target: Target, suffix: string): Promise<string> {
    const id = `${prefixOf(target)}${suffix}`;
    const [present, former] = await Promise.all([
      this.#store.tasks.exists({ _id: id }),
      // Not any line: one of its making may stand for a task that could not be stored then.
      this.#store.editionLogs.exists({ task: id, kind: 'deleted' }),
    ]);
    if (present) throw new ConflictError(`There is a task ${id}`);
    if (former) throw new ConflictError(`There was a task ${id}; ids are not used again`);
    return id;
  }

  /** The next number of the target. Throws `NotFoundError` when there is no such device. */
  async next(target: Target, now: Date): Promise<string> {
    for (;;) {
      const number =
        target.device === null ? await this.#ofGroup(target, now) : await this.#ofDevice(target.device);
      if (number === 1 && (await this.#skipUsed(target, now))) continue;
      const id = `${prefixOf(target)}${number}`;
      // It may have been given by name, and its task deleted since.
      if (await this.#store.editionLogs.exists({ task: id, kind: 'deleted' })) continue;
      return id;
    }
  }

  async #ofDevice(device: string): Promise<number> {
    const counted = await this.#store.devices
      .findOneAndUpdate(
        { _id: device },
        // The revision grows before the insert too: should this process end before it can say so afterwards.
        { $inc: { taskCounter: 1, taskRevision: 1 } },
        { returnDocument: 'after', projection: { taskCounter: 1 } },
      )
      .lean<{ taskCounter: number }>();
    if (!counted) throw new NotFoundError('device', device);
    return counted.taskCounter;
  }

  async #ofGroup(target: Target, now: Date): Promise<number> {
    return this.#counted(target, { $inc: { value: 1 }, $set: { updatedAt: now } });
  }

  async #counted(target: Target, update: Record<string, unknown>): Promise<number> {
    const counters = this.#store.db.collection<Counter>(this.#store.settings.collection.name);
    for (;;) {
      try {
        const counted = await counters.findOneAndUpdate(
          { _id: `${GROUP_COUNTER}${target.group ?? ''}` },
          update,
          {
            upsert: true,
            returnDocument: 'after',
          },
        );
        return Number(counted?.value);
      } catch (error) {
        // Two processes that count for the first time.
        if (!isDuplicateKey(error)) throw error;
      }
    }
  }

  /** A device that was deleted and came again counts on from its earlier tasks, a group from those that were imported. */
  async #skipUsed(target: Target, now: Date): Promise<boolean> {
    const { device, group } = target;
    const of = device === null ? { group } : { device };
    const used = await this.#store.editionLogs.distinct('task', of);
    const highest = Math.max(0, ...used.map((id) => Number(/:(\d{1,15})$/.exec(id)?.[1] ?? 0)));
    if (highest === 0) return false;
    if (device === null) await this.#counted(target, { $max: { value: highest }, $set: { updatedAt: now } });
    else await this.#store.devices.updateOne({ _id: device }, { $max: { taskCounter: highest } });
    return true;
  }
}

function prefixOf({ device, group }: Target): string {
  return device === null ? `g:${group ?? ''}:` : `d:${device}:`;
}
