import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import { ForbiddenError, ValidationError } from '../../common/errors.js';
import type { Caller } from '../access/caller.js';
import { apiPermission, type Operation } from '../api/operation.js';
import { BASE_PATH, takesIdempotencyKey } from '../openapi.js';
import { problemJson, toProblem } from '../problems.js';
import type { Services } from '../services.js';
import type { Audit } from './audit.js';
import { readBody, type ReadBody } from './body.js';
import type { BurstLimit } from './burst-limit.js';
import type { Idempotency, KeptAnswer } from './idempotency.js';
import { badRequest, ProblemError } from './problem-error.js';
import {
  noneMatchFits,
  notAcceptable,
  parsePrecondition,
  parseWait,
  type NbiRequest,
  type Reply,
} from './request.js';
import type { Route } from './route.js';
import { validate } from './validation.js';

export interface RequestState {
  requestId: string;
  caller?: Caller;
  address: string;
  /** The note in the audit that secrets were seen; the answer waits for it. */
  seen?: Promise<void>;
}

export interface AdapterParts {
  services: Services;
  audit: Audit;
  burst: BurstLimit;
  idempotency: Idempotency;
}

/** Makes a koa middleware of a route: authenticates, authorises, validates, keeps idempotency keys, audits, answers. */
export function adapt(route: Route, parts: AdapterParts): (ctx: Context) => Promise<void> {
  const { operation } = route;
  return async (ctx) => {
    const state = ctx.state as RequestState;
    try {
      const caller = await admit(ctx, operation, parts);
      if (caller) authorise(operation, caller);
      const body = await readBody(ctx, operation, parts.services.limits.body);
      const request = buildRequest(ctx, operation, { caller, body, parts });
      const answer = await once(ctx, route, { request, body, parts });
      await state.seen;
      if (operation.audited && answer) await writeAct(parts, operation, state, ctx, answer);
    } catch (cause) {
      const error = placed(cause, operation);
      if (operation.audited) await writeAct(parts, operation, state, ctx, error);
      throw error;
    }
  };
}

/** What a service refuses of a request without a body stands in its query. */
function placed(error: unknown, operation: Operation): unknown {
  if (!(error instanceof ValidationError) || operation.method !== 'get') return error;
  const issues = error.issues.map((issue) => ({
    ...issue,
    pointer: issue.pointer.startsWith('/path/') ? issue.pointer : `/query${issue.pointer}`,
  }));
  return badRequest(error.message, issues);
}

/** Who calls, within the burst limit; null where no credential is needed. */
async function admit(ctx: Context, operation: Operation, parts: AdapterParts): Promise<Caller | null> {
  const state = ctx.state as RequestState;
  ctx.set('RateLimit-Policy', parts.burst.policy);
  if (operation.access === 'public') {
    ctx.set('RateLimit', await parts.burst.count(`address ${state.address}`));
    return null;
  }
  let caller: Caller;
  try {
    caller = await parts.services.authentication.caller({
      method: ctx.method,
      headers: ctx.req.headers,
      address: state.address,
      renew: operation.id !== 'streamEvents',
      basic: operation.id === 'getOpenApi',
    });
  } catch (error) {
    ctx.set('RateLimit', await parts.burst.count(`address ${state.address}`));
    throw error;
  }
  state.caller = caller;
  const { token } = caller.credential;
  ctx.set('RateLimit', await parts.burst.count(token ? `token ${token}` : `user ${caller.login}`));
  return caller;
}

function authorise(operation: Operation, caller: Caller): void {
  const { access } = operation;
  if (access === 'public') return;
  const keys = access === null ? [] : typeof access === 'string' ? [access] : access;
  const first = keys.at(0);
  if (first !== undefined && !keys.some((key) => caller.holds(key))) throw new ForbiddenError(first);
  // Ending one's own token needs no permission at all.
  if (!caller.byToken || operation.path.startsWith('/auth/')) return;
  const key = apiPermission(operation);
  if (!caller.holds(key)) throw new ForbiddenError(key);
}

interface Working {
  caller: Caller | null;
  body: ReadBody;
  parts: AdapterParts;
}

function buildRequest(ctx: Context, operation: Operation, { caller, body, parts }: Working): NbiRequest {
  const state = ctx.state as RequestState;
  const params = validate(operation.params, ctx.params ?? {}, '/path');
  const query = validate(operation.query, queryOf(ctx, operation), '/query');
  const wrong = [...(params.issues ?? []), ...(query.issues ?? [])];
  if (wrong.length > 0) throw badRequest('Parameters of the request are wrong', wrong);
  if (operation.ifMatch === 'required' && ctx.get('If-Match') === '')
    throw new ProblemError(
      'precondition-required',
      'Send If-Match with the ETag of the version that was read',
    );
  return {
    params: params.data,
    query: query.data,
    body: bodyOf(operation, body),
    get caller() {
      if (!caller) throw new Error(`${operation.id} is public and has no caller`);
      return caller;
    },
    id: state.requestId,
    address: state.address,
    ifMatch: parsePrecondition(ctx.req.headers['if-match']),
    wait: operation.wait ? parseWait(ctx.get('Prefer')) : 0,
    signal: goneSignal(ctx),
    raw: ctx.req,
    accepts: (...types) => {
      const best = ctx.accepts(...types);
      const chosen = types.find((type) => type === best);
      if (chosen === undefined) throw notAcceptable(types);
      return chosen;
    },
    showSecrets: secretsFor(ctx, caller, parts),
  };
}

/** Each name once; grouped names (`property.mac`) go into the field of their group. */
function queryOf(ctx: Context, operation: Operation): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  const groups = new Map<string, Record<string, unknown>>();
  for (const [name, value] of Object.entries(ctx.query)) {
    if (Array.isArray(value))
      throw badRequest(`The parameter ${name} is given more than once`, [
        { pointer: `/query/${name}`, code: 'repeated', message: 'Is given more than once' },
      ]);
    // As a key of an object it would not be seen by whoever looks for unknown names.
    if (name.split('.').includes('__proto__'))
      throw badRequest(`There is no parameter ${name}`, [
        { pointer: `/query/${name}`, code: 'unknown-field', message: 'Is not known here' },
      ]);
    const group = operation.queryGroups.find((prefix) => name.startsWith(`${prefix}.`));
    if (group === undefined) query[name] = value;
    else groups.set(group, { ...groups.get(group), [name.slice(group.length + 1)]: value });
  }
  for (const [group, values] of groups) query[group] = values;
  return query;
}

function bodyOf(operation: Operation, body: ReadBody): unknown {
  if (operation.bodyType === 'multipart') return undefined;
  if (operation.bodyType === 'none') {
    const keys = Object.keys(body.value ?? {});
    if (keys.length === 0) return undefined;
    throw new ValidationError(
      'This request takes no fields',
      keys.map((key) => ({ pointer: `/${key}`, code: 'unknown-field', message: 'Is not known here' })),
    );
  }
  const { data, issues } = validate(operation.body, body.value);
  if (issues) throw new ValidationError('Fields of the body are wrong', issues);
  return data;
}

function goneSignal(ctx: Context): AbortSignal {
  const gone = new AbortController();
  ctx.res.once('close', () => {
    if (!ctx.res.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** One audit entry a request, and only when there were secrets to see. */
function secretsFor(ctx: Context, caller: Caller | null, parts: AdapterParts): (object: string) => boolean {
  const state = ctx.state as RequestState;
  return (object) => {
    if (!caller?.holds('secrets.view')) return false;
    const { address, requestId } = state;
    const act = { caller, address, requestId, action: 'secrets.view', object, result: 'ok' };
    state.seen ??= parts.audit.write(act);
    return true;
  };
}

/** Runs the handler, or repeats the answer of an earlier request with the same key; null then. */
async function once(
  ctx: Context,
  route: Route,
  { request, body, parts }: { request: NbiRequest; body: ReadBody; parts: AdapterParts },
): Promise<Reply | null> {
  const key = ctx.get('Idempotency-Key');
  if (key === '' || !takesIdempotencyKey(route.operation)) {
    const answer = await route.handle(request, parts.services);
    send(ctx, answer);
    return answer;
  }
  const user = request.caller.login;
  const kept = await parts.idempotency.begin(user, key, `${ctx.method} ${ctx.url}\n${body.raw}`);
  if (kept) {
    ctx.set({ ...kept.headers, 'Idempotency-Replayed': 'true' });
    ctx.status = kept.status;
    ctx.body = kept.body === '' ? null : kept.body;
    return null;
  }
  let answer: Reply;
  try {
    answer = await route.handle(request, parts.services);
  } catch (error) {
    // A task that was made ran, or still will: the same request again must not make another.
    if (error instanceof ProblemError && error.members.task !== undefined)
      await parts.idempotency.keep(user, key, keptProblem(ctx, error));
    else await parts.idempotency.release(user, key);
    throw error;
  }
  send(ctx, answer);
  await parts.idempotency.keep(user, key, keptForm(ctx, answer));
  return answer;
}

function keptForm(ctx: Context, answer: Reply): KeptAnswer {
  const headers: Record<string, string> = {};
  for (const name of ['Content-Type', 'Location', 'ETag']) {
    const value = ctx.response.get(name);
    if (value !== '') headers[name] = value;
  }
  const body = answer.replayBody === undefined ? ctx.body : JSON.stringify(answer.replayBody);
  return { status: answer.status, headers, body: typeof body === 'string' ? body : '' };
}

function keptProblem(ctx: Context, error: ProblemError): KeptAnswer {
  const { requestId } = ctx.state as RequestState;
  const body = problemJson(toProblem(error), { instance: ctx.path, requestId });
  return {
    status: body.status,
    headers: { 'Content-Type': 'application/problem+json' },
    body: JSON.stringify(body),
  };
}

function send(ctx: Context, answer: Reply): void {
  ctx.status = answer.status;
  if (answer.headers) ctx.set(answer.headers);
  if (answer.stream !== undefined) {
    ctx.body = answer.stream;
    return;
  }
  if (answer.body === undefined) {
    ctx.body = null;
    ctx.status = answer.status;
    return;
  }
  linkNext(ctx, answer.body);
  const text = JSON.stringify(answer.body);
  ctx.set('Cache-Control', 'no-store');
  if (answer.version !== undefined) {
    // The version for If-Match, and what tells representations of one version apart for If-None-Match.
    const digest = createHash('sha256').update(text).digest('base64url').slice(0, 16);
    ctx.set('ETag', `"${answer.version}.${digest}"`);
    ctx.set('Cache-Control', 'private, no-cache');
  }
  ctx.type = 'application/json';
  ctx.body = text;
  // Not koa's `fresh`: it gives up at the `Cache-Control: no-cache` that fetch adds to every conditional request.
  const tag = ctx.response.get('ETag');
  if (ctx.method === 'GET' && tag !== '' && noneMatchFits(ctx.req.headers['if-none-match'], tag)) {
    ctx.status = 304;
    ctx.body = null;
  }
}

/** `Link: rel="next"` beside `next` (RFC 8288). */
function linkNext(ctx: Context, body: unknown): void {
  if (ctx.method !== 'GET' || typeof body !== 'object' || body === null || !('next' in body)) return;
  if (typeof body.next !== 'string') return;
  const query = new URLSearchParams(ctx.querystring);
  // Lists of events and log lines go on behind an entry.
  const parameter =
    ctx.path.startsWith(`${BASE_PATH}/events`) || ctx.path.endsWith('/log') ? 'after' : 'cursor';
  query.set(parameter, body.next);
  ctx.append('Link', `<${ctx.path}?${query.toString()}>; rel="next"`);
}

async function writeAct(
  { audit }: AdapterParts,
  operation: Operation,
  state: RequestState,
  ctx: Context,
  outcome: unknown,
): Promise<void> {
  const answer = isReply(outcome) ? outcome : null;
  const code = answer ? 'ok' : toProblem(outcome).code;
  // Floods of strangers are for the log; the audit is about users.
  if (!state.caller) return;
  await audit.write({
    caller: state.caller,
    address: state.address,
    requestId: state.requestId,
    action: operation.id,
    object: answer?.object ?? ctx.path.slice(BASE_PATH.length),
    difference: answer?.difference ?? null,
    result: code,
  });
}

function isReply(value: unknown): value is Reply {
  return typeof value === 'object' && value !== null && !(value instanceof Error) && 'status' in value;
}
