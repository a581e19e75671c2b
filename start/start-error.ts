import { ProvostError } from '../common/errors.js';

/** Why the server cannot start, in one line for the person at the terminal. */
export class StartError extends ProvostError {
  readonly code = 'start';
}

/** Turns the failure of a `listen` into a line that names the port's setting. */
export function listenError(
  error: unknown,
  what: string,
  setting: string,
  host: string,
  port: number,
): StartError {
  const code = (error as NodeJS.ErrnoException).code;
  const place = `${host}:${port}`;
  const why =
    code === 'EADDRINUSE'
      ? `${place} is in use`
      : code === 'EACCES'
        ? `${place} may not be used by this user`
        : code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND'
          ? `${host} is no address of this machine`
          : `${place}: ${error instanceof Error ? error.message : String(error)}`;
  return new StartError(`Cannot listen for ${what}: ${why}. Choose another with ${setting}.`, {
    cause: error,
  });
}
