import type { z } from 'zod';
import type { Operation } from '../api/operation.js';
import type { Services } from '../services.js';
import type { NbiRequest, Reply } from './request.js';

/** An operation with the function that does it. */
export interface Route {
  readonly operation: Operation;
  readonly handle: (request: NbiRequest, services: Services) => Promise<Reply>;
}

/** Ties a handler to its operation; the handler's request has the types of the operation's schemas. */
export function implement<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  operation: Operation<P, Q, B>,
  handle: (
    request: NbiRequest<z.output<P>, z.output<Q>, z.output<B>>,
    services: Services,
  ) => Promise<Reply> | Reply,
): Route {
  return {
    operation,
    // The adapter has validated the request against these very schemas.
    handle: async (request, services) =>
      await handle(request as NbiRequest<z.output<P>, z.output<Q>, z.output<B>>, services),
  };
}
