import { z } from 'zod';
import { looksLikeMeaning } from '../../devices/meanings.js';
import { parameterOrPartialPath, text, whole } from '../config-fields.js';
import { success } from '../outcome.js';
import { defineTaskType, rpc, type TaskContext, type TaskRun } from '../task-type.js';
import { resolveNames } from './resolve-names.js';

/** Of an entity in an access list (TR-069 A6 table 20). */
const ENTITY_LENGTH = 64;

const config = z
  .strictObject({
    parameterName: parameterOrPartialPath.min(1, 'is required').meta({
      title: 'Parameter',
      description: 'A path, a partial path with a dot at its end, or a meaning such as wan.ip',
    }),
    notificationChange: z.boolean().meta({
      title: 'Change notification',
      description: 'Only then is the notification set',
    }),
    notification: whole(0, 6).meta({
      title: 'Notification',
      description:
        '0 off, 1 passive, 2 active, 3 passive lightweight, 4 passive and passive lightweight, 5 active lightweight, 6 passive and active lightweight',
    }),
    aclChange: z.boolean().meta({
      title: 'Change access list',
      description: 'Only then is the access list set',
    }),
    accessList: text(4_096)
      .refine(
        (list) => entitiesOf(list).every((entity) => entity.length <= ENTITY_LENGTH),
        `has an entity of more than ${ENTITY_LENGTH} characters`,
      )
      .default('')
      .meta({
        title: 'Access list',
        description:
          'Who else may change it: Subscriber, or entities of the vendor; by commas; empty = nobody',
      }),
  })
  .refine(({ notificationChange, aclChange }) => notificationChange || aclChange, {
    error: 'nothing is to be changed',
    path: ['notificationChange'],
  });
type Config = z.infer<typeof config>;

/** Sets how changes of parameters are told and who may make them (task-types.md §1.6, xmltask.md §4.7). */
export const setParameterAttributes = defineTaskType<Config>({
  name: 'SetParameterAttributes',
  title: 'Set parameter attributes',
  description: 'Sets whether the device tells when a parameter changes, and who else may change it.',
  branch: 'Data model',
  defaultPriority: 10,
  schema: config,
  example: {
    parameterName: 'wan.ip',
    notificationChange: true,
    notification: 2,
    aclChange: false,
    accessList: '',
  },
  transientAllowed: true,
  readsTree: ({ parameterName }) => looksLikeMeaning(parameterName) || parameterName.endsWith('.'),
  run,
});

async function* run(context: TaskContext<Config>): TaskRun {
  const { parameterName, notificationChange, notification, aclChange, accessList } = context.config;
  const [resolved] = yield* resolveNames(context, [parameterName]);
  const name = resolved?.path ?? parameterName;
  const entities = entitiesOf(accessList);
  context.detail('parameter', name);
  yield* rpc({
    method: 'SetParameterAttributes',
    parameters: [
      {
        name,
        notification: notificationChange ? notification : null,
        accessList: aclChange ? entities : null,
      },
    ],
  });
  if (aclChange) context.detail('accessList', entities.join(','));
  if (notificationChange) {
    context.detail('notification', notification);
    const names = name.endsWith('.') ? await parametersBelow(context, name) : [name];
    await context.learn({ attributes: names.map((one) => ({ name: one, notification })) });
  }
  return success();
}

function entitiesOf(list: string): string[] {
  return list
    .split(',')
    .map((entity) => entity.trim())
    .filter((entity) => entity !== '');
}

/** Those that are known; a partial path stands for all that the device has below it. */
async function parametersBelow(context: TaskContext<Config>, path: string): Promise<string[]> {
  const tree = await context.tree();
  return [...tree.descendants(path)].filter(({ object }) => !object).map((node) => node.path);
}
