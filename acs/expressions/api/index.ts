import { bind } from '../type-relations.js';
import type { Type } from '../types.js';
import { ContextValue } from '../values.js';
import { BYTES, COLLECTION, LIST, MAP, SET } from './collections.js';
import {
  ALERT,
  DEVICE,
  PROPERTIES,
  PROPERTY_NAMES,
  REPORT_PROPERTIES,
  TASK,
  TASK_REPORT,
} from './context-device.js';
import { CLI, CSV, CSV_NAMES, CWMP, RESOURCE, TRANSFER } from './context-other.js';
import { DATA_MODEL, DATA_MODEL_NAMES } from './data-model.js';
import { DATE } from './date.js';
import { LIVE, LIVE_NAMES } from './live.js';
import { membersOf, type DynamicMembers, type Member } from './member.js';
import { CHAR, NUMBERS } from './simple.js';
import { STRING_BASIC } from './string-basic.js';
import { STRING_ENCODING, STRING_KEYS, STRING_NET, STRING_PARSING, STRING_PATTERNS } from './string-more.js';
import { CREATION, UNIVERSAL } from './universal.js';
import { DATE_UTILITY } from './utility-date.js';
import { MATH_UTILITY } from './utility-math.js';
import { FORMAT_UTILITY, NET_UTILITY, STRING_UTILITY } from './utility-text.js';

/** A part of the API, as the documentation presents it. */
export interface ApiSection {
  readonly title: string;
  readonly members: readonly Member[];
}

const utility = (name: string, type: string, documentation: string): Member =>
  membersOf<null>(null)(`${name}: ${type}`, documentation, () => new ContextValue(type, null));

const UTILITIES: readonly Member[] = [
  utility('date', 'DateUtility', 'Dates'),
  utility('format', 'FormatUtility', 'Texts of numbers and collections'),
  utility('math', 'MathUtility', 'Mathematics'),
  utility('net', 'NetUtility', 'Addresses'),
  utility('string', 'StringUtility', 'Texts'),
];

/** Everything that can be named, in the order of the documentation. */
export const API: readonly ApiSection[] = [
  { title: 'All types', members: UNIVERSAL },
  { title: 'Making collections', members: CREATION },
  { title: 'Char', members: CHAR },
  { title: 'Numbers', members: NUMBERS },
  { title: 'String', members: STRING_BASIC },
  { title: 'String: regular expressions and splitting', members: STRING_PATTERNS },
  { title: 'String: parsing', members: STRING_PARSING },
  { title: 'String: encoding', members: STRING_ENCODING },
  { title: 'String: data model keys', members: STRING_KEYS },
  { title: 'String: addresses', members: STRING_NET },
  { title: 'Date', members: DATE },
  { title: 'Collection, Set and List', members: COLLECTION },
  { title: 'List', members: LIST },
  { title: 'Set', members: SET },
  { title: 'Map and Entry', members: MAP },
  { title: 'Bytes', members: BYTES },
  { title: 'Utility objects', members: UTILITIES },
  { title: 'date', members: DATE_UTILITY },
  { title: 'format', members: FORMAT_UTILITY },
  { title: 'math', members: MATH_UTILITY },
  { title: 'net', members: NET_UTILITY },
  { title: 'string', members: STRING_UTILITY },
  { title: 'device', members: DEVICE },
  { title: 'Alert', members: ALERT },
  { title: 'Properties and setting values', members: [...PROPERTIES, ...REPORT_PROPERTIES] },
  { title: 'task', members: TASK },
  { title: 'taskReport', members: TASK_REPORT },
  { title: 'dm: the stored data model', members: DATA_MODEL },
  { title: 'root, prefix, query: the data model on the device', members: LIVE },
  { title: 'res: CSV resources', members: CSV },
  { title: 'transfer', members: TRANSFER },
  { title: 'cwmp', members: CWMP },
  { title: 'resource', members: RESOURCE },
  { title: 'cli: the output of a command', members: CLI },
];

/** Names that come from data. */
export const DYNAMIC: readonly DynamicMembers[] = [
  ...PROPERTY_NAMES,
  DATA_MODEL_NAMES,
  LIVE_NAMES,
  ...CSV_NAMES,
];

const all = API.flatMap(({ members }) => members);
const GLOBALS = groupByName(all.filter(({ owner }) => owner === null));
const METHODS = groupByName(all.filter(({ owner }) => owner !== null));
const DYNAMIC_BY_OWNER = new Map(DYNAMIC.map((dynamic) => [dynamic.owner, dynamic]));

function groupByName(members: readonly Member[]): ReadonlyMap<string, readonly Member[]> {
  const groups = new Map<string, Member[]>();
  for (const member of members) groups.set(member.name, [...(groups.get(member.name) ?? []), member]);
  return groups;
}

const fits = (member: Member, type: Type): boolean =>
  member.owner !== null && bind(member.owner, type, new Map());

/** Contexts, utility objects and functions that stand alone. */
export function globalMembers(name: string): readonly Member[] {
  return GLOBALS.get(name) ?? [];
}

export function allGlobals(): readonly Member[] {
  return [...GLOBALS.values()].flat();
}

/** Methods of a type by name; those of a more special owner come first. */
export function membersNamed(type: Type, name: string): readonly Member[] {
  return (METHODS.get(name) ?? [])
    .filter((member) => fits(member, type))
    .toSorted((a, b) => Number(b.owner?.kind === type.kind) - Number(a.owner?.kind === type.kind));
}

/** All methods of a type. */
export function membersOfType(type: Type): readonly Member[] {
  return [...METHODS.values()].flat().filter((member) => fits(member, type));
}

/** What stands for the names of an object's data, if it has such. */
export function dynamicMembers(type: Type): DynamicMembers | undefined {
  return type.kind === 'object' ? DYNAMIC_BY_OWNER.get(type.name) : undefined;
}
