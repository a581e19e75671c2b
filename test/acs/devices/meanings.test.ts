import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { ValidationError } from '../../../common/errors.js';
import { meaningTable } from '../../../acs/devices/meaning-table.js';
import { ANCHORS, type Candidate } from '../../../acs/devices/meanings-data.js';
import {
  discoveryPaths,
  fromParameter,
  INDEXED_MEANINGS,
  indexedValues,
  kindsTouched,
  MEANINGS,
  meaningOf,
  meaningsOfTree,
  resolveMeaning,
  resolvePath,
  toParameter,
  valueOfMeaning,
} from '../../../acs/devices/meanings.js';
import { ParameterTree } from '../../../acs/devices/parameter-tree.js';
import { modelsPresent, readModel, type ModelParameter } from './data-model.js';

const IGD = 'InternetGatewayDevice';
const DEV = 'Device';

function treeOf(
  root: string,
  values: Record<string, string>,
  writable: Record<string, boolean> = {},
): ParameterTree {
  const tree = new ParameterTree();
  tree.apply({
    at: new Date('2026-03-01T00:00:00Z'),
    values: Object.entries(values).map(([name, value]) => ({
      name: `${root}.${name}`,
      value,
      type: 'string',
    })),
    names: Object.entries(writable).map(([name, flag]) => ({ name: `${root}.${name}`, writable: flag })),
  });
  return tree;
}

describe('The data of the meanings', () => {
  before(function () {
    if (!modelsPresent) {
      this.test!.title = 'needs the data models of the Broadband Forum, which are not here';
      this.skip();
    }
  });

  for (const [which, root] of [
    ['tr098', IGD],
    ['tr181', DEV],
  ] as const)
    it(`names only parameters that ${which} has, with its access, kind and secrecy`, () => {
      const model = readModel(which);
      const patternOf = (candidate: Candidate): string => {
        if (typeof candidate === 'string') return `${root}.${candidate}`;
        const anchor = ANCHORS[candidate[0]][which];
        expect(anchor, `${candidate[0]} in ${which}`).not.to.equal(undefined);
        expect(model.objects.has(`${root}.${anchor!.pattern}`), anchor!.pattern).to.equal(true);
        expect(anchor!.fallback.replace(/(?<=\.)(\d+|\{n\})(?=\.)/g, '{i}')).to.equal(anchor!.pattern);
        return `${root}.${anchor!.pattern}${candidate[1].replace(/\.1\./g, '.{i}.')}`;
      };
      for (const meaning of MEANINGS)
        for (const candidate of meaning[which]) {
          const name = patternOf(candidate);
          const parameter = model.parameters.get(name);
          expect(parameter, name).not.to.equal(undefined);
          expect(parameter!.hidden, `${name} is hidden`).to.equal(meaning.secret ?? false);
          if (meaning.writable) expect(parameter!.writable, `${name} is writable`).to.equal(true);
          expect(
            fits(meaning.type, parameter!),
            `${name} as ${meaning.type} is a ${parameter!.type}`,
          ).to.equal(true);
        }
    });
});

function fits(type: string, parameter: ModelParameter): boolean {
  switch (type) {
    case 'number':
      return ['unsignedInt', 'int', 'unsignedLong', 'long'].includes(parameter.type);
    case 'boolean':
      return parameter.type === 'boolean';
    case 'time':
      return parameter.type === 'dateTime';
    default:
      return ['string', 'dataType', 'hexBinary'].includes(parameter.type);
  }
}

describe('The meanings', () => {
  it('have names of their own, and one data model at least', () => {
    expect(new Set(MEANINGS.map(({ key }) => key)).size).to.equal(MEANINGS.length);
    for (const { key, tr098, tr181 } of MEANINGS)
      expect(tr098.length + tr181.length, key).to.be.greaterThan(0);
    for (const key of INDEXED_MEANINGS) expect(resolveMeaning(key, DEV), key).not.to.equal(null);
  });

  it('are listed in the manual as they are', () => {
    const manual = readFileSync(new URL('../../../docs/meanings.md', import.meta.url), 'utf8');
    expect(manual).to.contain(meaningTable());
  });

  it('fall back to instance numbers where no tree is known', () => {
    const path = (key: string, root: string): string | undefined => resolveMeaning(key, root)?.path;
    expect(path('wifi.2.ssid', IGD)).to.equal(`${IGD}.LANDevice.1.WLANConfiguration.2.SSID`);
    expect(path('wifi.2.ssid', DEV)).to.equal('Device.WiFi.SSID.2.SSID');
    expect(path('wifi.2.password', DEV)).to.equal('Device.WiFi.AccessPoint.2.Security.KeyPassphrase');
    expect(path('uptime', IGD)).to.equal(`${IGD}.DeviceInfo.UpTime`);
    expect(resolveMeaning('wifi.1.ssid', DEV)?.certain).to.equal(false);
    expect(resolveMeaning('wifi.1.band', IGD)).to.equal(null);
    for (const key of ['wifi.0.ssid', 'wifi.{n}.ssid', 'wifi.ssid', 'no.such', 'constructor'])
      expect(resolveMeaning(key, DEV), key).to.equal(null);
  });

  it('resolve only what looks like a meaning, and pass paths through', () => {
    expect(resolvePath('Device.X', DEV)).to.equal('Device.X');
    expect(resolvePath('Root.DeviceInfo.UpTime', IGD)).to.equal(`${IGD}.DeviceInfo.UpTime`);
    expect(resolvePath('acs.informInterval', IGD)).to.equal(`${IGD}.ManagementServer.PeriodicInformInterval`);
    expect(() => resolvePath('wifi.1.colour', DEV)).to.throw(ValidationError, 'no meaning');
    expect(() => resolvePath('wifi.1.band', IGD)).to.throw(ValidationError, 'no parameter');
  });

  it('count WLANConfigurations over all LANDevices of TR-098', () => {
    const tree = treeOf(IGD, {
      'LANDevice.1.WLANConfiguration.10.SSID': 'c',
      'LANDevice.1.WLANConfiguration.1.SSID': 'a',
      'LANDevice.1.WLANConfiguration.5.SSID': 'b',
      'LANDevice.2.WLANConfiguration.1.SSID': 'd',
    });
    expect([1, 2, 3, 4, 5].map((n) => valueOfMeaning(`wifi.${n}.ssid`, IGD, tree))).to.deep.equal([
      'a',
      'b',
      'c',
      'd',
      null,
    ]);
    expect(meaningOf(`${IGD}.LANDevice.1.WLANConfiguration.10.SSID`, IGD, tree)?.key).to.equal('wifi.3.ssid');
    expect(meaningOf(`${IGD}.LANDevice.1.WLANConfiguration.10.SSID`, IGD)?.key).to.equal('wifi.10.ssid');
  });

  it('tell which kinds of meanings new values may change', () => {
    const kinds = (...paths: string[]): unknown => {
      const touched = kindsTouched(paths, DEV);
      return touched === 'all' ? touched : [...touched];
    };
    expect(kinds(`${DEV}.WiFi.SSID.3.SSID`, `${DEV}.DeviceInfo.UpTime`)).to.deep.equal(['wifi', 'uptime']);
    expect(kinds(`${DEV}.Hosts.Host.1.HostName`, `${DEV}.X_ACME.SSID`)).to.deep.equal([]);
    for (const deciding of ['WiFi.AccessPoint.1.SSIDReference', 'NAT.InterfaceSetting.1.Interface'])
      expect(kinds(`${DEV}.WiFi.SSID.1.SSID`, `${DEV}.${deciding}`)).to.equal('all');
  });

  it('choose the one Wi-Fi password parameter that a TR-098 device has', () => {
    const wlan = 'LANDevice.1.WLANConfiguration.1.';
    const chosen = (values: Record<string, string>, writable: Record<string, boolean> = {}) =>
      resolveMeaning('wifi.1.password', IGD, treeOf(IGD, values, writable))?.path.slice(
        `${IGD}.${wlan}`.length,
      );
    expect(chosen({ [`${wlan}KeyPassphrase`]: '', [`${wlan}PreSharedKey.1.KeyPassphrase`]: '' })).to.equal(
      'KeyPassphrase',
    );
    expect(
      chosen({ [`${wlan}PreSharedKey.1.KeyPassphrase`]: '', [`${wlan}PreSharedKey.1.PreSharedKey`]: '' }),
    ).to.equal('PreSharedKey.1.KeyPassphrase');
    expect(chosen({ [`${wlan}PreSharedKey.1.PreSharedKey`]: '' })).to.equal('PreSharedKey.1.PreSharedKey');
    expect(
      chosen({}, { [`${wlan}KeyPassphrase`]: false, [`${wlan}PreSharedKey.1.KeyPassphrase`]: true }),
    ).to.equal('PreSharedKey.1.KeyPassphrase');
  });

  it('go from the SSID to its access point and its radio in TR-181', () => {
    const tree = treeOf(DEV, {
      'WiFi.SSID.1.SSID': 'five',
      'WiFi.SSID.1.LowerLayers': 'Device.WiFi.Radio.20',
      'WiFi.SSID.4.SSID': 'two',
      'WiFi.SSID.4.LowerLayers': 'Device.WiFi.Radio.10.',
      'WiFi.AccessPoint.1.SSIDReference': 'Device.WiFi.SSID.4',
      'WiFi.AccessPoint.1.Security.KeyPassphrase': '',
      'WiFi.AccessPoint.9.SSIDReference': 'Device.WiFi.SSID.1.',
      'WiFi.AccessPoint.9.Security.KeyPassphrase': '',
      'WiFi.Radio.10.Channel': '6',
      'WiFi.Radio.20.Channel': '36',
    });
    const path = (key: string): string | undefined => resolveMeaning(key, DEV, tree)?.path;
    expect(path('wifi.1.password')).to.equal('Device.WiFi.AccessPoint.9.Security.KeyPassphrase');
    expect(path('wifi.2.password')).to.equal('Device.WiFi.AccessPoint.1.Security.KeyPassphrase');
    expect(valueOfMeaning('wifi.1.channel', DEV, tree)).to.equal('36');
    expect(valueOfMeaning('wifi.2.channel', DEV, tree)).to.equal('6');
    expect(meaningsOfTree(DEV, tree).get('Device.WiFi.Radio.10.Channel')).to.equal('wifi.2.channel');
  });

  it('do not take the access point of another SSID where none refers to this one', () => {
    const tree = treeOf(DEV, {
      'WiFi.SSID.1.SSID': 'a',
      'WiFi.SSID.2.SSID': 'b',
      'WiFi.AccessPoint.1.SSIDReference': 'Device.WiFi.SSID.2.',
      'WiFi.AccessPoint.1.Security.KeyPassphrase': '',
    });
    expect(resolveMeaning('wifi.1.password', DEV, tree)).to.equal(null);
    expect(resolveMeaning('wifi.2.password', DEV, tree)?.certain).to.equal(true);
  });

  it('take the connected TR-098 WAN connection, and the default one of equals', () => {
    const wan = (device: number, kind: string): string =>
      `WANDevice.${device}.WANConnectionDevice.1.WAN${kind}Connection.1.`;
    const values = {
      [`${wan(1, 'IP')}ConnectionStatus`]: 'Connected',
      [`${wan(1, 'IP')}ExternalIPAddress`]: '10.9.8.7',
      [`${wan(1, 'PPP')}ConnectionStatus`]: 'Disconnected',
      [`${wan(1, 'PPP')}ExternalIPAddress`]: '0.0.0.0',
      [`${wan(1, 'PPP')}Username`]: 'idle',
      [`${wan(2, 'PPP')}ConnectionStatus`]: 'Connected',
      [`${wan(2, 'PPP')}ExternalIPAddress`]: '203.0.113.1',
      [`${wan(2, 'PPP')}Username`]: 'line',
    };
    const preferred = { 'Layer3Forwarding.DefaultConnectionService': `${IGD}.${wan(2, 'PPP')}` };
    expect(valueOfMeaning('wan.ip', IGD, treeOf(IGD, values))).to.equal('10.9.8.7');
    expect(valueOfMeaning('wan.ip', IGD, treeOf(IGD, { ...values, ...preferred }))).to.equal('203.0.113.1');
    expect(valueOfMeaning('wan.username', IGD, treeOf(IGD, values))).to.equal('line');
  });

  it('tell WAN from LAN in TR-181 by routes, and the link below by its layers', () => {
    const tree = treeOf(DEV, {
      'IP.Interface.1.IPv4Address.1.IPAddress': '192.168.1.1',
      'IP.Interface.1.IPv4Address.1.AddressingType': 'Static',
      'IP.Interface.2.Type': 'Loopback',
      'IP.Interface.2.IPv4Address.1.IPAddress': '127.0.0.1',
      'IP.Interface.3.LowerLayers': 'Device.PPP.Interface.2.',
      'IP.Interface.3.IPv4Address.1.IPAddress': '0.0.0.0',
      'IP.Interface.3.IPv4Address.2.IPAddress': '203.0.113.4',
      'PPP.Interface.1.Username': 'spare',
      'PPP.Interface.2.Username': 'line',
      'PPP.Interface.2.LowerLayers': 'Device.Ethernet.VLANTermination.1.',
      'Ethernet.VLANTermination.1.LowerLayers': 'Device.Ethernet.Link.4.',
      'Ethernet.Link.4.MACAddress': 'AA:BB:CC:DD:EE:FF',
      'Ethernet.Link.4.LowerLayers': 'Device.PPP.Interface.2.',
      'Routing.Router.1.IPv4Forwarding.1.DestIPAddress': '',
      'Routing.Router.1.IPv4Forwarding.1.Interface': 'Device.IP.Interface.3.',
      'DHCPv4.Server.Pool.1.Interface': 'Device.IP.Interface.1',
    });
    const value = (key: string): string | null => valueOfMeaning(key, DEV, tree);
    expect(value('wan.ip')).to.equal('203.0.113.4');
    expect(value('wan.username')).to.equal('line');
    expect(value('mac')).to.equal('AA:BB:CC:DD:EE:FF');
    expect(value('lan.ip')).to.equal('192.168.1.1');
    expect(indexedValues(DEV, tree)).to.include({
      'lan.ip': '192.168.1.1',
      'wan.username': 'line',
      uptime: null,
    });
  });

  it('turn words and opposites into those of the data model and back', () => {
    const { meaning: hidden } = resolveMeaning('wifi.1.hidden', IGD)!;
    const { meaning: security } = resolveMeaning('wifi.1.security', IGD)!;
    for (const [value, stored] of [
      ['1', '0'],
      ['true', 'false'],
      ['False', 'true'],
    ])
      expect(toParameter(hidden, IGD, value!)).to.equal(stored);
    expect(toParameter(security, IGD, 'WPA2-Personal')).to.equal('11i');
    expect(toParameter(security, DEV, 'WPA2-Personal')).to.equal('WPA2-Personal');
    expect(fromParameter(security, IGD, '11i')).to.equal('WPA2-Personal');
    expect(fromParameter(security, IGD, 'X_Vendor')).to.equal('X_Vendor');
  });

  it('say what to read before they can be resolved', () => {
    expect(discoveryPaths('wifi.1.password', IGD)).to.deep.equal([`${IGD}.LANDevice.`]);
    expect(discoveryPaths('wifi.1.channel', DEV)).to.deep.equal(['Device.WiFi.']);
    expect(discoveryPaths('uptime', DEV)).to.deep.equal([]);
  });
});
