import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { parseArgs } from 'node:util';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { ProvostError } from './common/errors.js';

// Not z.coerce: it would take an empty text or null for 0.
const whole = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);
const port = whole.pipe(z.number().int().min(0).max(65_535));
const positive = whole.pipe(z.number().int().min(1).max(Number.MAX_SAFE_INTEGER));
const flag = z.union([z.boolean(), z.stringbool()]);
const networks = z.string().refine((text) => listOf(text).every(isNetwork));
const url = z.union([z.literal(''), z.url({ protocol: /^https?$/ })]);

/** The items of a setting that is a list. */
export const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const family = isIP(address);
  const widest = family === 6 ? 128 : 32;
  return (
    family !== 0 &&
    more.length === 0 &&
    (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= widest))
  );
}

const hosts = z.string().refine((text) => listOf(text).every(isHostPattern));
const isHostPattern = (text: string): boolean => /^(\*|(\*\.)?[\w.:-]+)$/.test(text);

interface SettingText {
  /** One line for `--help` and docs/configuration.md. */
  text: string;
  /** What is allowed, for the message about a wrong value. */
  allowed: string;
  /** Environment variable, where it is not `PROVOST_` and the name in capitals. */
  env?: string;
  /** Its value is never printed. */
  secret?: boolean;
}

const setting = <Schema extends z.ZodType>(schema: Schema, about: SettingText): Schema => {
  abouts.set(schema, about);
  return schema;
};
const abouts = new WeakMap<z.ZodType, SettingText>();

const PORT = 'a whole number from 0 (any free port) to 65535';
const COUNT = 'a whole number from 1';
const HOST_PATTERNS = 'host names, *.name for all below one, or *; separated by commas';
const URL_OR_NONE = 'an http or https URL, or empty';

/** Every setting of the server, with its default. The only list there is: help, file, environment and flags follow it. */
const shape = {
  mongodbUri: setting(z.union([z.literal(''), z.string().regex(/^mongodb(\+srv)?:\/\/\S+$/)]).default(''), {
    text: 'MongoDB to use; empty = the embedded store in dataDir',
    allowed: 'a mongodb:// or mongodb+srv:// URI, or empty',
    env: 'MONGODB_URI',
    secret: true,
  }),
  dataDir: setting(z.string().min(1).default('./data'), {
    text: 'folder of the embedded store and of the generated keys',
    allowed: 'a path',
  }),
  storeTcpPort: setting(port.default(0), {
    text: 'loopback TCP port of the embedded store, for mongosh and backups; 0 = unix socket only',
    allowed: PORT,
  }),
  cwmpPort: setting(port.default(7547), { text: 'port that CPEs call (CWMP)', allowed: PORT }),
  cwmpHost: setting(z.string().min(1).default('0.0.0.0'), {
    text: 'address of the CWMP listener (127.0.0.1 with --demo)',
    allowed: 'an IP address or host name',
  }),
  cwmpPublicUrl: setting(url.default(''), {
    text: 'the ACS URL as CPEs see it; empty = made from address and port',
    allowed: URL_OR_NONE,
  }),
  cwmpAuthentication: setting(z.enum(['none', 'basic', 'digest', 'any']).default('digest'), {
    text: 'how CPEs must authenticate (none with --demo)',
    allowed: 'none, basic, digest or any (the CPE chooses between basic and digest)',
  }),
  cwmpUsername: setting(z.string().default('provost'), {
    text: 'user name of CPEs that have no credentials of their own',
    allowed: 'a text',
  }),
  cwmpPassword: setting(z.string().default(''), {
    text: 'password of those CPEs; empty = generated at the first start',
    allowed: 'a text',
    secret: true,
  }),
  cwmpMaxBody: setting(positive.default(4 * 1024 * 1024), {
    text: 'largest message accepted from a CPE, in bytes, after unpacking',
    allowed: COUNT,
  }),
  cwmpMaxSessions: setting(positive.default(2_000), {
    text: 'sessions open at once; more CPEs are asked to come later',
    allowed: COUNT,
  }),
  cwmpTimeout: setting(positive.default(90), {
    text: 'seconds that an answer of a CPE may take',
    allowed: 'a whole number of seconds from 1',
  }),
  newDevicePolicy: setting(z.enum(['create', 'known-only', 'reject']).default('create'), {
    text: 'what happens to a CPE that is not in the inventory',
    allowed: 'create, known-only or reject',
  }),
  connectionRequestUsername: setting(z.string().default('provost'), {
    text: 'user name for connection requests to CPEs that have no credentials of their own',
    allowed: 'a text',
  }),
  connectionRequestPassword: setting(z.string().default(''), {
    text: 'password for those connection requests',
    allowed: 'a text',
    secret: true,
  }),
  campaignRequestsPerSecond: setting(positive.default(200), {
    text: 'connection requests that all campaigns together send in a second',
    allowed: COUNT,
  }),
  filesPort: setting(port.default(7567), {
    text: 'port from which CPEs fetch and to which they send files',
    allowed: PORT,
  }),
  filesHost: setting(z.string().min(1).default('0.0.0.0'), {
    text: 'address of the file listener (127.0.0.1 with --demo)',
    allowed: 'an IP address or host name',
  }),
  filesPublicUrl: setting(url.default(''), {
    text: 'the file server as CPEs see it; empty = made from address and port',
    allowed: URL_OR_NONE,
  }),
  filesMaxTransfers: setting(positive.default(100), {
    text: 'file transfers served at once; more CPEs are asked to come later',
    allowed: COUNT,
  }),
  filesMaxUpload: setting(positive.default(64 * 1024 * 1024), {
    text: 'largest file accepted from a CPE, in bytes',
    allowed: COUNT,
  }),
  httpPort: setting(port.default(7557), {
    text: 'port of the console and of the northbound interface',
    allowed: PORT,
  }),
  httpHost: setting(z.string().min(1).default('127.0.0.1'), {
    text: 'address of the console and of the northbound interface',
    allowed: 'an IP address or host name',
  }),
  httpTrustedProxies: setting(networks.default(''), {
    text: 'proxies before the console whose X-Forwarded-For header is believed',
    allowed: 'IP addresses and networks (CIDR), separated by commas, or empty',
  }),
  httpMaxUpload: setting(positive.default(500 * 1000 * 1000), {
    text: 'largest file that users may upload, in bytes',
    allowed: COUNT,
  }),
  adminPassword: setting(z.union([z.literal(''), z.string().min(8)]).default(''), {
    text: 'password of the first administrator (user admin); empty = generated and printed once',
    allowed: 'at least 8 characters, or empty',
    secret: true,
  }),
  secretKey: setting(z.union([z.literal(''), z.string().min(16)]).default(''), {
    text: 'key that stored CPE passwords are encrypted with; empty = generated into dataDir',
    allowed: 'at least 16 characters, or empty',
    secret: true,
  }),
  executionLogDays: setting(positive.default(90), {
    text: 'days that the history of executions is kept',
    allowed: COUNT,
  }),
  logLineDays: setting(positive.default(30), {
    text: 'days that the log lines of tasks are kept',
    allowed: COUNT,
  }),
  sessionDays: setting(positive.default(90), { text: 'days that session records are kept', allowed: COUNT }),
  valueHistoryDays: setting(positive.default(365), {
    text: 'days that the history of traced values is kept',
    allowed: COUNT,
  }),
  ipHistoryDays: setting(positive.default(365), {
    text: 'days that a WAN address stays in the history after the device had it',
    allowed: COUNT,
  }),
  restHosts: setting(hosts.default(''), {
    text: 'hosts that the tag rest of workflows may call; empty = none, the tag is off',
    allowed: HOST_PATTERNS,
  }),
  callbackHosts: setting(hosts.default(''), {
    text: 'hosts that callbacks of tasks may call; empty = none',
    allowed: HOST_PATTERNS,
  }),
  telnetHosts: setting(hosts.default(''), {
    text: 'hosts that the tag telnetSession of workflows may call; empty = none, the tag is off',
    allowed: HOST_PATTERNS,
  }),
  snmpHosts: setting(hosts.default(''), {
    text: 'hosts that the tags trap and snmpSession of workflows may call; empty = none, the tags are off',
    allowed: HOST_PATTERNS,
  }),
  sshHosts: setting(hosts.default(''), {
    text: 'hosts that the tag sshSession of workflows may call; empty = none, the tag is off',
    allowed: HOST_PATTERNS,
  }),
  sshKnownHosts: setting(z.string().default(''), {
    text: 'OpenSSH file of the keys by which SSH hosts are known; * = any key is taken; needed with sshHosts',
    allowed: 'a path, * or empty',
  }),
  sshKeys: setting(z.string().default(''), {
    text: 'folder of the private keys that workflows may name; empty = none',
    allowed: 'a path, or empty',
  }),
  smtpUrl: setting(z.union([z.literal(''), z.string().regex(/^smtps?:\/\/\S+$/)]).default(''), {
    text: 'mail server for the tag mail of workflows; empty = the tag is off',
    allowed: 'smtp://user:password@host:port, smtps:// for TLS from the beginning, or empty',
    secret: true,
  }),
  mailFrom: setting(z.union([z.literal(''), z.email()]).default(''), {
    text: 'sender of the mails of workflows; needed with smtpUrl',
    allowed: 'a mail address, or empty',
  }),
  outboundPrivateNetworks: setting(networks.default(''), {
    text: 'private, loopback and link-local networks that workflows and callbacks may call all the same',
    allowed: 'IP addresses and networks (CIDR), separated by commas, or empty',
  }),
  logLevel: setting(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'), {
    text: 'least level of the server log',
    allowed: 'trace, debug, info, warn, error, fatal or silent',
  }),
  logFormat: setting(z.enum(['auto', 'json', 'pretty']).default('auto'), {
    text: 'form of the server log; auto = pretty on a terminal',
    allowed: 'auto, json or pretty',
  }),
  systemTasks: setting(flag.default(true), {
    text: 'create the default tasks of the system where they never were: data model, WAN addresses',
    allowed: 'true or false',
  }),
  startingTemplates: setting(flag.default(true), {
    text: 'create the templates and quick fixes of a new installation where they never were',
    allowed: 'true or false',
  }),
  demo: setting(flag.default(false), {
    text: 'start simulated CPEs; CPEs need no password, all ports listen on loopback only',
    allowed: 'true or false',
  }),
  demoDevices: setting(whole.pipe(z.number().int().min(1).max(5_000)).default(20), {
    text: 'number of simulated CPEs with --demo',
    allowed: 'a whole number from 1 to 5000',
  }),
};

const schema = z.strictObject(shape);

export type Config = z.infer<typeof schema>;
export type SettingName = keyof typeof shape;

/** What `--demo` changes, unless the administrator says otherwise. */
const DEMO_DEFAULTS: Partial<Config> = {
  cwmpAuthentication: 'none',
  cwmpHost: '127.0.0.1',
  filesHost: '127.0.0.1',
};

/** The configuration is wrong; the message has a line for each wrong setting. */
export class ConfigError extends ProvostError {
  readonly code = 'configuration';
}

export interface LoadedConfig {
  config: Config;
  /** Worth a line in the log: environment variables that look like settings and are none. */
  warnings: string[];
}

interface Sources {
  argv: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  /** Reads a file as text; throws like `readFileSync`. */
  readFile?: (path: string) => string;
}

const names = Object.keys(shape) as SettingName[];
const about = (name: SettingName): SettingText => {
  const text = abouts.get(shape[name]);
  if (!text) throw new Error(`The setting ${name} is not described`);
  return text;
};
const words = (name: string): string[] => name.split(/(?=[A-Z])/).map((word) => word.toLowerCase());
const flagOf = (name: SettingName): string => words(name).join('-');
const envOf = (name: SettingName): string =>
  about(name).env ?? `PROVOST_${words(name).join('_').toUpperCase()}`;

/**
 * Puts the configuration together: defaults < file (`provost.yaml`, or the one named by `--config` or `PROVOST_CONFIG`)
 * < environment < flags. Throws `ConfigError` with a line for each wrong setting: its name, the value, what is allowed.
 */
export function loadConfig(sources: Sources): LoadedConfig {
  const { flags, configFlag } = readFlags(sources.argv);
  const file = readConfigFile(configFlag ?? sources.env.PROVOST_CONFIG, sources.readFile ?? readText);
  const environment = readEnvironment(sources.env);
  const given = { ...file.values, ...environment.values, ...flags };
  const origin = (name: string): string => {
    if (name in flags) return `--${flagOf(name as SettingName)}`;
    if (name in environment.values) return envOf(name as SettingName);
    return file.path;
  };

  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new ConfigError(describe(parsed.error, given, origin));
  const config = parsed.data;
  assertTogether(config, origin);
  if (config.demo) {
    for (const [name, value] of Object.entries(DEMO_DEFAULTS)) {
      if (!(name in given)) Object.assign(config, { [name]: value });
    }
  }
  return { config, warnings: environment.warnings };
}

/** Settings that do nothing without another one. */
const NEEDS: readonly (readonly [SettingName, SettingName])[] = [
  ['sshHosts', 'sshKnownHosts'],
  ['smtpUrl', 'mailFrom'],
];

function assertTogether(config: Config, origin: (name: string) => string): void {
  const lines = NEEDS.filter(([name, needed]) => config[name] !== '' && config[needed] === '').map(
    ([name, needed]) => `${origin(name)}: ${name} needs ${needed} (${about(needed).text})`,
  );
  if (lines.length > 0) throw new ConfigError(lines.join('\n'));
}

function readFlags(argv: readonly string[]): {
  flags: Record<string, unknown>;
  configFlag: string | undefined;
} {
  const options = Object.fromEntries([
    ...names.map((name) => [flagOf(name), { type: name === 'demo' ? 'boolean' : 'string' } as const]),
    ['config', { type: 'string' } as const],
  ]) as Record<string, { type: 'boolean' | 'string' }>;
  let values: Record<string, string | boolean | undefined>;
  try {
    ({ values } = parseArgs({ args: [...argv], options, allowPositionals: false, strict: true }) as {
      values: Record<string, string | boolean | undefined>;
    });
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw new ConfigError(`${message}. All settings: npm start -- --help`);
  }
  const flags: Record<string, unknown> = {};
  for (const name of names) {
    const value = values[flagOf(name)];
    if (value !== undefined) flags[name] = value;
  }
  const config = values.config;
  return { flags, configFlag: typeof config === 'string' ? config : undefined };
}

function readEnvironment(env: Sources['env']): { values: Record<string, unknown>; warnings: string[] } {
  const values: Record<string, unknown> = {};
  const known = new Set(['PROVOST_CONFIG']);
  for (const name of names) {
    known.add(envOf(name));
    const value = env[envOf(name)];
    // An empty variable is how container tools leave a setting out.
    if (value !== undefined && value !== '') values[name] = value;
  }
  const warnings = Object.keys(env)
    .filter((name) => name.startsWith('PROVOST_') && !known.has(name))
    .map((name) => `The environment variable ${name} is not a setting of Provost and has no effect`);
  return { values, warnings };
}

function readText(path: string): string {
  return readFileSync(path, 'utf8');
}

function readConfigFile(
  named: string | undefined,
  readFile: (path: string) => string,
): { values: Record<string, unknown>; path: string } {
  const path = named ?? 'provost.yaml';
  let text: string;
  try {
    text = readFile(path);
  } catch (error) {
    if (named === undefined && (error as NodeJS.ErrnoException).code === 'ENOENT')
      return { values: {}, path };
    throw new ConfigError(`Cannot read the configuration file ${path}: ${(error as Error).message}`);
  }
  let values: unknown;
  try {
    values = parseYaml(text) ?? {};
  } catch (error) {
    throw new ConfigError(`${path} is no valid YAML: ${(error as Error).message.split('\n')[0] ?? ''}`);
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    throw new ConfigError(`${path} must hold settings as "name: value" lines`);
  return { values: values as Record<string, unknown>, path };
}

function describe(
  error: z.ZodError,
  given: Record<string, unknown>,
  origin: (name: string) => string,
): string {
  const lines = new Set<string>();
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) lines.add(`${origin(key)}: there is no setting ${key}${suggestion(key)}`);
      continue;
    }
    const name = issue.path[0] as SettingName;
    const { allowed, secret } = about(name);
    const value = secret === true ? '(hidden)' : JSON.stringify(given[name]);
    lines.add(`${name} (${origin(name)}) is ${value}: allowed is ${allowed}`);
  }
  return [...lines].join('\n');
}

function suggestion(key: string): string {
  const plain = key.toLowerCase().replaceAll(/[^a-z]/g, '');
  const near = names.find((name) => name.toLowerCase().startsWith(plain.slice(0, 5)) && plain.length >= 5);
  return near === undefined ? '' : `; did you mean ${near}?`;
}

/** The text of `--help`: every setting with flag, environment variable, default and what is allowed. */
export function helpText(): string {
  const defaults = schema.parse({});
  const lines = names.map((name) => {
    const { text, allowed, secret } = about(name);
    const preset = secret === true || defaults[name] === '' ? '' : ` [${String(defaults[name])}]`;
    return `  --${flagOf(name)}${preset}\n      ${text}\n      ${envOf(name)}; ${name} in the file; ${allowed}`;
  });
  return [
    'Provost, an auto-configuration server for TR-069 (CWMP) devices',
    '',
    'Usage: npm start -- [settings]',
    '',
    'Each setting is taken from its flag, else its environment variable, else the file provost.yaml',
    '(another with --config FILE or PROVOST_CONFIG), else its default in [brackets].',
    '',
    ...lines,
    '',
  ].join('\n');
}
