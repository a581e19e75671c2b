import type { Clock } from '../../common/clock.js';
import { ConflictError } from '../../common/errors.js';
import type { Log } from '../../common/log.js';
import type { Store } from '../../store/store.js';
import { SYSTEM_TASKS, type SystemTask } from './system-tasks.js';
import type { TaskService } from './task-service.js';
import { findTaskType } from './task-types.js';

/** Names the setting that holds the ids of the system tasks that were created once. */
const SETTING = 'tasks.system';
const ACTOR = { user: 'system', domain: '/' };

interface Created {
  _id: string;
  value: string[];
  updatedAt: Date;
}

export interface SystemTaskParts {
  store: Store;
  tasks: Pick<TaskService, 'create'>;
  clock: Clock;
  log: Log;
}

/**
 * Creates the default system tasks that this installation never had (task-types.md §7); resolves to their ids. What users
 * changed stays as it is and what they deleted does not come back. Those whose types are not there are left for the start of
 * a server that has them.
 */
export async function createSystemTasks(
  { store, tasks, clock, log }: SystemTaskParts,
  wanted: readonly SystemTask[] = SYSTEM_TASKS,
): Promise<string[]> {
  const settings = store.db.collection<Created>(store.settings.collection.name);
  const before = new Set((await settings.findOne({ _id: SETTING }))?.value);
  const made: string[] = [];
  for (const task of wanted) {
    if (before.has(task.id) || task.pending !== undefined || !findTaskType(task.type)) continue;
    if (await create(task, tasks)) made.push(task.id);
    // Marked when it is there: a start that ends in between finds it and marks it.
    await settings.updateOne(
      { _id: SETTING },
      { $addToSet: { value: task.id }, $set: { updatedAt: clock.now() } },
      { upsert: true },
    );
  }
  if (made.length > 0) log.debug({ tasks: made }, 'system tasks were created');
  return made;
}

/** False = it was there, or another server makes it at the same time. */
async function create(task: SystemTask, tasks: SystemTaskParts['tasks']): Promise<boolean> {
  const { id, group, type, config, effect, settings } = task;
  const suffix = id.slice(`g:${group}:`.length);
  try {
    await tasks.create({ group, suffix, type, config, name: suffix, comment: effect, ...settings }, ACTOR, {
      system: true,
    });
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}
