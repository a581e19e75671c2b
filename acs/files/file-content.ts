import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import mongoose, { type mongo, type Types } from 'mongoose';
import { TooLargeError } from '../../common/errors.js';
import type { Store } from '../../store/store.js';

/** Where bytes come from: an HTTP request, a part of a form, a buffer in a list. */
export type ByteSource = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export interface StoredContent {
  file: Types.ObjectId;
  /** Bytes. */
  size: number;
  /** Hexadecimal. */
  sha256: string;
}

interface Chunk {
  files_id: Types.ObjectId;
  n: number;
  data: mongo.Binary;
}

/** Bytes `start` to `end` (exclusive) of a file. */
export interface ByteSpan {
  start: number;
  end: number;
}

/** The bytes of resources, in GridFS. */
export class FileContent {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  get #files(): mongo.Collection {
    return this.#store.db.collection('files.files');
  }

  get #chunks(): mongo.Collection<Chunk> {
    return this.#store.db.collection<Chunk>('files.chunks');
  }

  /**
   * Stores what the source gives and returns its size and hash. When the source fails, gives more than `limit` bytes
   * (`TooLargeError`) or the store refuses, nothing of it stays.
   */
  async write(source: ByteSource, fileName: string, resource: string, limit: number): Promise<StoredContent> {
    const file = new mongoose.Types.ObjectId();
    const upload = this.#store.files.openUploadStreamWithId(file, fileName, { metadata: { resource } });
    // Its errors come through the callbacks below; without a listener they would end the process as well.
    upload.on('error', () => undefined);
    const hash = createHash('sha256');
    let size = 0;
    try {
      for await (const piece of source) {
        size += piece.length;
        if (size > limit) throw new TooLargeError('The file', limit);
        hash.update(piece);
        // One write at a time: after a failure none is under way that could leave a chunk behind.
        await settled((done) => upload.write(piece, done));
      }
      await settled((done) => upload.end(done));
    } catch (error) {
      upload.destroy();
      await this.remove(file);
      throw error;
    }
    return { file, size, sha256: hash.digest('hex') };
  }

  /**
   * The bytes of a span. Chunk by chunk and without a cursor: a CPE that takes an hour for a firmware image holds one
   * chunk in memory and nothing in the store.
   */
  read(file: Types.ObjectId, size: number, span: ByteSpan = { start: 0, end: size }): Readable {
    return Readable.from(this.#pieces(file, span), { objectMode: false, highWaterMark: 64 * 1024 });
  }

  async *#pieces(file: Types.ObjectId, span: ByteSpan): AsyncGenerator<Buffer> {
    if (span.start >= span.end) return;
    const head = await this.#files.findOne({ _id: file }, { projection: { chunkSize: 1 } });
    const chunkSize: unknown = head?.chunkSize;
    if (typeof chunkSize !== 'number')
      throw new Error(`The content ${file.toHexString()} is not in the store`);
    let position = span.start;
    while (position < span.end) {
      const n = Math.floor(position / chunkSize);
      const offset = position - n * chunkSize;
      const chunk = await this.#chunks.findOne({ files_id: file, n }, { projection: { data: 1 } });
      const data = chunk?.data.buffer;
      const piece = data && Buffer.from(data.buffer, data.byteOffset, data.byteLength);
      if (!piece || piece.length <= offset)
        throw new Error(`Chunk ${n} of the content ${file.toHexString()} is missing`);
      const part = piece.subarray(offset, Math.min(piece.length, offset + span.end - position));
      yield part;
      position += part.length;
    }
  }

  /** Removes the bytes, and what a broken upload left of them. */
  async remove(file: Types.ObjectId): Promise<void> {
    await this.#files.deleteOne({ _id: file });
    await this.#chunks.deleteMany({ files_id: file });
  }

  /** Removes content older than `before` that no resource refers to: what a killed server left. Returns how many files. */
  async removeOrphans(before: Date): Promise<number> {
    const newest = mongoose.Types.ObjectId.createFromTime(Math.floor(before.getTime() / 1000));
    let removed = 0;
    let last = newest;
    for (;;) {
      // From file to file along the index, so that no chunk but one of each file is read.
      const chunk = await this.#chunks.findOne(
        { files_id: { $lt: last } },
        { projection: { files_id: 1 }, sort: { files_id: -1, n: -1 } },
      );
      if (!chunk) break;
      last = chunk.files_id;
      if (await this.#isReferred(last)) continue;
      await this.remove(last);
      removed += 1;
    }
    // Empty files have no chunks.
    const empty = this.#files.find({ _id: { $lt: newest }, length: 0 }, { projection: { _id: 1 } });
    for await (const { _id } of empty) {
      if (await this.#isReferred(_id)) continue;
      await this.remove(_id);
      removed += 1;
    }
    return removed;
  }

  async #isReferred(file: Types.ObjectId): Promise<boolean> {
    const head = await this.#files.findOne({ _id: file }, { projection: { 'metadata.resource': 1 } });
    const resource: unknown = (head?.metadata as { resource?: unknown } | undefined)?.resource;
    if (typeof resource !== 'string') return false;
    return (await this.#store.resources.exists({ _id: resource, file })) !== null;
  }
}

function settled(act: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    act((error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}
