import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Question {
  id: number;
  command: string;
  data: unknown;
}

interface Reply {
  id: number;
  value?: unknown;
  error?: string;
}

/** A program of the bench in a process of its own, so that its CPU can be told from that of the others. */
export class Worker {
  readonly #child: ChildProcess;
  readonly #open = new Map<number, (reply: Reply) => void>();
  #count = 0;

  constructor(file: string) {
    this.#child = fork(fileURLToPath(new URL(file, import.meta.url)), [], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    this.#child.on('message', (reply: Reply) => {
      this.#open.get(reply.id)?.(reply);
      this.#open.delete(reply.id);
    });
    this.#child.on('exit', (code) => {
      for (const [id, settle] of this.#open)
        settle({ id, error: `${file} ended with ${code ?? 'a signal'}` });
      this.#open.clear();
    });
  }

  /** The worker's answer; the caller knows its shape. */
  ask(command: string, data: unknown = null): Promise<unknown> {
    const id = (this.#count += 1);
    return new Promise((resolve, reject) => {
      this.#open.set(id, (reply) => {
        if (reply.error === undefined) resolve(reply.value);
        else reject(new Error(reply.error));
      });
      this.#child.send({ id, command, data } satisfies Question);
    });
  }

  /** CPU that the process has used so far, milliseconds. */
  async cpu(): Promise<number> {
    return (await this.ask('cpu')) as number;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.disconnect();
    await gone;
  }
}

/** In a worker: answers questions until the parent lets go, then runs `end` and leaves. */
export function serve(
  commands: Record<string, (data: never) => unknown>,
  end: () => Promise<void> = () => Promise.resolve(),
): void {
  const known: Record<string, (data: never) => unknown> = {
    cpu: () => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1_000;
    },
    ...commands,
  };
  process.on('message', ({ id, command, data }: Question) => {
    void (async () => {
      const reply: Reply = { id };
      try {
        reply.value = await known[command]?.(data as never);
      } catch (error) {
        reply.error = error instanceof Error ? (error.stack ?? error.message) : String(error);
      }
      process.send?.(reply);
    })();
  });
  process.once('disconnect', () => {
    void end().finally(() => process.exit(0));
  });
}

/** CPU that any process has used so far, milliseconds; null where the system does not say (it does on Linux). */
export function cpuOf(pid: number | null): number | null {
  if (pid === null) return null;
  try {
    const tasks = readdirSync(`/proc/${pid}/task`);
    const nanoseconds = tasks.map((task) =>
      Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]),
    );
    return nanoseconds.reduce((sum, time) => sum + time, 0) / 1e6;
  } catch {
    return null;
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
