import { PAGE_SIZES, type UrlQuery } from './inventory-query.js';

/** What the list of executions shows, as it stands in the URL. */
export interface ExecutionListState {
  /** The words of tasks.md §8.1. */
  status: ExecutionFilter;
  device: string;
  task: string;
  direct: boolean;
  /** Of the advanced search: conditions in the filter language, and an expression. */
  filter: string;
  expression: string;
  size: number;
  after: string | null;
}

export type ExecutionFilter = 'any' | 'success' | 'failure' | 'warning' | 'unfinished';

export const EXECUTION_FILTERS: { value: ExecutionFilter; title: string; statuses: string }[] = [
  { value: 'any', title: 'Any status', statuses: '' },
  { value: 'success', title: 'Success', statuses: 'SUCCESS' },
  { value: 'failure', title: 'Failure', statuses: 'ERROR' },
  { value: 'warning', title: 'Warning', statuses: 'WARNING' },
  { value: 'unfinished', title: 'Not finished', statuses: 'NOT_STARTED,IN_PROGRESS' },
];

const text = (value: UrlQuery[string]): string => (Array.isArray(value) ? value[0] : value) ?? '';

export function readExecutions(query: UrlQuery): ExecutionListState {
  const size = Number(text(query.size));
  const status = EXECUTION_FILTERS.find((one) => one.value === text(query.status))?.value ?? 'any';
  return {
    status,
    device: text(query.device),
    task: text(query.task),
    direct: text(query.direct) === '1',
    filter: text(query.filter),
    expression: text(query.expression),
    size: PAGE_SIZES.includes(size) ? size : 50,
    after: text(query.after) === '' ? null : text(query.after),
  };
}

export function writeExecutions(state: ExecutionListState): Record<string, string> {
  return {
    ...(state.status === 'any' ? {} : { status: state.status }),
    ...(state.device === '' ? {} : { device: state.device }),
    ...(state.task === '' ? {} : { task: state.task }),
    ...(state.direct ? { direct: '1' } : {}),
    ...(state.filter === '' ? {} : { filter: state.filter }),
    ...(state.expression === '' ? {} : { expression: state.expression }),
    ...(state.size === 50 ? {} : { size: String(state.size) }),
    ...(state.after === null ? {} : { after: state.after }),
  };
}

/** The NBI's criteria for it, without paging. */
export function executionFilter(state: ExecutionListState): {
  status?: string;
  device?: string;
  task?: string;
  directTasksOnly?: boolean;
  filter?: string;
  expression?: string;
} {
  const statuses = EXECUTION_FILTERS.find((one) => one.value === state.status)?.statuses ?? '';
  return {
    ...(statuses === '' ? {} : { status: statuses }),
    ...(state.device.trim() === '' ? {} : { device: state.device.trim() }),
    ...(state.task.trim() === '' ? {} : { task: state.task.trim() }),
    ...(state.direct ? { directTasksOnly: true } : {}),
    ...(state.filter === '' ? {} : { filter: state.filter }),
    ...(state.expression === '' ? {} : { expression: state.expression }),
  };
}
