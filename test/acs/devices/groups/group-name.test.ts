import { expect } from 'chai';
import { deviceTypeOf, withDeviceType } from '../../../../acs/devices/groups/device-type.js';
import { ancestorsOf, isWithin, nameFault, segmentOf } from '../../../../acs/devices/groups/group-name.js';

describe('Names of groups', () => {
  it('have letters, digits, spaces inside, and _ - + ( ) in their parts', () => {
    for (const right of ['root', 'root.region', 'root.Nord-Süd_1+(2)', 'root.a b', `root.${'x'.repeat(64)}`])
      expect(nameFault(right), right).to.equal(null);
  });

  it('have no colon, slash, empty part or dot at the end, and begin with root', () => {
    const wrong = [
      '',
      'other',
      'rootx',
      'root.',
      'root..a',
      'root.a:b',
      'root.a/b',
      'root. a',
      'root.a ',
      'root. ',
    ];
    for (const name of [...wrong, `root.${'x'.repeat(65)}`, `root${'.xxxxxxx'.repeat(64)}`])
      expect(nameFault(name), name).to.be.a('string');
  });

  it('lie within what they begin with, part by part', () => {
    expect(isWithin('root.ab', 'root.a')).to.equal(false);
    expect(isWithin('root.a.b', 'root.a')).to.equal(true);
    expect(ancestorsOf('root.a.b')).to.deep.equal(['root', 'root.a']);
  });
});

describe('The device type of a device', () => {
  const device = {
    oui: '02A0C4',
    manufacturer: 'Acme, Inc.',
    productClass: 'GW/2',
    modelName: 'X.1/b',
    hardwareVersion: '1.0',
    softwareVersion: null,
  };

  it('is OUI, model, hardware and software version, with _ for what may not stand in a name', () => {
    expect(deviceTypeOf(device)).to.equal('root.devicetypes.02A0C4.X_1_b.1_0.unknown');
    expect(deviceTypeOf({ ...device, oui: '', modelName: ' ' })).to.equal(
      'root.devicetypes.Acme_ Inc_.GW_2.1_0.unknown',
    );
  });

  it('is always a right name', () => {
    for (const text of ['', '  ', '....', 'ä:/b', 'x'.repeat(500), ` ${'y'.repeat(63)} z`])
      expect(nameFault(`root.devicetypes.${segmentOf(text)}`), text).to.equal(null);
  });

  it('is one only', () => {
    const leaf = deviceTypeOf(device);
    const groups = ['root', leaf];
    expect(withDeviceType(groups, leaf)).to.equal(groups);
    expect(withDeviceType(['root', 'root.devicetypes.a.b.c.d', 'root.devicetypes.a'], leaf)).to.deep.equal(
      groups,
    );
  });
});
