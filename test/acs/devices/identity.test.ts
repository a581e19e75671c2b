import { expect } from 'chai';
import fc from 'fast-check';
import { deviceIdentity, splitIdentity } from '../../../acs/devices/identity.js';

describe('The identity of a device', () => {
  it('joins OUI, product class and serial number, the OUI in upper case', () => {
    expect(deviceIdentity({ oui: '90f652', productClass: 'IGD', serialNumber: 'F5CAE8' })).to.equal(
      '90F652-IGD-F5CAE8',
    );
  });

  it('leaves an empty product class out', () => {
    expect(deviceIdentity({ oui: '90F652', productClass: '', serialNumber: 'F5CAE8' })).to.equal(
      '90F652-F5CAE8',
    );
  });

  it('encodes blanks, slashes and hyphens of a part', () => {
    expect(deviceIdentity({ oui: 'AABBCC', productClass: 'X-1', serialNumber: '10.0.0.1 /ä' })).to.equal(
      'AABBCC-X%2D1-10.0.0.1%20%2F%C3%A4',
    );
  });

  it('gives the parts back, whatever they are', () => {
    const part = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(part, part, part, (oui, productClass, serialNumber) => {
        const parts = { oui: oui.toUpperCase(), productClass, serialNumber };
        expect(splitIdentity(deviceIdentity(parts))).to.deep.equal(parts);
      }),
    );
  });

  for (const text of ['', 'AABBCC', 'a-b-c-d', 'aabbcc-1', 'AABBCC-%zz', 'AABBCC-%2e'])
    it(`is not ${JSON.stringify(text)}`, () => {
      expect(splitIdentity(text)).to.equal(null);
    });
});
