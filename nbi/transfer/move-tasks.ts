import { editedDefinition, newDefinition } from '../../acs/tasks/task-input.js';
import type { TaskPatch } from '../../acs/tasks/task-service.js';
import { NotFoundError, ValidationError } from '../../common/errors.js';
import type { TaskRecord } from '../../store/models/task.js';
import { checkEdit, permittedTask } from '../routes/task-rights.js';
import { listTasks } from '../routes/task-list.js';
import { mayTarget } from '../routes/task-runner.js';
import { keepSecrets } from '../routes/task-secrets.js';
import { MAX_ITEMS } from '../schemas/transfer.js';
import { taskJson } from '../views/task-view.js';
import type { Item, Moving, TransferKind } from './transfer-kind.js';

/** What an item says besides its id, target, type and configuration: the common settings (tasks.md §3). */
const SETTINGS = [
  ...(['active', 'anonymous', 'name', 'comment', 'tags', 'executionCondition', 'automaticRestart'] as const),
  ...([
    'repeatOnBootstrap',
    'appliesToSubgroups',
    'transientReport',
    'schedule',
    'scheduleConnection',
  ] as const),
  ...(['expiry', 'logLevel', 'priority', 'minInterval', 'resumeAfterDisconnect', 'domain'] as const),
  ...(['bloodline', 'properties', 'alerts', 'rollout'] as const),
];
const SAID = ['type', 'config', ...SETTINGS] as const;
const FIELDS: ReadonlySet<string> = new Set(['id', 'device', 'group', ...SAID]);
type Given = TaskPatch & { type?: string };

/**
 * Definitions of tasks with their ids, since reports, callbacks and other tasks know them by these; numbers that an import
 * brings are skipped by those that are given later (tasks.md §1). Reports and history stay where they are.
 */
export const movedTasks: TransferKind = {
  key: 'id',

  async items(moving) {
    const { services, caller } = moving;
    const none = { nodes: [], expressions: [] };
    const { items, next } = await listTasks(services, { view: caller.domain }, none, { limit: MAX_ITEMS });
    if (next !== null)
      throw ValidationError.of(
        '/kind',
        `There are more than ${MAX_ITEMS} tasks; export them by GET /tasks as NDJSON`,
        'too-many',
      );
    // Those of groups first, then by id: the same file each time.
    return items
      .map((task) => taskItem(task, moving))
      .sort((a, b) => String(b.id).localeCompare(String(a.id)));
  },

  async step(item, moving) {
    const { services, caller } = moving;
    const unknown = Object.keys(item).find((name) => !FIELDS.has(name));
    if (unknown !== undefined) throw ValidationError.of(`/${unknown}`, 'is no field of a task', 'unknown');
    const { id, target, suffix } = identityOf(item);
    const found = await services.tasks.get(id).catch((error: unknown) => {
      if (error instanceof NotFoundError) return null;
      throw error;
    });
    if (found) caller.mustSee(found.domain, 'task', id);
    await mayTarget(target, caller, services);
    const given = Object.fromEntries(SAID.filter((name) => name in item).map((name) => [name, item[name]]));
    const secrets = keepSecrets(found ?? {}, given as Given, services);
    const actor = { user: caller.login, domain: caller.domain };
    if (!found) {
      const { type } = secrets;
      if (type === undefined) throw ValidationError.of('/type', 'is required', 'required');
      const input = permittedTask({ ...secrets, type, ...target, suffix }, caller);
      return {
        before: null,
        add: () => services.tasks.create(input, actor),
        update: () => Promise.resolve(),
        check: () =>
          services.tasks.checkDefinition(
            newDefinition(input, input.domain ?? caller.domain, services.clock.now()),
          ),
      };
    }
    const { type = found.type, ...patch } = secrets;
    return {
      before: taskItem(found, moving),
      add: () => Promise.resolve(),
      update: () => services.tasks.edit(id, patch, { actor }),
      check: () => {
        if (type !== found.type)
          throw ValidationError.of('/type', `${id} is a task of ${found.type} here`, 'other-type');
        checkEdit(found, patch, caller);
        return services.tasks.checkDefinition(editedDefinition(found, patch, services.clock.now()));
      },
    };
  },
};

function taskItem(task: TaskRecord, { showSecrets }: Moving): Item {
  const json = taskJson(task, () => showSecrets(task._id));
  const target = task.device === null ? { group: task.group } : { device: task.device };
  const settings = Object.fromEntries(SETTINGS.map((name) => [name, json[name]]));
  return { id: json.id, ...target, type: json.type, config: json.config, ...settings };
}

/** `d:<device>:<suffix>` or `g:<group>:<suffix>`, which the target of the item must agree with. */
function identityOf({ id, device, group }: Item): {
  id: string;
  target: { device: string } | { group: string };
  suffix: string;
} {
  const parts = typeof id === 'string' ? /^(d|g):(.+):([^:]+)$/.exec(id) : null;
  if (typeof id !== 'string' || !parts)
    throw ValidationError.of('/id', 'must be d:<device>:<end> or g:<group>:<end>', 'invalid');
  const [, kind, name = '', suffix = ''] = parts;
  const named = kind === 'd' ? device : group;
  const pointer = kind === 'd' ? '/device' : '/group';
  if (named !== undefined && named !== name)
    throw ValidationError.of(pointer, `must be ${name}, as the id says`, 'other-target');
  return { id, target: kind === 'd' ? { device: name } : { group: name }, suffix };
}
