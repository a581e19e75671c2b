import { LRUCache } from 'lru-cache';
import type { Clock } from '../../common/clock.js';
import type { Log } from '../../common/log.js';
import type { SecretBox } from '../../common/secret-box.js';
import type { DeviceRecord, SealedCredentials } from '../../store/models/device.js';
import type { Store } from '../../store/store.js';
import { NonceSource, readAuthHeader, sameText, verifyDigest, type AuthHeader } from './digest.js';
import type { DeviceId } from './messages.js';

export type AuthenticationMode = 'none' | 'basic' | 'digest' | 'any';

export interface AuthenticationAttempt {
  /** The Authorization header. */
  authorization: string | undefined;
  method: string;
  url: string;
  /** Who the Inform says it is. */
  deviceId: DeviceId;
}

export type AuthenticationResult =
  | { outcome: 'accepted' }
  /** Nothing was presented, or with a nonce that is too old: ask (again). */
  | { outcome: 'challenge'; stale: boolean }
  /** Wrong; counts against the address. */
  | { outcome: 'rejected'; username: string; reason: string };

/** Whether a CPE is who its Inform says. */
export interface Authenticator {
  /** False: every CPE is let in. */
  readonly required: boolean;
  /** Values for `WWW-Authenticate`. */
  challenges(stale: boolean): string[];
  authenticate(attempt: AuthenticationAttempt): Promise<AuthenticationResult>;
  /** Where the device's last session came from; null when it has had none. */
  lastAddress(deviceId: DeviceId): Promise<string | null>;
}

export interface AuthenticatorOptions {
  mode: AuthenticationMode;
  /** What CPEs without credentials of their own present; null = such CPEs are not let in. */
  credentials: { username: string; password: string } | null;
  store: Pick<Store, 'devices'>;
  secretBox: SecretBox;
  /** Signs nonces; the same on all servers of an installation. */
  nonceSecret: string;
  clock: Clock;
  log: Log;
  realm?: string;
  /** Milliseconds that a nonce is good for. */
  nonceMs?: number;
  /** Milliseconds that credentials of a device are remembered, so that a changed password takes effect soon. */
  cacheMs?: number;
}

const CACHED_DEVICES = 10_000;

export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  return options.mode === 'none' ? OPEN : new CredentialAuthenticator(options, options.mode);
}

const OPEN: Authenticator = {
  required: false,
  challenges: () => [],
  authenticate: () => Promise.resolve({ outcome: 'accepted' }),
  lastAddress: () => Promise.resolve(null),
};

/** What authentication needs of a device. */
interface KnownDevice {
  credentials: SealedCredentials | null;
  sourceIp: string | null;
}

/** HTTP Basic and Digest against the credentials of the device, or those of the installation where it has none. */
class CredentialAuthenticator implements Authenticator {
  readonly required = true;
  readonly #options: AuthenticatorOptions;
  readonly #mode: Exclude<AuthenticationMode, 'none'>;
  readonly #realm: string;
  readonly #nonces: NonceSource;
  readonly #devices: LRUCache<string, KnownDevice>;

  constructor(options: AuthenticatorOptions, mode: Exclude<AuthenticationMode, 'none'>) {
    this.#options = options;
    this.#mode = mode;
    this.#realm = options.realm ?? 'Provost';
    this.#nonces = new NonceSource(options.nonceSecret, options.clock, options.nonceMs ?? 300_000);
    this.#devices = new LRUCache({ max: CACHED_DEVICES, ttl: options.cacheMs ?? 5_000 });
  }

  challenges(stale: boolean): string[] {
    const challenges: string[] = [];
    // MD5 and `auth` alone: TR-069 asks for them, and devices take the first challenge that they can parse.
    if (this.#mode !== 'basic')
      challenges.push(
        `Digest realm="${this.#realm}", qop="auth", nonce="${this.#nonces.issue()}", algorithm=MD5` +
          (stale ? ', stale=true' : ''),
      );
    if (this.#mode !== 'digest') challenges.push(`Basic realm="${this.#realm}"`);
    return challenges;
  }

  async authenticate(attempt: AuthenticationAttempt): Promise<AuthenticationResult> {
    const header = attempt.authorization === undefined ? null : readAuthHeader(attempt.authorization);
    if (!header || !this.#accepts(header.scheme)) return { outcome: 'challenge', stale: false };
    const presented = presentedUsername(header);
    const expected = await this.#credentialsOf(attempt.deviceId);
    if (!expected)
      return { outcome: 'rejected', username: presented, reason: 'no credentials are known for the device' };
    // One message for a wrong name and a wrong password: it goes into the log, not to the CPE.
    const wrong: AuthenticationResult = {
      outcome: 'rejected',
      username: presented,
      reason: 'wrong credentials',
    };
    if (!sameText(presented, expected.username)) return wrong;
    if (header.scheme === 'basic')
      return sameText(basicParts(header).password, expected.password) ? { outcome: 'accepted' } : wrong;
    const { parameters } = header;
    const valid = verifyDigest({
      parameters,
      method: attempt.method,
      url: attempt.url,
      realm: this.#realm,
      password: expected.password,
    });
    if (!valid) return wrong;
    if (!this.#nonces.isFresh(parameters.get('nonce') ?? '')) return { outcome: 'challenge', stale: true };
    return { outcome: 'accepted' };
  }

  async lastAddress(deviceId: DeviceId): Promise<string | null> {
    return (await this.#lookUp(deviceId)).sourceIp;
  }

  #accepts(scheme: string): boolean {
    return (scheme === 'basic' && this.#mode !== 'digest') || (scheme === 'digest' && this.#mode !== 'basic');
  }

  /** A device with credentials of its own must present those; the installation's do not open its record. */
  async #credentialsOf(id: DeviceId): Promise<{ username: string; password: string } | null> {
    const { credentials } = await this.#lookUp(id);
    if (!credentials) return this.#options.credentials;
    try {
      return { username: credentials.username, password: this.#options.secretBox.open(credentials.password) };
    } catch (error) {
      this.#options.log.error({ err: error, device: id }, 'The credentials of a device cannot be opened');
      return null;
    }
  }

  async #lookUp(id: DeviceId): Promise<KnownDevice> {
    const key = JSON.stringify([id.oui.toUpperCase(), id.productClass, id.serialNumber]);
    const cached = this.#devices.get(key);
    if (cached) return cached;
    const record = await this.#options.store.devices.collection.findOne<
      Pick<DeviceRecord, 'credentials' | 'sourceIp'>
    >(
      {
        serialNumber: id.serialNumber,
        productClass: id.productClass,
        oui: { $in: [id.oui.toUpperCase(), id.oui] },
      },
      { projection: { 'credentials.acs': 1, sourceIp: 1 } },
    );
    const found = { credentials: record?.credentials.acs ?? null, sourceIp: record?.sourceIp ?? null };
    // What is not there yet may be in a moment.
    if (record) this.#devices.set(key, found);
    return found;
  }
}

function presentedUsername(header: AuthHeader): string {
  return header.scheme === 'basic' ? basicParts(header).username : (header.parameters.get('username') ?? '');
}

function basicParts(header: AuthHeader): { username: string; password: string } {
  const text = Buffer.from(header.rest, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon === -1) return { username: text, password: '' };
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
