/** What a meaning's value is, apart from how a data model writes it. */
export type MeaningType = 'text' | 'number' | 'boolean' | 'time' | 'address';

/** Where in a data model a meaning's parameters hang; `anchors.ts` finds the instance for a device. */
export type Anchor =
  'wlan' | 'wan' | 'ppp' | 'lan' | 'ssid' | 'ap' | 'radio' | 'wanAddress' | 'lanAddress' | 'wanLink';

/** A parameter path below the root object, or below an anchor's instance: `[anchor, 'SSID']`. */
export type Candidate = string | readonly [Anchor, string];

export interface MeaningData {
  /** Dotted lower-case name; `{n}` stands for the position 1, 2, 3 … */
  key: string;
  title: string;
  type: MeaningType;
  unit?: string;
  /** The value is a password or key: hidden from those who may not see secrets, read as empty from most CPEs. */
  secret?: true;
  writable: boolean;
  /** In order of preference; the first that the device's tree has is the one (never two at once). Empty = no standard parameter. */
  tr098: readonly Candidate[];
  tr181: readonly Candidate[];
  /** True where the parameter says the opposite of the meaning, in both data models. */
  inverted?: true;
  /** Words of the meaning that a data model writes differently. */
  words?: {
    readonly tr098?: Readonly<Record<string, string>>;
    readonly tr181?: Readonly<Record<string, string>>;
  };
}

/** The fallback for an anchor of an unknown tree, and its pattern in the data model; `{n}` = the position. */
export interface AnchorData {
  tr098?: { pattern: string; fallback: string };
  tr181?: { pattern: string; fallback: string };
}

/** Below the root object; all end in a dot. */
export const ANCHORS: Readonly<Record<Anchor, AnchorData>> = {
  wlan: {
    tr098: {
      pattern: 'LANDevice.{i}.WLANConfiguration.{i}.',
      fallback: 'LANDevice.1.WLANConfiguration.{n}.',
    },
  },
  wan: {
    tr098: {
      pattern: 'WANDevice.{i}.WANConnectionDevice.{i}.WANIPConnection.{i}.',
      fallback: 'WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.',
    },
    tr181: { pattern: 'IP.Interface.{i}.', fallback: 'IP.Interface.1.' },
  },
  ppp: {
    tr098: {
      pattern: 'WANDevice.{i}.WANConnectionDevice.{i}.WANPPPConnection.{i}.',
      fallback: 'WANDevice.1.WANConnectionDevice.1.WANPPPConnection.1.',
    },
    tr181: { pattern: 'PPP.Interface.{i}.', fallback: 'PPP.Interface.1.' },
  },
  lan: { tr098: { pattern: 'LANDevice.{i}.', fallback: 'LANDevice.1.' } },
  ssid: { tr181: { pattern: 'WiFi.SSID.{i}.', fallback: 'WiFi.SSID.{n}.' } },
  ap: { tr181: { pattern: 'WiFi.AccessPoint.{i}.', fallback: 'WiFi.AccessPoint.{n}.' } },
  radio: { tr181: { pattern: 'WiFi.Radio.{i}.', fallback: 'WiFi.Radio.{n}.' } },
  wanAddress: {
    tr181: { pattern: 'IP.Interface.{i}.IPv4Address.{i}.', fallback: 'IP.Interface.1.IPv4Address.1.' },
  },
  lanAddress: {
    tr098: {
      pattern: 'LANDevice.{i}.LANHostConfigManagement.IPInterface.{i}.',
      fallback: 'LANDevice.1.LANHostConfigManagement.IPInterface.1.',
    },
    tr181: { pattern: 'IP.Interface.{i}.IPv4Address.{i}.', fallback: 'IP.Interface.2.IPv4Address.1.' },
  },
  wanLink: { tr181: { pattern: 'Ethernet.Link.{i}.', fallback: 'Ethernet.Link.1.' } },
};

/** TR-098 says with BeaconType what TR-181 says with ModeEnabled; the words of TR-181 are the meaning's. */
const SECURITY_WORDS = {
  tr098: {
    None: 'None',
    'WEP-128': 'Basic',
    'WPA-Personal': 'WPA',
    'WPA2-Personal': '11i',
    'WPA-WPA2-Personal': 'WPAand11i',
  },
} as const;

const both = (path: string): { tr098: [string]; tr181: [string] } => ({ tr098: [path], tr181: [path] });

/** Every meaning, in the order in which forms and the manual list them (spec cwmp.md §16). */
export const MEANINGS: readonly MeaningData[] = [
  {
    key: 'wifi.{n}.ssid',
    title: 'Wi-Fi name (SSID)',
    type: 'text',
    writable: true,
    tr098: [['wlan', 'SSID']],
    tr181: [['ssid', 'SSID']],
  },
  {
    key: 'wifi.{n}.password',
    title: 'Wi-Fi password',
    type: 'text',
    secret: true,
    writable: true,
    tr098: [
      ['wlan', 'KeyPassphrase'],
      ['wlan', 'PreSharedKey.1.KeyPassphrase'],
      ['wlan', 'PreSharedKey.1.PreSharedKey'],
    ],
    tr181: [
      ['ap', 'Security.KeyPassphrase'],
      ['ap', 'Security.SAEPassphrase'],
      ['ap', 'Security.PreSharedKey'],
    ],
  },
  {
    key: 'wifi.{n}.security',
    title: 'Wi-Fi security mode',
    type: 'text',
    writable: true,
    tr098: [['wlan', 'BeaconType']],
    tr181: [['ap', 'Security.ModeEnabled']],
    words: SECURITY_WORDS,
  },
  {
    key: 'wifi.{n}.enabled',
    title: 'Wi-Fi network enabled',
    type: 'boolean',
    writable: true,
    tr098: [['wlan', 'Enable']],
    tr181: [['ssid', 'Enable']],
  },
  {
    key: 'wifi.{n}.radioEnabled',
    title: 'Wi-Fi radio enabled',
    type: 'boolean',
    writable: true,
    tr098: [['wlan', 'RadioEnabled']],
    tr181: [['radio', 'Enable']],
  },
  {
    key: 'wifi.{n}.status',
    title: 'Wi-Fi network status',
    type: 'text',
    writable: false,
    tr098: [['wlan', 'Status']],
    tr181: [['ssid', 'Status']],
  },
  {
    key: 'wifi.{n}.channel',
    title: 'Wi-Fi channel',
    type: 'number',
    writable: true,
    tr098: [['wlan', 'Channel']],
    tr181: [['radio', 'Channel']],
  },
  {
    key: 'wifi.{n}.autoChannel',
    title: 'Wi-Fi channel chosen by itself',
    type: 'boolean',
    writable: true,
    tr098: [['wlan', 'AutoChannelEnable']],
    tr181: [['radio', 'AutoChannelEnable']],
  },
  {
    key: 'wifi.{n}.band',
    title: 'Wi-Fi frequency band',
    type: 'text',
    writable: true,
    tr098: [],
    tr181: [['radio', 'OperatingFrequencyBand']],
  },
  {
    key: 'wifi.{n}.standard',
    title: 'Wi-Fi standard',
    type: 'text',
    writable: false,
    tr098: [['wlan', 'Standard']],
    tr181: [['radio', 'OperatingStandards']],
  },
  {
    key: 'wifi.{n}.advertised',
    title: 'Wi-Fi name is shown to all',
    type: 'boolean',
    writable: true,
    tr098: [['wlan', 'SSIDAdvertisementEnabled']],
    tr181: [['ap', 'SSIDAdvertisementEnabled']],
  },
  {
    key: 'wifi.{n}.hidden',
    title: 'Wi-Fi name is hidden',
    type: 'boolean',
    writable: true,
    inverted: true,
    tr098: [['wlan', 'SSIDAdvertisementEnabled']],
    tr181: [['ap', 'SSIDAdvertisementEnabled']],
  },
  {
    key: 'wifi.{n}.bssid',
    title: 'Wi-Fi BSSID',
    type: 'text',
    writable: false,
    tr098: [['wlan', 'BSSID']],
    tr181: [['ssid', 'BSSID']],
  },
  {
    key: 'wifi.{n}.clients',
    title: 'Wi-Fi stations connected',
    type: 'number',
    writable: false,
    tr098: [['wlan', 'TotalAssociations']],
    tr181: [['ap', 'AssociatedDeviceNumberOfEntries']],
  },
  {
    key: 'wan.ip',
    title: 'WAN address',
    type: 'address',
    writable: false,
    tr098: [['wan', 'ExternalIPAddress']],
    tr181: [['wanAddress', 'IPAddress']],
  },
  {
    key: 'wan.status',
    title: 'WAN connection status',
    type: 'text',
    writable: false,
    tr098: [['wan', 'ConnectionStatus']],
    tr181: [['wan', 'Status']],
  },
  {
    key: 'wan.uptime',
    title: 'WAN connection uptime',
    type: 'number',
    unit: 's',
    writable: false,
    tr098: [['wan', 'Uptime']],
    tr181: [['wan', 'LastChange']],
  },
  {
    key: 'wan.username',
    title: 'PPP user name',
    type: 'text',
    writable: true,
    tr098: [['ppp', 'Username']],
    tr181: [['ppp', 'Username']],
  },
  {
    key: 'wan.password',
    title: 'PPP password',
    type: 'text',
    secret: true,
    writable: true,
    tr098: [['ppp', 'Password']],
    tr181: [['ppp', 'Password']],
  },
  {
    key: 'lan.ip',
    title: 'LAN address of the gateway',
    type: 'address',
    writable: true,
    tr098: [['lanAddress', 'IPInterfaceIPAddress']],
    tr181: [['lanAddress', 'IPAddress']],
  },
  {
    key: 'lan.dhcpEnabled',
    title: 'DHCP server enabled',
    type: 'boolean',
    writable: true,
    tr098: [['lan', 'LANHostConfigManagement.DHCPServerEnable']],
    tr181: ['DHCPv4.Server.Enable'],
  },
  {
    key: 'hosts.count',
    title: 'Hosts known on the LAN',
    type: 'number',
    writable: false,
    tr098: [['lan', 'Hosts.HostNumberOfEntries']],
    tr181: ['Hosts.HostNumberOfEntries'],
  },
  {
    key: 'firmware.version',
    title: 'Software version',
    type: 'text',
    writable: false,
    ...both('DeviceInfo.SoftwareVersion'),
  },
  {
    key: 'hardware.version',
    title: 'Hardware version',
    type: 'text',
    writable: false,
    ...both('DeviceInfo.HardwareVersion'),
  },
  { key: 'model.name', title: 'Model name', type: 'text', writable: false, ...both('DeviceInfo.ModelName') },
  {
    key: 'manufacturer',
    title: 'Manufacturer',
    type: 'text',
    writable: false,
    ...both('DeviceInfo.Manufacturer'),
  },
  {
    key: 'serial',
    title: 'Serial number',
    type: 'text',
    writable: false,
    ...both('DeviceInfo.SerialNumber'),
  },
  {
    key: 'mac',
    title: 'MAC address',
    type: 'text',
    writable: false,
    tr098: [
      ['wan', 'MACAddress'],
      ['lan', 'LANHostConfigManagement.MACAddress'],
    ],
    tr181: [['wanLink', 'MACAddress']],
  },
  {
    key: 'uptime',
    title: 'Uptime',
    type: 'number',
    unit: 's',
    writable: false,
    ...both('DeviceInfo.UpTime'),
  },
  {
    key: 'memory.free',
    title: 'Free memory',
    type: 'number',
    unit: 'KiB',
    writable: false,
    ...both('DeviceInfo.MemoryStatus.Free'),
  },
  {
    key: 'memory.total',
    title: 'Total memory',
    type: 'number',
    unit: 'KiB',
    writable: false,
    ...both('DeviceInfo.MemoryStatus.Total'),
  },
  {
    key: 'cpu.usage',
    title: 'CPU usage',
    type: 'number',
    unit: '%',
    writable: false,
    ...both('DeviceInfo.ProcessStatus.CPUUsage'),
  },
  {
    key: 'provisioning.code',
    title: 'Provisioning code',
    type: 'text',
    writable: true,
    ...both('DeviceInfo.ProvisioningCode'),
  },
  { key: 'acs.url', title: 'ACS URL', type: 'text', writable: true, ...both('ManagementServer.URL') },
  {
    key: 'acs.username',
    title: 'ACS user name',
    type: 'text',
    writable: true,
    ...both('ManagementServer.Username'),
  },
  {
    key: 'acs.password',
    title: 'ACS password',
    type: 'text',
    secret: true,
    writable: true,
    ...both('ManagementServer.Password'),
  },
  {
    key: 'acs.informEnabled',
    title: 'Periodic Inform enabled',
    type: 'boolean',
    writable: true,
    ...both('ManagementServer.PeriodicInformEnable'),
  },
  {
    key: 'acs.informInterval',
    title: 'Periodic Inform interval',
    type: 'number',
    unit: 's',
    writable: true,
    ...both('ManagementServer.PeriodicInformInterval'),
  },
  {
    key: 'acs.informTime',
    title: 'Periodic Inform phase',
    type: 'time',
    writable: true,
    ...both('ManagementServer.PeriodicInformTime'),
  },
  {
    key: 'acs.connectionRequestUrl',
    title: 'Connection request URL',
    type: 'text',
    writable: false,
    ...both('ManagementServer.ConnectionRequestURL'),
  },
  {
    key: 'acs.connectionRequestUsername',
    title: 'Connection request user name',
    type: 'text',
    writable: true,
    ...both('ManagementServer.ConnectionRequestUsername'),
  },
  {
    key: 'acs.connectionRequestPassword',
    title: 'Connection request password',
    type: 'text',
    secret: true,
    writable: true,
    ...both('ManagementServer.ConnectionRequestPassword'),
  },
  {
    key: 'time.current',
    title: 'Local time',
    type: 'time',
    writable: false,
    ...both('Time.CurrentLocalTime'),
  },
  {
    key: 'time.zone',
    title: 'Time zone',
    type: 'text',
    writable: true,
    tr098: ['Time.LocalTimeZoneName', 'Time.LocalTimeZone'],
    tr181: ['Time.LocalTimeZone'],
  },
  { key: 'time.server', title: 'Time server', type: 'text', writable: true, ...both('Time.NTPServer1') },
];

/** Meanings whose values are copied into the device's record, for lists and search. */
export const INDEXED_MEANINGS: readonly string[] = [
  'wifi.1.ssid',
  'wifi.2.ssid',
  'wifi.1.channel',
  'wan.status',
  'wan.username',
  'lan.ip',
  'hosts.count',
  'uptime',
  'memory.free',
  'memory.total',
  'cpu.usage',
];
