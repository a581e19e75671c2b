import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { StoreMessage } from './main.js';

export interface EmbeddedStoreOptions {
  readonly dataDir: string;
  /** Where the unix socket is made; by default in the data folder, or in a short folder where that path is too long. */
  readonly socketPath?: string;
  /** Listens on 127.0.0.1 at this port (0: any) instead of a unix socket. */
  readonly tcpPort?: number;
  readonly log?: (level: 'info' | 'warn', text: string) => void;
  /** The database that the URI names; default `provost`. */
  readonly dbName?: string;
  /** Whether the store ends when this process does; default true. */
  readonly endWithParent?: boolean;
  /** Node.js binary; default the one that runs this. */
  readonly execPath?: string;
  /** How long an older store on the same folder may take to go, in milliseconds; default 5,000. */
  readonly retryFor?: number;
  /** How often TTL indexes are looked at, in milliseconds; default 60,000. */
  readonly expiryInterval?: number;
}

export interface EmbeddedStore {
  readonly uri: string;
  readonly pid: number;
  /** Asks the store to flush and end, and waits for it. */
  stop(): Promise<void>;
  /** Lets this process end while the store still runs (the store then ends by itself, see `endWithParent`). */
  unref(): void;
  /** Resolves when the process has ended, for whatever reason. */
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

/** `sun_path` has 108 bytes with the final zero on Linux, 104 on macOS. */
const MAX_SOCKET_PATH = 100;

function socketPathFor(dataDir: string): string {
  const path = join(dataDir, 'store.sock');
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH) return path;
  const folder = join(tmpdir(), `provost-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}.sock`);
}

interface Running {
  readonly child: ChildProcess;
  readonly port: number | undefined;
  readonly exited: EmbeddedStore['exited'];
}

function nodeArguments(): string[] {
  const isSource = import.meta.url.endsWith('.ts');
  const main = fileURLToPath(new URL(isSource ? './main.ts' : './main.js', import.meta.url));
  return isSource
    ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href, main]
    : [main];
}

function launch(options: EmbeddedStoreOptions, where: readonly string[], dataDir: string): Promise<Running> {
  const withParent = options.endWithParent ?? true;
  const child = spawn(
    options.execPath ?? process.execPath,
    [
      ...nodeArguments(),
      '--data',
      dataDir,
      ...where,
      ...(withParent ? ['--with-parent'] : []),
      ...(options.expiryInterval === undefined ? [] : ['--expiry-interval', String(options.expiryInterval)]),
    ],
    { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' } },
  );
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done) => {
    child.once('exit', (code, signal) => done({ code, signal }));
    child.once('error', () => done({ code: 1, signal: null }));
  });
  return new Promise((resolve, reject) => {
    let reason = '';
    const noise: string[] = [];
    child.once('error', (error) =>
      reject(new Error(`The embedded store could not be started: ${error.message}`)),
    );
    createInterface({ input: child.stderr }).on('line', (line) => {
      noise.push(line);
      noise.splice(0, noise.length - 20);
      options.log?.('warn', line);
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const message = JSON.parse(line) as StoreMessage;
      if (message.kind === 'ready') resolve({ child, port: message.port, exited });
      else if (message.kind === 'failed') reason = message.text;
      else options.log?.(message.kind, message.text);
    });
    child.stdin.on('error', () => undefined);
    exited.then(({ code, signal }) => {
      // The last lines arrive after the exit.
      setImmediate(() =>
        reject(
          new Error(
            reason ||
              noise.join('\n') ||
              `The embedded store ended at once (code ${code ?? '-'}, signal ${signal ?? '-'})`,
          ),
        ),
      );
    }, reject);
  });
}

/**
 * Starts the store as a process of its own and waits until it accepts connections. Fails with one clear error where the folder cannot
 * be written or another store has it (after waiting for one that is just going down).
 */
export async function startEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  const dataDir = resolve(options.dataDir);
  const socketPath = options.socketPath ?? socketPathFor(dataDir);
  const where =
    options.tcpPort === undefined ? ['--socket', socketPath] : ['--port', String(options.tcpPort)];
  const until = Date.now() + (options.retryFor ?? 5_000);
  let running: Running | undefined;
  while (!running) {
    try {
      running = await launch(options, where, dataDir);
    } catch (error) {
      if (
        !(error instanceof Error && error.message.includes('in use by another store')) ||
        Date.now() > until
      )
        throw error;
      await new Promise((again) => setTimeout(again, 200));
    }
  }
  const { child, exited, port } = running;
  const host = port === undefined ? encodeURIComponent(socketPath) : `127.0.0.1:${port}`;
  return {
    uri: `mongodb://${host}/${options.dbName ?? 'provost'}?directConnection=true`,
    pid: child.pid ?? 0,
    exited,
    unref() {
      child.unref();
      for (const stream of [child.stdin, child.stdout, child.stderr]) (stream as Socket | null)?.unref();
    },
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
