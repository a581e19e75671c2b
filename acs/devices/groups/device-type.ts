import type { DeviceRecord } from '../../../store/models/device.js';
import { DEVICE_TYPES, isDeviceType, segmentOf } from './group-name.js';

export type TypeFacts = Pick<
  DeviceRecord,
  'oui' | 'manufacturer' | 'productClass' | 'modelName' | 'hardwareVersion' | 'softwareVersion'
>;

/**
 * The one device-type group that a device is in, `root.devicetypes.<OUI>.<model>.<hardware>.<software>`
 * (groups-profiles.md §1). The OUI is fixed, the manufacturer's name is not: that stands in for it only where it is
 * missing; likewise the product class for the model.
 */
export function deviceTypeOf(device: TypeFacts): string {
  const { oui, manufacturer, productClass, modelName, hardwareVersion, softwareVersion } = device;
  return [
    DEVICE_TYPES,
    segmentOf(firstOf(oui, manufacturer)),
    segmentOf(firstOf(modelName, productClass)),
    segmentOf(hardwareVersion),
    segmentOf(softwareVersion),
  ].join('.');
}

/** The groups with the leaf in place of whatever device type was there; the very same list when nothing changes. */
export function withDeviceType(groups: readonly string[], leaf: string): readonly string[] {
  const present = groups.filter(isDeviceType);
  if (present.length === 1 && present[0] === leaf) return groups;
  return [...groups.filter((group) => !isDeviceType(group)), leaf];
}

function firstOf(...texts: (string | null)[]): string | null {
  return texts.find((text) => text !== null && text.trim() !== '') ?? null;
}
