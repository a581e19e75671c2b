import { expect } from 'chai';
import { outlineOf } from '../../ui/logic/xml-outline.js';

const names = (xml: string) => outlineOf(xml).map(({ name, depth }) => `${'-'.repeat(depth)}${name}`);

describe('The outline of a workflow', () => {
  it('lists the tags with their depth, place and first value', () => {
    const xml =
      '<config>\n  <if expr="${a > 1}">\n    <set key=\'A.B\' value="x"/>\n  </if>\n  <finish/>\n</config>';
    expect(outlineOf(xml)).to.deep.equal([
      { name: 'config', depth: 0, line: 1, column: 1, hint: '' },
      { name: 'if', depth: 1, line: 2, column: 3, hint: '${a > 1}' },
      { name: 'set', depth: 2, line: 3, column: 5, hint: 'A.B' },
      { name: 'finish', depth: 1, line: 5, column: 3, hint: '' },
    ]);
  });

  it('leaves out what is no tag: comments, sections of text, instructions', () => {
    expect(names('<?xml version="1.0"?><a><!-- <b> --><![CDATA[<c>]]><d/></a>')).to.deep.equal(['a', '-d']);
  });

  it('goes on with what is not well-formed', () => {
    expect(names('<a><b attr="<c>"></x></a></a><d')).to.deep.equal(['a', '-b', 'd']);
    expect(names('<a <b/>')).to.deep.equal(['a', '-b']);
  });

  it('reads a long document in the blink of an eye', () => {
    const xml = `<config>${'<set key="A" value="b"/>\n'.repeat(20_000)}</config>`;
    const began = performance.now();
    expect(outlineOf(xml)).to.have.length(2_000);
    expect(performance.now() - began).to.be.below(2_000);
  });
});
