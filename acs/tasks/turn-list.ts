import type { ExecutionRecord } from '../../store/models/execution.js';
import type { DeviceTasks } from './device-tasks.js';
import type { ConditionVerdict, QueueEntry } from './queue.js';

export interface TurnListOptions {
  tasks: DeviceTasks;
  /** When the session began: schedules and intervals are held against it (tasks.md §2.5). */
  startedAt: Date;
  /** What the condition of a task says now that its turn has come. */
  evaluate: (entry: QueueEntry) => Promise<ConditionVerdict>;
}

/** A turn that is over. */
interface Turn {
  /** The operator's restart that the report knew then. */
  restartedAt: number;
  endedAt: Date;
}

/** Who is next in a session: the first task in the list that is due and had no turn yet (tasks.md §6.1, step 8). */
export class TurnList {
  readonly #options: TurnListOptions;
  readonly #ran = new Map<string, Turn>();

  constructor(options: TurnListOptions) {
    this.#options = options;
  }

  /** The list as it is now, conditions not evaluated. */
  entries(): QueueEntry[] {
    this.#forgetRestarted();
    return this.#options.tasks.entries(this.#options.startedAt, new Set(this.#ran.keys()));
  }

  /** Conditions are evaluated one after the other, as their turn comes. */
  async next(entries = this.entries()): Promise<QueueEntry | null> {
    for (const entry of entries) {
      if (!entry.due) continue;
      if (!entry.conditionOpen || (await this.#options.evaluate(entry)) === 'met') return entry;
    }
    return null;
  }

  ran(task: string, restartedAt: Date | null, endedAt: Date): void {
    this.#ran.set(task, { restartedAt: restartedAt?.getTime() ?? 0, endedAt });
  }

  /** An operator's restart puts a task that has had its turn back on the list. */
  #forgetRestarted(): void {
    const { tasks } = this.#options;
    for (const [id, turn] of this.#ran) {
      const execution = tasks.executionOf(id);
      if (!execution) continue;
      const restarted =
        execution.status === 'NOT_STARTED' && (execution.restartedAt?.getTime() ?? 0) > turn.restartedAt;
      if (restarted || this.#rerun(id, execution, turn)) this.#ran.delete(id);
    }
  }

  /** For all devices, after the turn: one that came during it leaves the task for the next session. */
  #rerun(id: string, { status }: ExecutionRecord, { endedAt }: Turn): boolean {
    const task = this.#options.tasks.tasks.find(({ _id }) => _id === id);
    const after = (time: Date | null | undefined): boolean => !!time && time > endedAt;
    return after(task?.lastRestartTime) || (status === 'ERROR' && after(task?.lastFailedRestartTime));
  }
}
