import { createSocket } from 'node:dgram';
import { expect } from 'chai';
import snmp from 'net-snmp';
import { AddressGuard } from '../../../../acs/tasks/outbound/address-guard.js';
import { GuardedSnmpClient } from '../../../../acs/tasks/outbound/guarded-snmp-client.js';
import type { SnmpTarget } from '../../../../acs/tasks/ports/notifiers.js';
import { failureOf } from './failure-of.js';

const NAME = '1.3.6.1.4.1.8072.9999.1';
const COUNT = '1.3.6.1.4.1.8072.9999.2';
const MAC = '1.3.6.1.4.1.8072.9999.3';
const V3 = {
  version: '3' as const,
  ...{ user: 'ops', securityLevel: 'authPriv', authenticationMethod: 'SHA256' },
  ...{ authenticationPassword: 'auth secret', privacyProtocol: 'AES', privacyPassword: 'priv secret' },
} as const;

/** A UDP port that nobody has. */
async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return port;
}

interface Notification {
  pdu: { type: number; varbinds: { oid: string; value: unknown }[] };
}

describe('SNMP of workflows', () => {
  let agent: { close(cb: () => void): void; getMib(): unknown };
  let receiver: { close(cb: () => void): void };
  let agentPort: number;
  let trapPort: number;
  const arrived: Notification[] = [];
  let awaited: (() => void) | null = null;

  before(async () => {
    [agentPort, trapPort] = [await freePort(), await freePort()];
    const user = {
      ...{ name: V3.user, level: snmp.SecurityLevel.authPriv },
      ...{ authProtocol: snmp.AuthProtocols.sha256, authKey: V3.authenticationPassword },
      ...{ privProtocol: snmp.PrivProtocols.aes, privKey: V3.privacyPassword },
    };
    const options = { address: '127.0.0.1', accessControlModelType: snmp.AccessControlModelType.None };
    const made = snmp.createAgent({ ...options, port: agentPort }, () => undefined) as unknown as {
      close(cb: () => void): void;
      getMib(): { registerProvider(one: object): void; setScalarValue(name: string, value: unknown): void };
      getAuthorizer(): { addCommunity(name: string): void; addUser(one: object): void };
    };
    made.getAuthorizer().addCommunity('public');
    made.getAuthorizer().addUser(user);
    for (const [name, oid, type, value] of [
      ['name', NAME, snmp.ObjectType.OctetString, 'switch 7'],
      ['count', COUNT, snmp.ObjectType.Integer, 42],
      ['mac', MAC, snmp.ObjectType.OctetString, Buffer.from('02a0c4000001', 'hex')],
    ] as const) {
      made.getMib().registerProvider({
        ...{ name, oid, scalarType: type, type: snmp.MibProviderType.Scalar },
        maxAccess: snmp.MaxAccess['read-write'],
      });
      made.getMib().setScalarValue(name, value);
    }
    agent = made;
    const heard = snmp.createReceiver(
      { ...options, port: trapPort, includeAuthentication: false },
      (error: Error | null, notification: Notification) => {
        if (error) return;
        arrived.push(notification);
        awaited?.();
      },
    ) as unknown as { close(cb: () => void): void; getAuthorizer(): ReturnType<typeof made.getAuthorizer> };
    heard.getAuthorizer().addCommunity('public');
    heard.getAuthorizer().addUser(user);
    receiver = heard;
  });
  beforeEach(() => arrived.splice(0));
  after(async () => {
    await new Promise<void>((resolve) => agent.close(resolve));
    await new Promise<void>((resolve) => receiver.close(resolve));
  });

  const client = new GuardedSnmpClient(
    new AddressGuard({ hosts: ['127.0.0.1', '127.0.0.9', '10.0.0.1'], privateNetworks: ['127.0.0.0/8'] }),
  );
  const target = (more: Partial<SnmpTarget> = {}): SnmpTarget => ({
    ...{ host: '127.0.0.1', port: agentPort, version: '2c', community: 'public', user: '', engineId: '' },
    ...{ securityLevel: '', authenticationMethod: '', authenticationPassword: '' },
    ...{ privacyProtocol: '', privacyPassword: '', timeoutMs: 2_000, retries: 1 },
    ...more,
  });
  const notified = async (): Promise<Notification> => {
    if (arrived.length === 0) await new Promise<void>((resolve) => (awaited = resolve));
    return arrived[0]!;
  };

  it('reads objects: texts as they are, other octets in hexadecimal digits, what is not there as null', async () => {
    const found = await client.get(target(), [
      `${NAME}.0`,
      `${COUNT}.0`,
      `${MAC}.0`,
      '1.3.6.1.4.1.8072.9999.99.0',
    ]);
    expect(found).to.deep.equal(['switch 7', '42', '02a0c4000001', null]);
  });

  it('writes objects by their type', async () => {
    await client.set(target(), [
      { oid: `${NAME}.0`, type: 'OctetString', value: 'switch 8' },
      { oid: `${COUNT}.0`, type: 'integer', value: '-7' },
    ]);
    expect(await client.get(target(), [`${NAME}.0`, `${COUNT}.0`])).to.deep.equal(['switch 8', '-7']);
    await client.set(target(), [{ oid: `${NAME}.0`, type: 'OctetString', value: 'switch 7' }]);
  });

  it('speaks version 1 and version 3 with authentication and encryption', async () => {
    expect(await client.get(target({ version: '1' }), [`${NAME}.0`])).to.deep.equal(['switch 7']);
    expect(await client.get(target(V3), [`${NAME}.0`])).to.deep.equal(['switch 7']);
  });

  it('sends traps and informs', async () => {
    const to = target({ port: trapPort });
    await client.trap(to, '1.3.6.1.4.1.1.5', [{ oid: '1.3.6.1.4.1.1.5.1', value: 'door open' }], {
      inform: false,
    });
    const { pdu } = await notified();
    expect(pdu.varbinds.map(({ value }) => String(value))).to.include('door open');
    await client.trap(to, '1.3.6.1.4.1.1.5', [], { inform: true });
  });

  it('says when nobody answers, and when an inform is not confirmed', async () => {
    const gone = target({ port: await freePort(), timeoutMs: 50, retries: 0 });
    expect(await failureOf(client.get(gone, [`${NAME}.0`]))).to.match(
      /^127\.0\.0\.1 did not answer in time|failed/,
    );
    const unheard = client.trap({ ...gone, host: '127.0.0.9' }, NAME, [], { inform: true });
    expect(await failureOf(unheard)).to.match(/^127\.0\.0\.9/);
  });

  it('says what it was refused', async () => {
    expect(
      await failureOf(client.get(target({ community: 'wrong', timeoutMs: 50, retries: 0 }), [`${NAME}.0`])),
    ).to.match(/did not answer in time|failed/);
    const wrong = target({ ...V3, authenticationPassword: 'another secret', timeoutMs: 200, retries: 0 });
    const said = await failureOf(client.get(wrong, [`${NAME}.0`]));
    expect(said).to.match(/^SNMP with 127\.0\.0\.1 failed|did not answer in time/);
    expect(said).to.not.contain('another secret');
  });

  it('refuses what is no object id, no type and no value of its type, before anything is sent', async () => {
    expect(await failureOf(client.get(target(), ['sysName.0']))).to.equal('sysName.0 is no object id');
    for (const [type, value, text] of [
      ['Text', 'x', 'Text is no SNMP type'],
      ['Integer', 'many', 'many is no Integer of SNMP'],
    ] as const)
      expect(await failureOf(client.set(target(), [{ oid: `${NAME}.0`, type, value }]))).to.equal(text);
    const odd = target({ version: '3', user: 'x', securityLevel: 'secret' });
    expect(await failureOf(client.get(odd, [`${NAME}.0`]))).to.equal('secret is no security level of SNMP 3');
  });

  it('reaches the hosts of the administrator only', async () => {
    expect(await failureOf(client.get(target({ host: '127.0.0.2' }), [`${NAME}.0`]))).to.equal(
      'the host 127.0.0.2 is not allowed by the administrator',
    );
    expect(await failureOf(client.get(target({ host: '10.0.0.1' }), [`${NAME}.0`]))).to.match(/is private/);
  });
});
