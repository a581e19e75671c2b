import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { access, chmod, constants, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { StartError } from './start-error.js';

/** Makes the data folder where it is missing and checks that it can be written; gives its absolute path. */
export async function openDataFolder(folder: string): Promise<string> {
  const path = resolve(folder);
  try {
    await makeFolder(path);
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartError(
      `Cannot write the data folder ${path} (dataDir, PROVOST_DATA_DIR): ${(error as Error).message}`,
      { cause: error },
    );
  }
  return path;
}

/**
 * With the folders above it where they are missing. Not by `recursive`: Node tries for ever where a file system says
 * ENOENT of a folder that it will not have made, as /proc does.
 */
async function makeFolder(path: string): Promise<void> {
  const above = dirname(path);
  if (!existsSync(above)) await makeFolder(above);
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** The key of the installation from `secret.key` in the data folder, made at the first start (mode 0600). */
export async function secretKeyOf(folder: string): Promise<string> {
  const path = join(folder, 'secret.key');
  try {
    const key = (await readFile(path, 'utf8')).trim();
    if (key.length < 16) throw new StartError(`${path} holds no key of at least 16 characters`);
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw asStartError(path, error);
  }
  const key = randomBytes(32).toString('base64url');
  try {
    await writeFile(path, `${key}\n`, { mode: 0o600, flag: 'wx' });
    await chmod(path, 0o600);
  } catch (error) {
    throw asStartError(path, error);
  }
  return key;
}

function asStartError(path: string, error: unknown): StartError {
  if (error instanceof StartError) return error;
  return new StartError(`Cannot use ${path}: ${(error as Error).message}`, { cause: error });
}
