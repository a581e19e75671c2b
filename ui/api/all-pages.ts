import type { Page } from './types.js';

const PAGE = 500;

/** All rows of a list, page by page; `onPage` hears how many there are so far. */
export async function allPages<T>(
  fetchPage: (query: { limit: number; cursor?: string }) => Promise<Page<T>>,
  onPage: (rows: number) => void = () => undefined,
): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await fetchPage({ limit: PAGE, ...(cursor === null ? {} : { cursor }) });
    rows.push(...page.items);
    onPage(rows.length);
    cursor = page.next;
  } while (cursor !== null);
  return rows;
}
