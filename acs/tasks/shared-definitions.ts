import { LRUCache } from 'lru-cache';
import type { mongo } from 'mongoose';
import type { Clock } from '../../common/clock.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';
import type { ScheduleRecord, ScheduleSpan } from '../../store/models/schedule.js';
import { fromStoredTask, type TaskRecord } from '../../store/models/task.js';
import type { Store } from '../../store/store.js';

/** Names the count of all changes to group tasks and predefined schedules. */
const REVISION = 'tasks.revision';
/** Groups whose tasks are kept in memory. */
const MAX_GROUPS = 20_000;
/** Milliseconds after which all is read again, should a process have ended between a change and its word of it. */
const BELIEVED = 300_000;

interface Counter {
  _id: string;
  value: number;
  updatedAt: Date;
}

/** What many devices have in common: tasks of groups, predefined schedules. Not to be changed. */
export interface SharedForGroups {
  tasks: readonly TaskRecord[];
  schedules: ReadonlyMap<string, ScheduleSpan>;
}

interface Held {
  revision: number;
  readAt: number;
  tasks: LRUCache<string, Promise<readonly TaskRecord[]>>;
  schedules: Promise<ReadonlyMap<string, ScheduleSpan>> | null;
}

/**
 * Group tasks and predefined schedules in the memory of this process, so that a session of one of many devices need not
 * read them. All processes count their changes in one document, before and after each; who asks for the count first and
 * then for the tasks has everything that was changed before.
 */
export class SharedDefinitions {
  readonly #tasks: mongo.Collection<TaskRecord>;
  readonly #schedules: mongo.Collection<ScheduleRecord>;
  readonly #settings: mongo.Collection<Counter>;
  readonly #clock: Clock;
  #held: Held = emptyAt(-1, -Infinity);
  #reading: Promise<number> | null = null;
  #queued: Promise<number> | null = null;

  constructor(store: Store, clock: Clock) {
    this.#tasks = store.db.collection<TaskRecord>(store.tasks.collection.name);
    this.#schedules = store.db.collection<ScheduleRecord>(store.schedules.collection.name);
    this.#settings = store.db.collection<Counter>(store.settings.collection.name);
    this.#clock = clock;
  }

  /** How many changes were made, as of some time after the call; one read for all who ask while another is under way. */
  revision(): Promise<number> {
    if (!this.#reading) return this.#read();
    // The one under way may have begun before a change that the caller must see.
    const read = (): Promise<number> => {
      this.#queued = null;
      return this.#read();
    };
    this.#queued ??= this.#reading.then(read, read);
    return this.#queued;
  }

  /** Makes a change that all processes see from their next session on. */
  async change<T>(write: () => Promise<T>): Promise<T> {
    // Before it too: should this process end before it can say so afterwards.
    await this.#count();
    try {
      return await write();
    } finally {
      await this.#count();
    }
  }

  /** What is held has turned out to be wrong. */
  forget(): void {
    this.#held = emptyAt(this.#held.revision, this.#clock.now().getTime());
  }

  /** The tasks of these groups and all schedules, not older than `revision`. */
  async of(groups: Iterable<string>, revision: number): Promise<SharedForGroups> {
    const now = this.#clock.now().getTime();
    if (this.#held.revision < revision || Math.abs(now - this.#held.readAt) > BELIEVED)
      this.#held = emptyAt(Math.max(revision, this.#held.revision), now);
    const held = this.#held;
    const wanted = [...groups];
    const missing = wanted.filter((group) => !held.tasks.has(group));
    if (missing.length > 0) this.#fetch(missing, held);
    held.schedules ??= this.#allSchedules(held);
    const [schedules, ...lists] = await Promise.all([
      held.schedules,
      ...wanted.map((group) => held.tasks.get(group) ?? NONE),
    ]);
    return { tasks: lists.flat(), schedules };
  }

  /** One query for all of them; each group remembers its part. */
  #fetch(groups: readonly string[], { tasks }: Held): void {
    const found = this.#tasks.find({ group: { $in: [...groups] } }).toArray();
    const byGroup = found.then(groupedTasks);
    for (const group of groups) {
      const list = byGroup.then((all) => all.get(group) ?? []);
      tasks.set(group, list);
      // A failure is told to those who wait; the next one tries again.
      list.catch(() => tasks.delete(group));
    }
  }

  #allSchedules(held: Held): Promise<ReadonlyMap<string, ScheduleSpan>> {
    const read = this.#schedules
      .find()
      .toArray()
      .then((all) => new Map(all.map((schedule) => [schedule._id, schedule])));
    read.catch(() => {
      held.schedules = null;
    });
    return read;
  }

  #read(): Promise<number> {
    const read = this.#settings
      .findOne({ _id: REVISION }, { projection: { value: 1 } })
      .then((found) => found?.value ?? 0)
      .finally(() => {
        if (this.#reading === read) this.#reading = null;
      });
    this.#reading = read;
    return read;
  }

  async #count(): Promise<void> {
    for (;;) {
      try {
        await this.#settings.updateOne(
          { _id: REVISION },
          { $inc: { value: 1 }, $set: { updatedAt: this.#clock.now() } },
          { upsert: true },
        );
        return;
      } catch (error) {
        // Two processes that count for the first time.
        if (!isDuplicateKey(error)) throw error;
      }
    }
  }
}

const NONE: Promise<readonly TaskRecord[]> = Promise.resolve([]);

function groupedTasks(stored: readonly TaskRecord[]): Map<string, TaskRecord[]> {
  const groups = new Map<string, TaskRecord[]>();
  for (const task of stored.map(fromStoredTask)) {
    const group = task.group ?? '';
    const list = groups.get(group);
    if (list) list.push(task);
    else groups.set(group, [task]);
  }
  return groups;
}

function emptyAt(revision: number, readAt: number): Held {
  return { revision, readAt, tasks: new LRUCache({ max: MAX_GROUPS }), schedules: null };
}
