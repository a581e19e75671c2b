import { z } from 'zod';
import { SERVICE_GOALS } from '../../../store/models/service.js';
import {
  availabilityOf,
  isOffered,
  SERVICE_KEY,
  SERVICE_TASK,
  stateProperty,
} from '../services/service-names.js';
import { text } from '../config-fields.js';
import { failure, success, TaskFailure, type Ended, type Outcome } from '../outcome.js';
import type { ServiceDesk } from '../ports/service-desk.js';
import { defineTaskType, type RunVariable, type TaskContext, type TaskRun } from '../task-type.js';
import { propertiesOf } from '../task-views.js';
import { Failure } from '../xmltask/failure.js';
import { overdueTemplate, resumedTemplate, runTemplate, templateAwaitsTransfer } from './template-run.js';

const config = z.strictObject({
  service: text(64).regex(SERVICE_KEY, 'is the key of a service').meta({ title: 'Service' }),
  state: z.enum(SERVICE_GOALS).meta({ title: 'State', description: 'Which template of the service is run' }),
});
type Config = z.infer<typeof config>;

/** Switches a service of a device on or off by the template that the service names (task-types.md §6.2). */
export const serviceManagement = defineTaskType<Config>({
  name: SERVICE_TASK,
  title: 'Service',
  description: 'Switches a service on or off, by running the template that it names, and keeps the state.',
  branch: 'Maintenance',
  defaultPriority: 10,
  schema: config,
  example: { service: 'guest-wifi', state: 'enabled' },
  transientAllowed: false,
  remembers: true,
  awaitsTransfer: templateAwaitsTransfer,
  run,
  overdue: async (execution, _config, now, files) =>
    (await overdueTemplate(execution, now, files)) ?? failure('the time limit is over'),
});

async function* run(context: TaskContext<Config>): TaskRun {
  const { service: key, state } = context.config;
  const { services } = context.ports;
  if (!services) return failure('this server has no services');
  const service = await services.find(key, context.task.domain);
  if (!service) return failure(`not found: there is no service ${key}`);
  const inputs = await inputsOf(context);
  const end = (outcome: Ended): Promise<Ended> => settled(context, services, outcome, service.homeGroup);
  if (!context.resumed) {
    if (state === 'enabled' && !(await isAvailable(context, key)))
      return end(failure(`the device is not offered ${key}: ${availabilityOf(key)} is not true`));
    await services.begun(context.device._id, key, { task: context.task.id, state });
  }
  const template = state === 'enabled' ? service.activate : service.deactivate;
  let outcome: Outcome = success();
  try {
    const resumed = resumedTemplate(context);
    if (resumed) outcome = yield* resumed;
    else if (template !== '')
      outcome = yield* runTemplate(context, {
        ...{ template, inputs },
        replacing: context.parent?.replacing ?? [],
      });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    outcome = failure(error.message);
  }
  return outcome.kind === 'ended' ? end(outcome) : outcome;
}

/** Keeps what the template has made of the service: state, property, home group. */
async function settled(
  context: TaskContext<Config>,
  services: ServiceDesk,
  outcome: Ended,
  homeGroup: string | null,
): Promise<Ended> {
  const { service: key, state } = context.config;
  const failed = outcome.status === 'ERROR';
  let end = outcome;
  if (!failed) {
    await context.desk.setProperty(stateProperty(key), state);
    if (state === 'enabled' && homeGroup !== null) end = await atHome(context, homeGroup, outcome);
  }
  const { properties } = context.sights.task;
  await services.ended(context.device._id, key, {
    ...{ state, failed, summary: end.summary },
    values: state === 'enabled' ? properties : [],
  });
  return end;
}

/** The service works all the same where the group cannot be joined: that is worth a warning. */
async function atHome(context: TaskContext<Config>, group: string, outcome: Ended): Promise<Ended> {
  const { id: task, domain } = context.task;
  try {
    const moved = await context.ports.groups?.join(context.device._id, group, { task, domain });
    Object.assign(context.device, moved ?? {});
    return outcome;
  } catch (error) {
    if (!(error instanceof TaskFailure)) throw error;
    const summary = [outcome.summary, `the home group was not joined: ${error.message}`];
    return { ...outcome, status: 'WARNING', summary: summary.filter((one) => one !== '').join('; ') };
  }
}

async function isAvailable(context: TaskContext<Config>, key: string): Promise<boolean> {
  return isOffered((await context.ports.views.sv(context.device))(availabilityOf(key)));
}

/** The properties of the task become those of the template's; secrets stay secret. */
async function inputsOf(context: TaskContext<Config>): Promise<RunVariable[]> {
  if (context.parent?.properties) return [...context.parent.properties];
  const { task } = context.sights;
  if (task.properties.length === 0) return [];
  const { views } = context.ports;
  const [device, sv] = await Promise.all([views.device(context.device), views.sv(context.device)]);
  const values = propertiesOf(task, views, { now: context.now(), zone: views.zone, device, sv });
  const secrets = new Set(task.properties.filter(({ secret }) => secret === true).map(({ name }) => name));
  return [...values].map(([name, value]) => ({ name, value, secret: secrets.has(name) }));
}
