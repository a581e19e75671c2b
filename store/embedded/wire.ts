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

/** A message that cannot be understood: the connection is closed. */
export class ProtocolError extends Error {}

/** Cuts a byte stream into messages. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #size = 0;

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
    const message = first.subarray(0, length);
    if (first.length === length) this.#chunks.shift();
    else this.#chunks[0] = first.subarray(length);
    this.#size -= length;
    return message;
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
  const sequences = new Map<string, RawDocument[]>();
  let at = HEADER + 4;
  while (at < end) {
    const kind = frame[at++];
    if (kind === 0) {
      if (body) throw new ProtocolError('message has two bodies');
      body = { buf: frame, at };
      at = validateDocument(frame, at, end);
    } else if (kind === 1) {
      at = parseSequence(frame, at, end, sequences);
    } else throw new ProtocolError(`unknown section kind ${kind ?? -1}`);
  }
  if (!body) throw new ProtocolError('message has no body');
  return { requestId, legacy: false, wantsReply: (flags & MORE_TO_COME) === 0, body, sequences };
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
    sequences: new Map(),
    db: namespace.slice(0, -5),
  };
}

let lastRequestId = 0;

/** Head of the reply to that message; the reply document follows it on the wire. */
export function replyHead(message: Message, replySize: number): Buffer {
  const extra = message.legacy ? 20 : 5;
  const head = Buffer.alloc(HEADER + extra);
  lastRequestId = (lastRequestId + 1) | 0;
  head.writeInt32LE(HEADER + extra + replySize, 0);
  head.writeInt32LE(lastRequestId, 4);
  head.writeInt32LE(message.requestId, 8);
  head.writeInt32LE(message.legacy ? OP_REPLY : OP_MSG, 12);
  if (message.legacy) {
    head.writeInt32LE(8, HEADER); // "await capable"
    head.writeInt32LE(1, HEADER + 16);
  }
  return head;
}
