/** Ways out of the server besides HTTP (xmltask.md §8); each may be switched off. */
export interface MailSender {
  /** Resolves when it is handed over; rejects with a reason that may be shown. */
  send(mail: Mail): Promise<void>;
}

export interface Mail {
  to: readonly string[];
  cc: readonly string[];
  subject: string;
  text: string;
}

export interface SnmpTarget {
  host: string;
  port: number;
  version: '1' | '2c' | '3';
  community: string;
  user: string;
  engineId: string;
  securityLevel: string;
  authenticationMethod: string;
  authenticationPassword: string;
  privacyProtocol: string;
  privacyPassword: string;
  timeoutMs: number;
  retries: number;
}

export interface SnmpClient {
  get(target: SnmpTarget, oids: readonly string[]): Promise<(string | null)[]>;
  set(target: SnmpTarget, values: readonly { oid: string; type: string; value: string }[]): Promise<void>;
  trap(
    target: SnmpTarget,
    oid: string,
    values: readonly { oid: string; value: string }[],
    options: { inform: boolean },
  ): Promise<void>;
}

/** A command on another machine; the connection is made for it, or taken from the commands before it in the same run. */
export interface ShellCommand {
  command: string;
  /** Milliseconds before the output is looked at. */
  waitMs: number;
  windowsEndline: boolean;
}

export interface SshHost {
  address: string;
  port: number;
  username: string;
  password: string;
  /** Name of a configured key. */
  privateKey: string;
  connectMs: number;
  authenticateMs: number;
}

export interface TelnetHost {
  address: string;
  port: number;
  connectMs: number;
  maxBufferSize: number;
}

export interface ShellClient<Host> {
  run(host: Host, command: ShellCommand): Promise<string>;
}
