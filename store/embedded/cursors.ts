import { randomBytes } from 'node:crypto';
import { StoreError } from './errors.js';
import { T } from './bson/raw.js';
import { BsonWriter } from './bson/writer.js';

/** MongoDB ends a cursor that nobody asked for this long. */
const IDLE_LIMIT = 10 * 60 * 1000;
/** A batch is full when it holds this many bytes. */
const BATCH_BYTES = 16 * 1024 * 1024;
const DEFAULT_BATCH = 101;
const MAX_CURSORS = 10_000;

export type Documents = Iterator<Buffer, unknown>;

function pull(documents: Documents): Buffer | undefined {
  const step = documents.next();
  return step.done ? undefined : step.value;
}

interface OpenCursor {
  readonly namespace: string;
  readonly documents: Documents;
  /** A document that did not fit into the batch before. */
  ahead: Buffer | undefined;
  usedAt: number;
}

export interface Batching {
  readonly namespace: string;
  /** Documents of the first batch; 0 opens the cursor without any. */
  readonly batchSize?: number | undefined;
  readonly singleBatch?: boolean;
}

/** The cursors that clients have left open. */
export class Cursors {
  readonly #open = new Map<bigint, OpenCursor>();

  get size(): number {
    return this.#open.size;
  }

  /** The reply with the first batch. */
  first(documents: Documents, { namespace, batchSize, singleBatch = false }: Batching): Buffer {
    const cursor = { namespace, documents, ahead: undefined, usedAt: Date.now() };
    const out = new BsonWriter(4096);
    const root = out.open();
    const cursorMark = out.openField(T.object, 'cursor');
    const more = this.#batch(out, 'firstBatch', cursor, batchSize ?? DEFAULT_BATCH);
    let id = 0n;
    if (more && !singleBatch) {
      if (this.#open.size >= MAX_CURSORS)
        throw new StoreError(2, `more than ${MAX_CURSORS} cursors are open`);
      id = randomBytes(8).readBigInt64LE() & 0x7fffffffffffffffn;
      this.#open.set(id, cursor);
    }
    this.#finish(out, cursorMark, root, id, namespace);
    return out.bytes();
  }

  next(id: bigint, namespace: string, batchSize: number | undefined): Buffer {
    const cursor = this.#open.get(id);
    if (!cursor) throw new StoreError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw new StoreError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    cursor.usedAt = Date.now();
    const out = new BsonWriter(65_536);
    const root = out.open();
    const cursorMark = out.openField(T.object, 'cursor');
    let more: boolean;
    try {
      more = this.#batch(out, 'nextBatch', cursor, batchSize ?? Infinity);
    } catch (error) {
      this.#open.delete(id);
      throw error;
    }
    if (!more) this.#open.delete(id);
    this.#finish(out, cursorMark, root, more ? id : 0n, namespace);
    return out.bytes();
  }

  #batch(out: BsonWriter, name: string, cursor: OpenCursor, count: number): boolean {
    const mark = out.openField(T.array, name);
    const start = out.length;
    let more = true;
    for (let i = 0; count > 0; i++) {
      const document = cursor.ahead ?? pull(cursor.documents);
      cursor.ahead = undefined;
      if (!document) {
        more = false;
        break;
      }
      if (i >= count || (i > 0 && out.length - start + document.length > BATCH_BYTES)) {
        cursor.ahead = document;
        break;
      }
      out.document(String(i), { buf: document, at: 0 });
    }
    out.close(mark);
    return more;
  }

  #finish(out: BsonWriter, cursorMark: number, root: number, id: bigint, namespace: string): void {
    out.int64('id', id);
    out.string('ns', namespace);
    out.close(cursorMark);
    out.double('ok', 1);
    out.close(root);
  }

  kill(id: bigint): boolean {
    return this.#open.delete(id);
  }

  /** Ends the cursors of a dropped collection, or of a database when the name ends with a dot. */
  killNamespace(namespace: string): void {
    for (const [id, cursor] of this.#open) {
      if (
        cursor.namespace === namespace ||
        (namespace.endsWith('.') && cursor.namespace.startsWith(namespace))
      ) {
        this.#open.delete(id);
      }
    }
  }

  /** Ends the cursors that were forgotten. */
  expire(now = Date.now()): void {
    for (const [id, cursor] of this.#open) if (now - cursor.usedAt > IDLE_LIMIT) this.#open.delete(id);
  }
}
