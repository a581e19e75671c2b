import { expect } from 'chai';
import { API, DYNAMIC } from '../../../acs/expressions/api/index.js';
import type { DynamicMembers, Member } from '../../../acs/expressions/api/member.js';
import type { Typed, TypedLambda } from '../../../acs/expressions/typed.js';
import { ALL, dynamic, shownIn } from './all-place.js';
import { EXAMPLES } from './examples.js';
import { isOfType } from './is-of-type.js';
import { WORLD } from './world.js';

describe('The API of expressions', () => {
  for (const [text, expected] of EXAMPLES)
    it(`yields ${expected === '' ? 'an empty text' : expected} for ${text}`, () => {
      expect(shownIn(text, WORLD)).to.equal(expected);
      const expression = dynamic(text);
      const value = expression.evaluate(WORLD);
      expect(isOfType(value, expression.type), `is no ${expression.type.kind}`).to.equal(true);
    });

  it('has an example for each of its rows', () => {
    const used = new Set<Member | DynamicMembers>();
    for (const [text] of EXAMPLES) collect(dynamic(text).tree, used);
    const missing = API.flatMap(({ members }) => members)
      .filter((member) => !used.has(member))
      .map(({ owner, signature }) => `${owner ? `${owner.kind}.` : ''}${signature.text}`);
    expect(missing).to.deep.equal([]);
    expect(DYNAMIC.filter((one) => !used.has(one)).map(({ owner }) => owner)).to.deep.equal([]);
  });

  it('documents each row with a sentence', () => {
    for (const { members } of API)
      for (const { documentation, signature } of members)
        expect(documentation, signature.text).to.match(/^[`0-9A-Zx-].{1,}$/);
  });

  it('knows nothing of the host', () => {
    for (const name of ['constructor', '__proto__', 'prototype', 'hasOwnProperty', 'valueOf'])
      for (const target of ["'a'", '1', 'list(1)', 'date.now', 'math', 'device', 'task', 'x => x'])
        expect(() => dynamic(`${target}.${name}`), `${target}.${name}`).to.throw();
    for (const name of ['globalThis', 'process', 'require', 'Object', 'this', 'eval', 'Function'])
      expect(() => dynamic(name), name).to.throw();
    expect(ALL.contexts.has('cli')).to.equal(true);
  });
});

function collect(node: Typed | TypedLambda | null, used: Set<Member | DynamicMembers>): void {
  if (!node) return;
  if (node.kind === 'lambda') {
    collect(node.body, used);
    return;
  }
  if (node.kind === 'call') {
    used.add(node.member);
    collect(node.target, used);
    for (const argument of node.args) collect(argument?.node ?? null, used);
  }
  if (node.kind === 'dynamic') {
    used.add(node.dynamic);
    collect(node.target, used);
  }
  if (node.kind === 'if') for (const part of [node.condition, node.then, node.otherwise]) collect(part, used);
  if ('operand' in node) collect(node.operand, used);
  if ('left' in node) {
    collect(node.left, used);
    collect(node.right, used);
  }
}
