import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import ssh2, { type Connection, type Server } from 'ssh2';
import { AddressGuard } from '../../../../acs/tasks/outbound/address-guard.js';
import { GuardedSshClient } from '../../../../acs/tasks/outbound/guarded-ssh-client.js';
import { KnownHosts } from '../../../../acs/tasks/outbound/known-hosts.js';
import type { SshHost } from '../../../../acs/tasks/ports/notifiers.js';
import { failureOf } from './failure-of.js';

const { generateKeyPairSync } = ssh2.utils;
const hostKey = generateKeyPairSync('ed25519');
const otherKey = generateKeyPairSync('ed25519');
const userKey = generateKeyPairSync('ed25519');

const encoded = (line: string): string => line.split(' ')[1] ?? '';

describe('SSH of workflows', () => {
  let server: Server;
  let port: number;
  let folder: string;
  /** Whether the host runs single commands. */
  let runsCommands = true;
  const typed: string[] = [];
  const open = new Set<Connection>();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'provost-ssh-'));
    await writeFile(join(folder, 'ops'), userKey.private);
    await writeFile(join(folder, 'broken'), 'no key');
    server = new ssh2.Server({ hostKeys: [hostKey.private] }, (client) => {
      open.add(client);
      client.on('error', () => undefined);
      client.on('close', () => open.delete(client));
      client.on('authentication', (context) => {
        const byPassword = context.method === 'password' && context.password === 'open sesame';
        const byKey =
          context.method === 'publickey' &&
          context.key.data.equals(Buffer.from(encoded(userKey.public), 'base64'));
        if (context.username === 'ops' && (byPassword || byKey)) context.accept();
        else context.reject();
      });
      client.on('session', (accept) => {
        const session = accept();
        session.on('exec', (acceptExec, reject, { command }) => {
          if (!runsCommands) {
            reject();
            return;
          }
          const channel = acceptExec();
          if (command === 'wait') {
            channel.write('still ');
            return;
          }
          channel.write(`you said ${command}\n`);
          channel.stderr.write('and a warning\n');
          channel.exit(0);
          channel.end();
        });
        session.on('pty', (acceptPty) => acceptPty());
        session.on('shell', (acceptShell) => {
          const channel = acceptShell();
          channel.write('switch> ');
          channel.on('data', (data: Buffer) => {
            typed.push(data.toString());
            channel.write('vlan 7\r\nswitch> ');
            channel.end();
          });
        });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    port = (server.address() as AddressInfo).port;
    await writeFile(join(folder, 'known'), `[127.0.0.1]:${port} ${hostKey.public}\n`);
    await writeFile(join(folder, 'others'), `[127.0.0.1]:${port} ${otherKey.public}\n`);
  });
  afterEach(() => {
    runsCommands = true;
    typed.splice(0);
  });
  after(async () => {
    for (const one of open) one.end();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await rm(folder, { recursive: true, force: true });
  });

  const guard = new AddressGuard({ hosts: ['127.0.0.1'], privateNetworks: ['127.0.0.1'] });
  const client = (known = join(folder, 'known'), keys = folder) =>
    new GuardedSshClient({ guard, knownHosts: known, keys });
  const host = (more: Partial<SshHost> = {}): SshHost => ({
    ...{ address: '127.0.0.1', port, username: 'ops', password: 'open sesame', privateKey: '' },
    ...{ connectMs: 3_000, authenticateMs: 3_000 },
    ...more,
  });
  const command = (text: string, waitMs = 5_000) => ({ command: text, waitMs, windowsEndline: true });

  it('gives what a command writes, warnings too, as soon as it has ended', async () => {
    const output = await client().run(host(), command('show vlan'));
    expect(output).to.contain('you said show vlan\n').and.to.contain('and a warning\n');
  });

  it('gives what has come by the time that the tag waits', async () => {
    expect(await client().run(host(), command('wait', 100))).to.equal('still ');
  });

  it('lets in by a configured key', async () => {
    const output = await client().run(host({ password: '', privateKey: 'ops' }), command('id'));
    expect(output).to.contain('you said id');
  });

  it('types the command into a shell where the host runs none', async () => {
    runsCommands = false;
    expect(await client().run(host(), command('show vlan'))).to.contain('vlan 7');
    expect(typed).to.deep.equal(['show vlan\r\n']);
  });

  it('says when user name, password or key are refused', async () => {
    for (const wrong of [{ password: 'x' }, { username: 'root' }])
      expect(await failureOf(client().run(host(wrong), command('id')))).to.equal(
        '127.0.0.1 refused user name, password or key',
      );
  });

  it('calls no host whose key is not known', async () => {
    const stranger = client(join(folder, 'others'));
    expect(await failureOf(stranger.run(host(), command('id')))).to.match(/has no key that it is known by/);
    expect(await client('*').run(host(), command('id'))).to.contain('you said id');
    const lost = client(join(folder, 'nothing'));
    expect(await failureOf(lost.run(host(), command('id')))).to.match(
      /setting sshKnownHosts\) cannot be read/,
    );
  });

  it('takes keys by their name in the folder, and nothing else', async () => {
    for (const name of ['../known', '/etc/passwd', 'nothing', '.hidden'])
      expect(await failureOf(client().run(host({ privateKey: name }), command('id')))).to.match(
        /^there is no SSH key /,
      );
    expect(await failureOf(client('*', '').run(host({ privateKey: 'ops' }), command('id')))).to.match(
      /setting sshKeys/,
    );
    expect(await failureOf(client().run(host({ privateKey: 'broken' }), command('id')))).to.equal(
      'the SSH key cannot be used',
    );
  });

  it('reaches the hosts of the administrator only', async () => {
    expect(await failureOf(client().run(host({ address: 'localhost' }), command('id')))).to.equal(
      'the host localhost is not allowed by the administrator',
    );
  });
});

describe('The file of known SSH hosts', () => {
  const key = Buffer.from(encoded(hostKey.public), 'base64');
  const line = (names: string, public_ = hostKey.public) => `${names} ${public_}`;
  const knows = (text: string, address = 'sw1.isp.test', port = 22) =>
    new KnownHosts(text).knows(address, port, key);

  it('knows plain names, patterns, ports and hashed names', () => {
    expect(knows(line('sw1.isp.test,10.0.0.1'))).to.equal(true);
    expect(knows(line('sw?.isp.*'))).to.equal(true);
    expect(knows(line('*.isp.test,!sw1.isp.test'))).to.equal(false);
    expect(knows(line('[sw1.isp.test]:2222'), 'SW1.isp.test', 2222)).to.equal(true);
    expect(knows(line('sw1.isp.test'), 'sw1.isp.test', 2222)).to.equal(false);
    const salt = Buffer.alloc(20, 7);
    const hash = createHmac('sha1', salt).update('sw1.isp.test').digest('base64');
    expect(knows(line(`|1|${salt.toString('base64')}|${hash}`))).to.equal(true);
    expect(knows(line(`|1|${salt.toString('base64')}|${hash}`), 'sw2.isp.test')).to.equal(false);
  });

  it('knows no other key, none that is revoked, and nothing by a broken line', () => {
    expect(knows(line('sw1.isp.test', otherKey.public))).to.equal(false);
    expect(knows(`${line('sw1.isp.test')}\n@revoked ${line('*')}`)).to.equal(false);
    expect(knows(`@cert-authority ${line('*')}`)).to.equal(false);
    expect(
      knows('# sw1.isp.test\n\nsw1.isp.test\nsw1.isp.test ssh-ed25519 ???\n|1|x|y ssh-ed25519 AAAA'),
    ).to.equal(false);
  });
});
