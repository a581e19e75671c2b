import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** One after another is all that CWMP knows; a few more may be on their way when a CPE gives up waiting. */
const MOST_WAITING = 8;

interface Turn {
  request: IncomingMessage;
  response: ServerResponse;
  /** Settled when the ones before it have been served. */
  before: Promise<void>;
  done: Promise<void>;
}

/**
 * Requests that one connection sends without waiting for answers (pipelining, RFC 9112 §9.3.2) are served one after the
 * other: the second may depend on what the first did to the session.
 */
export class ConnectionTurns {
  readonly #last = new WeakMap<Socket, Turn>();
  readonly #waiting = new WeakMap<Socket, number>();

  /** Serves the request when it is its turn; ends the connection of a sender that heaps requests up. */
  take(request: IncomingMessage, response: ServerResponse, serve: () => Promise<void>): void {
    const { socket } = request;
    const waiting = this.#waiting.get(socket) ?? 0;
    if (waiting >= MOST_WAITING) {
      socket.destroy();
      return;
    }
    this.#waiting.set(socket, waiting + 1);
    const before = this.#last.get(socket)?.done ?? Promise.resolve();
    const done = before.then(async () => {
      try {
        if (!socket.destroyed) await serve();
      } finally {
        this.#waiting.set(socket, (this.#waiting.get(socket) ?? 1) - 1);
      }
    });
    this.#last.set(socket, { request, response, before, done });
  }

  /**
   * What comes on this connection can no longer be read. Resolves when the whole requests before that have been served;
   * true when the last of them was still to be answered, and so is the last answer of the connection.
   */
  async broken(socket: Socket): Promise<boolean> {
    const last = this.#last.get(socket);
    if (!last) return false;
    if (!last.request.complete) {
      await last.before;
      return false;
    }
    const open = !last.response.writableEnded;
    if (open) last.response.shouldKeepAlive = false;
    await last.done;
    return open;
  }
}
