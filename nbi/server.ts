import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, BlockList } from 'node:net';
import Router from '@koa/router';
import Koa, { type Context } from 'koa';
import compress from 'koa-compress';
import helmet from 'koa-helmet';
import { NotFoundError } from '../common/errors.js';
import { AccessChanges } from './access/access-changes.js';
import { Accounts } from './access/accounts.js';
import { Authentication } from './access/authentication.js';
import { DEFAULT_LOGIN_LIMITS, LoginLimits } from './access/login-limits.js';
import { DEFAULT_TOKEN_TIMES, Tokens } from './access/tokens.js';
import { adapt, type AdapterParts } from './http/adapter.js';
import { Audit } from './http/audit.js';
import { BurstLimit } from './http/burst-limit.js';
import { trustedProxies } from './http/client-address.js';
import { consoleFiles } from './http/console.js';
import { docsPage } from './http/docs-page.js';
import { Idempotency } from './http/idempotency.js';
import { ProblemError } from './http/problem-error.js';
import { requestScope } from './http/request-scope.js';
import type { Route } from './http/route.js';
import { StreamPlaces } from './http/stream-places.js';
import { BASE_PATH, openApiDocument } from './openapi.js';
import { ROUTES } from './routes/index.js';
import { live, ready } from './routes/health-routes.js';
import type { NbiLimits, Services } from './services.js';

/** What the server is made of; the NBI's own services (accounts, tokens) it makes itself. */
export type NbiServerOptions = Omit<
  Services,
  | 'accounts'
  | 'tokens'
  | 'authentication'
  | 'accessChanges'
  | 'streamPlaces'
  | 'document'
  | 'limits'
  | 'closing'
> & {
  limits?: Partial<NbiLimits>;
  /** Folder of the built console; without it only the API is served. */
  uiDir?: string;
  /** Networks of proxies whose `X-Forwarded-For` is believed; none by default. */
  proxies?: readonly string[];
};

export interface NbiServer {
  readonly app: Koa;
  readonly accounts: Accounts;
  callback(): (request: IncomingMessage, response: ServerResponse) => void;
  /** Rejects when the port is taken. Port 0 = any free one. */
  listen(port: number, host: string): Promise<AddressInfo>;
  /** Ends event streams at once; other answers get up to `graceMs`. */
  close(graceMs?: number): Promise<void>;
}

export const DEFAULT_LIMITS: NbiLimits = {
  body: 10 * 1024 * 1024,
  upload: 500 * 1000 * 1000,
  burst: 50,
  streams: 200,
  // Some browser windows, each with one, and a program or two.
  streamsPerUser: 20,
  streamGrace: 10_000,
  logins: DEFAULT_LOGIN_LIMITS,
  tokens: DEFAULT_TOKEN_TIMES,
};

export function createNbiServer(options: NbiServerOptions): NbiServer {
  const { uiDir, limits: given, proxies = [], ...rest } = options;
  const limits: NbiLimits = { ...DEFAULT_LIMITS, ...given };
  const { store, clock } = rest;
  const accessChanges = new AccessChanges();
  const accounts = new Accounts(store, clock, accessChanges);
  const tokens = new Tokens(store, clock, accessChanges, limits.tokens);
  const authentication = new Authentication({ accounts, tokens, limits: new LoginLimits(limits.logins) });
  const document = openApiDocument({ version: rest.info.version });
  const closing = new AbortController();
  const services: Services = {
    ...rest,
    ...{ limits, accounts, tokens, authentication, accessChanges, document },
    streamPlaces: new StreamPlaces(limits),
    closing: closing.signal,
  };
  const app = createApp(services, uiDir, trustedProxies(proxies));
  return { app, accounts, ...listener(app, closing) };
}

function createApp(services: Services, uiDir: string | undefined, proxies: BlockList): Koa {
  const { store, clock, log, limits } = services;
  const parts: AdapterParts = {
    services,
    audit: new Audit(store, clock, log),
    burst: new BurstLimit(limits.burst),
    idempotency: new Idempotency(store, clock),
  };
  const app = new Koa();
  // What reaches koa itself is no answer any more: a client that went away in the middle of a body.
  app.on('error', (error: unknown, ctx?: Context) => {
    log.debug({ err: error, path: ctx?.path }, 'an answer broke off');
  });
  app.use(requestScope({ clock, log, proxies }));
  app.use(securityHeaders());
  app.use(compress({ threshold: 1024, filter: (type) => isText(type), br: false }));
  app.use(health(services));
  app.use(docsPage(services));
  const router = apiRouter(ROUTES, parts);
  app.use(router.routes());
  app.use(refuseMethods(router));
  if (uiDir !== undefined) app.use(consoleFiles(uiDir));
  app.use((ctx) => {
    throw new NotFoundError('page', ctx.path);
  });
  return app;
}

function securityHeaders(): Koa.Middleware {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'self'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // The component library and the API page write style elements of their own.
        styleSrc: ["'self'", "'unsafe-inline'"],
        workerSrc: ["'self'", 'blob:'],
      },
    },
    // Only TLS may say so, and TLS is ended by a proxy in front.
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
  });
}

/** Event streams are text too, but compressing would hold their messages back. */
function isText(type: string): boolean {
  return !type.startsWith('text/event-stream') && /^text\/|json|javascript|xml|svg/.test(type);
}

/** For load balancers that know nothing of our base path. */
function health(services: Services): Koa.Middleware {
  return async (ctx, next) => {
    if (ctx.method !== 'GET' || (ctx.path !== '/health/live' && ctx.path !== '/health/ready')) {
      await next();
      return;
    }
    const { status, body } = ctx.path === '/health/live' ? live() : await ready(services);
    ctx.status = status;
    ctx.set('Cache-Control', 'no-store');
    ctx.body = body;
  };
}

function apiRouter(routes: readonly Route[], parts: AdapterParts): Router {
  const router = new Router({ prefix: BASE_PATH });
  // The first that fits is taken: `/tasks/statistics` before `/tasks/{id}`.
  for (const route of routes.toSorted((one, other) => parameters(one) - parameters(other))) {
    const path = route.operation.path.replaceAll(/\{(\w+)\}/g, ':$1');
    router.register(path, [route.operation.method], adapt(route, parts));
  }
  return router;
}

function parameters({ operation }: Route): number {
  return operation.path.split('{').length;
}

/** 405 with `Allow` for a path that is served, but not by this method. */
function refuseMethods(router: Router): Koa.Middleware {
  return async (ctx, next) => {
    const allowed = new Set(router.match(ctx.path, ctx.method).path.flatMap((layer) => layer.methods));
    if (allowed.size === 0) {
      await next();
      return;
    }
    ctx.set('Allow', [...allowed].sort().join(', '));
    if (ctx.method !== 'OPTIONS')
      throw new ProblemError('method-not-allowed', `${ctx.method} is not served here`);
    ctx.status = 204;
  };
}

const HEADERS_TIMEOUT = 20_000;
/** Long, for uploads over slow lines; idle connections end much sooner. */
const REQUEST_TIMEOUT = 3_600_000;

function listener(app: Koa, closing: AbortController): Pick<NbiServer, 'callback' | 'listen' | 'close'> {
  const handle = app.callback();
  const callback = (request: IncomingMessage, response: ServerResponse): void => {
    void handle(request, response);
  };
  const server: Server = createServer(
    { headersTimeout: HEADERS_TIMEOUT, requestTimeout: REQUEST_TIMEOUT, keepAliveTimeout: 65_000 },
    callback,
  );
  return {
    callback: () => callback,
    listen: (port, host) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          resolve(server.address() as AddressInfo);
        });
      }),
    close: (graceMs = 2_000) =>
      new Promise((resolve) => {
        closing.abort();
        if (!server.listening) {
          resolve();
          return;
        }
        const force = setTimeout(() => server.closeAllConnections(), graceMs);
        server.close(() => {
          clearTimeout(force);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
