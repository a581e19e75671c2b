import { API, DYNAMIC } from './api/index.js';
import { typeName } from './types.js';

export interface DocumentedMember {
  readonly name: string;
  /** Type that it is called on; null for names that stand alone. */
  readonly owner: string | null;
  readonly signature: string;
  readonly documentation: string;
}

export interface DocumentedSection {
  readonly title: string;
  readonly members: readonly DocumentedMember[];
}

/** All that can be named, for the console's help and docs/expressions.md. */
export function documentation(): DocumentedSection[] {
  const sections = API.map(({ title, members }) => ({
    title,
    members: members.map(({ name, owner, signature, documentation: text }) => ({
      name,
      owner: owner && typeName(owner),
      signature: signature.text,
      documentation: text,
    })),
  }));
  const dynamic = DYNAMIC.map(({ owner, result, documentation: text }) => ({
    name: '<name>',
    owner,
    signature: `<name>: ${typeName(result)}`,
    documentation: text,
  }));
  return [...sections, { title: 'Names that come from data', members: dynamic }];
}

export interface DocumentedOperator {
  /** As they are written: `a + b`. */
  readonly forms: readonly string[];
  readonly documentation: string;
}

/** From tight to loose, as the grammar binds them (expressions.md §2, 3); those of one row bind equally, from left to right. */
export function operators(): readonly DocumentedOperator[] {
  return OPERATORS;
}

const OPERATORS: readonly DocumentedOperator[] = [
  {
    forms: ['x.name', 'x(i)'],
    documentation: 'A member. x(i) is x.apply(i): an element of a list, counted from 0, or a value of a map',
  },
  {
    forms: ['a ? b'],
    documentation:
      'b if a is null, or failed by a null in between, a text that cannot be parsed, or something missing. Binds tighter than all others',
  },
  { forms: ['-x', '!x'], documentation: 'The opposite: -x ? 0 is -(x ? 0)' },
  { forms: ['a * b', 'a / b', 'a % b'], documentation: 'Whole numbers divide as whole numbers: 3 / 2 == 1' },
  {
    forms: ['a + b', 'a - b', 'a ++ b'],
    documentation:
      '+ with a text on either side joins texts; ++ joins lists, unites sets and merges maps, where the right one wins',
  },
  { forms: ['a -> b'], documentation: 'A pair: an entry of a map' },
  {
    forms: ['a < b', 'a <= b', 'a > b', 'a >= b'],
    documentation: 'Order of numbers, texts by code point, dates, Char and Boolean (true is greater)',
  },
  { forms: ['a == b', 'a != b'], documentation: 'By value; null is allowed, unrelated types are refused' },
  { forms: ['a && b', 'a and b'], documentation: 'Both; b counts only if a is true' },
  { forms: ['a || b', 'a or b'], documentation: 'One of them; b counts only if a is false' },
  { forms: ['a method b'], documentation: 'The same as a.method(b)' },
  {
    forms: ['if(c) a else b'],
    documentation: 'Both branches are needed; the type is what they have in common',
  },
  {
    forms: ['x => e', '(x, y) => e', '_'],
    documentation: 'A lambda, as an argument: list(1, 2).exists(_ < 2)',
  },
  {
    forms: ['#name', '#num(name)'],
    documentation: 'A variable: always a text, or null if it is not set; as a Double',
  },
  {
    forms: ['`odd name`'],
    documentation: 'A name that is not plain, or reserved: device.property.`a.b`',
  },
  {
    forms: ["'text'", '"text"', '"""raw"""', '123', '0x7c', '123L', '3.14', 'true', 'false', 'null'],
    documentation: 'Literals; in a text \\\' \\" \\\\ \\n \\t are read',
  },
];
