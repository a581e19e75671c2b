/** What the inventory shows, as it stands in the URL. */
export interface InventoryState {
  q: string;
  /** `any`, or the one column that is searched. */
  in: string;
  op: SearchOperator;
  state: string[];
  model: string;
  software: string;
  tag: string;
  /** Of the advanced search: conditions in the filter language, and an expression. */
  filter: string;
  expression: string;
  sort: string;
  size: number;
  after: string | null;
}

export type SearchOperator = 'contains' | 'startsWith' | 'eq' | 'ne';
export type UrlQuery = Record<string, string | null | (string | null)[] | undefined>;

export const PAGE_SIZES = [25, 50, 100];
export const DEFAULT_SORT = '-lastVisit';
export const SORTS = new Set([
  'identity',
  'lastVisit',
  'createdAt',
  'serialNumber',
  'model',
  'softwareVersion',
  'wanIp',
]);
export const OPERATORS: { value: SearchOperator; title: string }[] = [
  { value: 'contains', title: 'contains' },
  { value: 'startsWith', title: 'starts with' },
  { value: 'eq', title: '=' },
  { value: 'ne', title: '≠' },
];
export const SEARCH_COLUMNS = [
  { value: 'any', title: 'in anywhere' },
  { value: 'identity', title: 'in identity' },
  { value: 'serialNumber', title: 'in serial' },
  { value: 'wanIp', title: 'in WAN IP' },
  { value: 'mac', title: 'in MAC' },
  { value: 'model', title: 'in model' },
  { value: 'softwareVersion', title: 'in software' },
  { value: 'description', title: 'in description' },
];

const text = (value: UrlQuery[string]): string => {
  const one = Array.isArray(value) ? value[0] : value;
  return one ?? '';
};

export function readInventory(query: UrlQuery): InventoryState {
  const op = text(query.op);
  const size = Number(text(query.size));
  const sort = text(query.sort);
  return {
    q: text(query.q),
    in: SEARCH_COLUMNS.some((column) => column.value === text(query.in)) ? text(query.in) : 'any',
    op: OPERATORS.some((one) => one.value === op) ? (op as SearchOperator) : 'contains',
    state: text(query.state).split(',').filter(Boolean),
    model: text(query.model),
    software: text(query.software),
    tag: text(query.tag),
    filter: text(query.filter),
    expression: text(query.expression),
    sort: SORTS.has(sort.replace(/^-/, '')) ? sort : DEFAULT_SORT,
    size: PAGE_SIZES.includes(size) ? size : 50,
    after: text(query.after) === '' ? null : text(query.after),
  };
}

/** The shortest URL that shows the same. */
export function writeInventory(state: InventoryState): Record<string, string> {
  const query: Record<string, string> = {};
  if (state.q !== '') query.q = state.q;
  if (state.q !== '' && state.in !== 'any') Object.assign(query, { in: state.in, op: state.op });
  if (state.state.length > 0) query.state = state.state.join(',');
  for (const key of ['model', 'software', 'tag', 'filter', 'expression'] as const)
    if (state[key] !== '') query[key] = state[key];
  if (state.sort !== DEFAULT_SORT) query.sort = state.sort;
  if (state.size !== 50) query.size = String(state.size);
  if (state.after !== null) query.after = state.after;
  return query;
}

export interface DeviceListQuery {
  q?: string;
  filter?: string;
  expression?: string;
  state?: string;
  model?: string;
  software?: string;
  tag?: string;
  sort: string;
  limit: number;
  cursor?: string;
}

/** The NBI's query for it: a column and its operator become its filter language. */
export function listQuery(state: InventoryState): DeviceListQuery {
  const term = state.q.trim();
  const conditions = [
    ...(term !== '' && state.in !== 'any' ? [`${state.in} ${state.op} ${quoted(term)}`] : []),
    ...(state.filter === '' ? [] : [state.filter]),
  ];
  return {
    ...(term !== '' && state.in === 'any' ? { q: term } : {}),
    ...(conditions.length === 0 ? {} : { filter: allOf(conditions) }),
    ...(state.expression === '' ? {} : { expression: state.expression }),
    ...(state.state.length > 0 ? { state: state.state.join(',') } : {}),
    ...(state.model !== '' ? { model: state.model } : {}),
    ...(state.software !== '' ? { software: state.software } : {}),
    ...(state.tag !== '' ? { tag: state.tag } : {}),
    sort: state.sort,
    limit: state.size,
    ...(state.after === null ? {} : { cursor: state.after }),
  };
}

function allOf(conditions: readonly string[]): string {
  return conditions.length === 1 ? (conditions[0] ?? '') : conditions.map((one) => `(${one})`).join(' and ');
}

function quoted(value: string): string {
  return `"${value.replace(/["\\]/g, '\\$&')}"`;
}

/** The next sort of a column: ascending, descending, default again. */
export function nextSort(present: string, column: string): string {
  if (present === column) return `-${column}`;
  if (present === `-${column}`) return column === 'lastVisit' ? 'lastVisit' : DEFAULT_SORT;
  return column === 'lastVisit' ? '-lastVisit' : column;
}
