import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { TooLargeError } from '../../common/errors.js';
import type { TransferRecord } from '../../store/models/transfer.js';
import type { Resources } from './resources.js';
import type { Transfers } from './transfers.js';

/** How an upload ended. */
export interface UploadResult {
  /** What is answered; null when nobody is there to be answered. */
  status: 200 | 201 | 409 | 413 | null;
  bytes: number;
  resource: string | null;
}

/** What forbids an upload before its first byte; null when nothing does. */
export function uploadObstacle(request: IncomingMessage, transfer: TransferRecord): number | null {
  const { 'content-length': length, 'content-encoding': encoding, 'content-range': range } = request.headers;
  // Without either nobody can tell where the file ends (RFC 9110 §15.5.12); HTTP reads it as a file of no bytes.
  if (length === undefined && request.headers['transfer-encoding'] === undefined) return 411;
  if (length !== undefined && Number(length) > transfer.size) return 413;
  // A piece of a file would be taken for the whole (RFC 9110 §14.5).
  if (range !== undefined) return 400;
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') return 415;
  if (/^multipart\//i.test(request.headers['content-type'] ?? '')) return 415;
  return null;
}

/**
 * Takes the file that a CPE puts to its one-time URL. A transfer that breaks off leaves nothing and may be repeated; after
 * a whole file the URL takes no other one, but a repetition of the same (its first answer was lost) is answered well.
 */
export async function receiveUpload(
  request: IncomingMessage,
  transfer: TransferRecord,
  { resources, transfers }: { resources: Resources; transfers: Transfers },
): Promise<UploadResult> {
  const { target } = transfer;
  if (!target) throw new Error('An upload without a target');
  const progress = { bytes: 0, hash: createHash('sha256') };
  const pieces = counted(request, progress, transfer.size);
  try {
    if (transfer.resource === null) {
      const { name, category, domain, version } = target;
      const { fileName, fileType, device, task, execution } = transfer;
      const record = await resources.receive(
        pieces,
        {
          ...{ name, category, domain, version, fileName, fileType, device, task, execution },
          contentType: mediaType(request),
        },
        { id: target.id, maxBytes: transfer.size },
      );
      if (record) {
        await transfers.received(transfer, record._id, record.size);
        return { status: 201, bytes: record.size, resource: record._id };
      }
    } else while ((await pieces.next()).done !== true);
  } catch (error) {
    const hungUp = request.errored !== null || (request.destroyed && !request.complete);
    if (!(error instanceof TooLargeError) && !hungUp) throw error;
    const status = hungUp ? null : 413;
    await transfers.answered(transfer, status ?? 400, progress.bytes);
    return { status, bytes: progress.bytes, resource: null };
  }
  return await repeated(transfer, target.id, progress, { resources, transfers });
}

async function repeated(
  transfer: TransferRecord,
  id: string,
  progress: { bytes: number; hash: ReturnType<typeof createHash> },
  { resources, transfers }: { resources: Resources; transfers: Transfers },
): Promise<UploadResult> {
  const first = await resources.find(id);
  const same = first !== null && first.sha256 === progress.hash.digest('hex');
  // Also after a crash between storing the file and noting it.
  if (same) await transfers.received(transfer, id, first.size);
  else await transfers.answered(transfer, 409);
  return { status: same ? 200 : 409, bytes: progress.bytes, resource: same ? id : null };
}

async function* counted(
  request: IncomingMessage,
  progress: { bytes: number; hash: ReturnType<typeof createHash> },
  limit: number,
): AsyncGenerator<Uint8Array> {
  // Not destroyed when the reading ends early, since the refusal is still to be sent.
  for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    progress.bytes += piece.length;
    if (progress.bytes > limit) throw new TooLargeError('The file', limit);
    progress.hash.update(piece);
    yield piece;
  }
}

function mediaType(request: IncomingMessage): string {
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
  return /^[\w!#$&^.+-]{1,60}\/[\w!#$&^.+-]{1,60}$/.test(type) ? type : 'application/octet-stream';
}
