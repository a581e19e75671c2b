import { expect } from 'chai';
import fc from 'fast-check';
import { SecretBox } from '../../common/secret-box.js';

describe('The secret box', () => {
  const box = new SecretBox('a key of sixteen or more');

  it('opens what it sealed, whatever the text', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => box.open(box.seal(text)) === text));
  });

  it('never seals a text in the same way twice', () => {
    expect(box.seal('x')).to.not.equal(box.seal('x'));
  });

  it('does not open what another key sealed, nor what was changed, nor plain text', () => {
    const sealed = box.seal('secret');
    expect(() => new SecretBox('another key, also long').open(sealed)).to.throw();
    expect(() => box.open(sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA'))).to.throw();
    expect(() => box.open('secret')).to.throw('Not a sealed secret');
  });

  it('refuses a short key', () => {
    expect(() => new SecretBox('short')).to.throw(RangeError);
  });
});
