import { expect } from 'chai';
import { addressSortKey, normalMac } from '../../../acs/devices/addresses.js';
import { contactState } from '../../../acs/devices/contact-state.js';
import { factsOfInform } from '../../../acs/devices/inform-facts.js';

const facts = (values: Record<string, string>, source = '198.51.100.1') =>
  factsOfInform(
    Object.entries(values).map(([name, value]) => ({ name, value })),
    source,
  );

describe('The facts of an Inform', () => {
  const address = (interfaceNumber: number): string =>
    `Device.IP.Interface.${interfaceNumber}.IPv4Address.1.IPAddress`;

  it('take the root from the names, past what has none of the two', () => {
    expect(facts({ 'X.Y': '1', 'Device.DeviceInfo.SoftwareVersion': '2' })).to.include({
      root: 'Device',
      softwareVersion: '2',
    });
    expect(facts({}).root).to.equal(null);
  });

  it('choose the address that the connection came from, else a public one, else any', () => {
    const values = { [address(1)]: '192.168.1.1', [address(2)]: '203.0.113.1', [address(3)]: '127.0.0.1' };
    expect(facts(values, '192.168.1.1').wanIp).to.equal('192.168.1.1');
    expect(facts(values)).to.include({ wanIp: '203.0.113.1', wanIpPath: address(2) });
    expect(facts({ [address(1)]: '192.168.1.1' }).wanIp).to.equal('192.168.1.1');
    expect(facts({ [address(1)]: '0.0.0.0', [address(2)]: 'none', [address(3)]: '' }).wanIp).to.equal(null);
  });

  it('take no interval that is no whole positive number', () => {
    const interval = (value: string) =>
      facts({ 'Device.ManagementServer.PeriodicInformInterval': value }).periodicInformInterval;
    expect(['300', ' 60 ', '0', '-5', '1e3', ''].map(interval)).to.deep.equal([
      300,
      60,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('Addresses', () => {
  it('sort as numbers, IPv4 before IPv6', () => {
    const sorted = [
      '9.0.0.1',
      '10.0.0.2',
      '10.0.0.10',
      '203.0.113.1',
      '2001:db8::2',
      '2001:db8::10',
      '2001:db8:1::1',
    ];
    expect(
      [...sorted].reverse().sort((a, b) => (addressSortKey(a) < addressSortKey(b) ? -1 : 1)),
    ).to.deep.equal(sorted);
    expect(addressSortKey('::ffff:10.0.0.1')).to.equal(addressSortKey('10.0.0.1'));
    expect(addressSortKey('2001:DB8:0:0:0:0:0:1')).to.equal(addressSortKey('2001:db8::1'));
  });

  it('have one form for a MAC address', () => {
    for (const mac of ['aabbccddee0f', 'AA-BB-CC-DD-EE-0F', 'aabb.ccdd.ee0f'])
      expect(normalMac(mac)).to.equal('AA:BB:CC:DD:EE:0F');
    expect(normalMac('n/a')).to.equal('n/a');
  });
});

describe('The contact state', () => {
  const visit = new Date('2026-03-01T00:00:00Z');
  const after = (seconds: number): Date => new Date(visit.getTime() + seconds * 1000);
  const device = {
    lastVisit: visit,
    periodicInformInterval: 300,
    properties: {},
    lease: { fence: 1, session: null, server: null, until: null },
  };

  it('goes from on time to overdue at the expected visit and to inactive after three days', () => {
    const at = (seconds: number): string => contactState(device, after(seconds)).state;
    expect([0, 300, 301, 259_200, 259_201].map(at)).to.deep.equal([
      'on-time',
      'on-time',
      'overdue',
      'overdue',
      'inactive',
    ]);
    expect(contactState(device, after(301))).to.deep.include({
      expectedVisit: after(300),
      since: after(300),
    });
  });

  it('follows the properties of the device, and never calls it inactive before it is due', () => {
    const properties = { periodicInformInterval: '600', expectedSessionRatio: '200' };
    expect(contactState({ ...device, properties }, after(1_201)).state).to.equal('inactive');
    const slow = { ...device, periodicInformInterval: 604_800 };
    expect(contactState(slow, after(604_800)).state).to.equal('on-time');
  });

  it('is in session only while the lease lives', () => {
    const lease = { fence: 1, session: 's', server: 'x', until: after(60) };
    expect(contactState({ ...device, lease }, after(59)).state).to.equal('in-session');
    expect(contactState({ ...device, lease }, after(60)).state).to.equal('on-time');
    expect(contactState({ ...device, lastVisit: null }, visit).state).to.equal('never-seen');
  });
});
