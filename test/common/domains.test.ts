import { expect } from 'chai';
import { domainCovers, domainOf, inDomain, isDomain } from '../../common/domains.js';

describe('a domain', () => {
  it('begins and ends with a slash', () => {
    for (const good of ['/', '/org1/', '/org1/a/', '/a.b-c_d/']) expect(isDomain(good), good).to.equal(true);
    for (const bad of [
      '',
      'org1',
      '/org1',
      'org1/',
      '//',
      '/org1//a/',
      '/org 1/',
      '/org1/ ',
      `/${'a'.repeat(500)}/`,
    ])
      expect(isDomain(bad), bad).to.equal(false);
  });

  it('is understood without its slashes where one is looked for', () => {
    for (const text of ['org1', '/org1', 'org1/', '/org1/', ' /org1/ ', '//org1//'])
      expect(domainOf(text), text).to.equal('/org1/');
    for (const text of ['', '/', '//']) expect(domainOf(text)).to.equal('/');
  });

  it('covers itself and what lies below it, and not one whose name begins alike', () => {
    for (const outer of ['/org1/', '/org1']) {
      for (const inner of ['/org1/', '/org1', '/org1/a/']) expect(domainCovers(outer, inner)).to.equal(true);
      for (const inner of ['/', '/org10/', '/org2/org1/']) expect(domainCovers(outer, inner)).to.equal(false);
    }
    expect(domainCovers('/', '/org1/')).to.equal(true);
  });

  it('is searched for by a pattern that says the same', () => {
    expect(inDomain('/')).to.equal(null);
    const pattern = new RegExp(inDomain('/a.b')!.$regex);
    for (const inner of ['/a.b/', '/a.b/c/']) expect(pattern.test(inner)).to.equal(true);
    for (const inner of ['/', '/axb/', '/a.bc/', '/x/a.b/']) expect(pattern.test(inner)).to.equal(false);
  });
});
