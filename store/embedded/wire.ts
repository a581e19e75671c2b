import { StoreError } from './errors.js';
import { validateDocument, type RawDocument } from './bson/raw.js';

/** MongoDB's limit of one message, in bytes. */
export const MAX_MESSAGE_SIZE = 48_000_000;

const HEADER = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** Flags that a server may ignore are in the upper half; an unknown one in the lower half is an error. */
const REQUIRED_FLAGS = 0xffff;

/** A request as it came over the wire. */
export interface Message {
  readonly requestId: number;
  readonly legacy: boolean;
  /** Whether the client waits for a reply. */
  readonly wantsReply: boolean;
  readonly body: RawDocument;
  /** Documents sent beside the body, by argument name. */
  readonly sequences: ReadonlyMap<string, readonly RawDocument[]>;
  /** The database, where the legacy form names it outside the body. */
  readonly db?: string;
}

const NO_SEQUENCES: ReadonlyMap<string, readonly RawDocument[]> = new Map();

/** A message that cannot be understood: the connection is closed. */
export class ProtocolError extends Error {}

/** Cuts a byte stream into messages. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #size = 0;

  /** Bytes that have come and are not yet part of a message handed out. */
  get size(): number {
    return this.#size;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
  }

  /** The next complete message, or undefined until more bytes have come. */
  next(): Buffer | undefined {
    if (this.#size < 4) return undefined;
    let first = this.#chunks[0] ?? Buffer.alloc(0);
    if (first.length < 4) first = this.#join();
    const length = first.readInt32LE(0);
    if (length < HEADER || length > MAX_MESSAGE_SIZE)
      throw new ProtocolError(`message length ${length} is not allowed`);
    if (this.#size < length) return undefined;
    if (first.length < length) first = this.#join();
    this.#size -= length;
    if (first.length === length) {
      this.#chunks.shift();
      return first;
    }
    this.#chunks[0] = first.subarray(length);
    return first.subarray(0, length);
  }

  #join(): Buffer {
    const whole = Buffer.concat(this.#chunks);
    this.#chunks = [whole];
    return whole;
  }
}

export function parseMessage(frame: Buffer): Message {
  const requestId = frame.readInt32LE(4);
  const opCode = frame.readInt32LE(12);
  try {
    if (opCode === OP_MSG) return parseOpMsg(frame, requestId);
    if (opCode === OP_QUERY) return parseOpQuery(frame, requestId);
  } catch (error) {
    if (error instanceof StoreError || error instanceof RangeError) throw new ProtocolError(error.message);
    throw error;
  }
  throw new ProtocolError(`operation code ${opCode} is not supported`);
}

function parseOpMsg(frame: Buffer, requestId: number): Message {
  if (frame.length < HEADER + 4) throw new ProtocolError('message is cut off');
  const flags = frame.readUInt32LE(HEADER);
  if ((flags & REQUIRED_FLAGS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) !== 0) {
    throw new ProtocolError(`unknown message flags ${flags.toString(16)}`);
  }
  const end = frame.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  let body: RawDocument | undefined;
  let sequences: Map<string, RawDocument[]> | undefined;
  let at = HEADER + 4;
  while (at < end) {
    const kind = frame[at++];
    if (kind === 0) {
      if (body) throw new ProtocolError('message has two bodies');
      body = { buf: frame, at };
      at = validateDocument(frame, at, end);
    } else if (kind === 1) {
      sequences ??= new Map<string, RawDocument[]>();
      at = parseSequence(frame, at, end, sequences);
    } else throw new ProtocolError(`unknown section kind ${kind ?? -1}`);
  }
  if (!body) throw new ProtocolError('message has no body');
  const wantsReply = (flags & MORE_TO_COME) === 0;
  return { requestId, legacy: false, wantsReply, body, sequences: sequences ?? NO_SEQUENCES };
}

function parseSequence(
  frame: Buffer,
  at: number,
  limit: number,
  sequences: Map<string, RawDocument[]>,
): number {
  if (at + 4 > limit) throw new ProtocolError('document sequence is cut off');
  const end = at + frame.readInt32LE(at);
  const nameEnd = frame.indexOf(0, at + 4);
  if (end > limit || nameEnd < 0 || nameEnd >= end)
    throw new ProtocolError('wrong length of a document sequence');
  const name = frame.toString('utf8', at + 4, nameEnd);
  if (sequences.has(name)) throw new ProtocolError(`document sequence '${name}' comes twice`);
  const documents: RawDocument[] = [];
  for (let p = nameEnd + 1; p < end;) {
    documents.push({ buf: frame, at: p });
    p = validateDocument(frame, p, end);
  }
  sequences.set(name, documents);
  return end;
}

/** The form that drivers use for their first `hello`. */
function parseOpQuery(frame: Buffer, requestId: number): Message {
  const nameAt = HEADER + 4;
  const nameEnd = frame.indexOf(0, nameAt);
  if (nameEnd < 0 || nameEnd + 9 > frame.length) throw new ProtocolError('query is cut off');
  const namespace = frame.toString('utf8', nameAt, nameEnd);
  if (!namespace.endsWith('.$cmd')) throw new ProtocolError('legacy queries are not supported');
  const at = nameEnd + 9;
  validateDocument(frame, at, frame.length);
  return {
    requestId,
    legacy: true,
    wantsReply: true,
    body: { buf: frame, at },
    sequences: NO_SEQUENCES,
    db: namespace.slice(0, -5),
  };
}

let lastRequestId = 0;

/** The bytes of a reply's head. */
export function replyHeadSize(message: Message): number {
  return HEADER + (message.legacy ? 20 : 5);
}

export const LARGEST_HEAD = HEADER + 20;

/** Writes the head of the reply to that message at the beginning of `target`; the reply document follows it on the wire. */
export function writeReplyHead(target: Buffer, message: Message, replySize: number): void {
  const size = replyHeadSize(message);
  lastRequestId = (lastRequestId + 1) | 0;
  target.writeInt32LE(size + replySize, 0);
  target.writeInt32LE(lastRequestId, 4);
  target.writeInt32LE(message.requestId, 8);
  target.writeInt32LE(message.legacy ? OP_REPLY : OP_MSG, 12);
  target.fill(0, HEADER, size);
  if (message.legacy) {
    target.writeInt32LE(8, HEADER); // "await capable"
    target.writeInt32LE(1, HEADER + 16);
  }
}
