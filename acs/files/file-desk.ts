import type { Clock } from '../../common/clock.js';
import { NotFoundError, TooLargeError, ValidationError } from '../../common/errors.js';
import { newId, newSecret } from '../../common/ids.js';
import type { ResourceRecord } from '../../store/models/resource.js';
import type { TransferCredentials, TransferRecord } from '../../store/models/transfer.js';
import type {
  FileDesk,
  FileOffer,
  TemporaryFile,
  TransferOrder,
  TransferState,
  TransferTicket,
  UploadTarget,
} from '../tasks/file-desk.js';
import type { Resources } from './resources.js';
import { makeCredentials } from './transfer-credentials.js';
import { pathOf, type NewTransfer, type Transfers } from './transfers.js';

/** string(256) of the Download and Upload RPCs (TR-069 A6 tables 29, 43). */
const MAX_URL = 256;

/** Bytes of a text that is taken into memory. */
const MAX_TEXT = 5_000_000;

/** Of the file's name in the URL; enough to be recognised in the log of a CPE. */
const MAX_URL_NAME = 64;

export interface DeskOptions {
  resources: Resources;
  transfers: Transfers;
  clock: Clock;
  /** Scheme, host and port of the file server as CPEs see it; asked for with each order. */
  publicUrl: () => string;
  /** Bytes that a CPE may send in one file. */
  maxUploadBytes: number;
}

/** Hands out files and one-time URLs to the tasks that move files from and to CPEs. */
export class Desk implements FileDesk {
  readonly #options: DeskOptions;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  async findResource(idOrName: string): Promise<FileOffer | null> {
    const record = await this.#options.resources.find(idOrName);
    return record && toOffer(record);
  }

  async newestBackup(device: string, from: Date | null, to: Date | null): Promise<FileOffer | null> {
    const record = await this.#options.resources.newestBackup(device, from, to);
    return record && toOffer(record);
  }

  async backups(device: string, task: string): Promise<FileOffer[]> {
    const offers: FileOffer[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#options.resources.list({
        ...{ device, task, category: 'config.backup' },
        ...(cursor === undefined ? {} : { cursor }),
        limit: 1_000,
      });
      offers.push(...page.items.map(toOffer));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return offers;
  }

  /** Throws `ConflictError` `in-use` while a task refers to it, `NotFoundError`. */
  async deleteResource(id: string): Promise<void> {
    await this.#options.resources.remove(id);
  }

  async readText(idOrName: string): Promise<{ id: string; fileName: string; text: string } | null> {
    const record = await this.#options.resources.find(idOrName);
    if (!record) return null;
    const { _id: id, name, fileName, size } = record;
    if (size > MAX_TEXT) throw new TooLargeError(`The text of the resource ${name}`, MAX_TEXT);
    const pieces: Uint8Array[] = [];
    for await (const piece of this.#options.resources.openRecord(record).stream)
      pieces.push(piece as Uint8Array);
    return { id, fileName, text: Buffer.concat(pieces).toString('utf8') };
  }

  async storeTemporary({ text, ...meta }: TemporaryFile): Promise<FileOffer> {
    const { resources } = this.#options;
    const left = await resources.find(meta.name);
    if (left?.execution === meta.execution) await resources.remove(left._id);
    const description = 'Made for one transfer';
    return toOffer(await resources.create([Buffer.from(text)], { ...meta, description }));
  }

  async removeTemporary(id: string): Promise<void> {
    const { resources } = this.#options;
    if (await resources.find(id)) await resources.remove(id);
  }

  async offerDownload(order: TransferOrder & { resource: string }): Promise<TransferTicket> {
    const record = await this.#options.resources.find(order.resource);
    if (!record) throw new NotFoundError('resource', order.resource);
    const { fileName, size } = record;
    return await this.#ticket(order, {
      ...{ kind: 'download', resource: record._id, fileName, target: null, size },
    });
  }

  async expectUpload(order: TransferOrder & UploadTarget): Promise<TransferTicket> {
    const { name, fileName, category, domain, version } = order;
    const target = { id: newId(this.#options.clock.now()), name, category, domain, version };
    const size = this.#options.maxUploadBytes;
    const ticket = await this.#ticket(order, { kind: 'upload', resource: null, fileName, target, size });
    // The size of what will come is not known.
    return { ...ticket, size: 0 };
  }

  async transferState(commandKey: string): Promise<TransferState | null> {
    const transfer = await this.#options.transfers.ofCommandKey(commandKey);
    if (!transfer) return null;
    const { requests, bytes, status, firstRequestAt, completedAt, resource } = transfer;
    return { requests, bytes, status, firstRequestAt, completedAt, resource };
  }

  /** Throws `ValidationError` when this server cannot be reached by the scheme that the order asks for. */
  #ownBase(scheme: TransferOrder['scheme']): string {
    const base = checkedBase(this.#options.publicUrl());
    if (scheme !== undefined && !base.toLowerCase().startsWith(`${scheme}:`))
      throw ValidationError.of(
        '/protocol',
        `asks for ${scheme}, but the file server is at ${base}; set its public URL or the base URL of the task`,
        'no-such-scheme',
      );
    return base;
  }

  async #ticket(
    order: TransferOrder,
    subject: Pick<TransferRecord, 'kind' | 'resource' | 'fileName' | 'target' | 'size'>,
  ): Promise<TransferTicket> {
    const base = order.baseUrl === '' ? this.#ownBase(order.scheme) : checkedBase(order.baseUrl);
    const login = order.withCredentials ? { username: newSecret(9), password: newSecret(12) } : null;
    const credentials: TransferCredentials | null = login && makeCredentials(login.username, login.password);
    const { device, task, execution, commandKey, fileType, expiresAt } = order;
    const room =
      MAX_URL - base.length - pathOf({ kind: subject.kind, token: 'x'.repeat(22), urlName: '' }).length;
    const transfer: NewTransfer = {
      ...subject,
      ...{ device, task, execution, commandKey, fileType, expiresAt, credentials },
      urlName: toUrlName(subject.fileName, Math.min(room, MAX_URL_NAME)),
    };
    const address = await this.#options.transfers.create(transfer);
    return {
      url: `${base}${pathOf(address)}`,
      username: login?.username ?? '',
      password: login?.password ?? '',
      size: subject.size,
      fileName: subject.fileName,
    };
  }
}

function toOffer(record: ResourceRecord): FileOffer {
  const { _id: id, name, fileName, fileType, version, size, sha256, models, createdAt } = record;
  return { id, name, fileName, fileType, version, size, sha256, models, createdAt };
}

/** Without a slash at the end. Throws `ValidationError` when it is no base of a URL that a CPE could fetch. */
function checkedBase(text: string): string {
  const base = text.trim().replace(/\/+$/, '');
  const url = URL.canParse(base) ? new URL(base) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '')
    throw ValidationError.of('/baseUrl', `"${text}" is not the base of an http or https URL`);
  if (base.length > 200) throw ValidationError.of('/baseUrl', 'is longer than 200 characters');
  return base;
}

/** The file's name in characters that need no encoding, cut in front so that the suffix stays (cpe-quirks.md row 62). */
function toUrlName(fileName: string, most: number): string {
  const plain = fileName
    .normalize('NFKD')
    .replaceAll(/[^\w.-]+/g, '_')
    .replace(/^\.+/, '_');
  return plain.slice(-Math.max(1, most)) || 'file';
}
