import { readConfig } from '../../acs/tasks/config-schema.js';
import { findTaskType } from '../../acs/tasks/type-registry.js';
import type { TaskPatch } from '../../acs/tasks/task-service.js';
import { ValidationError, type FieldIssue } from '../../common/errors.js';
import type { TaskProperty } from '../../store/models/task.js';
import { SECRET_MASK } from '../../acs/devices/secret-paths.js';
import type { Services } from '../services.js';
import { unmask } from '../views/secrets.js';

/** `type` tells how a configuration that is XML is read. */
type Given = Pick<TaskPatch, 'config' | 'properties'> & { type?: string | undefined };

/**
 * Masked values that came back stand for the stored ones; new secrets are sealed. Throws `ValidationError` for masks that
 * stand for nothing.
 */
export function keepSecrets<T extends Given>(
  before: Given,
  patch: T,
  { secretBox }: Pick<Services, 'secretBox'>,
): T {
  const type = findTaskType(patch.type ?? before.type ?? '');
  const config = patch.config === undefined ? undefined : readConfig(type, patch.config);
  const { properties } = patch;
  const given = Object.fromEntries(
    Object.entries({ config, properties }).filter(([, value]) => value !== undefined),
  );
  const { value, lost } = unmask(given, { config: before.config, properties: before.properties });
  refuseLost(lost);
  if (properties === undefined) return { ...patch, ...value };
  const kept = properties.map((property, at) =>
    property.secret === true ? sealed(property, at) : ((value.properties as TaskProperty[])[at] ?? property),
  );
  return { ...patch, ...value, properties: kept };

  function sealed(property: TaskProperty, at: number): TaskProperty {
    if (property.value !== SECRET_MASK) return { ...property, value: secretBox.seal(property.value) };
    const stored = before.properties?.find(({ name, secret }) => name === property.name && secret === true);
    if (!stored) refuseLost([`/properties/${at}/value`]);
    return stored ?? property;
  }
}

/** A new task has nothing stored that a mask could stand for; its secrets are sealed. */
export function newSecrets<T extends Given>(input: T, services: Pick<Services, 'secretBox'>): T {
  return keepSecrets({}, input, services);
}

export function refuseLost(lost: readonly string[]): void {
  if (lost.length === 0) return;
  const issues = lost.map((pointer): FieldIssue => ({
    pointer,
    code: 'masked',
    message: 'Is a mask, for which no value is stored',
  }));
  throw new ValidationError('Masked values cannot be stored', issues);
}
