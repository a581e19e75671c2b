import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { ResourceRecord } from '../../store/models/resource.js';
import type { TransferRecord } from '../../store/models/transfer.js';
import { parseRange } from './byte-spans.js';
import type { Resources } from './resources.js';
import type { Transfers } from './transfers.js';

/** How a download request ended, for the log. */
export interface DownloadResult {
  status: number;
  /** Sent in this request. */
  bytes: number;
  /** Whether the CPE stayed to the end of what it asked for. */
  whole: boolean;
}

/** Answers GET and HEAD of a one-time download URL, with ranges and conditions (RFC 9110 §13, §14). */
export async function serveDownload(
  request: IncomingMessage,
  response: ServerResponse,
  transfer: TransferRecord,
  record: ResourceRecord,
  { resources, transfers }: { resources: Resources; transfers: Transfers },
): Promise<DownloadResult> {
  const etag = `"${record.sha256}"`;
  // Nothing here needs a cookie, a redirect or a header that a simple client would not know.
  response.setHeader('Content-Type', record.contentType);
  response.setHeader('Accept-Ranges', 'bytes');
  response.setHeader('ETag', etag);
  response.setHeader('Last-Modified', record.createdAt.toUTCString());
  response.setHeader('Cache-Control', 'private, no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');

  const plain = async (status: number, length: number): Promise<DownloadResult> => {
    await transfers.asked(transfer, status);
    if (status !== 304) response.setHeader('Content-Length', length);
    response.writeHead(status).end();
    return { status, bytes: 0, whole: true };
  };
  const condition = failedCondition(request, etag);
  if (condition) return await plain(condition, 0);
  if (request.method === 'HEAD') return await plain(200, record.size);

  const range = parseRange(mayUseRange(request, etag) ? request.headers.range : undefined, record.size);
  if (range.kind === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${record.size}`);
    return await plain(416, 0);
  }
  const span = range.kind === 'span' ? range.span : { start: 0, end: record.size };
  const status = range.kind === 'span' ? 206 : 200;
  await transfers.asked(transfer, status);
  response.setHeader('Content-Length', span.end - span.start);
  if (status === 206)
    response.setHeader('Content-Range', `bytes ${span.start}-${span.end - 1}/${record.size}`);
  response.writeHead(status);

  let taken = 0;
  const source: { failure: { error: unknown } | null } = { failure: null };
  let whole = true;
  try {
    await pipeline(
      resources.openRecord(record, span).stream,
      async function* (pieces: AsyncIterable<Buffer>) {
        try {
          for await (const piece of pieces) {
            taken += piece.length;
            yield piece;
          }
        } catch (error) {
          // The server could not read its own file; a CPE that hangs up ends in `return`, not here.
          source.failure = { error };
          throw error;
        }
      },
      response,
    );
  } catch {
    whole = false;
  }
  const bytes = whole ? taken : Math.max(0, taken - response.writableLength);
  await transfers.sent(transfer, { start: span.start, end: span.start + bytes });
  if (source.failure) throw source.failure.error;
  return { status, bytes, whole };
}

/** The status that the request's conditions ask for instead of the file; null when they hold. */
function failedCondition(request: IncomingMessage, etag: string): 304 | 412 | null {
  const { 'if-match': match, 'if-none-match': noneMatch } = request.headers;
  if (match !== undefined && !lists(match, etag)) return 412;
  return noneMatch !== undefined && lists(noneMatch, etag) ? 304 : null;
}

function lists(header: string, etag: string): boolean {
  return header.split(',').some((entry) => ['*', etag, `W/${etag}`].includes(entry.trim()));
}

/** `If-Range` with another file's tag: the CPE has a piece of something else and needs the whole (RFC 9110 §13.1.5). */
function mayUseRange(request: IncomingMessage, etag: string): boolean {
  const condition = request.headers['if-range'];
  return condition === undefined || condition === etag;
}
