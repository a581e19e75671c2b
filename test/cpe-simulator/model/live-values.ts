import { hashOf } from '../random.js';

/** What is true of one device for good. */
export interface DeviceFacts {
  readonly manufacturer: string;
  readonly oui: string;
  readonly productClass: string;
  readonly serialNumber: string;
  readonly modelName: string;
  readonly hardwareVersion: string;
  readonly softwareVersion: string;
  readonly acsUrl: string;
  readonly acsUsername: string;
  readonly acsPassword: string;
  readonly periodicInformInterval: number;
  readonly connectionRequestUsername: string;
  readonly connectionRequestPassword: string;
  readonly fillerParameters: number;
}

/** The device as its values see it. */
export interface DeviceView {
  readonly facts: DeviceFacts;
  /** From the serial number; the source of everything that differs between devices. */
  readonly seed: number;
  now(): Date;
  bootedAt(): Date;
  /** Time that stands still during a session, for what must not change between two RPCs. */
  settledAt(): Date;
  read(path: string): string | undefined;
  instanceNumbers(tablePath: string): readonly number[];
}

export interface InstanceContext {
  readonly device: DeviceView;
  /** Path of the object that holds the parameter or table, with trailing dot. */
  readonly objectPath: string;
  /** Instance numbers on the way, outermost first. */
  readonly at: readonly number[];
}

const hours = 3_600_000;

const uptimeOf = (device: DeviceView): number =>
  Math.max(0, Math.floor((device.now().getTime() - device.bootedAt().getTime()) / 1000));

/** Grows with the uptime, faster and slower in waves of some minutes, never backwards. */
function counter({ device, objectPath, at }: InstanceContext, argument: string): string {
  const [kind = '', perSecond = '1'] = argument.split(',');
  const hash = hashOf(device.seed, objectPath, kind, ...at);
  const seconds = uptimeOf(device);
  const period = 300 + (hash % 600);
  const wave = (period / (2 * Math.PI)) * Math.sin((2 * Math.PI * seconds) / period);
  const rate = Number(perSecond) * (0.5 + (hash % 1000) / 1000);
  return String(Math.max(0, Math.floor(rate * (seconds + 0.8 * wave))) % 2 ** 32);
}

/** A level that drifts between two bounds. */
function level({ device, objectPath }: InstanceContext, argument: string): string {
  const [low = '0', high = '100'] = argument.split(',');
  const hash = hashOf(device.seed, objectPath, argument);
  const minutes = device.now().getTime() / 60_000;
  const share =
    0.5 + 0.35 * Math.sin(minutes / (3 + (hash % 7)) + hash) + 0.15 * Math.sin(minutes * 1.7 + hash);
  return String(Math.round(Number(low) + (Number(high) - Number(low)) * share));
}

const hex = (number: number, digits: number): string =>
  number.toString(16).toUpperCase().padStart(digits, '0').slice(-digits);

function mac(device: DeviceView, number: number): string {
  const tail = hex((hashOf(device.seed, 'mac') + number) & 0xffffff, 6);
  return `${device.facts.oui}${tail}`.match(/../g)?.join(':') ?? '';
}

const hostKinds = [
  'laptop',
  'phone',
  'tablet',
  'tv',
  'printer',
  'camera',
  'console',
  'speaker',
  'thermostat',
  'desktop',
];

interface HostFacts {
  readonly name: string;
  readonly address: string;
  readonly mac: string;
  readonly wireless: boolean;
  readonly active: boolean;
}

/** The n-th host of a home network; it comes and goes by the hour. */
function hostFacts({ device, at }: InstanceContext): HostFacts {
  const number = at.at(-1) ?? 1;
  const hash = hashOf(device.seed, 'host', number);
  const hour = Math.floor(device.settledAt().getTime() / hours);
  const kind = hostKinds[hash % hostKinds.length] ?? 'device';
  const wireless = hash % 3 !== 0;
  return {
    name: `${kind}-${hex(hash, 3).toLowerCase()}`,
    address: `192.168.1.${99 + number}`,
    mac: `06:${hex(hash, 8).match(/../g)?.join(':') ?? ''}:${hex(number, 2)}`,
    wireless,
    active: number === 1 || hashOf(hash, hour) % 4 !== 0,
  };
}

const isOn = (value: string | undefined): boolean => value === '1';

/** Functions that a data model names as `@name(argument)`. */
export const liveValues: Readonly<Record<string, (context: InstanceContext, argument: string) => string>> = {
  uptime: ({ device }) => String(uptimeOf(device)),
  counter,
  level,
  now: ({ device }) =>
    device
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
  bootTime: ({ device }) =>
    device
      .bootedAt()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
  mac: ({ device, at }, offset) => mac(device, Number(offset || '0') + (at.at(-1) ?? 0) * 16),
  /** `@either(Up|Down)`: by the Enable beside it. */
  either: ({ device, objectPath }, words) => {
    const [on = '', off = ''] = words.split('|');
    return isOn(device.read(`${objectPath}Enable`)) ? on : off;
  },
  channel: ({ device, at }) => {
    const choices = (at.at(-1) ?? 1) === 1 ? ['1', '6', '11'] : ['36', '40', '44', '48'];
    return choices[hashOf(device.seed, 'channel', ...at) % choices.length] ?? '1';
  },
  ssid: ({ device, at }) => {
    const name = `Home-${device.facts.serialNumber.slice(-4)}`;
    return (at.at(-1) ?? 1) % 2 === 1 ? name : `${name}-5G`;
  },
  passphrase: ({ device, at }) => `key-${hex(hashOf(device.seed, 'key', ...at), 8).toLowerCase()}`,
  wanAddress: ({ device }) => {
    const hash = hashOf(device.seed, 'wan');
    return `100.${64 + (hash % 64)}.${(hash >>> 8) % 256}.${1 + ((hash >>> 16) % 254)}`;
  },
  wanGateway: ({ device }) => {
    const hash = hashOf(device.seed, 'wan');
    return `100.${64 + (hash % 64)}.${(hash >>> 8) % 256}.254`;
  },
  /** IPv4 address of interface 1 (WAN) or 2 (LAN). */
  address: ({ device, at, objectPath }, argument) =>
    at[0] === 1 ? (liveValues.wanAddress?.({ device, at, objectPath }, argument) ?? '') : '192.168.1.1',
  addressing: ({ at }) => (at[0] === 1 ? 'DHCP' : 'Static'),
  hostName: (context) => hostFacts(context).name,
  hostAddress: (context) => hostFacts(context).address,
  hostMac: (context) => hostFacts(context).mac,
  hostActive: (context) => (hostFacts(context).active ? '1' : '0'),
  hostInterface: (context) => (hostFacts(context).wireless ? '802.11' : 'Ethernet'),
  hostLayer1: (context) =>
    hostFacts(context).wireless ? 'Device.WiFi.SSID.1' : 'Device.Ethernet.Interface.2',
  hostLease: (context) => String(86_400 - (uptimeOf(context.device) % 43_200)),
  signal: (context) => level(context, '-78,-42'),
};

/** Counts that a data model names as the instances of a table. */
export const liveCounts: Readonly<Record<string, (context: InstanceContext) => number>> = {
  hosts: ({ device }) => 3 + (device.seed % 5),
  stations: ({ device, at }) => 1 + (hashOf(device.seed, 'stations', ...at) % 3),
  fillerBlocks: ({ device }) => Math.floor(device.facts.fillerParameters / 50),
};

/** Words in braces that a default may hold. */
export const placeholders: Readonly<Record<string, (context: InstanceContext) => string>> = {
  manufacturer: ({ device }) => device.facts.manufacturer,
  oui: ({ device }) => device.facts.oui,
  productClass: ({ device }) => device.facts.productClass,
  serial: ({ device }) => device.facts.serialNumber,
  model: ({ device }) => device.facts.modelName,
  hardware: ({ device }) => device.facts.hardwareVersion,
  software: ({ device }) => device.facts.softwareVersion,
  acsUrl: ({ device }) => device.facts.acsUrl,
  acsUsername: ({ device }) => device.facts.acsUsername,
  acsPassword: ({ device }) => device.facts.acsPassword,
  interval: ({ device }) => String(device.facts.periodicInformInterval),
  crUsername: ({ device }) => device.facts.connectionRequestUsername,
  crPassword: ({ device }) => device.facts.connectionRequestPassword,
  i: ({ at }) => String(at.at(-1) ?? ''),
  parent: ({ at }) => String(at.at(-2) ?? ''),
};
