import { type Schema } from './schema.js';
import { tr098Schema } from './tr098.js';
import { tr181Schema } from './tr181.js';

export type ModelName = 'tr098' | 'tr181';

const compiled = new Map<string, Schema>();

/** The schema of a model; compiled once and shared by all devices that have it. */
export function schemaOf(model: ModelName, oui: string, fillerParameters: number): Schema {
  const key = `${model} ${fillerParameters === 0 ? '' : oui} ${fillerParameters}`;
  let schema = compiled.get(key);
  if (!schema) {
    schema = (model === 'tr098' ? tr098Schema : tr181Schema)(oui, fillerParameters);
    compiled.set(key, schema);
  }
  return schema;
}
