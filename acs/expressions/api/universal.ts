import type { Fn } from '../run.js';
import { textOf } from '../text-form.js';
import { ValueMap, ValueSet, type Entry, type Value } from '../values.js';
import { membersOf, type Member } from './member.js';

const any = membersOf<Value>('T');
const withText = membersOf<Value>('X');
const alone = membersOf<null>(null);

/** What every type has (expressions.md §4); `==`, `!=`, `+` and `->` are operators. */
export const UNIVERSAL: readonly Member[] = [
  withText('toString: String', 'Text form of the value', (self, run) => textOf(self, run.receiver, run.zone)),
  any('useAs(f: T => R): R', 'Names a value that is used several times', (self, _run, f: Fn) => f(self)),
];

/** How collections are made. */
export const CREATION: readonly Member[] = [
  alone('list(elements*: A?): List[A]', 'A list of the values', (_self, run, ...elements: Value[]) => {
    run.budget.elements(elements.length);
    return elements;
  }),
  alone(
    'set(elements*: A?): Set[A]',
    'A set of the values; equal ones once',
    (_self, run, ...elements: Value[]) => new ValueSet(elements, run.budget),
  ),
  alone(
    'map(entries*: Entry[A, B]): Map[A, B]',
    'A map of pairs `key -> value`; the last one of a key counts',
    (_self, run, ...entries: Entry[]) => new ValueMap(entries, run.budget),
  ),
  alone('bytes(values*: Int): Bytes', 'Bytes of the numbers', (_self, _run, ...values: number[]) =>
    Uint8Array.from(values),
  ),
];
