import type { components } from '../generated/api.js';
import { CONTACT_MARKS } from '../texts/statuses.js';

export type SearchedList = components['schemas']['SavedFilter']['list'];

/** What a field holds, which says how it is compared. */
export type SearchKind = 'text' | 'date' | 'number' | 'boolean' | 'set' | 'map' | 'choice';

export interface SearchField {
  /** As the filter language names it. */
  name: string;
  title: string;
  kind: SearchKind;
  /** Of a choice: the values with their words. */
  choices?: readonly (readonly [value: string, title: string])[];
}

export type SearchOperator = 'contains' | 'eq' | 'ne' | 'startsWith' | 'gt' | 'lt';

const WORDS: Readonly<Record<SearchOperator, string>> = {
  contains: 'contains',
  eq: '=',
  ne: '≠',
  startsWith: 'starts with',
  gt: '>',
  lt: '<',
};
const OF_KIND: Readonly<Record<SearchKind, readonly SearchOperator[]>> = {
  text: ['contains', 'eq', 'ne', 'startsWith'],
  date: ['gt', 'lt', 'eq', 'ne'],
  number: ['gt', 'lt', 'eq', 'ne'],
  boolean: ['eq', 'ne'],
  set: ['contains'],
  map: ['contains', 'eq', 'ne', 'startsWith'],
  choice: ['eq', 'ne'],
};
const TIME_WORDS: Partial<Record<SearchOperator, string>> = { gt: 'after', lt: 'before' };

const field = (name: string, title: string, kind: SearchKind = 'text'): SearchField => ({
  name,
  title,
  kind,
});

const STATUSES = [
  ['SUCCESS', 'successfully finished'],
  ['ERROR', 'finished with an error'],
  ['WARNING', 'finished with a warning'],
  ['IN_PROGRESS', 'in progress'],
  ['NOT_STARTED', 'not started'],
] as const;
const LEVELS = ['ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE'].map((level) => [level, level] as const);

/** The criteria of each list (devices.md §4, tasks.md §8.2). */
export const SEARCH_FIELDS: Readonly<Record<SearchedList, readonly SearchField[]>> = {
  devices: [
    field('identity', 'Identity'),
    field('description', 'Description'),
    field('domain', 'Domain'),
    field('ip', 'IP address'),
    field('mac', 'MAC'),
    field('manufacturer', 'Manufacturer'),
    field('model', 'Model name'),
    field('oui', 'OUI'),
    field('productClass', 'Product class'),
    field('serial', 'Serial number'),
    field('hardware', 'Hardware version'),
    field('software', 'Software version'),
    field('root', 'Root object'),
    field('createdAt', 'Creation time', 'date'),
    field('lastVisit', 'Last visit time', 'date'),
    field('lastBootstrap', 'Last BOOTSTRAP time', 'date'),
    field('group', 'Groups, inherited too', 'set'),
    field('directGroup', 'Groups, direct', 'set'),
    field('tag', 'Tag', 'set'),
    field('property', 'Property', 'map'),
    field('indexed', 'Indexed parameter', 'map'),
    field('managed', 'Management enabled', 'boolean'),
    field('blacklisted', 'Blacklisted', 'boolean'),
    {
      ...field('state', 'Contact state', 'choice'),
      choices: Object.entries(CONTACT_MARKS)
        .filter(([name]) => name !== 'upgrading')
        .map(([name, { word }]) => [name, word.toLowerCase()] as const),
    },
  ],
  tasks: [
    field('name', 'Name'),
    field('type', 'Task class'),
    field('id', 'Task ID'),
    field('comment', 'Comment'),
    field('device', 'Device'),
    field('group', 'Group'),
    field('domain', 'Domain'),
    field('user', 'User'),
    field('bloodline', 'Bloodline'),
    field('tag', 'Tag', 'set'),
    field('active', 'Active', 'boolean'),
    field('periodic', 'Periodic', 'boolean'),
    field('createdAt', 'Creation time', 'date'),
    field('priority', 'Priority', 'number'),
    { ...field('logLevel', 'Log level', 'choice'), choices: LEVELS },
  ],
  executions: [
    { ...field('status', 'Status', 'choice'), choices: STATUSES },
    field('id', 'Report ID'),
    field('task', 'Task ID'),
    field('device', 'Device'),
    field('summary', 'Summary'),
    field('startTime', 'Start', 'date'),
    field('finishTime', 'Finish', 'date'),
    field('faultCode', 'Fault code', 'number'),
  ],
};

export function searchField(list: SearchedList, name: string): SearchField | undefined {
  return SEARCH_FIELDS[list].find((one) => one.name === name);
}

/** What a field can be compared by, the usual one first. */
export function operatorsOf(kind: SearchKind): { value: SearchOperator; title: string }[] {
  return OF_KIND[kind].map((value) => ({
    value,
    title: (kind === 'date' ? TIME_WORDS[value] : undefined) ?? WORDS[value],
  }));
}
