import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { DECIDING_NAMES } from '../../../acs/devices/anchors.js';
import {
  indexedValues,
  kindOf,
  kindsTouched,
  MEANINGS,
  resolveMeaning,
} from '../../../acs/devices/meanings.js';
import { ParameterTree } from '../../../acs/devices/parameter-tree.js';

/** A router of each data model on which every way of finding an instance has something to look at. */
const MODELS: Record<string, Record<string, string>> = {
  InternetGatewayDevice: {
    'DeviceInfo.SoftwareVersion': '1.0',
    'Layer3Forwarding.DefaultConnectionService':
      'InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1',
    'LANDevice.1.LANHostConfigManagement.IPInterface.1.IPInterfaceIPAddress': '192.168.1.1',
    'LANDevice.1.LANHostConfigManagement.DHCPServerEnable': 'true',
    ...Object.fromEntries(
      [1, 2].flatMap((number) =>
        Object.entries({
          SSID: `Home ${number}`,
          Enable: 'true',
          Channel: '6',
          Standard: 'n',
          'PreSharedKey.1.KeyPassphrase': '',
        }).map(([name, value]) => [`LANDevice.1.WLANConfiguration.${number}.${name}`, value]),
      ),
    ),
    ...Object.fromEntries(
      ['WANIPConnection.1', 'WANIPConnection.2', 'WANPPPConnection.1'].flatMap((connection, index) =>
        Object.entries({
          Enable: index === 1 ? 'false' : 'true',
          ConnectionStatus: index === 0 ? 'Connected' : 'Disconnected',
          ExternalIPAddress: index === 0 ? '203.0.113.7' : `198.51.100.${index}`,
          MACAddress: `02:00:00:00:00:0${index}`,
          Username: `user${index}`,
          NATEnabled: 'true',
        }).map(([name, value]) => [`WANDevice.1.WANConnectionDevice.1.${connection}.${name}`, value]),
      ),
    ),
  },
  Device: {
    'DeviceInfo.SoftwareVersion': '1.0',
    ...Object.fromEntries(
      [1, 2].flatMap((number) =>
        Object.entries({
          [`SSID.${number}.SSID`]: `Home ${number}`,
          [`SSID.${number}.Enable`]: 'true',
          [`SSID.${number}.LowerLayers`]: `Device.WiFi.Radio.${number}`,
          [`AccessPoint.${number}.SSIDReference`]: `Device.WiFi.SSID.${number}`,
          [`AccessPoint.${number}.SSIDAdvertisementEnabled`]: 'true',
          [`AccessPoint.${number}.Security.ModeEnabled`]: 'WPA2-Personal',
          [`AccessPoint.${number}.Security.KeyPassphrase`]: '',
          [`Radio.${number}.Channel`]: '11',
          [`Radio.${number}.OperatingFrequencyBand`]: '2.4GHz',
        }).map(([name, value]) => [`WiFi.${name}`, value]),
      ),
    ),
    'IP.Interface.1.Status': 'Up',
    'IP.Interface.1.Type': 'Normal',
    'IP.Interface.1.Loopback': 'false',
    'IP.Interface.1.LowerLayers': 'Device.PPP.Interface.1.',
    'IP.Interface.1.IPv4Address.1.IPAddress': '203.0.113.7',
    'IP.Interface.1.IPv4Address.1.AddressingType': 'DHCP',
    'IP.Interface.2.Status': 'Up',
    'IP.Interface.2.Type': 'Normal',
    'IP.Interface.2.Loopback': 'false',
    'IP.Interface.2.LowerLayers': 'Device.Ethernet.Link.2.',
    'IP.Interface.2.IPv4Address.1.IPAddress': '192.168.1.1',
    'IP.Interface.2.IPv4Address.1.AddressingType': 'Static',
    'IP.Interface.3.Type': 'Loopback',
    'IP.Interface.3.IPv4Address.1.IPAddress': '127.0.0.1',
    'Routing.Router.1.IPv4Forwarding.1.DestIPAddress': '',
    'Routing.Router.1.IPv4Forwarding.1.Enable': 'true',
    'Routing.Router.1.IPv4Forwarding.1.Interface': 'Device.IP.Interface.1',
    'NAT.InterfaceSetting.1.Interface': 'Device.IP.Interface.1',
    'NAT.InterfaceSetting.1.Enable': 'true',
    'DHCPv4.Server.Pool.1.Interface': 'Device.IP.Interface.2',
    'PPP.Interface.1.LowerLayers': 'Device.Ethernet.Link.1.',
    'PPP.Interface.1.Username': 'user',
    'Ethernet.Link.1.MACAddress': '02:00:00:00:00:01',
    'Ethernet.Link.2.MACAddress': '02:00:00:00:00:02',
  },
};

const KEYS = MEANINGS.flatMap(({ key }) =>
  key.includes('{n}') ? [1, 2, 3].map((number) => key.replace('{n}', String(number))) : [key],
);

function treeOf(root: string, values: Record<string, string>): ParameterTree {
  const tree = new ParameterTree();
  tree.apply({
    at: new Date('2026-01-01T00:00:00Z'),
    values: Object.entries(values).map(([name, value]) => ({
      name: `${root}.${name}`,
      value,
      type: 'string',
    })),
  });
  return tree;
}

const lastName = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** The names of parameters whose values are looked at while it is found out where all meanings are. */
function namesLookedAt(root: string, values: Record<string, string>): Set<string> {
  const tree = treeOf(root, values);
  const names = new Set<string>();
  tree.value = (path) => {
    names.add(lastName(path));
    return ParameterTree.prototype.value.call(tree, path);
  };
  for (const key of KEYS) resolveMeaning(key, root, tree);
  return names;
}

describe('The names that decide where a meaning is', () => {
  it('are all those, and only those, whose values are looked at to find it', () => {
    const seen = new Set<string>();
    for (const [root, values] of Object.entries(MODELS))
      for (const name of namesLookedAt(root, values)) seen.add(name);
    expect([...seen].sort()).to.deep.equal([...DECIDING_NAMES].sort());
  });

  it('are all those that the program reads there, on whatever way', () => {
    const source = readFileSync(new URL('../../../acs/devices/anchors.ts', import.meta.url), 'utf8');
    const reads = [...source.matchAll(/\btree\.(?:value|get)\(\s*([^)]*)/g)].map(
      ([, argument]) => argument ?? '',
    );
    expect(reads).not.to.deep.equal([]);
    for (const argument of reads) {
      const name = /[.}](\w+)`\s*,?\s*$/.exec(argument)?.[1];
      expect(name, `a name that can be read off: ${argument}`).to.be.a('string');
      expect(DECIDING_NAMES.has(name ?? ''), `${name} is missing`).to.equal(true);
    }
  });

  for (const [root, values] of Object.entries(MODELS))
    it(`cover every change of a value by which another meaning has another value: ${root}`, () => {
      const before = indexedValues(root, treeOf(root, values), KEYS);
      const others = new Set([
        ...Object.values(values),
        ...Object.keys(values).flatMap((name) => {
          const object = /^(.*\.\d+)\.[^.]*$/.exec(name)?.[1];
          return object === undefined ? [] : [`${root}.${object}`];
        }),
        ...['', 'false', 'Down', 'Connected', '0.0.0.0', '10.0.0.1', 'IPCP', 'other'],
      ]);
      for (const name of Object.keys(values))
        for (const value of others) {
          const kinds = kindsTouched([`${root}.${name}`], root);
          if (kinds === 'all') continue;
          const after = indexedValues(root, treeOf(root, { ...values, [name]: value }), KEYS);
          for (const key of KEYS)
            if (after[key] !== before[key])
              expect(kinds.has(kindOf(key)), `${name} = ${value} changes ${key}`).to.equal(true);
        }
    });
});
