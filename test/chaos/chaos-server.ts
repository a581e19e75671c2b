import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCpe, type Cpe, type CpeOptions } from '../cpe-simulator/index.js';
import { freePorts } from '../served/free-ports.js';
import { NbiClient } from '../served/nbi-client.js';
import { spawnServer, type ServerProcess } from '../served/server-process.js';

export const PASSWORD = 'correct horse battery';

/** A server process on its own embedded store, that can be started again on the same ports and data. */
export class ChaosServer {
  readonly folder: string;
  readonly ports: { cwmp: number; files: number; http: number };
  readonly #flags: string[];
  readonly #cpes: Cpe[] = [];
  process: ServerProcess;

  private constructor(folder: string, ports: ChaosServer['ports'], flags: string[], started: ServerProcess) {
    this.folder = folder;
    this.ports = ports;
    this.#flags = flags;
    this.process = started;
  }

  /** `folder`: where the data go; one of its own if not given, which `stop` removes. */
  static async start(flags: readonly string[] = [], folder?: string): Promise<ChaosServer> {
    const data = folder ?? (await mkdtemp(join(tmpdir(), 'provost-chaos-')));
    const [cwmp = 0, files = 0, http = 0] = await freePorts(3);
    const all = [
      ...['--data-dir', data, '--admin-password', PASSWORD, '--cwmp-authentication', 'none'],
      ...['--system-tasks', 'false', '--starting-templates', 'false'],
      ...['--cwmp-port', String(cwmp), '--files-port', String(files), '--http-port', String(http)],
      ...['--cwmp-host', '127.0.0.1', '--files-host', '127.0.0.1'],
      ...flags,
    ];
    return new ChaosServer(data, { cwmp, files, http }, all, await spawnServer(all));
  }

  get acsUrl(): string {
    return `http://127.0.0.1:${this.ports.cwmp}/`;
  }

  get consoleUrl(): string {
    return `http://127.0.0.1:${this.ports.http}`;
  }

  /** Of the embedded store's process, from its lock on the data folder. */
  get storePid(): number {
    const owner = JSON.parse(readFileSync(join(this.folder, 'store.lock'), 'utf8')) as { pid: number };
    return owner.pid;
  }

  async again(): Promise<void> {
    this.process = await spawnServer(this.#flags);
  }

  signIn(): Promise<NbiClient> {
    return new NbiClient(this.consoleUrl).signIn('admin', PASSWORD);
  }

  /** A simulated CPE of this server; stopped with it. */
  cpe(options: Omit<CpeOptions, 'acsUrl'>): Cpe {
    const cpe = createCpe({ acsUrl: this.acsUrl, ...options });
    this.#cpes.push(cpe);
    return cpe;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#cpes.map((cpe) => cpe.stop()));
    await this.process.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Whether a process lives; one that has ended and only waits for its parent to notice does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return true;
  }
}
