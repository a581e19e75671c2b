import type { SearchedList } from './search-fields.js';

/** What an advanced search asks. */
export interface Asked {
  filter: string;
  expression: string;
}

/** Searches that were made in this browser. */
export type SearchHistory = Partial<Record<SearchedList, (Asked & { at: number })[]>>;

const MOST = 20;

export const isEmpty = ({ filter, expression }: Asked): boolean => filter === '' && expression === '';

/** With the search as the newest of its list; one that was made before moves up. */
export function remembered(
  history: SearchHistory,
  list: SearchedList,
  asked: Asked,
  at: number,
): SearchHistory {
  if (isEmpty(asked)) return history;
  const others = (history[list] ?? []).filter(
    ({ filter, expression }) => filter !== asked.filter || expression !== asked.expression,
  );
  return { ...history, [list]: [{ ...asked, at }, ...others].slice(0, MOST) };
}

/** What a list is narrowed by, in a word each, and what takes it away. */
export function askedChips({ filter, expression }: Asked): { label: string; clear: Partial<Asked> }[] {
  return [
    ...(filter === '' ? [] : [{ label: shortened(filter), clear: { filter: '' } }]),
    ...(expression === '' ? [] : [{ label: shortened(expression), clear: { expression: '' } }]),
  ];
}

const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
