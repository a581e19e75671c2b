import type { Device } from '../api/types.js';

/** A value of a task that is that of one device. */
export interface DeviceValue {
  /** Where in the configuration: `param 1 value`. */
  place: string;
  /** *serial number*, … */
  what: string;
  value: string;
}

/** The values in a configuration that equal this device's own serial number, address or Wi-Fi name (console §5.13). */
export function deviceValues(
  config: Record<string, unknown>,
  device: Pick<Device, 'serialNumber' | 'mac' | 'wanIp' | 'indexed'>,
): DeviceValue[] {
  const own = new Map<string, string>();
  const know = (what: string, value: string | null | undefined) => {
    if (value) own.set(value.toLowerCase(), what);
  };
  know('Wi-Fi name', device.indexed['wifi.1.ssid']);
  know('WAN address', device.wanIp);
  know('MAC address', device.mac);
  know('serial number', device.serialNumber);
  return leaves(config, []).flatMap(({ place, value }) => {
    const what = own.get(value.toLowerCase());
    return what === undefined ? [] : [{ place, what, value }];
  });
}

function leaves(value: unknown, path: string[]): { place: string; value: string }[] {
  if (typeof value === 'string') return [{ place: path.join(' '), value }];
  if (Array.isArray(value)) return value.flatMap((one, index) => leaves(one, [...path, String(index + 1)]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => leaves(one, [...path, name]));
}
