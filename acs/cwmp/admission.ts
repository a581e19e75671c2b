import type { Socket } from 'node:net';
import type { Log } from '../../common/log.js';
import type { Authenticator } from './authentication.js';
import type { Exchange } from './exchange.js';
import { FailureLimit, sameOrigin } from './failure-limit.js';
import type { DeviceId } from './messages.js';
import type { OpenSession } from './session-table.js';

export interface AdmissionOptions {
  authenticator: Authenticator;
  log: Log;
  /** Failed authentications of one address in a minute. */
  failuresPerMinute: number;
}

/** Whether a POST may speak for the device that it says it is from. Answers those that may not. */
export class Admission {
  readonly #authenticator: Authenticator;
  readonly #log: Log;
  readonly #failures: FailureLimit;
  /** Which device a connection has authenticated as. */
  readonly #authenticated = new WeakMap<Socket, DeviceId>();

  constructor({ authenticator, log, failuresPerMinute }: AdmissionOptions) {
    this.#authenticator = authenticator;
    this.#log = log;
    this.#failures = new FailureLimit({ failures: failuresPerMinute, windowSeconds: 60 });
  }

  /** Whether an Inform may open a session; when not, the request has been answered. */
  async mayOpen(exchange: Exchange, deviceId: DeviceId): Promise<boolean> {
    if (!this.#authenticator.required) return true;
    const { authorization } = exchange.request.headers;
    const known = this.#authenticated.get(exchange.socket);
    if (authorization === undefined && known && sameDevice(known, deviceId)) return true;
    if (!(await this.#verify(exchange, deviceId, authorization))) return false;
    this.#authenticated.set(exchange.socket, deviceId);
    return true;
  }

  /**
   * Whether a POST may speak for a session that it was not on the connection of: a cookie cannot be guessed and is
   * enough, but credentials that come with it must be those of the session's device; an address alone never is.
   */
  async mayGoOn(exchange: Exchange, session: OpenSession, guessed: boolean): Promise<boolean> {
    if (!this.#authenticator.required || session.socket === exchange.socket) return true;
    const { authorization } = exchange.request.headers;
    const deviceId = session.driver.deviceId;
    if (!deviceId || (authorization === undefined && !guessed)) return true;
    return this.#verify(exchange, deviceId, authorization);
  }

  async #verify(exchange: Exchange, deviceId: DeviceId, authorization: string | undefined): Promise<boolean> {
    const { request, address } = exchange;
    const asks = authorization !== undefined || this.#failures.isShut(address);
    const last = asks ? await this.#authenticator.lastAddress(deviceId) : null;
    const suspect = { address, deviceId, known: last !== null && sameOrigin(last, address) };
    if (refuseShut(exchange, this.#failures.waitSeconds(suspect))) return false;
    const attempt = { authorization, method: 'POST', url: request.url ?? '/', deviceId };
    const result = await this.#authenticator.authenticate(attempt);
    // Once more: of many tries at once, those beyond the limit do not learn whether they were right.
    if (refuseShut(exchange, this.#failures.waitSeconds(suspect))) return false;
    if (result.outcome === 'accepted') return true;
    if (result.outcome === 'rejected') {
      const { username, reason } = result;
      this.#log.warn({ address, username, device: deviceId, reason }, 'A CPE failed to authenticate');
      if (this.#failures.failed(suspect))
        this.#log.warn({ address }, 'Too many failed authentications; shut out');
    }
    const stale = result.outcome === 'challenge' && result.stale;
    exchange.send(
      401,
      null,
      this.#authenticator.challenges(stale).flatMap((value) => ['WWW-Authenticate', value]),
    );
    return false;
  }
}

function refuseShut(exchange: Exchange, wait: number): boolean {
  if (wait > 0) exchange.refuse(429, null, ['Retry-After', String(wait)]);
  return wait > 0;
}

function sameDevice(one: DeviceId, other: DeviceId): boolean {
  return (
    one.oui.toUpperCase() === other.oui.toUpperCase() &&
    one.productClass === other.productClass &&
    one.serialNumber === other.serialNumber
  );
}
