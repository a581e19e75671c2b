import { ValidationError } from '../../common/errors.js';

/** Reads `fields=id,name`; null = all. Throws `ValidationError` at `/fields` for a name that the objects have not. */
export function chosenFields(
  fields: string | undefined,
  shape: Readonly<Record<string, unknown>>,
  noun: string,
): string[] | null {
  if (fields === undefined || fields.trim() === '') return null;
  const names = fields.split(',').map((field) => field.trim());
  const unknown = names.filter((name) => !Object.hasOwn(shape, name));
  if (unknown.length > 0)
    throw ValidationError.of('/fields', `${noun} have no ${unknown.join(', ')}`, 'unknown-field');
  return names;
}

/** The chosen fields of an object, in the order in which they were chosen; its id is always one of them. */
export function picked<T extends object>(json: T, names: readonly string[] | null): Partial<T> {
  if (names === null) return json;
  const fields = json as Record<string, unknown>;
  return Object.fromEntries(
    ['id', ...names].filter((name) => Object.hasOwn(json, name)).map((name) => [name, fields[name]]),
  ) as Partial<T>;
}
