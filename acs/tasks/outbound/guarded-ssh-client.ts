import { readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type * as ssh2 from 'ssh2';
import type { Client, ClientChannel, ConnectConfig } from 'ssh2';
import type { ShellClient, ShellCommand, SshHost } from '../ports/notifiers.js';
import { OutboundFailure } from '../ports/workflow-ports.js';
import type { AddressGuard } from './address-guard.js';
import { KnownHosts } from './known-hosts.js';

/** Bytes of output that are kept; the newest part is what a command is judged by. */
const MAX_OUTPUT = 1_048_576;

export interface SshOptions {
  guard: AddressGuard;
  /** File of the keys by which hosts are known; `*` = any key is taken. */
  knownHosts: string;
  /** Folder of the private keys that workflows name; empty = none. */
  keys: string;
}

/**
 * Commands on hosts that the administrator allows (xmltask.md §8), each in a connection of its own. A host that does not run
 * single commands, as many a switch, gets it as a line of a shell.
 */
export class GuardedSshClient implements ShellClient<SshHost> {
  readonly #options: SshOptions;

  constructor(options: SshOptions) {
    this.#options = options;
  }

  async run(host: SshHost, command: ShellCommand): Promise<string> {
    this.#options.guard.assertHost(host.address);
    const [verifier, privateKey] = await Promise.all([this.#verifier(host), this.#key(host.privateKey)]);
    const socket = await this.#connected(host);
    try {
      const { Client } = await load();
      const client = new Client();
      // An error after the answer, as of a host that hangs up at once, changes nothing.
      client.on('error', () => undefined);
      try {
        await authenticated(client, host, {
          ...{ sock: socket, username: host.username, readyTimeout: host.authenticateMs },
          hostVerifier: verifier,
          ...(privateKey === null ? { password: host.password } : { privateKey }),
        });
        return await outputOf(client, command);
      } finally {
        client.end();
      }
    } finally {
      socket.destroy();
    }
  }

  async #verifier({ address, port }: SshHost): Promise<(key: Buffer) => boolean> {
    const { knownHosts } = this.#options;
    if (knownHosts === '*') return () => true;
    let text: string;
    try {
      text = await readFile(knownHosts, 'utf8');
    } catch {
      throw new OutboundFailure('the file of known SSH hosts (setting sshKnownHosts) cannot be read');
    }
    const known = new KnownHosts(text);
    return (key) => known.knows(address, port, key);
  }

  async #key(name: string): Promise<Buffer | null> {
    if (name === '') return null;
    const { keys } = this.#options;
    // A name is no path.
    if (keys === '' || !/^[A-Za-z0-9_][\w.-]{0,99}$/.test(name))
      throw new OutboundFailure(`there is no SSH key ${name.slice(0, 100)} (setting sshKeys)`);
    try {
      return await readFile(join(keys, name));
    } catch {
      throw new OutboundFailure(`there is no SSH key ${name} (setting sshKeys)`);
    }
  }

  #connected({ address, port, connectMs }: SshHost): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: address, port, lookup: this.#options.guard.lookup });
      const fail = (error: Error): void => {
        socket.destroy();
        const known = error instanceof OutboundFailure;
        reject(known ? error : new OutboundFailure(`${address} cannot be reached`));
      };
      socket.setTimeout(connectMs, () => fail(new OutboundFailure(`${address} did not answer in time`)));
      socket.once('error', fail);
      socket.once('connect', () => {
        socket.setTimeout(0);
        socket.removeListener('error', fail);
        socket.on('error', () => socket.destroy());
        resolve(socket);
      });
    });
  }
}

async function load(): Promise<typeof ssh2> {
  // A library of CommonJS: its exports are those of the default one.
  const loaded = (await import('ssh2')) as typeof ssh2 & { default?: typeof ssh2 };
  return loaded.default ?? loaded;
}

function authenticated(client: Client, { address }: SshHost, config: ConnectConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    client.once('ready', resolve);
    client.once('close', () => reject(new OutboundFailure(`${address} closed the connection`)));
    client.once('error', (error) => {
      const { level } = error as { level?: string };
      const reason =
        level === 'client-authentication'
          ? 'refused user name, password or key'
          : level === 'handshake' || /host.*verif|verification/i.test(error.message)
            ? 'has no key that it is known by (setting sshKnownHosts)'
            : level === 'client-timeout'
              ? 'did not answer in time'
              : 'ended the connection';
      reject(new OutboundFailure(`${address} ${reason}`));
    });
    try {
      client.connect(config);
    } catch {
      // As for a private key that is none, or that needs a passphrase.
      reject(new OutboundFailure('the SSH key cannot be used'));
    }
  });
}

/** What comes until the command has ended, or until its time is over. */
function outputOf(client: Client, { command, waitMs, windowsEndline }: ShellCommand): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let size = 0;
    const take = (piece: Buffer): void => {
      pieces.push(piece);
      size += piece.length;
      while (size - (pieces[0]?.length ?? 0) > MAX_OUTPUT) size -= pieces.shift()?.length ?? 0;
    };
    let timer: NodeJS.Timeout | undefined;
    const done = (): void => {
      clearTimeout(timer);
      resolve(Buffer.concat(pieces).subarray(-MAX_OUTPUT).toString('utf8'));
    };
    const follow = (channel: ClientChannel): void => {
      timer = setTimeout(done, waitMs);
      // What breaks has said what it had to say; the close that follows ends the wait.
      channel.on('error', () => undefined);
      channel.stderr.on('error', () => undefined);
      channel.on('data', take);
      channel.stderr.on('data', take);
      channel.once('close', done);
    };
    client.once('close', done);
    client.exec(command, (error, channel) => {
      if (!error) {
        follow(channel);
        return;
      }
      client.shell((refused, shell) => {
        if (refused) {
          reject(new OutboundFailure('the host gives neither commands nor a shell'));
          return;
        }
        follow(shell);
        shell.write(`${command}${windowsEndline ? '\r\n' : '\n'}`);
      });
    });
  });
}
