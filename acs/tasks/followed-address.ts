import type { DeviceRecord } from '../../store/models/device.js';

/** The WAN address that a device tells, or else the one that its connection came from; null = none is known. */
export function followedAddress({
  wanIp,
  sourceIp,
}: Pick<DeviceRecord, 'wanIp' | 'sourceIp'>): string | null {
  return wanIp ?? sourceIp;
}
