import { expect } from 'chai';
import { newId, newSecret } from '../../common/ids.js';

describe('Ids', () => {
  it('are 24 hexadecimal digits, all different, and sort by the time of making', () => {
    const ids = Array.from({ length: 1_000 }, (_, i) => newId(new Date(1_700_000_000_000 + i * 1_000)));
    for (const id of ids) expect(id).to.match(/^[0-9a-f]{24}$/);
    expect(new Set(ids).size).to.equal(1_000);
    expect([...ids].sort()).to.deep.equal(ids);
  });

  it('leave room for run and attempt in a CommandKey of 32 characters', () => {
    expect(`${newId(new Date())}-zz-zz`.length).to.be.at.most(32);
  });

  it('as secrets can stand in a URL and are long enough not to be guessed', () => {
    expect(newSecret()).to.match(/^[\w-]{43}$/);
  });
});
