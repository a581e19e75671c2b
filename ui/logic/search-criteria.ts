import {
  operatorsOf,
  SEARCH_FIELDS,
  searchField,
  type SearchedList,
  type SearchField,
  type SearchOperator,
} from './search-fields.js';

/** One condition of an advanced search; all of them must hold. */
export interface Criterion {
  field: string;
  /** Of a map: which entry. */
  key: string;
  operator: SearchOperator;
  /** Text as typed; of a date what a field for local time holds: `2026-03-01T12:30`. */
  value: string;
}

/** A new condition on a field, by its usual operator. */
export function newCriterion(
  list: SearchedList,
  name: string = SEARCH_FIELDS[list][0]?.name ?? '',
): Criterion {
  const found = searchField(list, name);
  const value = found?.kind === 'boolean' ? 'true' : (found?.choices?.[0]?.[0] ?? '');
  return { field: name, key: '', operator: operatorsOf(found?.kind ?? 'text')[0]?.value ?? 'eq', value };
}

/** What is still to be filled in, or null. Equality with nothing asks whether there is anything. */
export function missing(list: SearchedList, { field, key, operator, value }: Criterion): string | null {
  const kind = searchField(list, field)?.kind;
  if (kind === 'map' && key.trim() === '') return 'Say which entry';
  if (value.trim() !== '' && kind === 'number' && !Number.isFinite(Number(value))) return 'Must be a number';
  if (value.trim() !== '' || ((operator === 'eq' || operator === 'ne') && kind !== 'number')) return null;
  return 'Say what it is compared with';
}

/** The conditions in the filter language; those that are not filled in are left out. */
export function writeCriteria(list: SearchedList, criteria: readonly Criterion[]): string {
  return criteria
    .filter((one) => missing(list, one) === null)
    .map((one) => written(searchField(list, one.field), one))
    .join(' and ');
}

function written(found: SearchField | undefined, { field, key, operator, value }: Criterion): string {
  const name = found?.kind === 'map' ? `${field}[${quoted(key.trim())}]` : field;
  if (value.trim() === '') return operator === 'eq' ? `not (${name} exists)` : `${name} exists`;
  const text = value.trim();
  switch (found?.kind) {
    case 'set':
      return `${name} contains ${quoted(text)}`;
    case 'number':
      return `${name} ${operator} ${Number(text)}`;
    case 'boolean':
      return `${name} ${operator} ${text}`;
    case 'date':
      return `${name} ${operator} ${new Date(text).toISOString()}`;
    default:
      return `${name} ${operator} ${quoted(text)}`;
  }
}

const TEXT = String.raw`"((?:[^"\\]|\\.)*)"`;
const NAME = String.raw`([A-Za-z]+)(?:\[${TEXT}\])?`;
const EMPTY = new RegExp(`^not \\(${NAME} exists\\)`);
const FILLED = new RegExp(`^${NAME} exists`);
const COMPARED = new RegExp(
  `^${NAME} (contains|eq|ne|startsWith|gt|lt) (?:${TEXT}|(true|false)|(\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z)|(-?\\d+(?:\\.\\d+)?))(?![\\w.-])`,
);

/** The conditions that a filter consists of; null where they cannot be shown as a list. */
export function readCriteria(list: SearchedList, filter: string): Criterion[] | null {
  const criteria: Criterion[] = [];
  let rest = filter.trim();
  while (rest !== '') {
    const read = readOne(list, rest);
    if (!read) return null;
    criteria.push(read.criterion);
    rest = rest.slice(read.length);
    if (rest === '') break;
    if (!rest.startsWith(' and ')) return null;
    rest = rest.slice(' and '.length);
  }
  return criteria;
}

function readOne(list: SearchedList, text: string): { criterion: Criterion; length: number } | null {
  const bare = EMPTY.exec(text) ?? FILLED.exec(text);
  const match = bare ?? COMPARED.exec(text);
  const found = match && searchField(list, match[1] ?? '');
  if (!match || !found || (found.kind === 'map') !== (match[2] !== undefined)) return null;
  const key = unquoted(match[2] ?? '');
  const common = { field: found.name, key };
  const length = match[0].length;
  if (bare) {
    const operator = match[0].startsWith('not') ? 'eq' : 'ne';
    return fits(found, operator) ? { criterion: { ...common, operator, value: '' }, length } : null;
  }
  const operator = match[3] as SearchOperator;
  const value = valueOf(found, match);
  return value !== null && fits(found, operator)
    ? { criterion: { ...common, operator, value }, length }
    : null;
}

const fits = ({ kind }: SearchField, operator: SearchOperator): boolean =>
  operatorsOf(kind).some(({ value }) => value === operator);

function valueOf({ kind, choices }: SearchField, match: RegExpExecArray): string | null {
  const [, , , , text, truth, time, number] = match;
  switch (kind) {
    case 'boolean':
      return truth ?? null;
    case 'date':
      return time === undefined ? null : localTime(new Date(time));
    case 'number':
      return number ?? null;
    case 'choice': {
      const value = unquoted(text ?? '');
      return choices?.some(([name]) => name === value) ? value : null;
    }
    default:
      return text === undefined || text === '' ? null : unquoted(text);
  }
}

/** As a field for local time holds it; null where seconds would be lost. */
function localTime(date: Date): string | null {
  if (Number.isNaN(date.getTime()) || date.getTime() % 60_000 !== 0) return null;
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function unquoted(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}
