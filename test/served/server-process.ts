import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Only the flags count: what this run of the tests is configured with is not for the servers that it starts. */
const ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => name !== 'MONGODB_URI' && !name.startsWith('PROVOST_')),
);
/** The built server where the command that runs the tests has just built it, which starts much faster, else the sources. */
const MAIN =
  process.env.BUILT_SERVER === undefined
    ? ['--import', 'tsx', fileURLToPath(new URL('../../main.ts', import.meta.url))]
    : [process.env.BUILT_SERVER];

/** The server as a process of its own, so that it can be killed in the middle of its work. */
export interface ServerProcess {
  readonly pid: number;
  readonly output: () => string;
  /** Resolves with the exit code, null after a signal. */
  readonly exited: Promise<number | null>;
  signal(name: NodeJS.Signals): void;
  /** SIGKILL, as a crash or a power failure would end it; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code. */
  end(): Promise<number | null>;
}

/** Starts the server and resolves when it says that it is running; rejects with its output when it ends before. */
export async function spawnServer(flags: readonly string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...MAIN, '--log-level', 'warn', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: ENVIRONMENT,
  });
  let output = '';
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes('Provost is running')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    void exit.then((code) => reject(new Error(`The server ended with ${String(code)}:\n${output}`)));
  });
  return {
    pid: pidOf(child),
    output: () => output,
    exited: exit,
    signal: (name) => {
      child.kill(name);
    },
    kill: async () => {
      await end(child, 'SIGKILL', exit);
    },
    end: () => end(child, 'SIGTERM', exit),
  };
}

/** Runs the server until it ends by itself; for starts that must fail. */
export async function failedStart(
  flags: readonly string[],
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [...MAIN, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: ENVIRONMENT,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('The server could not be spawned');
  return child.pid;
}

function end(
  child: ChildProcess,
  signal: NodeJS.Signals,
  exit: Promise<number | null>,
): Promise<number | null> {
  child.kill(signal);
  return exit;
}
