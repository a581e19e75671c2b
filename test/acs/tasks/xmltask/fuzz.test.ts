import { expect } from 'chai';
import { XMLValidator } from 'fast-xml-parser';
import type { XmlTaskDocument } from '../../../../acs/tasks/xmltask/document.js';
import type { Effect, EffectAnswer } from '../../../../acs/tasks/xmltask/effects.js';
import { completeXml } from '../../../../acs/tasks/xmltask/complete.js';
import { Interpreter } from '../../../../acs/tasks/xmltask/interpreter.js';
import type { MachineState } from '../../../../acs/tasks/xmltask/state.js';
import type { AttributeSpec, TagSpec } from '../../../../acs/tasks/xmltask/tag.js';
import { childrenOf, tagNamed } from '../../../../acs/tasks/xmltask/tags.js';
import { parseXmlTask } from '../../../../acs/tasks/xmltask/validate.js';
import { XmlTaskError } from '../../../../acs/tasks/xmltask/xml-task-error.js';
import * as examples from './examples.js';
import { goodAnswer, pureWorld } from './machine-world.js';

/** Texts of each kind; more with XMLTASK_FUZZ. */
const COUNT = Number(process.env.XMLTASK_FUZZ ?? 1_000);
const FAULT = { code: 9005, text: 'Invalid Parameter Name', method: 'X', parameters: [] };

/** Numbers that are the same in each run (mulberry32). */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  one<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('Nothing to choose from');
    return item;
  }

  chance(part: number): boolean {
    return this.next() < part;
  }
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** A value that the attribute takes. */
function valueFor(spec: AttributeSpec, dice: Dice): string {
  const literal = {
    text: ['plain', 'with spaces & <signs>', "${#a ? 'none'}", 'x ${1 + 2} y', "${'q'}"],
    int: ['1', '2', '${1 + 1}'],
    boolean: ['true', 'false', '${1 < 2}', "${(#a ? 'x') == 'x' and true}"],
    date: ['2026.01.01 00:00:00', '1767225600000', '${date.now.addMinutes(5)}'],
    duration: ['5s', '20min', '500ms'],
    key: ['A.B', 'Device.X.1.Y', 'Root.Z'],
    object: ['A.', 'Device.X.1.', 'B.1'],
    variable: ['a', 'b', 'tmp'],
    query: ['${root.A.any}', "${prefix.any.valueOf('E').is('1')}", "${query('Device.X.').any}"],
    list: ['a,b', "${list('x', 'y')}"],
    regex: ['a+', '.*', '(x)y'],
    domain: ['/', '/a/b/'],
    enum: spec.values ?? [],
  }[spec.type];
  const text = dice.one(literal.length === 0 ? [''] : literal);
  if (spec.name === 'severity') return 'WARN';
  if (spec.type === 'int' && spec.max !== undefined && spec.max < 2) return '1';
  return text;
}

/** Attributes that other rules of their tag forbid together, or demand. */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  foreach: ['query'],
  rest: ['authorizationHeader'],
  sshSession: ['publickey', 'privatekey'],
  task: ['template'],
};
const DEMANDED: Readonly<Record<string, readonly string[]>> = {
  foreach: ['list'],
  out: ['from', 'to', 'target', 'extract'],
  oid: ['oidId', 'value', 'oid', 'var'],
  task: ['class'],
};
/** Loops without end are tested elsewhere; the configuration of a child is of its own type. */
const NOT_MADE = new Set(['while', 'config']);

function element(tag: TagSpec, ancestors: readonly string[], dice: Dice, depth: number): string {
  const attributes = tag.attributes
    .filter((spec) => !LEFT_OUT[tag.name]?.includes(spec.name))
    .filter(
      (spec) =>
        (spec.required === true && spec.preset === undefined) ||
        DEMANDED[tag.name]?.includes(spec.name) === true ||
        dice.chance(0.3),
    )
    .map((spec) => {
      const value = spec.name === 'class' ? 'XmlTask' : spec.fixed ? 'output' : valueFor(spec, dice);
      return value === '' && spec.required ? '' : ` ${spec.name}="${escape(value)}"`;
    });
  const inside = [...ancestors, tag.name];
  const names = childrenOf(tag, inside).filter((name) => !NOT_MADE.has(name) && name !== 'else');
  let children = '';
  if (depth < 6 && names.length > 0)
    for (let count = dice.below(4); count > 0; count -= 1) {
      const child = tagNamed(dice.one(names));
      if (child) children += `\n${' '.repeat(depth)}${element(child, inside, dice, depth + 1)}`;
    }
  if (tag.name === 'if' && dice.chance(0.3)) children += '<else><flush/></else>';
  if (tag.name === 'comment') children = '';
  return children === '' && dice.chance(0.5)
    ? `<${tag.name}${attributes.join('')}/>`
    : `<${tag.name}${attributes.join('')}>${children}</${tag.name}>`;
}

function workflow(dice: Dice): string {
  const root = tagNamed('config');
  if (!root) throw new Error('There is no root');
  return element(root, [], dice, 0);
}

const PIECES = [
  '<',
  '>',
  '/',
  '"',
  "'",
  '&',
  ';',
  '${',
  '}',
  '=',
  '<set ',
  '/>',
  '<!--',
  '-->',
  '<![CDATA[',
  ']]>',
  '<?x?>',
  '\u0000',
  '\ud800',
  'é',
  '</config>',
  '<config>',
  '__proto__="1" ',
  '&#x0;',
  '&lt;',
  ' xmlns:a="b" ',
];

/** A few pieces cut out, doubled, or put in. */
function mutated(text: string, dice: Dice): string {
  let result = text;
  for (let count = 1 + dice.below(4); count > 0; count -= 1) {
    const at = dice.below(result.length + 1);
    const length = dice.below(12);
    const piece = dice.chance(0.5) ? dice.one(PIECES) : result.slice(at, at + length);
    result = result.slice(0, at) + piece + result.slice(dice.chance(0.5) ? at + length : at);
  }
  return result;
}

/** Null = it is refused as a workflow is refused: with places in the text. Anything else is a failure. */
function read(text: string): XmlTaskDocument | null {
  try {
    return parseXmlTask(text);
  } catch (error) {
    if (!(error instanceof XmlTaskError)) throw error;
    expect(error.issues).not.to.have.length(0);
    for (const { line, column, from, to } of error.issues) {
      expect(line).to.be.within(1, text.split(/\r\n|\r|\n/).length);
      expect(column).to.be.at.least(1);
      expect(from).to.be.within(0, text.length);
      expect(to).to.be.within(from, text.length);
    }
    return null;
  }
}

function answer(effect: Effect, dice: Dice): EffectAnswer {
  if (dice.chance(0.05)) return { kind: 'failed', text: 'technical: no' };
  if (effect.kind === 'requests' && dice.chance(0.2)) return { kind: 'fault', fault: FAULT };
  return goodAnswer(effect);
}

/** Runs it to its end; with `saved` by another interpreter for each step, made from the state as it would be stored. */
function run(document: XmlTaskDocument, seed: number, saved: boolean): { end: Effect; state: MachineState } {
  const dice = new Dice(seed);
  const world = pureWorld();
  let machine = new Interpreter(document, world);
  let effect = machine.step();
  for (let steps = 0; effect.kind !== 'end'; steps += 1) {
    expect(steps).to.be.lessThan(200_000);
    if (saved && effect.kind !== 'pause') {
      machine = new Interpreter(document, world, JSON.parse(JSON.stringify(machine.state)) as MachineState);
      expect(machine.step(), 'the same is asked for again').to.deep.equal(effect);
    }
    effect = machine.step(answer(effect, dice));
  }
  return { end: effect, state: machine.state };
}

describe('The language of workflows under random texts', function () {
  this.timeout(Math.max(60_000, COUNT * 60));

  it('takes every workflow that its tables allow, and runs it to an end, the same from any saved state', () => {
    for (let seed = 1; seed <= COUNT; seed += 1) {
      const text = workflow(new Dice(seed));
      let document: XmlTaskDocument;
      try {
        document = parseXmlTask(text);
      } catch (error) {
        throw new Error(`seed ${seed}: ${String(error)}\n${text}`, { cause: error });
      }
      const whole = run(document, seed, false);
      expect(run(document, seed, true), `seed ${seed}\n${text}`).to.deep.equal(whole);
    }
  });

  it('refuses a workflow with one wrong tag or attribute at the very place', () => {
    for (let seed = 1; seed <= COUNT; seed += 1) {
      const dice = new Dice(seed);
      const text = workflow(dice);
      const tags = [...text.matchAll(/<[a-z]\w*(?=[\s/>])/gi)].slice(1);
      if (tags.length === 0) continue;
      const { index, 0: begin } = dice.one(tags);
      // What stands in a child's configuration or in a comment is judged otherwise.
      const wrong = dice.chance(0.5)
        ? { text: `${text.slice(0, index)}<bogus/>${text.slice(index)}`, code: /unknown-tag|forbidden-child/ }
        : {
            text: `${text.slice(0, index + begin.length)} bogus="1"${text.slice(index + begin.length)}`,
            code: /unknown-attribute/,
          };
      try {
        parseXmlTask(wrong.text);
        expect.fail(`seed ${seed}: it was taken\n${wrong.text}`);
      } catch (error) {
        if (!(error instanceof XmlTaskError)) throw error;
        const [issue] = error.issues;
        expect(issue?.code, `seed ${seed}`).to.match(wrong.code);
        expect(
          wrong.text.slice(issue?.from).startsWith(issue?.code === 'unknown-attribute' ? 'bogus' : '<bogus'),
        ).to.equal(true);
      }
    }
  });

  it('neither crashes, hangs nor takes what is no XML, whatever the text', () => {
    const seeds = Object.values(examples);
    let taken = 0;
    for (let seed = 1; seed <= COUNT; seed += 1) {
      const dice = new Dice(seed);
      const text = mutated(dice.chance(0.5) ? dice.one(seeds) : workflow(dice), dice);
      const began = performance.now();
      const document = read(text);
      completeXml(text, dice.below(text.length + 1));
      expect(performance.now() - began, `seed ${seed}`).to.be.lessThan(5_000);
      if (!document) continue;
      taken += 1;
      // Its announced successor is a package of its own with the same code.
      // eslint-disable-next-line @typescript-eslint/no-deprecated
      expect(XMLValidator.validate(text.replace(/^\ufeff/, '')), `seed ${seed}\n${text}`).to.equal(true);
      run(document, seed, false);
    }
    expect(taken, 'some are harmless').to.be.greaterThan(0);
  });
});
