import type { Context, Next } from 'koa';
import { serveFile } from './static-files.js';

/** The built console: its files, and `index.html` for every address that its own router knows. */
export function consoleFiles(folder: string): (ctx: Context, next: Next) => Promise<void> {
  return async (ctx, next) => {
    const served = isPageRequest(ctx) && (await page(ctx, folder));
    if (!served) await next();
  };
}

function isPageRequest(ctx: Context): boolean {
  // What programs ask for must not be answered by a page.
  const api = /^\/(?:api|health|metrics)(?:\/|$)/.test(ctx.path);
  return !api && (ctx.method === 'GET' || ctx.method === 'HEAD');
}

async function page(ctx: Context, folder: string): Promise<boolean> {
  if (ctx.path !== '/' && (await serveFile(ctx, folder, ctx.path))) return true;
  // A missing script answered with a page would hide that it is missing.
  if (ctx.path.startsWith('/assets/') || !ctx.accepts('html')) return false;
  return await serveFile(ctx, folder, 'index.html');
}
