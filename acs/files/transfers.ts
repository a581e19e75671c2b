import { createHash } from 'node:crypto';
import type { Clock } from '../../common/clock.js';
import { newSecret } from '../../common/ids.js';
import type { TransferRecord } from '../../store/models/transfer.js';
import type { Store } from '../../store/store.js';
import { coversAll, mergeSpans } from './byte-spans.js';
import type { ByteSpan } from './file-content.js';

/** 128 bits; as base64url 22 characters, so that the URL stays short. */
const TOKEN_BYTES = 16;

/** Many small pieces are put together when there are more than these. */
const MAX_SPANS = 100;

export type TransferKind = TransferRecord['kind'];

/** Path segments of a one-time URL. */
const SEGMENT: Record<TransferKind, string> = { download: 'd', upload: 'u' };

/** A path of a one-time URL: `/d/<token>/<name>`, `/u/<token>/<name>`. */
export interface TransferAddress {
  kind: TransferKind;
  token: string;
  urlName: string;
}

export type NewTransfer = Pick<
  TransferRecord,
  | 'kind'
  | 'device'
  | 'task'
  | 'execution'
  | 'commandKey'
  | 'resource'
  | 'fileName'
  | 'urlName'
  | 'target'
  | 'fileType'
  | 'credentials'
  | 'size'
  | 'expiresAt'
>;

export function pathOf({ kind, token, urlName }: TransferAddress): string {
  return `/${SEGMENT[kind]}/${token}/${urlName}`;
}

/** Reads a request target; null when it cannot be a one-time URL. Queries are dropped: some CPEs add them. */
export function parseAddress(target: string): TransferAddress | null {
  const path = target.replace(/^https?:\/\/[^/]*/i, '').replace(/[?#].*$/s, '');
  const [, segment, token, urlName] = /^\/([du])\/([\w-]{22})\/([^/]{1,200})$/.exec(path) ?? [];
  if (token === undefined || urlName === undefined) return null;
  return { kind: segment === 'd' ? 'download' : 'upload', token, urlName };
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** The ordered transfers: who may fetch or put which file, and what came of it. */
export class Transfers {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Enters a transfer; the token is in the answer and nowhere else. */
  async create(transfer: NewTransfer): Promise<TransferAddress> {
    const token = newSecret(TOKEN_BYTES);
    await this.#store.transfers.create({
      ...transfer,
      _id: hashOf(token),
      bytes: 0,
      spans: [],
      requests: 0,
      status: null,
      firstRequestAt: null,
      completedAt: null,
      createdAt: this.#clock.now(),
    } satisfies TransferRecord);
    return { kind: transfer.kind, token, urlName: transfer.urlName };
  }

  /** The transfer that a URL stands for; null when there is none or its time is over. */
  async find({ kind, token, urlName }: TransferAddress): Promise<TransferRecord | null> {
    return await this.#store.transfers
      .findOne({ _id: hashOf(token), kind, urlName, expiresAt: { $gt: this.#clock.now() } })
      .lean<TransferRecord | null>();
  }

  /** The latest transfer of a CommandKey. */
  async ofCommandKey(commandKey: string): Promise<TransferRecord | null> {
    return await this.#store.transfers
      .findOne({ commandKey })
      .sort({ createdAt: -1 })
      .lean<TransferRecord | null>();
  }

  /** Newest first. */
  async ofExecution(execution: string): Promise<TransferRecord[]> {
    return await this.#store.transfers
      .find({ execution })
      .sort({ createdAt: -1 })
      .limit(100)
      .lean<TransferRecord[]>();
  }

  /** Counts a request and how it was answered. */
  async asked(transfer: TransferRecord, status: number): Promise<void> {
    const first = transfer.firstRequestAt ? {} : { firstRequestAt: this.#clock.now() };
    await this.#update(transfer, { $inc: { requests: 1 }, $set: { status, ...first } });
  }

  /** Notes the answer to a request whose outcome was open when it was counted. */
  async answered(transfer: TransferRecord, status: number, bytes?: number): Promise<void> {
    await this.#update(transfer, { $set: { status, ...(bytes === undefined ? {} : { bytes }) } });
  }

  /** Notes bytes that were sent; the download is complete when all have been, in one piece or in several. */
  async sent(transfer: TransferRecord, { start, end }: ByteSpan): Promise<void> {
    const after = await this.#store.transfers
      .findOneAndUpdate(
        { _id: transfer._id },
        { $inc: { bytes: end - start }, $push: { spans: [start, end] } },
        { returnDocument: 'after' },
      )
      .lean<TransferRecord | null>();
    if (!after) return;
    if (after.completedAt === null && coversAll(after.spans, after.size)) await this.#complete(transfer);
    if (after.spans.length > MAX_SPANS)
      await this.#store.transfers.updateOne(
        { _id: transfer._id, spans: { $size: after.spans.length } },
        { $set: { spans: mergeSpans(after.spans) } },
      );
  }

  /** Notes that a whole file has come and which resource it became. */
  async received(transfer: TransferRecord, resource: string, size: number): Promise<void> {
    await this.#update(transfer, { $set: { status: 201, resource, bytes: size } });
    await this.#complete(transfer);
  }

  async #complete(transfer: TransferRecord): Promise<void> {
    await this.#store.transfers.updateOne(
      { _id: transfer._id, completedAt: null },
      { $set: { completedAt: this.#clock.now() } },
    );
  }

  async #update(transfer: TransferRecord, change: Record<string, Record<string, unknown>>): Promise<void> {
    await this.#store.transfers.updateOne({ _id: transfer._id }, change);
  }
}
