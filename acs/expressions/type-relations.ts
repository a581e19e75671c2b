import { T, type Type } from './types.js';

/** From the narrowest to the most general (expressions.md §3). */
const NUMBERS = ['byte', 'short', 'int', 'long', 'float', 'double'];

export const isNumber = (type: Type): boolean => NUMBERS.includes(type.kind);

/** What `<` and `sorted` take. */
export function isOrdered(type: Type): boolean {
  return isNumber(type) || ['string', 'char', 'date', 'boolean', 'null'].includes(type.kind);
}

/** Whether a value has a text (expressions.md §1, 4). Of `Any` it is seen when the value is known. */
export function hasTextForm(type: Type): boolean {
  return isNumber(type) || ['any', 'null', 'boolean', 'char', 'string', 'date', 'enum'].includes(type.kind);
}

export function sameType(a: Type, b: Type): boolean {
  return conforms(a, b) && conforms(b, a) && a.kind === b.kind;
}

/** Whether a value of `type` may stand where `expected` is wanted; numbers widen, collections follow their elements. */
export function conforms(type: Type, expected: Type): boolean {
  if (expected.kind === 'any' || type.kind === 'null') return true;
  if (isNumber(type) && isNumber(expected))
    return NUMBERS.indexOf(type.kind) <= NUMBERS.indexOf(expected.kind);
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'collection':
      return (
        (expected.kind === type.kind || expected.kind === 'collection') &&
        conforms(type.element, expected.element)
      );
    case 'map':
    case 'entry':
      return (
        expected.kind === type.kind &&
        conforms(type.key, expected.key) &&
        conforms(type.value, expected.value)
      );
    case 'enum':
    case 'object':
    case 'variable':
      return expected.kind === type.kind && expected.name === type.name;
    case 'function':
      return false;
    default:
      return expected.kind === type.kind;
  }
}

/** The narrowest type that both conform to; `Any` when they have nothing in common. */
export function commonSupertype(a: Type, b: Type): Type {
  if (conforms(a, b)) return b;
  if (conforms(b, a)) return a;
  if (isCollection(a) && isCollection(b)) {
    const element = commonSupertype(a.element, b.element);
    return a.kind === b.kind ? { kind: a.kind, element } : T.collection(element);
  }
  if ((a.kind === 'map' || a.kind === 'entry') && a.kind === b.kind)
    return {
      kind: a.kind,
      key: commonSupertype(a.key, b.key),
      value: commonSupertype(a.value, b.value),
    };
  return T.any;
}

/** Whether `==` between them can ever be true: one conforms to the other, or they share more than `Any`. */
export function related(a: Type, b: Type): boolean {
  if (a.kind === 'any' || b.kind === 'any') return true;
  return !introducesAny(commonSupertype(a, b), a, b);
}

/** Whether a common supertype has an `Any` that neither side has of its own. */
function introducesAny(joined: Type, a: Type, b: Type): boolean {
  if (joined.kind === 'any') return a.kind !== 'any' && b.kind !== 'any';
  if (isCollection(joined))
    return isCollection(a) && isCollection(b) && introducesAny(joined.element, a.element, b.element);
  if (joined.kind !== 'map' && joined.kind !== 'entry') return false;
  if (a.kind !== joined.kind || b.kind !== joined.kind) return false;
  return introducesAny(joined.key, a.key, b.key) || introducesAny(joined.value, a.value, b.value);
}

export function isCollection(type: Type): type is Extract<Type, { kind: 'list' | 'set' | 'collection' }> {
  return type.kind === 'list' || type.kind === 'set' || type.kind === 'collection';
}

/** The type with its variables replaced; one that is not bound yet becomes `Any`, or stays when `keep` is set. */
export function substitute(type: Type, bound: ReadonlyMap<string, Type>, keep = false): Type {
  const inner = (part: Type): Type => substitute(part, bound, keep);
  switch (type.kind) {
    case 'variable':
      return bound.get(type.name) ?? (keep ? type : T.any);
    case 'list':
    case 'set':
    case 'collection':
      return { kind: type.kind, element: inner(type.element) };
    case 'map':
    case 'entry':
      return { kind: type.kind, key: inner(type.key), value: inner(type.value) };
    case 'function':
      return { kind: 'function', parameters: type.parameters.map(inner), result: inner(type.result) };
    default:
      return type;
  }
}

const BOUNDS: Readonly<Record<string, (type: Type) => boolean>> = {
  N: isNumber,
  O: isOrdered,
  X: hasTextForm,
};

/**
 * Binds the variables of `pattern` so that `type` conforms to it; a variable met again takes the common supertype.
 * False when the shapes differ, when types that have nothing in common meet in one variable (only `A` takes all), or when
 * the variable is one of numbers (`N`), of what can be ordered (`O`) or of what has a text (`X`) and the type is not.
 */
export function bind(pattern: Type, type: Type, bound: Map<string, Type>): boolean {
  if (pattern.kind === 'variable') {
    if (Object.hasOwn(BOUNDS, pattern.name) && BOUNDS[pattern.name]?.(type) === false) return false;
    const before = bound.get(pattern.name);
    const joined = before ? commonSupertype(before, type) : type;
    if (before && pattern.name !== 'A' && introducesAny(joined, before, type)) return false;
    bound.set(pattern.name, joined);
    return true;
  }
  if (type.kind === 'null') {
    bindAll(pattern, bound);
    return true;
  }
  if (isCollection(pattern))
    return (
      isCollection(type) &&
      (pattern.kind === 'collection' || pattern.kind === type.kind) &&
      bind(pattern.element, type.element, bound)
    );
  if (pattern.kind === 'map' || pattern.kind === 'entry')
    return (
      type.kind === pattern.kind &&
      bind(pattern.key, type.key, bound) &&
      bind(pattern.value, type.value, bound)
    );
  return conforms(type, pattern);
}

/** A null where a type with variables is wanted says nothing about them. */
function bindAll(pattern: Type, bound: Map<string, Type>): void {
  if (pattern.kind === 'variable' && !bound.has(pattern.name)) bound.set(pattern.name, T.null);
  else if (isCollection(pattern)) bindAll(pattern.element, bound);
  else if (pattern.kind === 'map' || pattern.kind === 'entry') {
    bindAll(pattern.key, bound);
    bindAll(pattern.value, bound);
  }
}
