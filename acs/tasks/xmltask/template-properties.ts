import { ValidationError } from '../../../common/errors.js';
import type { TaskProperty } from '../../../store/models/task.js';
import type { TemplateOffer } from '../ports/workflow-ports.js';
import type { RunVariable, TaskContext } from '../task-type.js';
import { propertiesOf } from '../task-views.js';
import { parameterProperties, type References } from '../templates/parameter-values.js';
import { Failure } from './failure.js';

/** A run finds out itself what is not there. */
const UNCHECKED: References = {
  resource: () => Promise.resolve(true),
  device: () => Promise.resolve(true),
  group: () => Promise.resolve(true),
};

/**
 * The values of the parameters of a template that is run inside another task: what was handed over by that name, else the
 * default, evaluated for this device (templates-quickfixes.md §2). Throws `Failure` that names each missing and wrong one.
 */
export async function templateProperties(
  context: TaskContext<unknown>,
  { type, parameters }: TemplateOffer,
  inputs: readonly RunVariable[],
): Promise<RunVariable[]> {
  const known = new Set(parameters.map(({ name }) => name));
  const given = inputs.filter(({ name }) => known.has(name));
  const properties = await checked(type, () =>
    parameterProperties(parameters, {
      values: Object.fromEntries(given.map(({ name, value }) => [name, value])),
      pointer: '',
      evaluateDefault: () => null,
      references: UNCHECKED,
    }),
  );
  const secrets = new Set(given.filter(({ secret }) => secret).map(({ name }) => name));
  const values = await evaluated(context, properties);
  return properties.flatMap(({ name, secret }) => {
    const value = values.get(name);
    return value === undefined ? [] : [{ name, value, secret: secret === true || secrets.has(name) }];
  });
}

async function checked(type: string, make: () => Promise<TaskProperty[]>): Promise<TaskProperty[]> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    const issues = error.issues.map(({ pointer, message }) => `${pointer.slice(1)}: ${message}`);
    throw new Failure(`child ${type}: ${issues.join('; ')}`);
  }
}

async function evaluated(
  context: TaskContext<unknown>,
  properties: readonly TaskProperty[],
): Promise<ReadonlyMap<string, string>> {
  const { views } = context.ports;
  const dynamic = properties.some(({ expression }) => expression === true);
  const [device, sv] = dynamic
    ? await Promise.all([views.device(context.device), views.sv(context.device)])
    : [null, null];
  // Nothing of it is sealed: it was never stored.
  const plain = { properties: [...properties] };
  return propertiesOf(
    plain,
    { reveal: (value) => value },
    {
      ...{ now: context.now(), zone: views.zone },
      ...(device && { device }),
      ...(sv && { sv }),
    },
  );
}
