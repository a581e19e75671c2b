import { inDomain } from '../../common/domains.js';
import { ValidationError } from '../../common/errors.js';
import { addressSortKey, normalMac } from './addresses.js';
import { isCostly } from './pattern-cost.js';
import { storedKey } from './stored-keys.js';

/** A field of a filter: `model`, or `property["site"]` with a key. */
export interface FieldRef {
  name: string;
  key?: string;
}

export type FilterValue = string | number | boolean | Date | null;

export type CompareOperator = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';
export type TextOperator = 'contains' | 'startsWith' | 'matches';

/**
 * The small filter language (northbound.md §3) as parsed. `in` with one value asks whether a set (`group`, `tag`) has
 * that member; with several, whether the field is one of them. `matches` is a regular expression over the whole text.
 */
export type FilterNode =
  | { op: 'and' | 'or'; nodes: FilterNode[] }
  | { op: 'not'; node: FilterNode }
  | { op: CompareOperator; field: FieldRef; value: FilterValue }
  | { op: TextOperator; field: FieldRef; value: string }
  | { op: 'in'; field: FieldRef; values: FilterValue[] }
  | { op: 'exists'; field: FieldRef };

export type MongoFilter = Record<string, unknown>;

/** How a field of a filter is stored; the kind says which operators and values it takes. */
export type FieldRule =
  | { kind: 'text' | 'date' | 'number' | 'boolean' | 'mac'; path: string }
  /** A list of texts. `tree`: members are dotted names and a member counts as one of all its parents too. */
  | { kind: 'set'; path: string; tree?: boolean }
  /** A map by name; needs a key. */
  | { kind: 'map'; path: string }
  /** An address with a sort key of its own and a second field that stands in while the first is null. */
  | { kind: 'address'; path: string; sortKey: string; fallback: string }
  /** One of a few words that stand in an order; a number means its place in it, from 0. */
  | { kind: 'ranked'; path: string; values: readonly string[] }
  /** Derived, not stored: the conditions are made for each of its few values. */
  | { kind: 'derived'; values: Readonly<Record<string, MongoFilter>> };

export type FieldMap = Readonly<Record<string, FieldRule>>;

type Leaf = Exclude<FilterNode, { op: 'and' | 'or' | 'not' }>;

const MAX_PATTERN = 200;
const MONGO = { lt: '$lt', le: '$lte', gt: '$gt', ge: '$gte' } as const;
/** Matches nothing and everything, on every engine. */
const NOTHING: MongoFilter = { _id: { $in: [] } };
const ANYTHING: MongoFilter = {};

/**
 * The condition for a filter. Text compares exactly in `eq`, `ne`, `in`, `lt` …, without regard to case in `contains`,
 * `startsWith` and `matches`. Throws `ValidationError` for an unknown field, an operator that the field does not take,
 * a value of the wrong type or a bad pattern.
 */
export function toMongo(node: FilterNode, fields: FieldMap): MongoFilter {
  switch (node.op) {
    case 'and':
      return node.nodes.length === 0 ? ANYTHING : { $and: node.nodes.map((part) => toMongo(part, fields)) };
    case 'or':
      return node.nodes.length === 0 ? NOTHING : { $or: node.nodes.map((part) => toMongo(part, fields)) };
    case 'not':
      return { $nor: [toMongo(node.node, fields)] };
    default:
      return leaf(node, ruleOf(node.field, fields));
  }
}

function ruleOf(field: FieldRef, fields: FieldMap): FieldRule {
  const rule = Object.hasOwn(fields, field.name) ? fields[field.name] : undefined;
  if (!rule)
    throw wrong(`There is no field ${field.name}; fields are ${Object.keys(fields).sort().join(', ')}`);
  if (rule.kind !== 'map') {
    if (field.key !== undefined) throw wrong(`The field ${field.name} takes no key`);
    return rule;
  }
  if (field.key === undefined) throw wrong(`The field ${field.name} needs a key: ${field.name}["name"]`);
  return { kind: 'text', path: `${rule.path}.${storedKey(field.key)}` };
}

function leaf(node: Leaf, rule: FieldRule): MongoFilter {
  switch (rule.kind) {
    case 'derived':
      return derived(node, rule.values);
    case 'ranked':
      return ranked(node, rule);
    case 'set':
      return ofSet(node, rule.path, rule.tree ?? false);
    case 'address':
      return ofAddress(node, rule);
    case 'map':
      throw wrong(`The field ${node.field.name} needs a key`);
    case 'text':
    case 'mac':
    case 'date':
    case 'number':
    case 'boolean':
      return scalar(node, rule.path, rule.kind);
  }
}

type ScalarKind = 'text' | 'mac' | 'date' | 'number' | 'boolean';

function scalar(node: Leaf, path: string, kind: ScalarKind): MongoFilter {
  switch (node.op) {
    case 'exists':
      // Empty text is what a field has that was never filled in.
      return { [path]: { $nin: kind === 'text' || kind === 'mac' ? [null, ''] : [null] } };
    case 'eq':
      return { [path]: typed(node.value, kind, node) };
    case 'ne':
      return { [path]: { $ne: typed(node.value, kind, node) } };
    case 'in':
      return { [path]: { $in: node.values.map((value) => typed(value, kind, node)) } };
    case 'lt':
    case 'le':
    case 'gt':
    case 'ge': {
      if (kind === 'boolean' || node.value === null) throw unfit(node);
      return { [path]: { [MONGO[node.op]]: typed(node.value, kind, node) } };
    }
    case 'contains':
    case 'startsWith':
    case 'matches':
      if (kind !== 'text' && kind !== 'mac') throw unfit(node);
      return {
        [path]: pattern(node.op, kind === 'mac' && node.op !== 'matches' ? macPart(node.value) : node.value),
      };
  }
}

function typed(value: FilterValue, kind: ScalarKind, node: Leaf): FilterValue {
  if (value === null) return null;
  switch (kind) {
    case 'text':
      return value instanceof Date ? value.toISOString() : String(value);
    case 'mac':
      return normalMac(String(value));
    case 'number': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof number === 'number' && Number.isFinite(number)) return number;
      break;
    }
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (value === 'true' || value === 'false') return value === 'true';
      break;
    case 'date': {
      const date = value instanceof Date ? value : typeof value === 'string' ? new Date(value) : null;
      if (date && !Number.isNaN(date.getTime())) return date;
      break;
    }
  }
  throw wrong(`The field ${node.field.name} is compared with a ${kind}, not with ${JSON.stringify(value)}`);
}

function derived(node: Leaf, values: Readonly<Record<string, MongoFilter>>): MongoFilter {
  const conditionOf = (value: FilterValue): MongoFilter => {
    const condition = typeof value === 'string' && Object.hasOwn(values, value) ? values[value] : undefined;
    if (condition) return condition;
    throw wrong(`The field ${node.field.name} is one of ${Object.keys(values).join(', ')}`);
  };
  switch (node.op) {
    case 'eq':
      return conditionOf(node.value);
    case 'ne':
      return { $nor: [conditionOf(node.value)] };
    case 'in':
      return node.values.length === 0 ? NOTHING : { $or: node.values.map(conditionOf) };
    case 'exists':
      return ANYTHING;
    default:
      throw unfit(node);
  }
}

function ranked(node: Leaf, { path, values }: { path: string; values: readonly string[] }): MongoFilter {
  const rankOf = (value: FilterValue): number => {
    const rank = typeof value === 'number' ? value : values.indexOf(String(value));
    if (values[rank] !== undefined) return rank;
    throw wrong(`The field ${node.field.name} is one of ${values.join(', ')}, or a number from 0`);
  };
  const among = (holds: (rank: number) => boolean): MongoFilter => ({
    [path]: { $in: values.filter((_value, rank) => holds(rank)) },
  });
  switch (node.op) {
    case 'exists':
      return ANYTHING;
    case 'in': {
      const ranks = node.values.map(rankOf);
      return among((rank) => ranks.includes(rank));
    }
    case 'contains':
    case 'startsWith':
    case 'matches':
      throw unfit(node);
    default: {
      const { op } = node;
      const wanted = rankOf(node.value);
      return among((rank) => COMPARES[op](rank, wanted));
    }
  }
}

const COMPARES: Readonly<Record<CompareOperator, (a: number, b: number) => boolean>> = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
};

function ofSet(node: Leaf, path: string, tree: boolean): MongoFilter {
  const member = (value: FilterValue): MongoFilter => {
    if (typeof value !== 'string') throw wrong(`The field ${node.field.name} has texts as members`);
    if (!tree) return { [path]: value };
    // Two branches, so that each is a range of the index: MongoDB finds none in a pattern with alternatives.
    return { $or: [{ [path]: value }, { [path]: { $regex: `^${escapeRegex(value)}\\.` } }] };
  };
  switch (node.op) {
    case 'eq':
    case 'contains':
      return member(node.value);
    case 'ne':
      return { $nor: [member(node.value)] };
    case 'in':
      return node.values.length === 0 ? NOTHING : { $or: node.values.map(member) };
    case 'exists':
      return { [`${path}.0`]: { $exists: true } };
    case 'startsWith':
    case 'matches':
      return { [path]: pattern(node.op, node.value) };
    default:
      throw unfit(node);
  }
}

/** On the address itself, or on the one that stands in for it. */
function ofAddress(node: Leaf, rule: { path: string; sortKey: string; fallback: string }): MongoFilter {
  if (node.op === 'lt' || node.op === 'le' || node.op === 'gt' || node.op === 'ge') {
    if (typeof node.value !== 'string') throw unfit(node);
    return { [rule.sortKey]: { [MONGO[node.op]]: addressSortKey(node.value) } };
  }
  if (node.op === 'ne') return { $nor: [ofAddress({ ...node, op: 'eq' }, rule)] };
  return {
    $or: [
      { $and: [{ [rule.path]: { $ne: null } }, scalar(node, rule.path, 'text')] },
      { $and: [{ [rule.path]: null }, scalar(node, rule.fallback, 'text')] },
    ],
  };
}

/** A regular expression without regard to case; of the user's text nothing but `matches` is read as a pattern. */
export function pattern(operator: TextOperator, text: string): MongoFilter {
  switch (operator) {
    case 'contains':
      return { $regex: escapeRegex(text), $options: 'i' };
    case 'startsWith':
      return { $regex: `^${escapeRegex(text)}`, $options: 'i' };
    case 'matches':
      return { $regex: `^(?:${checkedPattern(text)})$`, $options: 'i' };
  }
}

/** Objects of this domain, which ends with a slash, and of those below it. */
export function domainCondition(view: string): MongoFilter {
  const within = inDomain(view);
  return within ? { domain: within } : {};
}

export function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

/** What the store's engine would choke on, or run for ever on, is refused here. */
function checkedPattern(text: string): string {
  if (text.length > MAX_PATTERN) throw wrong(`A pattern has at most ${MAX_PATTERN} characters`);
  if (/\(\?[=!<]|\\[1-9k]/.test(text)) throw wrong('A pattern has no look-around and no back-reference');
  try {
    new RegExp(text);
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : 'The pattern is no regular expression');
  }
  if (isCostly(text))
    throw wrong('A pattern may not repeat a group, as in (a|b)*, and has at most two of * and +');
  return text;
}

/** Part of a MAC address as it lies in the store: with colons, in pairs from the front. */
export function macPart(text: string): string {
  const digits = text.replace(/[-:. ]/g, '');
  return /^[0-9A-Fa-f]{2,12}$/.test(digits) && !text.includes(':') ? digits.replace(/..(?=.)/g, '$&:') : text;
}

function unfit(node: Leaf): ValidationError {
  return wrong(`The field ${node.field.name} does not take the operator ${node.op}`);
}

function wrong(message: string): ValidationError {
  return ValidationError.of('/filter', message);
}
