import { expect } from 'chai';
import fc from 'fast-check';
import * as edit from '../../ui/logic/xml-edit.js';
import { elementAt, elementsOf, isSound, type XmlElement } from '../../ui/logic/xml-elements.js';

const names = (xml: string) => elementsOf(xml).map(({ name, depth }) => `${'-'.repeat(depth)}${name}`);
const after = (xml: string, made: edit.XmlEdit | null): string => {
  if (!made) throw new Error('the edit was refused');
  return xml.slice(0, made.from) + made.insert + xml.slice(made.to);
};

const WORKFLOW = `<config>
  <log message="a &amp; b"/>
  <if expr="\${#x &lt; 1}">
    <set key="A.B" value="1"/>
    <!-- why -->
    <wait timeout="5s"/>
  </if>
  <!-- <finish/> -->
  <flush/>
</config>
`;
const at = (xml: string, name: string): number => elementsOf(xml).findIndex((one) => one.name === name);
const named = (xml: string, name: string): XmlElement => {
  const found = elementsOf(xml).find((one) => one.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};

const nth = <T>(list: readonly T[], index: number): T => {
  const found = list[index];
  if (found === undefined) throw new Error(`there is no ${index}`);
  return found;
};

describe('Elements of a workflow', () => {
  it('are listed with their depth, place and first value', () => {
    const xml =
      '<config>\n  <if expr="${a > 1}">\n    <set key=\'A.B\' value="x"/>\n  </if>\n  <finish/>\n</config>';
    const shown = elementsOf(xml).map(({ name, depth, line, column, hint }) => ({
      ...{ name, depth, line, column, hint },
    }));
    expect(shown).to.deep.equal([
      { name: 'config', depth: 0, line: 1, column: 1, hint: '' },
      { name: 'if', depth: 1, line: 2, column: 3, hint: '${a > 1}' },
      { name: 'set', depth: 2, line: 3, column: 5, hint: 'A.B' },
      { name: 'finish', depth: 1, line: 5, column: 3, hint: '' },
    ]);
    expect(isSound(elementsOf(xml))).to.equal(true);
  });

  it('leave out what is none: words in comments, sections of text, instructions', () => {
    expect(names('<?xml version="1.0"?><a><!-- b --><![CDATA[<c>]]><d/></a>')).to.deep.equal(['a', '-d']);
  });

  it('show those that are commented out', () => {
    const [, , , , , commented] = elementsOf(WORKFLOW);
    expect(commented).to.include({ name: 'finish', commented: true, depth: 1 });
  });

  it('go on with what is not well-formed, which is not sound', () => {
    for (const [xml, tags] of [
      ['<a><b attr="<c>"></x></a></a><d', ['a', '-b', 'd']],
      ['<a <b/>', ['a', '-b']],
      ['<a><b></a>', ['a', '-b']],
      ['<a/><b/>', ['a', 'b']],
      ['', []],
    ] as const) {
      expect(names(xml), xml).to.deep.equal(tags);
      expect(isSound(elementsOf(xml)), xml).to.equal(false);
    }
  });

  it('of a long document are read in the blink of an eye', () => {
    const xml = `<config>${'<set key="A" value="b"/>\n'.repeat(20_000)}</config>`;
    const began = performance.now();
    expect(elementsOf(xml)).to.have.length(2_000);
    expect(performance.now() - began).to.be.below(2_000);
  });

  it('are found by an offset, the innermost first', () => {
    const elements = elementsOf(WORKFLOW);
    const nameAt = (part: string) => elements[elementAt(elements, WORKFLOW.indexOf(part))]?.name;
    expect(nameAt('key="A.B"')).to.equal('set');
    expect(nameAt('why')).to.equal('if');
    expect(nameAt('<flush')).to.equal('flush');
    expect(elementAt(elements, WORKFLOW.length)).to.equal(-1);
  });
});

describe('Edits of a workflow', () => {
  const elements = elementsOf(WORKFLOW);

  it('move an element up and down its row, and leave all else as it is', () => {
    const made = edit.shifted(WORKFLOW, elements, at(WORKFLOW, 'wait'), -1);
    expect(after(WORKFLOW, made)).to.equal(
      WORKFLOW.replace('<set key="A.B" value="1"/>', '@')
        .replace('<wait timeout="5s"/>', '<set key="A.B" value="1"/>')
        .replace('@', '<wait timeout="5s"/>'),
    );
    expect(WORKFLOW.slice(made?.cursor).startsWith('<set')).to.equal(true);
    expect(edit.shifted(WORKFLOW, elements, at(WORKFLOW, 'log'), -1)).to.equal(null);
    expect(edit.shifted(WORKFLOW, elements, at(WORKFLOW, 'flush'), 1)).to.equal(null);
    expect(edit.shifted(WORKFLOW, elements, 0, 1)).to.equal(null);
  });

  it('move an element with its children into another, with its indentation', () => {
    const into = edit.moved(WORKFLOW, elements, at(WORKFLOW, 'if'), at(WORKFLOW, 'flush'), 'into');
    expect(after(WORKFLOW, into)).to.equal(`<config>
  <log message="a &amp; b"/>
  <!-- <finish/> -->
  <flush>
    <if expr="\${#x &lt; 1}">
      <set key="A.B" value="1"/>
      <!-- why -->
      <wait timeout="5s"/>
    </if>
  </flush>
</config>
`);
    const out = edit.moved(WORKFLOW, elements, at(WORKFLOW, 'set'), at(WORKFLOW, 'log'), 'before');
    expect(after(WORKFLOW, out)).to.equal(
      WORKFLOW.replace('    <set key="A.B" value="1"/>\n', '').replace(
        '  <log',
        '  <set key="A.B" value="1"/>\n  <log',
      ),
    );
  });

  it('move nothing into itself, beside the root, or into a comment', () => {
    for (const [element, target, place] of [
      ['if', 'set', 'after'],
      ['if', 'if', 'into'],
      ['if', 'config', 'after'],
      ['config', 'if', 'into'],
      ['set', 'finish', 'into'],
    ] as const)
      expect(
        edit.moved(WORKFLOW, elements, at(WORKFLOW, element), at(WORKFLOW, target), place),
        `${element} ${place} ${target}`,
      ).to.equal(null);
  });

  it('keep the same tree as one that is moved about by hand', () => {
    interface Node {
      name: string;
      children: Node[];
    }
    const tree = (): fc.Arbitrary<Node> => {
      const name = fc.constantFrom('a', 'b', 'c', 'd');
      const leaf = name.map((one): Node => ({ name: one, children: [] }));
      return fc.letrec<{ node: Node }>((tie) => ({
        node: fc.oneof(
          { depthSize: 'small' },
          leaf,
          fc.record({ name, children: fc.array(tie('node'), { maxLength: 4 }) }),
        ),
      })).node;
    };
    const write = ({ name, children }: Node, pretty: boolean, indent = ''): string => {
      if (children.length === 0) return `${indent}<${name} k="1"/>`;
      const glue = pretty ? '\n' : '';
      const inner = children.map((one) => write(one, pretty, pretty ? `${indent}  ` : ''));
      return [`${indent}<${name}>`, ...inner, `${pretty ? indent : ''}</${name}>`].join(glue);
    };
    const read = (xml: string): Node => {
      const nodes = elementsOf(xml).map((one) => ({ ...one, children: [] as Node[] }));
      for (const one of nodes) if (one.parent !== null) nodes[one.parent]?.children.push(one);
      const plain = ({ name, children }: Node): Node => ({ name, children: children.map(plain) });
      return plain(nodes[0] ?? { name: '', children: [] });
    };
    const flat = (node: Node): Node[] => [node, ...node.children.flatMap(flat)];
    fc.assert(
      fc.property(
        ...[fc.array(tree(), { minLength: 1, maxLength: 4 }), fc.boolean(), fc.nat(), fc.nat()],
        fc.constantFrom('before', 'after', 'into', 'up', 'down', 'copy', 'remove', 'rename', 'add'),
        (children, pretty, first, second, act) => {
          const root: Node = { name: 'config', children };
          const xml = write(root, pretty);
          const all = flat(root);
          const [index, target] = [first % all.length, second % all.length];
          const element = nth(all, index);
          const goal = nth(all, target);
          const parentOf = (node: Node) => all.find((one) => one.children.includes(node));
          const home = parentOf(element);
          const list = elementsOf(xml);
          const own = nth(list, index);
          const drop = (): void => void home?.children.splice(home.children.indexOf(element), 1);
          let made: edit.XmlEdit | null;
          switch (act) {
            case 'up':
            case 'down': {
              made = edit.shifted(xml, list, index, act === 'up' ? -1 : 1);
              const row = home?.children ?? [];
              const to = row.indexOf(element) + (act === 'up' ? -1 : 1);
              if (to < 0 || to >= row.length) return void expect(made).to.equal(null);
              drop();
              row.splice(to, 0, element);
              break;
            }
            case 'copy':
              made = edit.duplicated(xml, own);
              if (!home) return void expect(made).to.equal(null);
              home.children.splice(home.children.indexOf(element), 0, element);
              break;
            case 'remove':
              made = edit.removed(xml, own);
              if (!home) return void expect(made).to.equal(null);
              drop();
              break;
            case 'rename':
              made = edit.renamed(xml, own, 'other');
              element.name = 'other';
              break;
            case 'add':
              made = edit.added(xml, own, 'other', ['key']);
              element.children.push({ name: 'other', children: [] });
              break;
            default: {
              made = edit.moved(xml, list, index, target, act);
              const beyond = act !== 'into' && target === 0;
              if (!home || beyond || flat(element).includes(goal)) return void expect(made).to.equal(null);
              drop();
              if (act === 'into') goal.children.push(element);
              else {
                const row = parentOf(goal)?.children ?? [];
                row.splice(row.indexOf(goal) + (act === 'after' ? 1 : 0), 0, element);
              }
            }
          }
          const text = after(xml, made);
          const plain = (node: Node): Node => ({ name: node.name, children: node.children.map(plain) });
          expect(read(text)).to.deep.equal(plain(root));
          expect(isSound(elementsOf(text)), text).to.equal(true);
          if (act !== 'remove') expect(text[made?.cursor ?? -1]).to.equal('<');
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('comment out and bring back, but put no comment into a comment', () => {
    const made = after(WORKFLOW, edit.commentedOut(WORKFLOW, named(WORKFLOW, 'log')));
    expect(made).to.equal(
      WORKFLOW.replace('<log message="a &amp; b"/>', '<!-- <log message="a &amp; b"/> -->'),
    );
    expect(after(made, edit.broughtBack(made, named(made, 'log')))).to.equal(WORKFLOW);
    expect(edit.commentedOut(WORKFLOW, named(WORKFLOW, 'if'))).to.equal(null);
    expect(edit.commentedOut(WORKFLOW, named(WORKFLOW, 'finish'))).to.equal(null);
    expect(edit.broughtBack(WORKFLOW, named(WORKFLOW, 'log'))).to.equal(null);
  });

  it('rename both tags, to a name only', () => {
    expect(after(WORKFLOW, edit.renamed(WORKFLOW, named(WORKFLOW, 'if'), 'while'))).to.equal(
      WORKFLOW.replace('<if', '<while').replace('</if>', '</while>'),
    );
    for (const bad of ['', '1a', 'a b', 'a>', 'if'])
      expect(edit.renamed(WORKFLOW, named(WORKFLOW, 'if'), bad), bad).to.equal(null);
  });

  it('write attributes so that they mean what was typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('key', 'value', 'more'), (value, name) => {
        if (/[^\P{Cc}\t\n\r]/u.test(value)) return;
        const made = after(WORKFLOW, edit.withAttribute(WORKFLOW, named(WORKFLOW, 'set'), name, value));
        expect(edit.attributeValue(made, named(made, 'set'), name)).to.equal(value);
        expect(isSound(elementsOf(made))).to.equal(true);
      }),
    );
    const quoted = `<a k='say "x"' l="1"/>`;
    const without = after(quoted, edit.withAttribute(quoted, named(quoted, 'a'), 'k', null));
    expect(without).to.equal('<a l="1"/>');
    expect(edit.attributeValue(quoted, named(quoted, 'a'), 'k')).to.equal('say "x"');
    expect(after(quoted, edit.withAttribute(quoted, named(quoted, 'a'), 'k', "it's"))).to.equal(
      `<a k="it's" l="1"/>`,
    );
  });
});
