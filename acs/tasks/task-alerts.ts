import type { Clock } from '../../common/clock.js';
import type { Log } from '../../common/log.js';
import type { TaskAlert, TaskRecord } from '../../store/models/task.js';
import type { ExecutionStatus } from '../../store/models/execution.js';
import type { Store } from '../../store/store.js';
import type { AlertDesk } from './ports/alert-desk.js';
import type { RunEnd, RunEnds } from './ports/run-ends.js';

/** Raises the alerts of a task when it ends badly on a device, and hides them when it ends with SUCCESS (tasks.md §3). */
export class TaskAlerts implements RunEnds {
  readonly #alerts: AlertDesk;
  readonly #clock: Clock;
  readonly #log: Log;

  constructor(alerts: AlertDesk, clock: Clock, log: Log) {
    this.#alerts = alerts;
    this.#clock = clock;
    this.#log = log;
  }

  async ended(task: TaskRecord, { execution: { device }, status, summary }: RunEnd): Promise<void> {
    for (const alert of task.alerts) {
      const raised = isRaised(alert, status);
      if (raised === null) continue;
      try {
        await this.#alerts.put({
          ...{ type: alert.type, target: device, targetKind: 'device', device },
          caption: alert.caption === '' ? `${task.type} failed` : alert.caption,
          description: summary,
          ...{ raised, severity: alert.severity, domain: task.domain, task: task._id },
          at: this.#clock.now(),
        });
      } catch (error) {
        this.#log.warn({ err: error, task: task._id, device }, 'An alert of a task was not changed');
      }
    }
  }
}

/** Null = it stays as it is: a warning says nothing about an alert that is for errors alone. */
function isRaised({ on }: TaskAlert, status: ExecutionStatus): boolean | null {
  if (status === 'SUCCESS') return false;
  if (status === 'ERROR' || (status === 'WARNING' && on === 'WARNING')) return true;
  return null;
}

/** Those of types that a task has no more, by an edit or since it is deleted: no run will hide them. */
export async function hideDroppedAlerts(
  store: Pick<Store, 'alerts'>,
  { before, after }: { before: Pick<TaskRecord, '_id' | 'alerts'>; after: Pick<TaskRecord, 'alerts'> | null },
  now: Date,
): Promise<void> {
  const kept = new Set(after?.alerts.map(({ type }) => type));
  const dropped = before.alerts.map(({ type }) => type).filter((type) => !kept.has(type));
  if (dropped.length === 0) return;
  await store.alerts.updateMany(
    { task: before._id, type: { $in: dropped }, raised: true },
    { $set: { raised: false, raisedAt: null, changedAt: now } },
  );
}

/** Tells several, one after the other. */
export function allOf(...told: readonly RunEnds[]): RunEnds {
  return {
    ended: async (task, end) => {
      for (const one of told) await one.ended(task, end);
    },
  };
}
