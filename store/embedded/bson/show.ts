import { deserialize, EJSON } from 'bson';
import { T, documentBytes, getField, valueBytes, type Raw, type RawDocument } from './raw.js';

/** A value as it is shown in messages. */
export function showValue(value: Raw): string {
  const body = valueBytes(value);
  const doc = Buffer.concat([Buffer.from([0, 0, 0, 0, value.type, 0x76, 0]), body, Buffer.from([0])]);
  doc.writeInt32LE(doc.length);
  const text = EJSON.stringify((deserialize(doc, { bsonRegExp: true }) as { v: unknown }).v, {
    relaxed: true,
  });
  return text.length > 1000 ? `${text.slice(0, 1000)}…` : text;
}

/** `{_id: …}` of a document, for messages. */
export function showId(doc: RawDocument): string {
  const id = getField(doc.buf, doc.at, '_id');
  return id ? `{_id: ${showValue(id)}}` : '{}';
}

/** `{name: value}`, for messages. */
export function showField(name: string, value: Raw): string {
  return `{${name}: ${value.type === T.object ? showDocument(value) : showValue(value)}}`;
}

export function showDocument(doc: RawDocument): string {
  const text = EJSON.stringify(deserialize(documentBytes(doc), { bsonRegExp: true }), { relaxed: true });
  return text.length > 1000 ? `${text.slice(0, 1000)}…` : text;
}
