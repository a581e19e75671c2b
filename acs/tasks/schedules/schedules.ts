import type { Clock } from '../../../common/clock.js';
import { ConflictError, NotFoundError, StaleError } from '../../../common/errors.js';
import { readValid } from '../../../common/read-valid.js';
import { newId } from '../../../common/ids.js';
import type { CampaignRecord } from '../../../store/models/campaign.js';
import type { ScheduleRecord, ScheduleSpan } from '../../../store/models/schedule.js';
import type { TaskRecord } from '../../../store/models/task.js';
import type { Store } from '../../../store/store.js';
import { SharedDefinitions } from '../shared-definitions.js';
import { BUILT_IN_SCHEDULES } from './built-in.js';
import { scheduleSpan, spanOf, type SpanInput } from './schedule-input.js';

export interface ScheduleUse {
  /** How many tasks, templates and campaigns refer to it. */
  count: number;
  /** The first tasks, by id. */
  tasks: string[];
  /** The first templates, by name. */
  templates: string[];
  /** The first campaigns, by id. */
  campaigns: string[];
}

/** Users that a refusal names. */
const NAMED = 10;
const SYSTEM = 'system';

/** The predefined schedules; a change of one counts for everything that refers to it (tasks.md §5.2). */
export class Schedules {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #definitions: SharedDefinitions;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
    this.#definitions = new SharedDefinitions(store, clock);
  }

  /** By description. */
  async list(): Promise<ScheduleRecord[]> {
    return this.#store.schedules.find().sort({ description: 1, _id: 1 }).lean<ScheduleRecord[]>();
  }

  async get(id: string): Promise<ScheduleRecord> {
    const found = await this.#store.schedules.findById(id).lean<ScheduleRecord>();
    if (!found) throw new NotFoundError('schedule', id);
    return found;
  }

  async uses(id: string): Promise<ScheduleUse> {
    const { tasks, templates, campaigns } = this.#store;
    const byTasks = { 'schedule.ref': id };
    const byTemplates = { 'settings.schedule.ref': id };
    const [taskCount, firstTasks, templateCount, firstTemplates, campaignCount, firstCampaigns] =
      await Promise.all([
        tasks.countDocuments(byTasks),
        tasks.find(byTasks, { _id: 1 }).sort({ _id: 1 }).limit(NAMED).lean<Pick<TaskRecord, '_id'>[]>(),
        templates.countDocuments(byTemplates),
        templates.find(byTemplates, { name: 1 }).sort({ name: 1 }).limit(NAMED).lean<{ name: string }[]>(),
        campaigns.countDocuments(byTasks),
        campaigns
          .find(byTasks, { _id: 1 })
          .sort({ _id: 1 })
          .limit(NAMED)
          .lean<Pick<CampaignRecord, '_id'>[]>(),
      ]);
    return {
      count: taskCount + templateCount + campaignCount,
      tasks: firstTasks.map(({ _id }) => _id),
      templates: firstTemplates.map(({ name }) => name),
      campaigns: firstCampaigns.map(({ _id }) => _id),
    };
  }

  /** Throws `ValidationError`. `id`: of one that comes from elsewhere. */
  async create(input: SpanInput, user: string, id?: string): Promise<ScheduleRecord> {
    const now = this.#clock.now();
    const schedule = { _id: id ?? newId(now), ...validSpan(input), ...madeBy(user, now), builtIn: false };
    await this.#definitions.change(() => this.#store.schedules.create(schedule));
    return schedule;
  }

  /** What is left out stays. Throws `StaleError`, `NotFoundError`, `ValidationError`. */
  async edit(
    id: string,
    patch: SpanInput,
    { version }: { version?: number | undefined } = {},
  ): Promise<ScheduleRecord> {
    const before = await this.get(id);
    if (version !== undefined && version !== before.version) throw new StaleError('schedule', id);
    const { description, start, end, zone, map } = before;
    const span = validSpan({ description, start, end, zone, map, ...withoutUndefined(patch) });
    const after = await this.#definitions.change(() =>
      this.#store.schedules
        .findOneAndUpdate(
          { _id: id, version: before.version },
          { $set: { ...span, editedAt: this.#clock.now() }, $inc: { version: 1 } },
          { returnDocument: 'after' },
        )
        .lean<ScheduleRecord>(),
    );
    if (!after) throw new StaleError('schedule', id);
    return after;
  }

  /** Throws `ConflictError` (`in-use`) that names who uses it, and for a built-in one. */
  async remove(id: string): Promise<ScheduleRecord> {
    const schedule = await this.get(id);
    if (schedule.builtIn) throw new ConflictError(`The schedule ${id} is built in`);
    const use = await this.uses(id);
    if (use.count > 0) throw new ConflictError(`The schedule ${id} is used by ${usersOf(use)}`, 'in-use');
    await this.#definitions.change(() => this.#store.schedules.deleteOne({ _id: id }));
    return schedule;
  }

  /** Makes the built-in ones what they were; at each start. */
  async resetBuiltIn(): Promise<void> {
    const stored = new Map((await this.list()).map((schedule) => [schedule._id, schedule]));
    const now = this.#clock.now();
    const wrong = Object.entries(BUILT_IN_SCHEDULES).filter(([id, span]) => !isSame(stored.get(id), span));
    if (wrong.length === 0) return;
    await this.#definitions.change(async () => {
      for (const [id, span] of wrong)
        await this.#store.schedules.updateOne(
          { _id: id },
          {
            $set: { ...span, builtIn: true, editedAt: now },
            $setOnInsert: { user: SYSTEM, createdAt: now },
            $inc: { version: 1 },
          },
          { upsert: true },
        );
    });
  }
}

/** Throws `ValidationError` with a pointer to each wrong field. */
export function validSpan(input: SpanInput): ScheduleSpan {
  return readValid(scheduleSpan, spanOf(input, ''), { text: 'The schedule is not valid' });
}

function usersOf({ count, tasks, templates, campaigns }: ScheduleUse): string {
  const more = count - tasks.length - templates.length - campaigns.length;
  return [
    tasks.length > 0 && `the tasks ${tasks.join(', ')}`,
    templates.length > 0 && `the templates ${templates.join(', ')}`,
    campaigns.length > 0 && `the campaigns ${campaigns.join(', ')}`,
    more > 0 && `${more} more`,
  ]
    .filter(Boolean)
    .join(' and ');
}

function madeBy(
  user: string,
  now: Date,
): Pick<ScheduleRecord, 'user' | 'createdAt' | 'editedAt' | 'version'> {
  return { user, createdAt: now, editedAt: now, version: 1 };
}

function isSame(stored: ScheduleRecord | undefined, span: ScheduleSpan): boolean {
  if (!stored?.builtIn) return false;
  return (['description', 'start', 'end', 'zone', 'map'] as const).every(
    (field) => stored[field] === span[field],
  );
}

function withoutUndefined(patch: SpanInput): SpanInput {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}
