import type { mongo } from 'mongoose';
import type { DeviceRecord } from '../../../store/models/device.js';
import type { ExecutionRecord, ExecutionStatus } from '../../../store/models/execution.js';
import type {
  RolloutOutcome,
  RolloutRecord,
  RolloutResult,
  RolloutState,
  WaveFigures,
} from '../../../store/models/rollout.js';
import type { TaskRecord } from '../../../store/models/task.js';
import type { Store } from '../../../store/store.js';
import { isDuplicateKey } from '../../../store/duplicate-key.js';
import { waveOf } from './gate.js';
import { ringSize } from './stop-rules.js';

/** A task that has a rollout. */
export type StagedTask = TaskRecord & {
  rollout: NonNullable<TaskRecord['rollout']>;
  rolloutState: RolloutState;
};

export function isStaged(task: TaskRecord): task is StagedTask {
  return task.rollout !== null && task.rolloutState !== null;
}

/** A run as far as a rollout is concerned with it. */
export type CountedRun = Pick<ExecutionRecord, '_id' | 'device' | 'run'>;

/** What the runs of rollouts came to: written once for each, without a look at the others. */
export class RolloutResults {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** As a rollout has it that nothing has come of yet. */
  async read({ _id, rolloutState }: StagedTask): Promise<RolloutRecord> {
    const found = await this.#rollouts.findOne({ _id, rollout: rolloutState.id });
    return found ?? { _id, rollout: rolloutState.id, waves: {}, results: [] };
  }

  /** Makes room for the results, before the first wave opens; those of an earlier rollout of the task are gone then. */
  async prepare({ _id, rolloutState }: StagedTask): Promise<void> {
    const rollout = rolloutState.id;
    if (await this.#rollouts.findOne({ _id, rollout }, { projection: { _id: 1 } })) return;
    try {
      await this.#rollouts.replaceOne({ _id }, { rollout, waves: {}, results: [] }, { upsert: true });
    } catch (error) {
      // Two servers at once: the other has made it.
      if (!isDuplicateKey(error)) throw error;
    }
  }

  async remove(task: string): Promise<void> {
    await this.#rollouts.deleteOne({ _id: task });
  }

  /**
   * Counts how a run went, in place of what was counted for the same device before. Null = it does not count: its report is
   * gone, or another rollout has begun.
   */
  async add(
    task: StagedTask,
    run: CountedRun,
    outcome: RolloutOutcome,
    at: Date,
  ): Promise<RolloutRecord | null> {
    const { id } = task.rolloutState;
    const wave = await this.#waveOf(task, run.device);
    const before = await this.#mark(run, outcome, { id, wave });
    if (before === null) return null;
    const result: RolloutResult = { execution: run._id, device: run.device, wave, outcome, at };
    const steps = difference(before.id === id ? before : null, result);
    return this.#rollouts.findOneAndUpdate(
      { _id: task._id, rollout: id },
      {
        ...(Object.keys(steps).length > 0 && { $inc: steps }),
        $push: { results: { $each: [result], $slice: -ringSize(task.rollout.stopRules) } },
      },
      { returnDocument: 'after' },
    );
  }

  /** Runs of a rollout that began before `since` and have not ended, and were not counted as "no answer" yet; the oldest first. */
  async silent({ _id, rolloutState }: StagedTask, since: Date, limit: number): Promise<CountedRun[]> {
    return this.#executions
      .find(
        {
          task: _id,
          status: 'IN_PROGRESS',
          startTime: { $gte: rolloutState.startedAt, $lte: since },
          // Of a frozen run nobody expects an answer.
          paused: null,
          $or: [{ 'rollout.id': { $ne: rolloutState.id } }, { 'rollout.outcome': { $ne: 'NO_ANSWER' } }],
        },
        { projection: { device: 1, run: 1 } },
      )
      .sort({ startTime: 1 })
      .limit(limit)
      .toArray();
  }

  /** Runs that have begun and not ended. */
  async running({ _id, rolloutState }: StagedTask): Promise<number> {
    return this.#executions.countDocuments({
      task: _id,
      status: 'IN_PROGRESS',
      startTime: { $gte: rolloutState.startedAt },
    });
  }

  /** Notes in the report how it was counted; resolves to how it was counted before, to null where the run is not there. */
  async #mark(
    { _id, run }: CountedRun,
    outcome: RolloutOutcome,
    { id, wave }: { id: string; wave: number },
  ): Promise<Partial<NonNullable<ExecutionRecord['rollout']>> | null> {
    const stillOpen = outcome === 'NO_ANSWER' ? { status: 'IN_PROGRESS' as const } : {};
    const before = await this.#executions.findOneAndUpdate(
      { _id, run, ...stillOpen },
      { $set: { rollout: { id, wave, outcome } } },
      { returnDocument: 'before', projection: { rollout: 1 } },
    );
    return before && (before.rollout ?? {});
  }

  /** A device that no open wave lets in has begun all the same: by one that it has left since; it counts for the newest. */
  async #waveOf(task: StagedTask, device: string): Promise<number> {
    const { opened } = task.rolloutState;
    const needsGroups = opened.some(({ wave }) => wave.kind === 'group');
    const found = needsGroups
      ? await this.#devices.findOne({ _id: device }, { projection: { groups: 1 } })
      : null;
    const groups = found?.groups ?? [];
    return waveOf(task, task.rolloutState, { _id: device, groups }) ?? Math.max(0, opened.length - 1);
  }

  get #rollouts(): mongo.Collection<RolloutRecord> {
    return this.#store.db.collection(this.#store.rollouts.collection.name);
  }

  get #executions(): mongo.Collection<ExecutionRecord> {
    return this.#store.db.collection(this.#store.executions.collection.name);
  }

  get #devices(): mongo.Collection<Pick<DeviceRecord, '_id' | 'groups'>> {
    return this.#store.db.collection(this.#store.devices.collection.name);
  }
}

/** The figures of a wave by its index. */
export function figuresOf({ waves }: Pick<RolloutRecord, 'waves'>, wave: number): WaveFigures {
  return waves[`w${wave}`] ?? {};
}

/** How a finished report counts; null = it is not finished. */
export function outcomeOf(status: ExecutionStatus): RolloutOutcome | null {
  return status === 'SUCCESS' || status === 'WARNING' || status === 'ERROR' ? status : null;
}

/** One more of the one outcome, one less of the other; nothing where they are the same. */
function difference(
  before: Partial<NonNullable<ExecutionRecord['rollout']>> | null,
  { wave, outcome }: RolloutResult,
): Record<string, 1 | -1> {
  if (before?.wave === wave && before.outcome === outcome) return {};
  const one = (of: number, what: RolloutOutcome): string => `waves.w${of}.${what}`;
  return {
    [one(wave, outcome)]: 1,
    ...(before?.wave !== undefined && before.outcome && { [one(before.wave, before.outcome)]: -1 as const }),
  };
}
