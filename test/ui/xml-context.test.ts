import { expect } from 'chai';
import fc from 'fast-check';
import { xmlContextAt } from '../../ui/logic/xml-context.js';

/** `|` marks the offset. */
function at(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const context = xmlContextAt(text, offset);
  const part = 'from' in context ? text.slice(context.from, context.to) : '';
  return { ...context, part };
}

describe('the place in an XML text', () => {
  it('is a tag behind an opening bracket, with the elements around it', () => {
    expect(at('<config><if expr="x"><|')).to.include({ kind: 'tag', part: '' });
    expect(at('<config><if expr="x"><se|t')).to.include({ kind: 'tag', part: 'set' });
    expect(at('<config><set key="a"/><|').parents).to.deep.equal(['config']);
    expect(at('<config><in key="a"></in><|').parents).to.deep.equal(['config']);
    expect(at('<config><in key="a">|').parents).to.deep.equal(['config', 'in']);
  });

  it('is the name in a closing tag', () => {
    expect(at('<config><in key="a"></|')).to.include({ kind: 'closing' });
    expect(at('<config><in key="a"></|').parents).to.deep.equal(['config', 'in']);
  });

  it('is an attribute within a tag, with those that are there already', () => {
    expect(at('<set key="a" |/>')).to.deep.include({ kind: 'attribute', tag: 'set', present: ['key'] });
    expect(at('<set ke|y="a" value="b"/>')).to.deep.include({
      kind: 'attribute',
      part: 'key',
      present: ['value'],
    });
    expect(at('<set |')).to.include({ kind: 'attribute', tag: 'set' });
  });

  it('is a value between quotes, whole', () => {
    expect(at('<set key="Dev|ice" value="b"/>')).to.include({
      kind: 'value',
      attribute: 'key',
      part: 'Device',
    });
    expect(at("<set key='|'/>")).to.include({ kind: 'value', attribute: 'key', part: '' });
    expect(at('<if expr="${a > b |}">')).to.include({ kind: 'value', attribute: 'expr' });
  });

  it('is not misled by a bracket in a value or by a comment', () => {
    expect(at('<if expr="a > 1"><|').parents).to.deep.equal(['if']);
    expect(at('<config><!-- <if expr="|')).to.include({ kind: 'text' });
    expect(at('<config><!-- <if> --><|').parents).to.deep.equal(['config']);
  });

  it('survives a quote that is missing', () => {
    expect(at('<set key="a\n<get key="b" |')).to.include({ kind: 'attribute', tag: 'get' });
  });

  it('is found in any text at any offset', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '/',
      '"',
      "'",
      '=',
      ' ',
      '\n',
      'set',
      'key',
      '<!--',
      '-->',
      '<?',
      '</',
      '${',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), fc.nat(), (pieces, seed) => {
        const text = pieces.join('');
        const offset = text.length === 0 ? 0 : seed % (text.length + 1);
        const context = xmlContextAt(text, offset);
        if ('from' in context) {
          expect(context.from).to.be.at.most(offset);
          expect(context.to).to.be.within(context.from, text.length);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
