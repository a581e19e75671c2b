import { bodyParser } from '@koa/bodyparser';
import type { Context } from 'koa';
import type { Operation } from '../api/operation.js';
import { jsonFault } from './json-fault.js';
import { DEEPEST, jsonExcess, MOST_VALUES } from './json-shape.js';
import { badRequest, ProblemError } from './problem-error.js';

export interface ReadBody {
  value: unknown;
  /** As sent, for the idempotency key. */
  raw: string;
}

/** Milliseconds for a body that is read whole: 10 MB over 1.5 Mbit/s. */
const SLOWEST = 60_000;
/** Bytes that a caller without credentials may send: a name and a password. */
const PUBLIC_LIMIT = 64 * 1024;

const TYPES = {
  none: ['application/json'],
  json: ['application/json', 'application/merge-patch+json'],
  form: ['application/x-www-form-urlencoded'],
  multipart: ['multipart/form-data'],
} as const;

/** Reads the body that an operation takes; `multipart` is left to the handler. */
export async function readBody(ctx: Context, operation: Operation, most: number): Promise<ReadBody> {
  const { bodyType } = operation;
  const limit = operation.access === 'public' ? Math.min(most, PUBLIC_LIMIT) : most;
  if (!hasBody(ctx)) return { value: operation.bodyRequired ? undefined : {}, raw: '' };
  if (!ctx.is([...TYPES[bodyType]]))
    throw new ProblemError('media-type', `The content type must be ${TYPES[bodyType].join(' or ')}`);
  if (bodyType === 'multipart') return { value: undefined, raw: `length ${ctx.get('Content-Length')}` };
  if (Number(ctx.req.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  checkCharset(ctx);
  const isForm = bodyType === 'form';
  const read = bodyParser({
    // JSON is looked at as a text before it is parsed.
    enableTypes: [isForm ? 'form' : 'text'],
    extendTypes: { text: [...TYPES.json] },
    textLimit: limit,
    formLimit: limit,
    parsedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
    onError: (error) => {
      throw readable(error, limit);
    },
  })(ctx, () => Promise.resolve());
  await inTime(read);
  checkEncoding(ctx);
  const raw = ctx.request.rawBody;
  if (raw.trim() === '') return { value: operation.bodyRequired ? undefined : {}, raw };
  return { value: isForm ? ctx.request.body : parseJson(raw), raw };
}

function hasBody(ctx: Context): boolean {
  return (
    ctx.req.headers['transfer-encoding'] !== undefined || (ctx.req.headers['content-length'] ?? '0') !== '0'
  );
}

/** JSON is UTF-8 (RFC 8259 §8.1), and so are our forms. */
function checkCharset(ctx: Context): void {
  const charset = ctx.request.charset.toLowerCase();
  if (!['', 'utf-8', 'utf8', 'us-ascii'].includes(charset))
    throw new ProblemError('media-type', `The body must be in UTF-8, not in ${charset}`);
}

/** Bytes that are no UTF-8 were replaced by a longer mark when they were read. */
function checkEncoding(ctx: Context): void {
  const { 'content-length': length, 'content-encoding': packed } = ctx.req.headers;
  if (length === undefined || (packed ?? 'identity') !== 'identity') return;
  if (Buffer.byteLength(ctx.request.rawBody) > Number(length)) throw badRequest('The body is no UTF-8');
}

/** A body that drips in keeps a connection busy for hours. */
async function inTime(read: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(badRequest('The body did not come in time')), SLOWEST);
  });
  try {
    await Promise.race([read, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** An object or an array; throws `bad-request` problems for everything else. */
function parseJson(text: string): object {
  const excess = jsonExcess(text);
  if (excess === 'deep') throw badRequest(`The body has more than ${DEEPEST} levels`);
  if (excess === 'many') throw badRequest(`The body has more than ${MOST_VALUES} values`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const fault = jsonFault(text);
    throw badRequest(
      fault
        ? `The body is no JSON: line ${fault.line}, column ${fault.column}`
        : 'The body must be a JSON object',
    );
  }
  if (typeof value !== 'object' || value === null) throw badRequest('The body must be a JSON object');
  if (namesPrototype(value)) throw badRequest('The body names __proto__');
  return value;
}

function namesPrototype(value: object): boolean {
  if (Object.hasOwn(value, '__proto__')) return true;
  return Object.values(value).some(
    (inner: unknown) => typeof inner === 'object' && inner !== null && namesPrototype(inner),
  );
}

function readable(error: Error & { type?: string }, limit: number): Error {
  switch (error.type) {
    case 'entity.too.large':
      return tooLarge(limit);
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new ProblemError('media-type', 'The encoding of the body is not served here');
    case 'request.aborted':
      return badRequest('The body broke off');
    default:
      return badRequest('The body cannot be read');
  }
}

function tooLarge(limit: number): ProblemError {
  return new ProblemError('too-large', `The body is over the limit of ${limit} bytes`);
}
