import { bodyParser } from '@koa/bodyparser';
import type { Context } from 'koa';
import type { Operation } from '../api/operation.js';
import { jsonFault } from './json-fault.js';
import { badRequest, ProblemError } from './problem-error.js';

export interface ReadBody {
  value: unknown;
  /** As sent, for the idempotency key. */
  raw: string;
}

const TYPES = {
  none: ['application/json'],
  json: ['application/json', 'application/merge-patch+json'],
  form: ['application/x-www-form-urlencoded'],
  multipart: ['multipart/form-data'],
} as const;

/** Reads the body that an operation takes; `multipart` is left to the handler. */
export async function readBody(ctx: Context, operation: Operation, limit: number): Promise<ReadBody> {
  const { bodyType } = operation;
  if (!hasBody(ctx)) return { value: operation.bodyRequired ? undefined : {}, raw: '' };
  if (!ctx.is([...TYPES[bodyType]]))
    throw new ProblemError('media-type', `The content type must be ${TYPES[bodyType].join(' or ')}`);
  if (bodyType === 'multipart') return { value: undefined, raw: `length ${ctx.get('Content-Length')}` };
  if (Number(ctx.req.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  const kind = bodyType === 'form' ? 'form' : 'json';
  await bodyParser({
    enableTypes: [kind],
    extendTypes: { json: [...TYPES.json] },
    jsonLimit: limit,
    formLimit: limit,
    parsedMethods: ['POST', 'PUT', 'PATCH', 'DELETE'],
    onError: (error) => {
      throw readable(error, limit);
    },
  })(ctx, () => Promise.resolve());
  // co-body takes an empty text for `{}`.
  const raw = ctx.request.rawBody;
  if (raw.trim() === '') return { value: operation.bodyRequired ? undefined : {}, raw };
  return { value: ctx.request.body, raw };
}

function hasBody(ctx: Context): boolean {
  return (
    ctx.req.headers['transfer-encoding'] !== undefined || (ctx.req.headers['content-length'] ?? '0') !== '0'
  );
}

function readable(error: Error & { type?: string; status?: number; body?: unknown }, limit: number): Error {
  switch (error.type) {
    case 'entity.too.large':
      return tooLarge(limit);
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new ProblemError('media-type', 'The encoding of the body is not served here');
    case 'request.aborted':
      return badRequest('The body broke off');
    default:
      break;
  }
  if (error.status !== 400 && !(error instanceof SyntaxError)) return badRequest('The body cannot be read');
  const fault = typeof error.body === 'string' ? jsonFault(error.body) : null;
  return fault
    ? badRequest(`The body is no JSON: line ${fault.line}, column ${fault.column}`)
    : badRequest('The body must be a JSON object');
}

function tooLarge(limit: number): ProblemError {
  return new ProblemError('too-large', `The body is over the limit of ${limit} bytes`);
}
