import { Readable } from 'node:stream';
import type { Caller } from '../access/caller.js';
import { csvLine } from './csv.js';
import { reply, type Reply } from './request.js';

/** Media types that a whole list is streamed in (northbound.md §3). */
export type ExportType = 'text/csv' | 'application/x-ndjson';

export const EXPORT_MEDIA = {
  'text/csv': 'The whole result with the chosen fields',
  'application/x-ndjson': 'The whole result, one object a line',
} as const;

/** What a client may ask a list for. */
export const LIST_TYPES = ['application/json', 'text/csv', 'application/x-ndjson'] as const;

/** Rows that are in memory at a time. */
export const EXPORT_PAGE = 500;

/** The cells of a row by the names of their columns; nested objects come as JSON. */
type Row = Readonly<Record<string, unknown>>;

export interface ExportOptions {
  type: ExportType;
  /** Of the file, without an ending. */
  name: string;
  columns: readonly string[];
  /** A page of the list; the cursor of the next, or null. */
  page: (cursor: string | undefined) => Promise<{ rows: readonly Row[]; next: string | null }>;
  /** Ends when the client has gone. */
  signal: AbortSignal;
  caller: Caller;
}

/**
 * The whole result of a list as a stream, a page in memory at a time. The first page is read before the answer begins, so
 * that whatever is wrong with the query is told by a problem document. Throws `ForbiddenError` without `devices.export`.
 */
export async function exportReply({
  type,
  name,
  columns,
  page,
  signal,
  caller,
}: ExportOptions): Promise<Reply> {
  caller.need('devices.export');
  const first = await page(undefined);
  const line = (row: Row): string =>
    type === 'text/csv' ? csvLine(columns.map((column) => row[column])) : `${JSON.stringify(row)}\n`;
  async function* lines(): AsyncGenerator<string> {
    if (type === 'text/csv') yield csvLine(columns);
    let { rows, next } = first;
    for (;;) {
      for (const row of rows) yield line(row);
      if (next === null || signal.aborted) return;
      ({ rows, next } = await page(next));
    }
  }
  return reply(200, undefined, {
    stream: Readable.from(lines()),
    headers: {
      'Content-Type': `${type}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="${name}.${type === 'text/csv' ? 'csv' : 'ndjson'}"`,
    },
  });
}
