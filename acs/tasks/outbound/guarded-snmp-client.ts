import { isIP } from 'node:net';
import type * as netSnmp from 'net-snmp';
import type { Session, User, Varbind, VarbindValue } from 'net-snmp';
import type { SnmpClient, SnmpTarget } from '../ports/notifiers.js';
import { OutboundFailure } from '../ports/workflow-ports.js';
import type { AddressGuard } from './address-guard.js';

type Library = typeof netSnmp;

/** How often an INFORM is sent again when no answer comes (its time-out is that of the tag). */
const INFORM_RETRIES = 1;
/** Characters of a value that is read. */
const MAX_VALUE = 65_536;
/** The names of the types of snmpSet, by those of the library. */
const TYPES: Readonly<Record<string, string>> = {
  boolean: 'Boolean',
  integer: 'Integer',
  integer32: 'Integer',
  octetstring: 'OctetString',
  string: 'OctetString',
  null: 'Null',
  oid: 'OID',
  objectidentifier: 'OID',
  ipaddress: 'IpAddress',
  counter: 'Counter',
  counter32: 'Counter',
  gauge: 'Gauge',
  gauge32: 'Gauge',
  unsigned32: 'Gauge',
  timeticks: 'TimeTicks',
};
const WHOLE = new Set(['Integer', 'Counter', 'Gauge', 'TimeTicks']);

/** SNMP 1, 2c and 3 with hosts that the administrator allows (xmltask.md §8). */
export class GuardedSnmpClient implements SnmpClient {
  readonly #guard: AddressGuard;

  constructor(guard: AddressGuard) {
    this.#guard = guard;
  }

  async get(target: SnmpTarget, oids: readonly string[]): Promise<(string | null)[]> {
    for (const oid of oids) assertOid(oid);
    return this.#with(target, async (session, snmp) => {
      const found = await asked<Varbind[]>(target, (done) =>
        session.get([...oids], (error, varbinds) => done(error, varbinds)),
      );
      return found.map((one) => (snmp.isVarbindError(one) ? null : textOf(one.value)));
    });
  }

  set(target: SnmpTarget, values: readonly { oid: string; type: string; value: string }[]): Promise<void> {
    return this.#with(target, async (session, snmp) => {
      const varbinds = values.map(({ oid, type, value }) => {
        assertOid(oid);
        const name = TYPES[type.toLowerCase()];
        if (name === undefined) throw new OutboundFailure(`${type.slice(0, 50)} is no SNMP type`);
        return { oid, type: objectType(snmp, name), value: valueOf(name, value) };
      });
      const found = await asked<Varbind[]>(target, (done) =>
        session.set(varbinds, (error, answers) => done(error, answers)),
      );
      const refused = found.find((one) => snmp.isVarbindError(one));
      if (refused) throw new OutboundFailure(`${target.host} refused ${refused.oid}`);
    });
  }

  async trap(
    target: SnmpTarget,
    oid: string,
    values: readonly { oid: string; value: string }[],
    { inform }: { inform: boolean },
  ): Promise<void> {
    assertOid(oid);
    return this.#with({ ...target, retries: INFORM_RETRIES }, async (session, snmp) => {
      const varbinds = values.map((one) => {
        assertOid(one.oid);
        return { oid: one.oid, type: objectType(snmp, 'OctetString'), value: one.value };
      });
      await asked<unknown>(target, (done) => {
        if (inform) session.inform(oid, varbinds, (error: Error | null) => done(error, null));
        else session.trap(oid, varbinds, (error: Error | null) => done(error, null));
      });
    });
  }

  async #with<Result>(
    target: SnmpTarget,
    work: (session: Session, snmp: Library) => Promise<Result>,
  ): Promise<Result> {
    this.#guard.assertHost(target.host);
    const address = await this.#addressOf(target.host);
    // A library of CommonJS: its exports are those of the default one.
    const loaded = (await import('net-snmp')) as Library & { default?: Library };
    const snmp = loaded.default ?? loaded;
    const session = openSession(snmp, address, target);
    // A socket that fails says so by its requests too; without a listener the process would end.
    (session as unknown as NodeJS.EventEmitter).on('error', () => undefined);
    try {
      return await work(session, snmp);
    } finally {
      session.close();
    }
  }

  /** An address that may be reached; looked at once, and used as it is. */
  #addressOf(host: string): Promise<string> {
    if (isIP(host) !== 0) return Promise.resolve(host);
    return new Promise((resolve, reject) => {
      this.#guard.lookup(host, {}, (error, address) => {
        if (error instanceof OutboundFailure) reject(error);
        else if (error) reject(new OutboundFailure(`${host} cannot be found`));
        else resolve(typeof address === 'string' ? address : (address[0]?.address ?? ''));
      });
    });
  }
}

function openSession(snmp: Library, address: string, target: SnmpTarget): Session {
  const { port, timeoutMs: timeout, retries, version } = target;
  const common = {
    ...{ port, trapPort: port, timeout, retries },
    ...{ transport: isIP(address) === 6 ? 'udp6' : 'udp4' },
  };
  if (version === '3') {
    const options = {
      ...common,
      version: snmp.Version3,
      ...(target.engineId !== '' && { engineID: target.engineId }),
    };
    return snmp.createV3Session(address, userOf(snmp, target), options as never);
  }
  return snmp.createSession(address, target.community === '' ? 'public' : target.community, {
    ...common,
    version: version === '1' ? snmp.Version1 : snmp.Version2c,
  } as never);
}

function userOf(snmp: Library, target: SnmpTarget): User {
  const level = target.securityLevel === '' ? 'noAuthNoPriv' : target.securityLevel;
  const named = (kinds: object, name: string, what: string): never => {
    const found = Object.entries(kinds).find(([key]) => key.toLowerCase() === name.toLowerCase());
    if (!found) throw new OutboundFailure(`${name.slice(0, 50)} is no ${what} of SNMP 3`);
    return found[1] as never;
  };
  const user: Record<string, unknown> = {
    name: target.user,
    level: named(snmp.SecurityLevel, level, 'security level'),
  };
  if (level !== 'noAuthNoPriv') {
    user.authProtocol = named(
      snmp.AuthProtocols,
      target.authenticationMethod || 'SHA',
      'authentication method',
    );
    user.authKey = target.authenticationPassword;
  }
  if (level === 'authPriv') {
    user.privProtocol = named(snmp.PrivProtocols, target.privacyProtocol || 'AES', 'privacy protocol');
    user.privKey = target.privacyPassword;
  }
  return user as unknown as User;
}

/** Rejects with a reason that may be shown. */
function asked<Found>(
  { host }: SnmpTarget,
  ask: (done: (error: Error | null, found?: Found) => void) => void,
): Promise<Found> {
  return new Promise((resolve, reject) => {
    try {
      ask((error, found) => {
        if (error) reject(failureOf(host, error));
        else resolve(found as Found);
      });
    } catch (error) {
      // The library throws for values that do not fit their type.
      reject(failureOf(host, error));
    }
  });
}

function failureOf(host: string, error: unknown): OutboundFailure {
  if (error instanceof OutboundFailure) return error;
  const { name, message } = error as Error;
  if (name === 'RequestTimedOutError') return new OutboundFailure(`${host} did not answer in time`);
  return new OutboundFailure(`SNMP with ${host} failed: ${message.slice(0, 200)}`);
}

function assertOid(oid: string): void {
  if (!/^[0-2](\.\d{1,10}){1,126}$/.test(oid))
    throw new OutboundFailure(`${oid.slice(0, 100)} is no object id`);
}

const objectType = (snmp: Library, name: string): number =>
  (snmp.ObjectType as unknown as Record<string, number>)[name] ?? snmp.ObjectType.OctetString;

function valueOf(type: string, value: string): VarbindValue {
  if (type === 'Null') return null;
  if (type === 'Boolean') return value === 'true' || value === '1';
  if (!WHOLE.has(type)) return value;
  if (!/^-?\d{1,10}$/.test(value.trim()))
    throw new OutboundFailure(`${value.slice(0, 50)} is no ${type} of SNMP`);
  return Number(value);
}

function textOf(value: VarbindValue | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (!Buffer.isBuffer(value)) return `${value as string | number | boolean}`.slice(0, MAX_VALUE);
  const text = value.toString('utf8');
  // What is no text, as a MAC address, is given in hexadecimal digits.

  return (/[\0-\x08\x0e-\x1f\ufffd]/.test(text) ? value.toString('hex') : text).slice(0, MAX_VALUE);
}
