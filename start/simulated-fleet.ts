import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Log } from '../common/log.js';

export interface SimulatedFleet {
  stop(): Promise<void>;
}

/** Starts the simulator as a program of its own: it knows nothing of this server but its ACS URL. */
export function startSimulatedFleet(
  options: { acsUrl: string; count: number; stateFolder: string; username: string; password: string },
  log: Log,
): SimulatedFleet {
  const compiled = fileURLToPath(new URL('../test/cpe-simulator/main.js', import.meta.url));
  const program = existsSync(compiled)
    ? [compiled]
    : ['--import', 'tsx', fileURLToPath(new URL('../test/cpe-simulator/main.ts', import.meta.url))];
  const child = spawn(
    process.execPath,
    [
      ...program,
      ...['--acs', options.acsUrl, '--count', String(options.count), '--state', options.stateFolder],
      ...['--interval', '60', '--spread', '15', '--reboot-time', '3'],
      ...(options.password === '' ? [] : ['--username', options.username, '--password', options.password]),
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  child.stderr
    .setEncoding('utf8')
    .on('data', (text: string) => log.warn({ simulator: text.trim() }, 'simulator'));
  let stopping = false;
  child.on('exit', (code, signal) => {
    if (!stopping) log.error({ code, signal }, 'the simulated CPEs ended');
  });
  return {
    stop: () => {
      stopping = true;
      return ended(child);
    },
  };
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
