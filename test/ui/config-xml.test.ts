import { expect } from 'chai';
import fc from 'fast-check';
import { configFromXml, configToXml } from '../../acs/tasks/config-xml.js';
import { buildConfigXml, parseConfigXml } from '../../ui/logic/config-xml.js';

const name = fc
  .stringMatching(/^[a-z][a-zA-Z]{0,8}$/)
  .filter((text) => text !== 'constructor' && text !== 'valueOf');
const value = fc.string({ unit: 'grapheme-ascii', maxLength: 30 });
const config = fc
  .tuple(
    fc.dictionary(name, value, { maxKeys: 4 }),
    fc.array(fc.dictionary(name, value, { maxKeys: 3 }), { maxLength: 4 }),
  )
  .map(([scalars, items]) => (items.length === 0 ? scalars : { ...scalars, 'x-item': items }));

describe('The task input as a form', () => {
  it('reads what it writes', () => {
    fc.assert(
      fc.property(config, (given) => {
        const { config: read, fault } = parseConfigXml(buildConfigXml(given));
        expect(fault).to.equal(null);
        expect({ ...read }).to.deep.equal({ ...given });
      }),
    );
  });

  it('writes and reads the same text as the server', () => {
    fc.assert(
      fc.property(config, (given) => {
        expect(buildConfigXml(given)).to.equal(configToXml(given));
        expect({ ...configFromXml(buildConfigXml(given)) }).to.deep.equal({ ...given });
      }),
    );
  });

  for (const [text, line, message] of [
    ['<config>\n  <param name="a">\n</config>', 3, /tag/i],
    ['<other/>', 1, /must be <config>/],
    ['<config>\n  text\n</config>', 2, /Text is not allowed/],
    ['<config>\n  <a><b/></a>\n</config>', 2, /content that the form cannot show/],
    ['<config>\n  <!-- why -->\n  <a/>\n</config>', 2, /comment/],
    ['', 1, /.+/],
  ] as const) {
    it(`names the place of what a form cannot show: ${JSON.stringify(text)}`, () => {
      const { fault } = parseConfigXml(text);
      expect(fault?.line).to.equal(line);
      expect(fault?.message).to.match(message);
    });
  }

  it('takes no document type', () => {
    expect(parseConfigXml('<!DOCTYPE config><config/>').config).to.equal(null);
  });
});
