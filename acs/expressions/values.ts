import type { Budget } from './limits.js';
import { EvaluationError } from './errors.js';
import { LiveQuery } from './live-query.js';

/**
 * A value of the language. Byte, Short, Int, Float and Double are numbers, Long is a bigint, Char a text of one
 * character, an enumeration's value its name. Which of them it is, is known by its static type.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Date
  | Uint8Array
  | readonly Value[]
  | ValueSet
  | ValueMap
  | Entry
  | LiveQuery
  | ContextValue;

/** A context (`device`, `task` …), a query or a record: the API table says what can be done with a value of its type. */
export class ContextValue {
  constructor(
    readonly type: string,
    readonly view: unknown,
  ) {}
}

/** A pair, and what maps are made of. */
export class Entry {
  constructor(
    readonly key: Value,
    readonly value: Value,
  ) {}
}

/** A set by value; remembers the order in which its elements came. */
export class ValueSet {
  readonly #elements: ReadonlyMap<string, Value>;

  constructor(elements: Iterable<Value>, budget: Budget) {
    const map = new Map<string, Value>();
    for (const element of elements) {
      const key = keyOf(element, budget);
      if (!map.has(key)) map.set(key, element);
    }
    this.#elements = map;
    budget.elements(map.size);
  }

  get size(): number {
    return this.#elements.size;
  }

  has(element: Value, budget: Budget): boolean {
    return this.#elements.has(keyOf(element, budget));
  }

  values(): Value[] {
    return [...this.#elements.values()];
  }
}

/** A map by value; the last entry of a key wins, in the place of the first. */
export class ValueMap {
  readonly #entries: ReadonlyMap<string, Entry>;

  constructor(entries: Iterable<Entry>, budget: Budget) {
    const map = new Map<string, Entry>();
    for (const entry of entries) map.set(keyOf(entry.key, budget), entry);
    this.#entries = map;
    budget.elements(map.size);
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Value, budget: Budget): Entry | undefined {
    return this.#entries.get(keyOf(key, budget));
  }

  entries(): Entry[] {
    return [...this.#entries.values()];
  }
}

/** The elements of a list or a set. */
export function elementsOf(value: ValueSet | readonly Value[]): readonly Value[] {
  return value instanceof ValueSet ? value.values() : value;
}

/** A text that is the same for equal values only; numbers of all types compare after widening. */
export function keyOf(value: Value, budget: Budget): string {
  if (value === null) return '0';
  if (typeof value === 'string') {
    budget.text(value.length);
    return `s${value.length}:${value}`;
  }
  if (typeof value === 'boolean') return value ? 't' : 'f';
  if (isNumeric(value)) return `n${Object.is(value, -0) ? '0' : String(value)}`;
  return compoundKey(value, budget);
}

function compoundKey(
  value: Exclude<Value, null | string | number | bigint | boolean>,
  budget: Budget,
): string {
  if (value instanceof Date) return `d${value.getTime()}`;
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString('base64')}`;
  if (value instanceof ContextValue || value instanceof LiveQuery)
    throw new EvaluationError('argument', 'Contexts and queries cannot be compared');
  budget.enter();
  const parts = inner(value, budget);
  if (value instanceof ValueSet || value instanceof ValueMap) parts.sort();
  const key = `${value instanceof ValueSet ? 'S' : value instanceof ValueMap ? 'M' : value instanceof Entry ? 'E' : 'L'}(${parts.join(',')})`;
  budget.leave();
  budget.text(key.length);
  return key;
}

function inner(value: readonly Value[] | ValueSet | ValueMap | Entry, budget: Budget): string[] {
  const keys: string[] = [];
  let total = 0;
  for (const part of partsOf(value)) {
    budget.charge(1);
    const key = keyOf(part, budget);
    total += key.length;
    budget.checkText(total);
    keys.push(key);
  }
  return keys;
}

/** What a compound value is made of. */
function partsOf(value: readonly Value[] | ValueSet | ValueMap | Entry): readonly Value[] {
  if (value instanceof ValueSet) return value.values();
  if (value instanceof ValueMap) return value.entries();
  return value instanceof Entry ? [value.key, value.value] : value;
}

/** Equality by value, null allowed; numbers of all types compare after widening. */
export function equal(a: Value, b: Value, budget: Budget): boolean {
  budget.charge(1);
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (typeof a === 'string' || typeof b === 'string') return false;
  // eslint-disable-next-line eqeqeq -- of numbers alone: a bigint and a number are compared exactly only by ==.
  if (isNumeric(a) && isNumeric(b)) return a == b;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime();
  if (a instanceof Uint8Array && b instanceof Uint8Array) return Buffer.compare(a, b) === 0;
  if (a instanceof ContextValue || b instanceof ContextValue)
    return a instanceof ContextValue && b instanceof ContextValue && a.type === b.type && a.view === b.view;
  if (a instanceof LiveQuery || b instanceof LiveQuery) return false;
  return keyOf(a, budget) === keyOf(b, budget);
}

const isNumeric = (value: Value): value is number | bigint =>
  typeof value === 'number' || typeof value === 'bigint';

/** By code points, as text is ordered (expressions.md §3). */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left === right) continue;
    // Halves of surrogate pairs stand for code points above all others.
    const leftHigh = isSurrogate(left);
    if (leftHigh !== isSurrogate(right)) return leftHigh ? 1 : -1;
    return left < right ? -1 : 1;
  }
  return Math.sign(a.length - b.length);
}

const isSurrogate = (unit: number): boolean => (unit & 0xf800) === 0xd800;

/** -1, 0 or 1 of two values of one ordered type: numbers, texts, dates, Booleans (true > false). */
export function compare(a: Value, b: Value): number {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b);
  const left = a instanceof Date ? a.getTime() : a;
  const right = b instanceof Date ? b.getTime() : b;
  if (left === null || right === null) throw new EvaluationError('null', 'null cannot be ordered');
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A value of the host as one of the language: for contexts that hold values of any type. */
export function toValue(given: unknown, budget: Budget): Value {
  if (given === null || given === undefined) return null;
  if (typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean') return given;
  if (typeof given === 'bigint') return BigInt.asIntN(64, given);
  if (given instanceof Date || given instanceof Uint8Array) return given;
  if (Array.isArray(given) || given instanceof Map || typeof given === 'object')
    return compoundValue(given, budget);
  throw new EvaluationError('argument', `A ${typeof given} is no value`);
}

function compoundValue(given: object, budget: Budget): Value {
  budget.enter();
  const value = Array.isArray(given)
    ? (budget.elements(given.length), given.map((part: unknown) => toValue(part, budget)))
    : new ValueMap(
        (given instanceof Map ? [...given] : Object.entries(given)).map(
          ([key, part]: [unknown, unknown]) => new Entry(toValue(key, budget), toValue(part, budget)),
        ),
        budget,
      );
  budget.leave();
  return value;
}
