import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import type { Context } from 'koa';

/** Built assets carry a hash of their content in their name: `index-B7x2kQ9a.js`. */
const HASHED = /-[\w-]{8,}\.\w+$/;

/** Serves one file below a folder; false when there is none. The folder is the bound: no `..`, no dot files. */
export async function serveFile(ctx: Context, folder: string, path: string): Promise<boolean> {
  const file = locate(folder, path);
  if (file === null) return false;
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return false;
  ctx.status = 200;
  ctx.type = extname(file);
  ctx.length = found.size;
  ctx.lastModified = found.mtime;
  ctx.etag = `${found.size.toString(36)}-${Math.trunc(found.mtimeMs).toString(36)}`;
  ctx.set('Cache-Control', HASHED.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (ctx.fresh) {
    ctx.status = 304;
    ctx.body = null;
    return true;
  }
  if (ctx.method === 'HEAD') ctx.res.end();
  else ctx.body = createReadStream(file);
  return true;
}

function locate(folder: string, path: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.split(/[/\\]/).some((segment) => segment.startsWith('.')))
    return null;
  const root = normalize(folder + sep);
  const file = normalize(join(root, decoded));
  return file.startsWith(root) ? file : null;
}
