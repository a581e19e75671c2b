import type { Socket } from 'node:net';
import { newSecret } from '../../common/ids.js';
import type { DeviceId } from './messages.js';
import type { SessionDriver } from './session-driver.js';

/** One open session and how its CPE is known again. */
export interface OpenSession {
  readonly driver: SessionDriver;
  readonly cookie: string;
  readonly address: string;
  readonly device: string;
  /** The connection of the last POST. */
  socket: Socket;
}

export interface FoundSession {
  session: OpenSession;
  /** By what it was found; by the address alone it is a guess (cpe-quirks.md row 67). */
  by: 'cookie' | 'connection' | 'address';
}

/** The open sessions of this process, by cookie, by connection and by device. */
export class SessionTable {
  readonly #byCookie = new Map<string, OpenSession>();
  readonly #byDevice = new Map<string, OpenSession>();
  readonly #byAddress = new Map<string, Set<OpenSession>>();
  readonly #bySocket = new WeakMap<Socket, OpenSession>();

  get size(): number {
    return this.#byCookie.size;
  }

  all(): OpenSession[] {
    return [...this.#byCookie.values()];
  }

  add(driver: SessionDriver, deviceId: DeviceId, address: string, socket: Socket): OpenSession {
    const session: OpenSession = {
      driver,
      cookie: newSecret(18),
      address,
      device: deviceKey(deviceId),
      socket,
    };
    this.#byCookie.set(session.cookie, session);
    this.#byDevice.set(session.device, session);
    const neighbours = this.#byAddress.get(address);
    if (neighbours) neighbours.add(session);
    else this.#byAddress.set(address, new Set([session]));
    this.attach(session, socket);
    return session;
  }

  /** The CPE has come by this connection. */
  attach(session: OpenSession, socket: Socket): void {
    session.socket = socket;
    session.driver.connected = !socket.destroyed;
    if (this.#bySocket.get(socket) === session) return;
    this.#bySocket.set(socket, session);
    socket.once('close', () => {
      if (session.socket === socket) session.driver.connected = false;
    });
  }

  remove(session: OpenSession): void {
    this.#byCookie.delete(session.cookie);
    if (this.#byDevice.get(session.device) === session) this.#byDevice.delete(session.device);
    if (this.#bySocket.get(session.socket) === session) this.#bySocket.delete(session.socket);
    const neighbours = this.#byAddress.get(session.address);
    neighbours?.delete(session);
    if (neighbours?.size === 0) this.#byAddress.delete(session.address);
  }

  ofDevice(deviceId: DeviceId): OpenSession | undefined {
    return this.#byDevice.get(deviceKey(deviceId));
  }

  /**
   * The session that a POST belongs to: by its cookie, else by its connection, else the only session of the address
   * whose connection is gone while it waits. `conflict` when cookie and connection name two sessions.
   */
  find(cookies: readonly string[], socket: Socket, address: string): FoundSession | 'conflict' | null {
    const known = cookies
      .map((cookie) => this.#byCookie.get(cookie))
      .find((session) => session !== undefined);
    const connected = this.ofConnection(socket);
    if (known && connected && known !== connected) return 'conflict';
    if (known) return { session: known, by: 'cookie' };
    if (connected) return { session: connected, by: 'connection' };
    // A cookie that is not known is that of a session which has ended: no guess then.
    if (cookies.length > 0) return null;
    const waiting = [...(this.#byAddress.get(address) ?? [])];
    const [only] = waiting;
    if (waiting.length !== 1 || !only?.driver.idle || only.driver.connected) return null;
    return { session: only, by: 'address' };
  }

  ofConnection(socket: Socket): OpenSession | undefined {
    const session = this.#bySocket.get(socket);
    return session && !session.driver.ended ? session : undefined;
  }
}

function deviceKey({ oui, productClass, serialNumber }: DeviceId): string {
  return JSON.stringify([oui.toUpperCase(), productClass, serialNumber]);
}
