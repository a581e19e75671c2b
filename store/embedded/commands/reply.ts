import type { Document } from 'bson';
import { StoreError, codeName } from '../errors.js';
import { T } from '../bson/raw.js';
import { BsonWriter, encode } from '../bson/writer.js';
import { KeyValue } from '../storage/records.js';

/** A reply from plain values, with `ok: 1`. */
export function reply(fields: Document = {}): Buffer {
  return encode({ ...fields, ok: 1 });
}

/** Code, name, text and facts of an error, into a document that is open. */
export function writeError(out: BsonWriter, error: StoreError): void {
  out.int32('code', error.code);
  for (const [name, fact] of Object.entries(error.facts)) {
    if (fact instanceof KeyValue) {
      const mark = out.openField(T.object, name);
      for (const [i, value] of fact.values.entries()) {
        const field = fact.names[i] ?? '';
        if (value.type === T.missing) out.name(T.null, field);
        else out.raw(field, value);
      }
      out.close(mark);
    } else out.document(name, { buf: encode(fact as Document), at: 0 });
  }
}

/** A failed command. Errors that are not the client's fault are answered as code 1 or 2 and must be logged by the caller. */
export function errorReply(error: unknown): Buffer {
  const known =
    error instanceof StoreError
      ? error
      : new StoreError(
          1,
          `Internal error of the embedded store: ${error instanceof Error ? error.message : String(error)}`,
        );
  const out = new BsonWriter();
  const mark = out.open();
  out.double('ok', 0);
  out.string('errmsg', known.message);
  writeError(out, known);
  out.string('codeName', codeName(known.code));
  out.close(mark);
  return out.bytes();
}
