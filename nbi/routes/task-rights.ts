import type { TaskInput, TaskPatch } from '../../acs/tasks/task-service.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { Caller } from '../access/caller.js';

// Settings that need a permission of their own (tasks.md §3).

/** A new task as the caller may make it: without the permission the default priority is used silently. */
export function permittedTask<T extends TaskInput>(input: T, caller: Caller): T {
  if (input.repeatOnBootstrap === true) caller.need('tasks.rrob');
  if ((input.bloodline ?? '') !== '') caller.need('tasks.bloodline');
  if (input.domain !== undefined) caller.mustSee(input.domain, 'domain', input.domain);
  return caller.holds('tasks.priority') ? input : { ...input, priority: undefined };
}

/** They may be sent back unchanged by everybody. */
export function checkEdit(before: TaskRecord, patch: TaskPatch, caller: Caller): void {
  if (patch.priority !== undefined && patch.priority !== before.priority) caller.need('tasks.priority');
  if (patch.repeatOnBootstrap === true && !before.repeatOnBootstrap) caller.need('tasks.rrob');
  if (patch.bloodline !== undefined && patch.bloodline !== before.bloodline) caller.need('tasks.bloodline');
  if (patch.domain !== undefined) caller.mustSee(patch.domain, 'domain', patch.domain);
}
