import type { Parameter } from '../api/types.js';
import { wholeSeconds } from '../format/time.js';
import { bytes } from '../format/values.js';

export interface PanelRow {
  title: string;
  parameter: Parameter;
  /** For people; null = as the device says it. */
  shown: string | null;
}

export interface Panel {
  title: string;
  rows: PanelRow[];
  /** When its oldest value was read. */
  readAt: string | null;
}

interface Wanted {
  key: string;
  title: string;
  show?: (value: string) => string;
}

const seconds = (value: string) => (/^\d+$/.test(value) ? wholeSeconds(Number(value)) : value);
const kibibytes = (value: string) => (/^\d+$/.test(value) ? bytes(Number(value) * 1024) : value);
const onOff = (value: string) => (value === 'true' || value === '1' ? 'On' : 'Off');
const percent = (value: string) => (/^\d+$/.test(value) ? `${value} %` : value);

const WIFI: Wanted[] = [
  { key: 'ssid', title: 'Name' },
  { key: 'enabled', title: 'Radio', show: onOff },
  { key: 'band', title: 'Band' },
  { key: 'channel', title: 'Channel' },
  { key: 'security', title: 'Security' },
  { key: 'password', title: 'Password' },
  { key: 'bssid', title: 'BSSID' },
];
const WAN: Wanted[] = [
  { key: 'wan.status', title: 'Status' },
  { key: 'wan.ip', title: 'Address' },
  { key: 'wan.uptime', title: 'Up', show: seconds },
  { key: 'wan.username', title: 'PPP user' },
];
const LAN: Wanted[] = [
  { key: 'lan.ip', title: 'Address' },
  { key: 'lan.netmask', title: 'Mask' },
  { key: 'lan.dhcpEnabled', title: 'DHCP server', show: onOff },
  { key: 'hosts.count', title: 'Known hosts' },
];
const BOX: Wanted[] = [
  { key: 'uptime', title: 'Uptime', show: seconds },
  { key: 'memory.free', title: 'Memory free', show: kibibytes },
  { key: 'memory.total', title: 'Memory total', show: kibibytes },
  { key: 'cpu.usage', title: 'CPU', show: percent },
  { key: 'firmware.version', title: 'Software' },
  { key: 'acs.url', title: 'ACS URL' },
  { key: 'acs.informInterval', title: 'Periodic interval', show: seconds },
  { key: 'time.current', title: 'Clock' },
];

/** Values by meaning, in panels; a panel that the data model cannot fill is not there. */
export function factPanels(values: ReadonlyMap<string, Parameter>): Panel[] {
  const wifi = [...values.keys()]
    .map((key) => /^wifi\.(\d+)\.ssid$/.exec(key)?.[1])
    .filter((n) => n !== undefined)
    .sort((a, b) => Number(a) - Number(b))
    .slice(0, 4)
    .map((n) =>
      panel(
        `Wi-Fi ${n}`,
        WIFI.map((one) => ({ ...one, key: `wifi.${n}.${one.key}` })),
        values,
      ),
    );
  return [...wifi, panel('WAN', WAN, values), panel('LAN', LAN, values), panel('Device', BOX, values)].filter(
    (one) => one.rows.length > 0,
  );
}

function panel(title: string, wanted: readonly Wanted[], values: ReadonlyMap<string, Parameter>): Panel {
  const rows = wanted.flatMap((one): PanelRow[] => {
    const parameter = values.get(one.key);
    if (!parameter) return [];
    const { value, secret } = parameter;
    return [
      { title: one.title, parameter, shown: value === null || secret || !one.show ? null : one.show(value) },
    ];
  });
  const times = rows.map((row) => row.parameter.readAt).filter((at) => at !== null);
  return { title, rows, readAt: times.sort()[0] ?? null };
}

/** Parameters by what they mean. */
export function byMeaning(parameters: readonly Parameter[]): Map<string, Parameter> {
  return new Map(parameters.flatMap((one) => (one.meaning === null ? [] : [[one.meaning, one] as const])));
}
