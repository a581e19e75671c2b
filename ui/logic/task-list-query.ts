import type { UrlQuery } from './inventory-query.js';
import { PAGE_SIZES } from './inventory-query.js';
import { askedChips } from './search-history.js';

/** What the list of all tasks shows, as it stands in the URL. */
export interface TaskListState {
  q: string;
  /** The column that is searched. */
  in: TaskColumn;
  target: '' | 'device' | 'group';
  active: '' | 'true' | 'false';
  repeats: '' | 'true' | 'false';
  tag: string;
  user: string;
  bloodline: string;
  domain: string;
  priority: string;
  /** Of the advanced search: conditions in the filter language, and an expression. */
  filter: string;
  expression: string;
  size: number;
  after: string | null;
  /** All rows of the filter as a plain table. */
  plain: boolean;
}

export type TaskColumn = 'id' | 'type' | 'name' | 'comment';

export const TASK_SEARCH: { value: TaskColumn; title: string }[] = [
  { value: 'name', title: 'in name' },
  { value: 'id', title: 'in ID' },
  { value: 'type', title: 'by type' },
  { value: 'comment', title: 'in comment' },
];
const EXACT = ['tag', 'user', 'bloodline', 'domain', 'priority'] as const;
export type ExactFilter = (typeof EXACT)[number];
export const EXACT_FILTERS: { key: ExactFilter; title: string }[] = [
  { key: 'user', title: 'User' },
  { key: 'tag', title: 'Tag' },
  { key: 'bloodline', title: 'Bloodline' },
  { key: 'priority', title: 'Priority' },
  { key: 'domain', title: 'Domain, or one below' },
];

export function readTaskList(query: UrlQuery): TaskListState {
  const size = Number(text(query.size));
  return {
    q: text(query.q),
    in: oneOf(
      text(query.in),
      TASK_SEARCH.map((one) => one.value),
      'name',
    ),
    target: oneOf(text(query.target), ['device', 'group'], ''),
    active: oneOf(text(query.active), ['true', 'false'], ''),
    repeats: oneOf(text(query.repeats), ['true', 'false'], ''),
    tag: text(query.tag),
    user: text(query.user),
    bloodline: text(query.bloodline),
    domain: text(query.domain),
    priority: /^-?\d{1,10}$/.test(text(query.priority)) ? text(query.priority) : '',
    filter: text(query.filter),
    expression: text(query.expression),
    size: PAGE_SIZES.includes(size) ? size : 50,
    after: text(query.after) === '' ? null : text(query.after),
    plain: text(query.plain) === '1',
  };
}

/** The shortest URL that shows the same. */
export function writeTaskList(state: TaskListState): Record<string, string> {
  const query: Record<string, string> = {};
  if (state.q !== '') query.q = state.q;
  if (state.in !== 'name') query.in = state.in;
  for (const key of ['target', 'active', 'repeats', ...EXACT, 'filter', 'expression'] as const)
    if (state[key] !== '') query[key] = state[key];
  if (state.size !== 50) query.size = String(state.size);
  if (state.after !== null) query.after = state.after;
  if (state.plain) query.plain = '1';
  return query;
}

/** The NBI's criteria for it, without paging. */
export function taskFilter(state: TaskListState): {
  id?: string;
  type?: string;
  name?: string;
  comment?: string;
  target?: 'device' | 'group';
  active?: boolean;
  automaticRestart?: boolean;
  tag?: string;
  user?: string;
  bloodline?: string;
  domain?: string;
  priority?: number;
  filter?: string;
  expression?: string;
} {
  const term = state.q.trim();
  return {
    ...(term === '' ? {} : { [state.in]: term }),
    ...(state.target === '' ? {} : { target: state.target }),
    ...(state.active === '' ? {} : { active: state.active === 'true' }),
    ...(state.repeats === '' ? {} : { automaticRestart: state.repeats === 'true' }),
    ...(state.tag === '' ? {} : { tag: state.tag }),
    ...(state.user === '' ? {} : { user: state.user }),
    ...(state.bloodline === '' ? {} : { bloodline: state.bloodline }),
    ...(state.domain === '' ? {} : { domain: state.domain }),
    ...(state.priority === '' ? {} : { priority: Number(state.priority) }),
    ...(state.filter === '' ? {} : { filter: state.filter }),
    ...(state.expression === '' ? {} : { expression: state.expression }),
  };
}

/** What narrows the list besides the search, as words with what takes each away. */
export function taskChips(state: TaskListState): { label: string; clear: Partial<TaskListState> }[] {
  const chips: { label: string; clear: Partial<TaskListState> }[] = [];
  if (state.target !== '') chips.push({ label: `of ${state.target}s`, clear: { target: '' } });
  if (state.active !== '')
    chips.push({ label: state.active === 'true' ? 'active' : 'inactive', clear: { active: '' } });
  if (state.repeats !== '')
    chips.push({
      label: state.repeats === 'true' ? 'restarts automatically' : 'runs once',
      clear: { repeats: '' },
    });
  for (const { key, title } of EXACT_FILTERS)
    if (state[key] !== '')
      chips.push({
        label: `${title.split(',')[0]?.toLowerCase() ?? key}: ${state[key]}`,
        clear: { [key]: '' },
      });
  return [...chips, ...askedChips(state)];
}

const text = (value: UrlQuery[string]): string => (Array.isArray(value) ? value[0] : value) ?? '';

function oneOf<const T extends string, E extends string>(
  value: string,
  known: readonly T[],
  otherwise: E,
): T | E {
  return known.find((one) => one === value) ?? otherwise;
}
