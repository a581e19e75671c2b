import type { BlockList } from 'node:net';
import type { Context, Next } from 'koa';
import type { Clock } from '../../common/clock.js';
import { newId } from '../../common/ids.js';
import type { Log } from '../../common/log.js';
import { PROBLEM_TYPES } from '../problem-types.js';
import { problemJson, toProblem } from '../problems.js';
import type { RequestState } from './adapter.js';
import { clientAddress } from './client-address.js';

const REQUEST_ID = /^[\w.:=+/-]{1,100}$/;

/** Around every request: its id, its one line in the log, and the problem document of whatever is thrown. */
export function requestScope(parts: {
  clock: Clock;
  log: Log;
  proxies: BlockList;
}): (ctx: Context, next: Next) => Promise<void> {
  return async (ctx, next) => {
    const began = performance.now();
    const given = ctx.get('X-Request-Id');
    const requestId = REQUEST_ID.test(given) ? given : newId(parts.clock.now());
    const peer = ctx.req.socket.remoteAddress ?? '';
    const address = clientAddress(peer, ctx.get('X-Forwarded-For'), parts.proxies);
    Object.assign(ctx.state, { requestId, address });
    ctx.set('X-Request-Id', requestId);
    let failure: unknown;
    try {
      await next();
    } catch (error) {
      failure = error;
      answerProblem(ctx, error, requestId);
    }
    logRequest(parts.log, ctx, { failure, milliseconds: performance.now() - began });
  };
}

function answerProblem(ctx: Context, error: unknown, requestId: string): void {
  const problem = toProblem(error);
  ctx.remove('ETag');
  ctx.remove('Content-Disposition');
  ctx.status = PROBLEM_TYPES[problem.code].status;
  ctx.set(problem.headers);
  ctx.set('Cache-Control', 'no-store');
  ctx.body = JSON.stringify(problemJson(problem, { instance: ctx.path, requestId }));
  ctx.type = 'application/problem+json';
  // An unread rest of the body would be taken for the next request.
  if (!ctx.req.complete) ctx.set('Connection', 'close');
}

function logRequest(log: Log, ctx: Context, done: { failure: unknown; milliseconds: number }): void {
  const state = ctx.state as RequestState;
  const line = {
    requestId: state.requestId,
    method: ctx.method,
    path: ctx.path,
    status: ctx.status,
    ms: Math.round(done.milliseconds),
    user: state.caller?.login,
    address: state.address,
    ...(done.failure === undefined ? {} : { code: toProblem(done.failure).code }),
  };
  if (ctx.status >= 500) log.error({ ...line, err: done.failure }, 'NBI request failed');
  else if (done.failure !== undefined)
    log.info({ ...line, detail: toProblem(done.failure).detail }, 'NBI request refused');
  else log.debug(line, 'NBI request');
}
