import {
  linkSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** The data folder is in use by another store. */
export class FolderInUseError extends Error {}

interface Owner {
  readonly pid: number;
  /** Kernel start time of the process and identity of the boot and of the PID namespace; '' where they cannot be told. */
  readonly started: string;
  readonly boot: string;
  readonly namespace: string;
}

const HEARTBEAT = 5_000;
/** A lock from another PID namespace (container) counts as left behind after this silence. */
const SILENCE = 20_000;

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

/** 'gone' for a process that has ended and only waits for its parent to notice. */
function startTime(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? 'gone' : (fields[19] ?? '');
}

function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function parseOwner(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return undefined;
  }
}

function isHeld(path: string, owner: Owner, self: Owner): boolean {
  if (owner.boot !== self.boot) return false;
  if (owner.namespace !== self.namespace) return Date.now() - statSync(path).mtimeMs < SILENCE;
  return isAlive(owner.pid) && startTime(owner.pid) === owner.started;
}

/**
 * Takes the data folder for this process; returns the function that gives it back. A lock that a killed process left behind is
 * taken over: the process that it names no longer lives, or another one has its number now.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'store.lock');
  const self: Owner = {
    pid: process.pid,
    started: startTime(process.pid),
    boot: read('/proc/sys/kernel/random/boot_id'),
    namespace: pidNamespace(),
  };
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(self), { mode: 0o600 });
  try {
    for (let attempt = 0; !tryLink(mine, path); attempt++) {
      const text = read(path);
      const owner = parseOwner(text);
      if (attempt > 5 || (owner && isHeld(path, owner, self))) {
        throw new FolderInUseError(
          `The data folder ${folder} is in use by another store (process ${owner?.pid ?? 'unknown'})`,
        );
      }
      removeStale(path, text);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(path, now, now);
    } catch {
      // The folder was removed beneath us; the next write says so.
    }
  }, HEARTBEAT);
  heartbeat.unref();
  return () => {
    clearInterval(heartbeat);
    rmSync(path, { force: true });
  };
}

function tryLink(mine: string, path: string): boolean {
  try {
    linkSync(mine, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/** Moves the stale lock away first, so that of two processes that found it only one removes it. */
function removeStale(path: string, text: string): void {
  const aside = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, aside);
    if (read(aside) !== text) tryLink(aside, path);
    rmSync(aside, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
