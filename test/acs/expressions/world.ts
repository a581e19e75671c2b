import {
  parseCsvTable,
  type DataModelView,
  type DeviceView,
  type Environment,
  type TaskReportView,
  type TaskView,
} from '../../../acs/expressions/index.js';

const time = (text: string): Date => new Date(`${text}Z`);

export const DEVICE: DeviceView = {
  id: 'AABBCC-Router-1',
  oui: 'AABBCC',
  productClass: 'Router',
  serialNumber: '1',
  manufacturer: 'Acme',
  modelName: 'R1',
  hardwareVersion: '1.0',
  softwareVersion: '2.3.9',
  description: null,
  domain: '/isp/',
  rootObject: 'InternetGatewayDevice.',
  currentWanIP: '10.1.2.3',
  creationTime: time('2025-01-02T03:04:05'),
  lastVisitTime: time('2026-06-30T12:00:00'),
  lastBootstrapTime: null,
  expectedSessionTime: time('2026-07-02T12:00:00'),
  provisioningEnabled: true,
  secure: false,
  blacklisted: false,
  acsPassword: 'hidden1',
  deviceTypeGroup: 'root.devicetypes.Acme.R1.1_0.2_3_9',
  groups: ['root', 'root.north'],
  directGroups: ['root.north'],
  properties: new Map([
    ['site', 'north'],
    ['a.b', 'dotted'],
    ['get', 'named like a method'],
    ['size', '12'],
  ]),
  alerts: [
    {
      monitoring: 'm1',
      monitoringName: 'Line',
      alert: 'a1',
      alertName: 'Noise',
      raised: true,
      description: 'noisy',
      since: time('2026-06-30T00:00:00'),
    },
    { monitoring: 'm1', alert: 'a2', raised: false },
  ],
  monitoringProperties: new Map([['m1/limit', '7']]),
};

const TASK: TaskView = {
  id: 'AABBCC-Router-1:reboot',
  idSuffix: 'reboot',
  name: 'Reboot at night',
  domain: '/isp/',
  active: true,
  appliesToSubgroups: false,
  creationTime: time('2026-01-01T00:00:00'),
  device: 'AABBCC-Router-1',
  group: null,
  parent: null,
  lastRestartTime: null,
  lastFailedRestartTime: null,
  properties: new Map([['ssid', 'Home']]),
  priority: 10,
  type: 'RebootTask',
  bloodline: null,
  minInterval: 3600,
  logLevel: 'INFO',
  periodic: false,
};

const REPORT: TaskReportView = {
  id: 'r1',
  task: 'AABBCC-Router-1:reboot',
  device: 'AABBCC-Router-1',
  status: 'ERROR',
  summary: 'no answer',
  stage: null,
  blocking: false,
  startTime: time('2026-06-30T11:00:00'),
  finishTime: time('2026-06-30T11:05:00'),
  lastUpdateTime: time('2026-06-30T11:05:00'),
  properties: new Map<string, unknown>([
    ['count', 3],
    ['faults', ['9001', '9002']],
    ['note', { text: 'x' }],
  ]),
};

const PARAMETERS: Readonly<Record<string, string>> = {
  'InternetGatewayDevice.DeviceInfo.SoftwareVersion': '2.3.9',
  'InternetGatewayDevice.DeviceInfo.UpTime': '86400',
  'InternetGatewayDevice.LANDevice.1.WLANConfiguration.10.Enable': '0',
  'InternetGatewayDevice.LANDevice.1.WLANConfiguration.10.SSID': 'guest',
  'InternetGatewayDevice.LANDevice.1.WLANConfiguration.2.Enable': '1',
  'InternetGatewayDevice.LANDevice.1.WLANConfiguration.2.SSID': 'Home',
};

/** A data model as a view, from its parameters. */
export function dataModel(parameters: Readonly<Record<string, string>>, root: string): DataModelView {
  const children = new Map<string, Set<string>>();
  for (const name of Object.keys(parameters)) {
    const parts = name.split('.');
    for (let depth = 1; depth < parts.length; depth += 1) {
      const parent = `${parts.slice(0, depth).join('.')}.`;
      const child = parts.slice(0, depth + 1).join('.') + (depth + 1 < parts.length ? '.' : '');
      children.set(parent, (children.get(parent) ?? new Set()).add(child));
    }
  }
  return {
    root,
    children: (object) => [...(children.get(object) ?? [])],
    value: (name) => parameters[name] ?? null,
  };
}

const VARIABLES: Readonly<Record<string, string>> = {
  n: '5',
  ch: '6',
  text: 'Hello, World',
  'odd name': 'odd',
  empty: '',
  noise: '-71',
  st: 'Down',
  up: '700000',
};

const SETTINGS: Readonly<Record<string, string>> = {
  downloadTimeLimit: '600',
  gpnTraversal: 'true',
  'odd.name': 'dotted',
};

/** Everything that an evaluation can see. */
export const WORLD: Environment = {
  now: time('2026-07-01T10:20:30.456'),
  zone: 'Europe/Berlin',
  device: DEVICE,
  sv: (name) => (Object.hasOwn(SETTINGS, name) ? (SETTINGS[name] ?? null) : null),
  task: TASK,
  taskReport: REPORT,
  dm: dataModel(PARAMETERS, 'InternetGatewayDevice.'),
  res: (alias) =>
    alias === 'plans'
      ? parseCsvTable('mac,plan,speed\nAA, gold ,100\nBB,"  silver ",50\nAA,basic,10\n')
      : null,
  transfer: {
    newResourceId: () => 'res-1',
    downloadUrl: (protocol, id) => `${protocol}://files.example/${id}`,
    uploadUrl: (protocol, fileType, id, device) => `${protocol}://files.example/${id}/${device}?${fileType}`,
  },
  cwmp: {
    events: ['1 BOOT', '4 VALUE CHANGE'],
    sessionStart: time('2026-07-01T10:20:00'),
    informValue: (path) => (path === 'Device.X' ? 'x' : null),
  },
  resource: {
    id: 'fw-2',
    name: 'Firmware 2',
    description: null,
    category: 'firmware',
    fileType: '1 Firmware Upgrade Image',
    fileName: 'fw.bin',
    domain: '/',
    device: null,
    groups: ['root'],
    size: 5_000_000_000,
    creationTime: time('2026-01-01T00:00:00'),
    external: false,
    properties: new Map([['version', '2.4.1']]),
  },
  cli: { output: 'eth0 up 100\neth1 down 10\n' },
  variables: (name) => (Object.hasOwn(VARIABLES, name) ? (VARIABLES[name] ?? null) : null),
  root: 'InternetGatewayDevice.',
  prefix: 'InternetGatewayDevice.LANDevice.1.',
  random: () => 0.5,
  names: { variables: Object.keys(VARIABLES), sv: Object.keys(SETTINGS), res: ['plans'] },
};
