import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { deflate, gunzipSync, gzip, inflateRawSync, inflateSync } from 'node:zlib';
import { endsLikeEnvelope } from './soap/parse.js';

export type BodyResult =
  | { outcome: 'complete'; bytes: Buffer; coding: Coding }
  /** Over the limit, before or after inflating: 413. */
  | { outcome: 'too-large' }
  /** The sender stopped in the middle: 400. */
  | { outcome: 'incomplete' }
  /** Announced as coded, but it cannot be inflated: 400. */
  | { outcome: 'not-inflatable'; reason: string }
  /** The connection is gone; nobody to answer. */
  | { outcome: 'aborted' };

export type Coding = 'identity' | 'gzip' | 'deflate';

export interface BodyLimits {
  /** Bytes, of what is sent as of what it inflates to. */
  bodyBytes: number;
  /** Milliseconds for the whole body. */
  bodyMs: number;
}

/** The coding of a request; null for one that is not understood: 415. */
export function contentCoding(header: string | undefined): Coding | null {
  switch (header?.trim().toLowerCase() ?? '') {
    case '':
    case 'identity':
      return 'identity';
    case 'gzip':
    case 'x-gzip':
      return 'gzip';
    case 'deflate':
      return 'deflate';
    default:
      return null;
  }
}

/** Reads a request's body within the limits; `onBytes` is told of every chunk, so that all bodies together can be bounded. */
export async function readBody(
  request: IncomingMessage,
  coding: Coding,
  limits: BodyLimits,
  onBytes: (count: number) => boolean,
): Promise<BodyResult> {
  const raw = await readRaw(request, limits, onBytes);
  return raw.outcome === 'complete' ? inflateBody(raw.bytes, coding, limits.bodyBytes) : raw;
}

function readRaw(
  request: IncomingMessage,
  limits: BodyLimits,
  onBytes: (count: number) => boolean,
): Promise<BodyResult> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const timer = setTimeout(() => settle(salvage(chunks)), limits.bodyMs);
    const settle = (result: BodyResult): void => {
      clearTimeout(timer);
      request.off('data', onData);
      request.off('end', onEnd);
      resolve(result);
    };
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      chunks.push(chunk);
      if (length > limits.bodyBytes || !onBytes(chunk.length)) settle({ outcome: 'too-large' });
    };
    const onEnd = (): void => {
      const [first] = chunks;
      const bytes = chunks.length === 1 && first ? first : Buffer.concat(chunks);
      settle({ outcome: 'complete', bytes, coding: 'identity' });
    };
    request.on('data', onData);
    request.on('end', onEnd);
    request.on('error', () => settle({ outcome: 'aborted' }));
    request.on('close', () => settle({ outcome: 'aborted' }));
  });
}

/** A Content-Length that is too large leaves a whole envelope waiting for bytes that never come (cpe-quirks.md row 77). */
function salvage(chunks: readonly Buffer[]): BodyResult {
  const bytes = Buffer.concat(chunks);
  if (!endsLikeEnvelope(bytes.toString('latin1', Math.max(0, bytes.length - 200))))
    return { outcome: 'incomplete' };
  return { outcome: 'complete', bytes, coding: 'identity' };
}

/** What compresses better than this is no envelope: SOAP full of alike instances comes to some forty. */
const MOST_RATIO = 100;
/** Small bodies may inflate to so many bytes whatever their ratio. */
const SMALL_BYTES = 64 * 1024;
const deflaters = { gzip: promisify(gzip), deflate: promisify(deflate) };

/**
 * The first bytes say more than the header: gzip comes unannounced, and plain text announced (cpe-quirks.md row 93).
 * In one go: a hundred that inflate side by side would each hold what they have so far.
 */
function inflateBody(bytes: Buffer, coding: Coding, limit: number): BodyResult {
  if (bytes.length === 0) return { outcome: 'complete', bytes, coding: 'identity' };
  const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!zipped && (coding !== 'deflate' || startsLikeText(bytes)))
    return { outcome: 'complete', bytes, coding: 'identity' };
  const options = { maxOutputLength: Math.min(limit, Math.max(SMALL_BYTES, bytes.length * MOST_RATIO)) };
  try {
    if (zipped) return { outcome: 'complete', bytes: gunzipSync(bytes, options), coding: 'gzip' };
    // `deflate` means the zlib form (RFC 9110 §8.4.1.2), yet the raw one is sent too.
    const isZlib = ((bytes[0] ?? 0) & 0x0f) === 8 && (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) % 31 === 0;
    const inflated = isZlib ? inflateSync(bytes, options) : inflateRawSync(bytes, options);
    return { outcome: 'complete', bytes: inflated, coding: 'deflate' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return { outcome: 'too-large' };
    return { outcome: 'not-inflatable', reason: error instanceof Error ? error.message : 'broken' };
  }
}

/** Markup, blanks or a byte order mark. */
function startsLikeText(bytes: Buffer): boolean {
  const first = bytes[0];
  return (
    first === 0x3c || first === 0x20 || first === 0x0a || first === 0x0d || first === 0x09 || first === 0xef
  );
}

/** A reply is coded only where the request was, and in the same way (cwmp.md §3). */
export async function encodeReply(xml: string, coding: Coding): Promise<Buffer | string> {
  if (coding === 'identity') return xml;
  return coding === 'gzip' ? deflaters.gzip(xml) : deflaters.deflate(xml);
}
