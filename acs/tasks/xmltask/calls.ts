import { ConflictError } from '../../../common/errors.js';
import { TaskFailure } from '../outcome.js';
import type { Moved } from '../ports/group-desk.js';
import type { TaskContext } from '../task-type.js';
import { flagOf, numberOf, rowsOf, textOf, type Call } from './call.js';
import type { CallName, CallResult, Effect } from './effects.js';
import { edited } from './edit-text.js';
import { NOTIFICATION_CALLS } from './notification-calls.js';
import { callRest } from './rest-call.js';
import { changesOf, type NodeChange } from './tree-edit.js';

const NOTHING: CallResult = {};

/** What each call does; none talks to the device. */
export const CALLS: Readonly<Record<CallName, Call>> = {
  async alert(context, args) {
    const given = textOf(args, 'target');
    const target = given === '' ? context.device._id : given;
    const isGroup = target !== context.device._id && ((await context.ports.groups?.exists(target)) ?? false);
    await context.ports.alerts.put({
      ...{ type: textOf(args, 'type'), target, targetKind: isGroup ? 'group' : 'device' },
      caption: textOf(args, 'caption'),
      description: textOf(args, 'description'),
      raised: flagOf(args, 'raised'),
      severity: numberOf(args, 'severity'),
      ...{ domain: context.task.domain, task: context.task.id, device: context.device._id },
      at: context.now(),
    });
    return NOTHING;
  },

  async copyDeviceProperty(context, args) {
    const source = textOf(args, 'sourceIdentity');
    const name = textOf(args, 'sourcePropName');
    const value = await context.ports.neighbours.property(source, name, context.task.domain);
    if (value !== null) await context.desk.setProperty(textOf(args, 'targetPropName'), value);
    else if (!flagOf(args, 'skipNonExisting'))
      throw new TaskFailure(`not found: ${source} has no property ${name}`);
    return NOTHING;
  },

  async deviceProperty(context, args) {
    const { value } = args;
    await context.desk.setProperty(textOf(args, 'name'), typeof value === 'string' ? value : null);
    return NOTHING;
  },

  async history(context, args) {
    const at = new Date(numberOf(args, 'at'));
    await context.history.add(context.device._id, at, [
      { name: textOf(args, 'name'), value: textOf(args, 'value') },
    ]);
    return NOTHING;
  },

  async join(context, args) {
    const groups = context.ports.groups;
    if (!groups) throw new TaskFailure('this server has no groups');
    const { id: task, domain } = context.task;
    moved(context, await groups.join(context.device._id, textOf(args, 'group'), { task, domain }));
    return NOTHING;
  },

  async leave(context, args) {
    const groups = context.ports.groups;
    if (!groups) throw new TaskFailure('this server has no groups');
    const { id: task, domain } = context.task;
    const subgroups = flagOf(args, 'leaveSubgroups');
    moved(
      context,
      await groups.leave(context.device._id, textOf(args, 'group'), { task, domain, subgroups }),
    );
    return NOTHING;
  },

  async setDomain(context, args) {
    const domain = textOf(args, 'domain');
    if (!domain.startsWith(context.task.domain))
      throw new TaskFailure(`the domain ${domain} is not ${context.task.domain} nor below it`);
    await context.ports.neighbours.setDomain(context.device._id, domain);
    moved(context, { domain });
    return NOTHING;
  },

  async deviceRelation(context, args) {
    if (context.sights.task.group === null) throw new TaskFailure('deviceRelation is for group tasks only');
    await context.ports.neighbours.relate(
      {
        name: textOf(args, 'name'),
        task: context.task.id,
        condition: textOf(args, 'condition'),
        target: textOf(args, 'targetText'),
      },
      context.device._id,
      flagOf(args, 'related') ? textOf(args, 'target') : null,
    );
    return NOTHING;
  },

  async requestConnection(context, args) {
    const connections = context.ports.connections;
    if (!connections) throw new TaskFailure('this server sends no connection requests');
    try {
      await connections.schedule(
        context.device._id,
        new Date(numberOf(args, 'at')),
        `task ${context.task.id}`,
      );
    } catch (error) {
      if (error instanceof ConflictError) throw new TaskFailure(error.message);
      throw error;
    }
    return NOTHING;
  },

  async mapping(context, args) {
    const key = textOf(args, 'key');
    const target = textOf(args, 'target');
    await context.mapProperty(key, target);
    if (context.desk.property(target) !== null && !flagOf(args, 'forceRefresh')) return NOTHING;
    const value = (await context.tree()).value(key);
    if (value !== null) await context.desk.setProperty(target, value);
    else context.log('WARN', `The value of ${key} is not known yet; ${target} follows when it is`);
    return NOTHING;
  },

  async dataModelChanges(context, args) {
    const changes = changesOf(await context.tree(), rowsOf(args, 'nodes') as unknown as NodeChange[]);
    for (const change of changes) await context.learn(change);
    return NOTHING;
  },

  async takeSlot(context, args) {
    const now = context.now();
    const { id, run } = context.execution;
    const slot = { domain: textOf(args, 'domain'), name: textOf(args, 'name') };
    const taken = await context.ports.limiter.take({
      ...slot,
      id: textOf(args, 'id'),
      holder: context.sights.execution ? { execution: id, run } : null,
      most: numberOf(args, 'most'),
      until: new Date(now.getTime() + numberOf(args, 'milliseconds')),
      now,
    });
    context.log('DEBUG', `${slot.name}: ${taken ? 'a place is taken' : 'no place is free'}`);
    return { taken };
  },

  async freeSlot(context, args) {
    await context.ports.limiter.free({
      domain: textOf(args, 'domain'),
      name: textOf(args, 'name'),
      id: textOf(args, 'id'),
    });
    return NOTHING;
  },

  message(context, args) {
    context.userActivity(textOf(args, 'level'), textOf(args, 'text'));
    return Promise.resolve(NOTHING);
  },

  async readResource(context, args) {
    const { text } = await resourceOf(context, textOf(args, 'resource'));
    return { text };
  },

  async deleteResource(context, args, { repeated }) {
    const name = textOf(args, 'resource');
    const found = await desk(context).read(name, context.task.domain);
    if (!found && repeated) return NOTHING;
    if (found?.device !== context.device._id)
      throw new TaskFailure(`not found: this device has no resource ${name}`);
    await desk(context).remove(found.id);
    return NOTHING;
  },

  async editResource(context, args, { repeated }) {
    const source = await resourceOf(context, textOf(args, 'source'));
    const destination = textOf(args, 'destination');
    const text = edited(
      source.text,
      rowsOf(args, 'operations').map((one) => ({
        regex: String(one.regex),
        replacement: String(one.replacement),
        replaceAll: one.replaceAll === true,
      })),
    );
    const properties = Object.fromEntries(
      rowsOf(args, 'properties').map(({ name, value }) => [String(name), String(value ?? '')]),
    );
    if (destination === '' || destination === source.name || destination === source.id) {
      await desk(context).overwrite(source.id, text);
      return NOTHING;
    }
    const { domain } = context.task;
    const made = { name: destination, text, like: source.id, device: context.device._id, domain, properties };
    if (!(await desk(context).create(made)) && !repeated)
      throw new ConflictError(`There is already a resource ${destination}`);
    return NOTHING;
  },

  rest: callRest,
  ...NOTIFICATION_CALLS,

  unsupported(_context, args) {
    throw new TaskFailure(textOf(args, 'reason'));
  },
};

/** What the session knows of its device is brought up to date; the list of tasks follows by itself. */
function moved(context: TaskContext<unknown>, change: Partial<Moved> | null): void {
  Object.assign(context.device, change ?? {});
}

function desk(context: TaskContext<unknown>): NonNullable<TaskContext['ports']['resources']> {
  const { resources } = context.ports;
  if (!resources) throw new TaskFailure('this server keeps no resources');
  return resources;
}

async function resourceOf(
  context: TaskContext<unknown>,
  name: string,
): Promise<{ id: string; name: string; text: string }> {
  const found = await desk(context).read(name, context.task.domain);
  if (!found) throw new TaskFailure(`not found: there is no resource ${name}`);
  return found;
}

const REPEATABLE: ReadonlySet<CallName> = new Set<CallName>([
  'alert',
  'copyDeviceProperty',
  'deviceProperty',
  'dataModelChanges',
  'join',
  'leave',
  'mapping',
  'setDomain',
  'deviceRelation',
  'takeSlot',
  'freeSlot',
  'readResource',
  'snmpGet',
  'unsupported',
]);

/** Whether doing it twice is as good as once; a call that only reads is. */
export function isRepeatable({ name, args }: Extract<Effect, { kind: 'call' }>): boolean {
  return REPEATABLE.has(name) || (name === 'rest' && args.method === 'GET');
}
