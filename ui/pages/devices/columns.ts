import type { Device } from '../../api/types.js';

export interface InventoryColumn {
  key: string;
  title: string;
  /** Field of the NBI that it can be sorted by. */
  sort?: string;
  mono?: boolean;
  text?: (device: Device) => string;
}

/** The columns that the list can show (devices.md §4); identity, state and last visit have cells of their own. */
export const COLUMNS: InventoryColumn[] = [
  { key: 'identity', title: 'Identity', sort: 'identity', mono: true },
  { key: 'state', title: 'State' },
  { key: 'description', title: 'Description', text: (d) => d.description },
  { key: 'wanIp', title: 'WAN IP', sort: 'wanIp', mono: true, text: (d) => d.wanIp ?? d.sourceIp ?? '' },
  { key: 'manufacturer', title: 'Manufacturer', text: (d) => `${d.manufacturer} (${d.oui})` },
  { key: 'model', title: 'Model', sort: 'model', text: (d) => d.model ?? '' },
  {
    key: 'softwareVersion',
    title: 'Software',
    sort: 'softwareVersion',
    text: (d) => d.softwareVersion ?? '',
  },
  { key: 'lastVisit', title: 'Last visit', sort: 'lastVisit' },
  { key: 'managed', title: 'Managed', text: (d) => (d.managed ? 'Yes' : 'No') },
  { key: 'serialNumber', title: 'Serial', sort: 'serialNumber', mono: true, text: (d) => d.serialNumber },
  { key: 'mac', title: 'MAC', mono: true, text: (d) => d.mac ?? '' },
  { key: 'hardwareVersion', title: 'Hardware', text: (d) => d.hardwareVersion ?? '' },
  { key: 'ssid', title: 'Wi-Fi name', text: (d) => d.indexed['wifi.1.ssid'] ?? '' },
  { key: 'tags', title: 'Tags', text: (d) => d.tags.join(', ') },
  { key: 'domain', title: 'Domain', text: (d) => d.domain },
];
