import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { Context, Middleware } from 'koa';
import { UnauthenticatedError } from '../../common/errors.js';
import type { Services } from '../services.js';
import type { RequestState } from './adapter.js';
import { ProblemError } from './problem-error.js';
import { serveFile } from './static-files.js';

const ROOT = '/api/docs';
const SWAGGER_UI = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** What the page needs of swagger-ui-dist; the rest of the package is not served. */
const FILES = new Set(['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png']);

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Northbound interface · Provost</title>
<link rel="icon" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body>
<div id="page"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
`;

// A file of its own, since the content security policy allows no script in the page.
const START = `let csrf;
async function csrfToken() {
  const answer = await fetch('/api/v1/me');
  return answer.ok ? (await answer.json()).csrfToken : undefined;
}
SwaggerUIBundle({
  url: '/api/docs/openapi.json',
  dom_id: '#page',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  requestInterceptor: async (request) => {
    if (request.method === undefined || request.method === 'GET') return request;
    csrf ??= await csrfToken();
    if (csrf !== undefined) request.headers['X-CSRF-Token'] = csrf;
    return request;
  },
});
`;

/** The browsable page of the OpenAPI document, for who has signed in: by console session, bearer token or Basic. */
export function docsPage(services: Services): Middleware {
  return async (ctx, next) => {
    const inside = ctx.path === ROOT || ctx.path.startsWith(`${ROOT}/`);
    if (!inside || (ctx.method !== 'GET' && ctx.method !== 'HEAD')) {
      await next();
      return;
    }
    const state = ctx.state as RequestState;
    try {
      state.caller = await services.authentication.caller({
        method: ctx.method,
        headers: ctx.req.headers,
        address: state.address,
        renew: true,
        basic: true,
      });
    } catch (error) {
      // Lets a browser ask for user name and password.
      if (error instanceof UnauthenticatedError)
        throw new ProblemError('unauthenticated', error.message, {
          headers: { 'WWW-Authenticate': 'Basic realm="Provost", charset="UTF-8"' },
        });
      throw error;
    }
    if (!(await serve(ctx, ctx.path.slice(ROOT.length + 1), services))) await next();
  };
}

async function serve(ctx: Context, name: string, services: Services): Promise<boolean> {
  switch (name) {
    case '':
      ctx.type = 'text/html';
      ctx.body = PAGE;
      return true;
    case 'start.js':
      ctx.type = 'text/javascript';
      ctx.body = START;
      return true;
    case 'openapi.json':
      ctx.type = 'application/json';
      ctx.body = JSON.stringify(services.document);
      return true;
    default:
      return FILES.has(name) && (await serveFile(ctx, SWAGGER_UI, name));
  }
}
