import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { lockFolder } from './lock.js';
import { WireServer } from './server.js';
import { isCommitFailure } from './storage/environment.js';
import { Store, type StoreLog } from './store.js';
import { startExpiry } from './ttl.js';

/** What the store tells its parent on standard output, one JSON object a line. */
export type StoreMessage =
  | { readonly kind: 'ready'; readonly port?: number }
  | { readonly kind: 'info' | 'warn'; readonly text: string }
  | { readonly kind: 'failed'; readonly text: string };

function say(message: StoreMessage): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

const log: StoreLog = {
  info: (text) => say({ kind: 'info', text }),
  warn: (text) => say({ kind: 'warn', text }),
};

/** Replies and records are copied into buffers that are cut from larger ones of this size: one allocation for many. */
Buffer.poolSize = 256 * 1024;

/** As `mkdir -p`; Node's own recursion does not end where the parent is there and refuses by "no such file" (`/proc`). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: !existsSync(dirname(folder)), mode: 0o700 });
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      socket: { type: 'string' },
      port: { type: 'string' },
      host: { type: 'string', default: '127.0.0.1' },
      /** Ends when standard input closes, that is when the parent is gone. */
      'with-parent': { type: 'boolean', default: false },
      'expiry-interval': { type: 'string', default: '60000' },
    },
  });
  const folder = values.data;
  if (folder === undefined || (values.socket === undefined && values.port === undefined)) {
    throw new Error(
      'usage: main --data DIR (--socket PATH | --port NUMBER) [--host ADDRESS] [--with-parent]',
    );
  }
  // Set before any socket is made: the store's socket is for its owner alone from the first moment.
  process.umask(0o077);
  makeFolder(folder);
  const release = lockFolder(folder);
  let store: Store;
  try {
    store = await Store.open(folder, log);
  } catch (error) {
    release();
    throw error;
  }
  const server = new WireServer(store);
  const stopExpiry = startExpiry(store, Number(values['expiry-interval']));
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    stopExpiry();
    server.close();
    if (values.socket !== undefined) rmSync(values.socket, { force: true });
    await store.close();
    release();
    process.exit(0);
  };
  const end = (): void => {
    stop().catch((error: unknown) => {
      say({ kind: 'failed', text: String(error) });
      process.exit(1);
    });
  };
  process.on('SIGTERM', end);
  // A commit that failed rejects several promises inside lmdb; its writers are told through their own.
  process.on('unhandledRejection', (reason) => {
    if (isCommitFailure(reason)) {
      log.warn(`A write to the store's files failed: ${String(reason)}`);
      return;
    }
    say({
      kind: 'failed',
      text: `Internal error: ${reason instanceof Error ? (reason.stack ?? '') : String(reason)}`,
    });
    process.exit(1);
  });
  if (values['with-parent']) {
    // Ctrl-C reaches the whole process group; the parent decides when the store goes.
    process.on('SIGINT', () => undefined);
    process.stdin.resume();
    process.stdin.on('end', end);
    process.stdin.on('error', end);
    process.stdout.on('error', end);
  } else process.on('SIGINT', end);

  if (values.socket !== undefined) {
    rmSync(values.socket, { force: true });
    await server.listen({ path: values.socket });
    chmodSync(values.socket, 0o600);
  }
  let port: number | undefined;
  if (values.port !== undefined) {
    const address = await server.listen({ host: values.host, port: Number(values.port) });
    port = typeof address === 'object' && address ? address.port : undefined;
  }
  say({ kind: 'ready', ...(port === undefined ? {} : { port }) });
}

function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
    return `The data folder cannot be written: ${message}`;
  return message;
}

main().catch((error: unknown) => {
  say({ kind: 'failed', text: explain(error) });
  process.exit(1);
});
