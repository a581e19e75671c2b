import { EvaluationError } from '../errors.js';
import { calculate } from '../numbers.js';
import { truth, type Fn, type Run } from '../run.js';
import { compare, elementsOf, Entry, equal, ValueMap, ValueSet, type Value } from '../values.js';
import { decodeText, escapeBytes } from './charsets.js';
import { membersOf, type Member } from './member.js';

type Elements = ValueSet | readonly Value[];

const collection = membersOf<Elements>('Collection[E]');
const numbers = membersOf<Elements>('Collection[N]');
const ordered = membersOf<Elements>('Collection[O]');
const texts = membersOf<Elements>('Collection[String]');
const pairs = membersOf<Elements>('Collection[Entry[K, V]]');

const sizeOf = (self: Elements): number => (self instanceof ValueSet ? self.size : self.length);

function contains(self: Elements, element: Value, run: Run): boolean {
  if (self instanceof ValueSet) return self.has(element, run.budget);
  return self.some((one) => equal(one, element, run.budget));
}

function nonEmpty(self: Elements): readonly Value[] {
  const elements = elementsOf(self);
  if (elements.length === 0) throw new EvaluationError('missing', 'The collection is empty');
  return elements;
}

/** The element whose key is least (`sign` 1) or greatest (-1); the first of equal ones. */
function extreme(self: Elements, key: (element: Value) => Value, sign: 1 | -1): Value {
  const [first = null, ...rest] = nonEmpty(self);
  let best = { element: first, key: ordering(key(first)) };
  for (const element of rest) {
    const one = ordering(key(element));
    if (compare(one, best.key) * sign < 0) best = { element, key: one };
  }
  return best.element;
}

function ordering(value: Value): Value {
  if (value === null) throw new EvaluationError('null', 'null cannot be ordered');
  return value;
}

function sum(self: Elements, run: Run): Value {
  const { kind } = run.type;
  return elementsOf(self).reduce<number | bigint>(
    (total, element) => calculate('+', total, numeric(element), kind),
    kind === 'long' ? 0n : 0,
  );
}

function numeric(value: Value): number | bigint {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  throw new EvaluationError('null', 'null cannot be added');
}

export function joinTexts(self: Elements, separator: string, run: Run): string {
  let made = '';
  elementsOf(self).forEach((element, index) => {
    if (typeof element !== 'string') throw new EvaluationError('null', 'null cannot be joined');
    made += index === 0 ? element : separator + element;
    run.budget.checkText(made.length);
  });
  return made;
}

export const COLLECTION: readonly Member[] = [
  collection('size: Int', 'Number of elements', sizeOf),
  collection('isEmpty: Boolean', 'Whether it has no element', (self) => sizeOf(self) === 0),
  collection('empty: Boolean', 'Whether it has no element', (self) => sizeOf(self) === 0),
  collection('nonEmpty: Boolean', 'Whether it has an element', (self) => sizeOf(self) > 0),
  collection('contains(element: E?): Boolean', 'Whether a value is in it', (self, run, element: Value) =>
    contains(self, element, run),
  ),
  collection(
    'containsAll(other: Collection[E]): Boolean',
    'Whether all values of another are in it',
    (self, run, other: Elements) => elementsOf(other).every((element) => contains(self, element, run)),
  ),
  collection(
    'containsAny(other: Collection[E]): Boolean',
    'Whether any value of another is in it',
    (self, run, other: Elements) => elementsOf(other).some((element) => contains(self, element, run)),
  ),
  collection('exists(p: E => Boolean): Boolean', 'Whether any element passes', (self, _run, p: Fn) =>
    elementsOf(self).some((element) => truth(p(element))),
  ),
  collection('forall(p: E => Boolean): Boolean', 'Whether all elements pass', (self, _run, p: Fn) =>
    elementsOf(self).every((element) => truth(p(element))),
  ),
  collection(
    'count(p: E => Boolean): Int',
    'How many elements pass',
    (self, _run, p: Fn) => elementsOf(self).filter((element) => truth(p(element))).length,
  ),
  collection(
    'find(p: E => Boolean): E',
    'The first element that passes; null if none does',
    (self, _run, p: Fn) => elementsOf(self).find((element) => truth(p(element))) ?? null,
  ),
  collection(
    'fold(z: R?)(f: (R, E) => R): R',
    'Elements combined from the first to the last, beginning with a value',
    foldLeft,
  ),
  collection(
    'anyElement: E',
    'One of the elements; fails when there is none',
    (self) => nonEmpty(self)[0] ?? null,
  ),
  ordered('min: O', 'The least element; fails when there is none', (self) =>
    extreme(self, (element) => element, 1),
  ),
  ordered('max: O', 'The greatest element; fails when there is none', (self) =>
    extreme(self, (element) => element, -1),
  ),
  collection(
    'minBy(f: E => O): E',
    'The element whose value is least; fails when there is none',
    (self, _run, f: Fn) => extreme(self, f, 1),
  ),
  collection(
    'maxBy(f: E => O): E',
    'The element whose value is greatest; fails when there is none',
    (self, _run, f: Fn) => extreme(self, f, -1),
  ),
  numbers('sum: N', 'The sum; 0 when there is none', sum),
  numbers('mean: Double', 'The mean; fails when there is none', (self) => {
    const all = nonEmpty(self).map((element) => Number(numeric(element)));
    return all.reduce((total, number) => total + number, 0) / all.length;
  }),
  texts(
    'join(separator?: String): String',
    'The texts in one, with a separator between them',
    (self, run, separator = '') => joinTexts(self, separator, run),
  ),
  collection('toList: List[E]', 'As a list', elementsOf),
  collection('toSet: Set[E]', 'As a set', (self, run) => new ValueSet(elementsOf(self), run.budget)),
  pairs(
    'toMap: Map[K, V]',
    'As a map; the last pair of a key counts',
    (self, run) =>
      new ValueMap(
        elementsOf(self).map((entry) => {
          if (!(entry instanceof Entry)) throw new EvaluationError('null', 'null is no pair');
          return entry;
        }),
        run.budget,
      ),
  ),
  ...(['List', 'Set', 'Collection'] as const).flatMap(shapeKeeping),
];

/** Methods that yield the same kind of collection as they are called on. */
function shapeKeeping(kind: 'List' | 'Set' | 'Collection'): Member[] {
  const member = membersOf<Elements>(`${kind}[E]`);
  const shaped = (self: Elements, elements: readonly Value[], run: Run): Value =>
    self instanceof ValueSet ? new ValueSet(elements, run.budget) : elements;
  return [
    member(`filter(p: E => Boolean): ${kind}[E]`, 'The elements that pass', (self, run, p: Fn) =>
      shaped(
        self,
        elementsOf(self).filter((element) => truth(p(element))),
        run,
      ),
    ),
    member(`map(f: E => R): ${kind}[R]`, 'What a function makes of each element', (self, run, f: Fn) =>
      shaped(
        self,
        elementsOf(self).map((element) => f(element)),
        run,
      ),
    ),
  ];
}

function foldLeft(self: Elements, _run: Run, z: Value, f: Fn): Value {
  return elementsOf(self).reduce<Value>((result, element) => f(result, element), z);
}

type List = readonly Value[];
const list = membersOf<List>('List[E]');
const orderedList = membersOf<List>('List[O]');

function at(self: List, _run: Run, index: number): Value {
  const element = self[index];
  if (element === undefined)
    throw new EvaluationError('missing', `The list has ${self.length} elements, no index ${index}`);
  return element;
}

function whileCount(self: List, p: Fn): number {
  const failing = self.findIndex((element) => !truth(p(element)));
  return failing < 0 ? self.length : failing;
}

/** Sorting takes more steps than going through once. */
function sorted(self: List, key: (element: Value) => Value, run: Run): Value[] {
  run.budget.charge(Math.ceil(self.length * Math.log2(self.length + 1)));
  return self
    .map((element) => ({ element, key: ordering(key(element)) }))
    .sort((a, b) => compare(a.key, b.key))
    .map(({ element }) => element);
}

export const LIST: readonly Member[] = [
  list('apply(index: Int): E', 'Element at an index from 0', at),
  list('get(index: Int): E', 'Element at an index from 0', at),
  list('take(count: Int): List[E]', 'The first elements', (self, _run, count: number) =>
    self.slice(0, Math.max(0, count)),
  ),
  list('takeRight(count: Int): List[E]', 'The last elements', (self, _run, count: number) =>
    count <= 0 ? [] : self.slice(-count),
  ),
  list('takeWhile(p: E => Boolean): List[E]', 'The first elements that pass', (self, _run, p: Fn) =>
    self.slice(0, whileCount(self, p)),
  ),
  list('drop(count: Int): List[E]', 'Without the first elements', (self, _run, count: number) =>
    self.slice(Math.max(0, count)),
  ),
  list('dropRight(count: Int): List[E]', 'Without the last elements', (self, _run, count: number) =>
    count <= 0 ? self : self.slice(0, -count),
  ),
  list('dropWhile(p: E => Boolean): List[E]', 'Without the first elements that pass', (self, _run, p: Fn) =>
    self.slice(whileCount(self, p)),
  ),
  list(
    'slice(from: Int, until: Int): List[E]',
    'From one index up to another, which is not included; bounds are adjusted',
    (self, _run, from: number, until: number) => self.slice(Math.max(0, from), Math.max(0, until)),
  ),
  list('reverse: List[E]', 'From the last to the first', (self) => self.toReversed()),
  orderedList('sorted: List[O]', 'In order', (self, run) => sorted(self, (element) => element, run)),
  list('sortBy(f: E => O): List[E]', 'In the order of what a function makes of each', (self, run, f: Fn) =>
    sorted(self, f, run),
  ),
  list('foldLeft(z: R?)(f: (R, E) => R): R', 'Combined from the first to the last', foldLeft),
  list(
    'foldRight(z: R?)(f: (E, R) => R): R',
    'Combined from the last to the first',
    (self, _run, z: Value, f: Fn) => self.reduceRight<Value>((result, element) => f(element, result), z),
  ),
];

const set = membersOf<ValueSet>('Set[E]');

export const SET: readonly Member[] = [
  set(
    'union(other: Set[E]): Set[E]',
    'Elements of both',
    (self, run, other: ValueSet) => new ValueSet([...self.values(), ...other.values()], run.budget),
  ),
  set(
    'intersect(other: Set[E]): Set[E]',
    'Elements that are in both',
    (self, run, other: ValueSet) =>
      new ValueSet(
        self.values().filter((element) => other.has(element, run.budget)),
        run.budget,
      ),
  ),
  set(
    'diff(other: Set[E]): Set[E]',
    'Elements that are not in the other',
    (self, run, other: ValueSet) =>
      new ValueSet(
        self.values().filter((element) => !other.has(element, run.budget)),
        run.budget,
      ),
  ),
];

const map = membersOf<ValueMap>('Map[K, V]');
const entry = membersOf<Entry>('Entry[K, V]');
const lookUp = (self: ValueMap, run: Run, key: Value): Value => self.get(key, run.budget)?.value ?? null;

export const MAP: readonly Member[] = [
  map('apply(key: K): V', 'Value of a key; null if it has none', lookUp),
  map('get(key: K): V', 'Value of a key; null if it has none', lookUp),
  map(
    'getOr(key: K, default: V?): V',
    'Value of a key, or another if it has none',
    (self, run, key: Value, other: Value) => lookUp(self, run, key) ?? other,
  ),
  map(
    'containsKey(key: K): Boolean',
    'Whether it has a key',
    (self, run, key: Value) => self.get(key, run.budget) !== undefined,
  ),
  map('containsValue(value: V?): Boolean', 'Whether it has a value', (self, run, value: Value) =>
    self.entries().some((one) => equal(one.value, value, run.budget)),
  ),
  map('entries: List[Entry[K, V]]', 'Its pairs', (self) => self.entries()),
  map(
    'keySet: Set[K]',
    'Its keys',
    (self, run) =>
      new ValueSet(
        self.entries().map(({ key }) => key),
        run.budget,
      ),
  ),
  map('values: List[V]', 'Its values', (self) => self.entries().map(({ value }) => value)),
  map('size: Int', 'Number of its pairs', (self) => self.size),
  map('isEmpty: Boolean', 'Whether it has no pair', (self) => self.size === 0),
  map('nonEmpty: Boolean', 'Whether it has a pair', (self) => self.size > 0),
  map(
    'filter(p: Entry[K, V] => Boolean): Map[K, V]',
    'The pairs that pass',
    (self, run, p: Fn) =>
      new ValueMap(
        self.entries().filter((one) => truth(p(one))),
        run.budget,
      ),
  ),
  map(
    'map(f: Entry[K, V] => Entry[R, S]): Map[R, S]',
    'What a function makes of each pair',
    (self, run, f: Fn) =>
      new ValueMap(
        self.entries().map((one) => {
          const made = f(one);
          if (!(made instanceof Entry)) throw new EvaluationError('null', 'null is no pair');
          return made;
        }),
        run.budget,
      ),
  ),
  entry('key: K', 'Its key', ({ key }) => key),
  entry('value: V', 'Its value', ({ value }) => value),
  entry(
    'withKey(key: R?): Entry[R, V]',
    'With another key',
    ({ value }, _run, key: Value) => new Entry(key, value),
  ),
  entry(
    'withValue(value: R?): Entry[K, R]',
    'With another value',
    ({ key }, _run, value: Value) => new Entry(key, value),
  ),
];

const bytes = membersOf<Uint8Array>('Bytes');

export const BYTES: readonly Member[] = [
  bytes('escaped: String', 'Printable characters, the rest as `\\xNN`', escapeBytes),
  bytes('hex: String', 'Hexadecimal digits', (self) => Buffer.from(self).toString('hex')),
  bytes('base64: String', 'In base64', (self) => Buffer.from(self).toString('base64')),
  bytes('decodeUTF8: String', 'Text of UTF-8', (self) => decodeText(self, 'utf-8')),
  bytes('decode(charset: String): String', 'Text of a charset', (self, _run, charset: string) =>
    decodeText(self, charset),
  ),
  bytes('asList: List[Byte]', 'The bytes as numbers from -128 to 127', (self, run) => {
    run.budget.elements(self.length);
    return Array.from(self, (byte) => (byte << 24) >> 24);
  }),
];
