import { createRequire } from 'node:module';

/** The driver's connection, as far as it is mended here. Not part of its public types: a test holds that it is so. */
interface DriverConnection {
  readonly closed: boolean;
  readonly socket: { emit(event: 'drain'): boolean };
  cleanup(error: Error): void;
}

const { Connection } = createRequire(import.meta.url)('mongodb/lib/cmap/connection.js') as {
  Connection: { prototype: DriverConnection };
};

const MENDED = Symbol('connections end their writers');

/**
 * Lets no command wait for ever on a connection that is gone. Between the moment in which Node destroys a socket and the
 * `close` event that tells so, a write gives `false` and no `error` follows; the driver (7.8) then waits for a `drain` that
 * never comes. When all connections break at once, its look at the server falls into that moment more often than not, and
 * it never connects again. So the end of a connection wakes those who wait to write; the driver itself then sees that the
 * connection is closed, and fails their commands with a network error as it does any other time.
 */
export function mendDriverConnections(): void {
  const prototype = Connection.prototype as DriverConnection & { [MENDED]?: true };
  if (prototype[MENDED]) return;
  prototype[MENDED] = true;
  const cleanup = prototype.cleanup;
  prototype.cleanup = function (this: DriverConnection, error: Error): void {
    if (this.closed) return;
    cleanup.call(this, error);
    this.socket.emit('drain');
  };
}
