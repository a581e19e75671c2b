import type { Expression } from './compile.js';
import { EvaluationError } from './errors.js';
import { evaluate } from './evaluator.js';
import type { Environment } from './environment.js';
import { Run } from './run.js';
import type { Typed } from './typed.js';
import type { Value } from './values.js';

export type MongoCondition = Record<string, unknown>;

/** How a field is stored. Its values must be those that the row-by-row view shows; a missing one is shown as null. */
export interface MongoField {
  readonly path: string;
  /** `set`: an array of texts, shown as an empty one when missing. */
  readonly kind: 'text' | 'number' | 'boolean' | 'date' | 'set';
}

/** Which names of an expression are fields of a document. What is not named is evaluated row by row. */
export interface MongoFieldMap {
  /** By `device.softwareVersion`, `task.priority`; null is no field. */
  readonly fields: Readonly<Record<string, MongoField>>;
  /** By `device.property`: path of the text that belongs to a name; null when that cannot be addressed. */
  readonly maps?: Readonly<Record<string, (name: string) => string | null>>;
  /** Names of the set behind `device.isInGroup(g)`: `device.groups`. */
  readonly members?: Readonly<Record<string, string>>;
}

export interface MongoPart {
  /** Holds for all documents for which the expression is true. */
  readonly filter: MongoCondition;
  /** To be evaluated for each document that passes the filter; null when the filter says all. */
  readonly rest: Expression | null;
}

/** When an expression is true and when it is false; what fails is neither. Undefined: cannot be said. */
interface Truth {
  readonly whenTrue: MongoCondition | undefined;
  readonly whenFalse: MongoCondition | undefined;
  /** Whether the conditions hold for no more documents than they should. */
  readonly exact: boolean;
}

const NOTHING: MongoCondition = { _id: { $in: [] } };
const ANYTHING: MongoCondition = {};
const UNKNOWN: Truth = { whenTrue: undefined, whenFalse: undefined, exact: false };

/**
 * As much of a search's Boolean expression as the database can decide (tasks.md §8.2). A row for which the expression is
 * false or fails is not found. Constant parts are evaluated in the environment: of that, only time and zone are needed.
 * Null when nothing can be pushed down.
 */
export function toMongoFilter(
  expression: Expression,
  fieldMap: MongoFieldMap,
  environment: Pick<Environment, 'now' | 'zone'>,
): MongoPart | null {
  const { tree } = expression;
  if (expression.type.kind !== 'boolean') return null;
  const truth = tree
    ? new Translation(fieldMap, environment).truthOf(tree)
    : constantTruth(expression.evaluate(environment));
  if (truth.whenTrue === undefined) return null;
  return { filter: truth.whenTrue, rest: truth.exact ? null : expression };
}

function constantTruth(value: Value): Truth {
  if (value !== true && value !== false) return { whenTrue: NOTHING, whenFalse: NOTHING, exact: true };
  return value
    ? { whenTrue: ANYTHING, whenFalse: NOTHING, exact: true }
    : { whenTrue: NOTHING, whenFalse: ANYTHING, exact: true };
}

const exactly = (whenTrue: MongoCondition, whenFalse: MongoCondition): Truth => ({
  whenTrue,
  whenFalse,
  exact: true,
});

function both(a: MongoCondition | undefined, b: MongoCondition | undefined): MongoCondition | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return { $and: [a, b] };
}

function either(a: MongoCondition | undefined, b: MongoCondition | undefined): MongoCondition | undefined {
  return a === undefined || b === undefined ? undefined : { $or: [a, b] };
}

class Translation {
  constructor(
    readonly map: MongoFieldMap,
    readonly environment: Pick<Environment, 'now' | 'zone'>,
  ) {}

  truthOf(node: Typed): Truth {
    switch (node.kind) {
      case 'and':
        return this.#and(this.truthOf(node.left), this.truthOf(node.right));
      case 'or':
        return this.#or(this.truthOf(node.left), this.truthOf(node.right));
      case 'not':
        return negated(this.truthOf(node.operand));
      case 'equals': {
        const truth = this.#equals(node.left, node.right) ?? this.#equals(node.right, node.left) ?? UNKNOWN;
        return node.negated ? negated(truth) : truth;
      }
      case 'order':
        return this.#order(node) ?? this.#constant(node);
      case 'call':
        return this.#call(node) ?? this.#constant(node);
      default:
        return this.#constant(node);
    }
  }

  /** The left side is looked at first: if it is false the right one does not count, if it fails nothing does. */
  #and(a: Truth, b: Truth): Truth {
    return {
      whenTrue: both(a.whenTrue, b.whenTrue),
      whenFalse: b.whenFalse && either(a.whenFalse, both(a.whenTrue, b.whenFalse)),
      exact: a.exact && b.exact,
    };
  }

  #or(a: Truth, b: Truth): Truth {
    return {
      whenTrue: b.whenTrue && either(a.whenTrue, both(a.whenFalse, b.whenTrue)),
      whenFalse: both(a.whenFalse, b.whenFalse),
      exact: a.exact && b.exact,
    };
  }

  #equals(side: Typed, other: Typed): Truth | null {
    const field = this.#field(side);
    if (!field || field.kind === 'set') return null;
    const wanted = this.#operand(other);
    if (wanted === undefined) return null;
    return exactly({ [field.path]: { $eq: wanted } }, { [field.path]: { $ne: wanted } });
  }

  /** Of numbers and dates; texts are not ordered alike by all engines. */
  #order(node: Extract<Typed, { kind: 'order' }>): Truth | null {
    const direct = this.#field(node.left);
    const field = direct ?? this.#field(node.right);
    const wanted = this.#operand(direct ? node.right : node.left);
    if (!field || (field.kind !== 'number' && field.kind !== 'date')) return null;
    if (wanted === undefined || wanted === null || Number.isNaN(wanted)) return null;
    const operator = direct ? node.operator : MIRRORED[node.operator];
    return exactly(
      { [field.path]: { [MONGO[operator]]: wanted } },
      { [field.path]: { [MONGO[OPPOSITE[operator]]]: wanted } },
    );
  }

  #call(node: Extract<Typed, { kind: 'call' }>): Truth | null {
    const field = this.#field(node);
    if (field?.kind === 'boolean') return exactly({ [field.path]: true }, { [field.path]: false });
    if (!node.target) return null;
    return this.#membership(node) ?? this.#hasProperty(node) ?? this.#textTest(node) ?? this.#oneOf(node);
  }

  /** `device.isInGroup('x')`, `device.groups.contains('x')`. */
  #membership(node: Extract<Typed, { kind: 'call' }>): Truth | null {
    const name = pathOf(node);
    const behind = name === null ? undefined : own(this.map.members, name);
    const field =
      behind === undefined
        ? node.member.name === 'contains' && node.target
          ? this.#field(node.target)
          : null
        : own(this.map.fields, behind);
    if (field?.kind !== 'set') return null;
    const [argument] = node.args;
    const wanted = argument && argument.node.kind !== 'lambda' ? this.#operand(argument.node) : undefined;
    if (typeof wanted !== 'string') return null;
    return exactly({ [field.path]: wanted }, { [field.path]: { $ne: wanted } });
  }

  #hasProperty(node: Extract<Typed, { kind: 'call' }>): Truth | null {
    if (node.member.name !== 'hasProperty') return null;
    const path = this.#mapPath(node);
    return path === null ? null : exactly({ [path]: { $exists: true } }, { [path]: { $exists: false } });
  }

  #textTest(node: Extract<Typed, { kind: 'call' }>): Truth | null {
    const field = node.target && this.#field(node.target);
    if (field?.kind !== 'text') return null;
    const { name } = node.member;
    if (name === 'isEmpty' || name === 'empty' || name === 'nonEmpty') {
      const truth = exactly({ [field.path]: '' }, { [field.path]: { $nin: ['', null] } });
      return name === 'nonEmpty' ? negated(truth) : truth;
    }
    const [argument] = node.args;
    const wanted = argument && argument.node.kind !== 'lambda' ? this.#operand(argument.node) : undefined;
    const pattern = typeof wanted === 'string' ? patternFor(name, wanted) : null;
    if (pattern === null || node.args.length !== 1) return null;
    return exactly(
      { [field.path]: { $regex: pattern } },
      { $and: [{ [field.path]: { $ne: null } }, { [field.path]: { $not: { $regex: pattern } } }] },
    );
  }

  /** `list('a', 'b').contains(device.x)`. */
  #oneOf(node: Extract<Typed, { kind: 'call' }>): Truth | null {
    const [argument] = node.args;
    if (node.member.name !== 'contains' || !argument || argument.node.kind === 'lambda' || !node.target)
      return null;
    const field = this.#field(argument.node);
    if (!field || field.kind === 'set' || node.target.type.kind !== 'list') return null;
    const list = this.#value(node.target);
    if (!Array.isArray(list)) return null;
    const wanted = list.map((one: Value) => operandOf(one));
    if (wanted.includes(undefined)) return null;
    return exactly({ [field.path]: { $in: wanted } }, { [field.path]: { $nin: wanted } });
  }

  #constant(node: Typed): Truth {
    const value = this.#value(node);
    return value === undefined ? UNKNOWN : constantTruth(value);
  }

  #field(node: Typed): MongoField | undefined {
    const name = pathOf(node);
    const field = name === null ? undefined : own(this.map.fields, name);
    if (field) return field;
    const path = this.#mapPath(node);
    return path === null ? undefined : { path, kind: 'text' };
  }

  /** Path for `device.property.x`, `device.getProperty('x')` and `device.hasProperty('x')`. */
  #mapPath(node: Typed): string | null {
    if (node.kind === 'dynamic') return this.#pathIn(pathOf(node.target), node.name);
    if (node.kind !== 'call' || !node.target) return null;
    const { name } = node.member;
    if ((name !== 'getProperty' && name !== 'hasProperty') || node.args.length !== 1) return null;
    const [argument] = node.args;
    const wanted = argument && argument.node.kind !== 'lambda' ? this.#value(argument.node) : undefined;
    const owner = pathOf(node.target);
    return typeof wanted === 'string' && owner !== null ? this.#pathIn(`${owner}.property`, wanted) : null;
  }

  #pathIn(owner: string | null, name: string): string | null {
    return (owner === null ? undefined : own(this.map.maps, owner))?.(name) ?? null;
  }

  #operand(node: Typed): unknown {
    const value = this.#value(node);
    return value === undefined ? undefined : operandOf(value);
  }

  /** Value of a part that looks at no row; undefined when it does or when it fails. */
  #value(node: Typed): Value | undefined {
    if (!isClosed(node)) return undefined;
    try {
      return evaluate(node, new Run(this.environment));
    } catch (error) {
      if (error instanceof EvaluationError) return undefined;
      throw error;
    }
  }
}

const negated = ({ whenTrue, whenFalse, exact }: Truth): Truth => ({
  whenTrue: whenFalse,
  whenFalse: whenTrue,
  exact,
});

const MONGO = { '<': '$lt', '<=': '$lte', '>': '$gt', '>=': '$gte' } as const;
const OPPOSITE = { '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const;
const MIRRORED = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

function own<Of>(table: Readonly<Record<string, Of>> | undefined, name: string): Of | undefined {
  return table && Object.hasOwn(table, name) ? table[name] : undefined;
}

/** What the database can compare with; undefined for what it holds differently. */
function operandOf(value: Value): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : undefined;
  }
  if (typeof value === 'string') return !/[\u0000\p{Surrogate}]/u.test(value) ? value : undefined;
  if (value === null || typeof value === 'number' || typeof value === 'boolean' || value instanceof Date)
    return value;
  return undefined;
}

/** Means the same to the engines of MongoDB and of JavaScript: `$` would also match before a last line end. */
function patternFor(method: string, wanted: string): string | null {
  const literal = wanted.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  if (method === 'contains') return literal;
  if (method === 'startsWith') return `^${literal}`;
  // A dollar would also match before a last line end; this end every engine reads alike.
  return method === 'endsWith' ? `${literal}(?![\\d\\D])` : null;
}

/** `device.softwareVersion` for a context's member without arguments; null for everything else. */
function pathOf(node: Typed): string | null {
  if (node.kind !== 'call') return null;
  const { context, name } = node.member;
  if (!node.target) return context === undefined ? null : name;
  const owner = node.target.kind === 'call' && !node.target.target ? pathOf(node.target) : null;
  return owner === null ? null : `${owner}.${name}`;
}

/** Whether a part can be known without looking at a row. */
function isClosed(node: Typed): boolean {
  switch (node.kind) {
    case 'constant':
      return true;
    case 'call':
      return (
        node.member.context === undefined &&
        node.member.random === undefined &&
        (node.target === null || isClosed(node.target)) &&
        node.args.every(
          (argument) =>
            argument === undefined || (argument.node.kind !== 'lambda' && isClosed(argument.node)),
        )
      );
    case 'if':
      return isClosed(node.condition) && isClosed(node.then) && isClosed(node.otherwise);
    case 'local':
    case 'variable':
    case 'dynamic':
      return false;
    default:
      return 'operand' in node ? isClosed(node.operand) : isClosed(node.left) && isClosed(node.right);
  }
}
