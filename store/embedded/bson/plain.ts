import { deserialize, Decimal128, Long, type Document } from 'bson';
import { notSupported } from '../errors.js';

/**
 * Decodes a document for mingo: all numbers as JavaScript numbers. What these cannot hold exactly (Decimal128, integers
 * beyond 2^53) is refused.
 */
export function decodePlain(bytes: Buffer): Document {
  const document = deserialize(bytes, { bsonRegExp: false });
  refuseInexact(document);
  return document;
}

function refuseInexact(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof Decimal128) throw notSupported('Decimal128 in an aggregation expression');
  if (value instanceof Long) throw notSupported('a 64-bit integer beyond 2^53 in an aggregation expression');
  if (Array.isArray(value)) for (const item of value) refuseInexact(item);
  else if (Object.getPrototypeOf(value) === Object.prototype)
    for (const item of Object.values(value)) refuseInexact(item);
}
