import type {
  FileDesk,
  FileOffer,
  TransferOrder,
  TransferState,
  TransferTicket,
  UploadTarget,
  TemporaryFile,
} from '../file-desk.js';

interface Order {
  kind: 'download' | 'upload';
  offer: FileOffer | null;
}

/** Id of the file that an upload would have become. */
const WOULD_BE = 'rehearsal';
/** Bytes that an upload is said to have had: enough to be one, known to nobody. */
const UPLOADED = 1;

/** What is asked of the real file desk: nothing that changes anything. */
export type LookedUp = Pick<FileDesk, 'findResource' | 'newestBackup' | 'backups' | 'readText'>;

/** A file desk that looks files up for real, and makes, serves and deletes none. */
export class RehearsalFiles implements FileDesk {
  readonly #real: LookedUp;
  readonly #now: () => Date;
  readonly #orders = new Map<string, Order>();
  readonly #temporary = new Map<string, FileOffer>();
  /** In words: what would have been done to files. */
  readonly acts: string[] = [];

  constructor(real: LookedUp, now: () => Date) {
    this.#real = real;
    this.#now = now;
  }

  findResource(idOrName: string): Promise<FileOffer | null> {
    return this.#real.findResource(idOrName);
  }

  newestBackup(device: string, from: Date | null, to: Date | null): Promise<FileOffer | null> {
    return this.#real.newestBackup(device, from, to);
  }

  backups(device: string, task: string): Promise<FileOffer[]> {
    return this.#real.backups(device, task);
  }

  deleteResource(id: string): Promise<void> {
    this.acts.push(`the file ${id} would be deleted`);
    return Promise.resolve();
  }

  readText(idOrName: string): ReturnType<FileDesk['readText']> {
    return this.#real.readText(idOrName);
  }

  storeTemporary({ name, fileName, text }: TemporaryFile): Promise<FileOffer> {
    const made: FileOffer = {
      ...{ id: `rehearsal:${name}`, name, fileName, fileType: '', version: '', sha256: '', models: [] },
      ...{ size: Buffer.byteLength(text), createdAt: this.#now() },
    };
    this.#temporary.set(made.id, made);
    this.acts.push(`the file ${name} would be made for the transfer`);
    return Promise.resolve(made);
  }

  removeTemporary(id: string): Promise<void> {
    this.#temporary.delete(id);
    return Promise.resolve();
  }

  async offerDownload(order: TransferOrder & { resource: string }): Promise<TransferTicket> {
    const offer = this.#temporary.get(order.resource) ?? (await this.#real.findResource(order.resource));
    this.#orders.set(order.commandKey, { kind: 'download', offer });
    return ticket(order, { size: offer?.size ?? 0, fileName: offer?.fileName ?? '' });
  }

  expectUpload(order: TransferOrder & UploadTarget): Promise<TransferTicket> {
    this.#orders.set(order.commandKey, { kind: 'upload', offer: null });
    this.acts.push(`the file ${order.name} would be stored`);
    return Promise.resolve(ticket(order, { size: 0, fileName: order.fileName }));
  }

  transferState(commandKey: string): Promise<TransferState | null> {
    const order = this.#orders.get(commandKey);
    if (!order) return Promise.resolve(null);
    const now = this.#now();
    return Promise.resolve({
      requests: 1,
      bytes: order.offer?.size ?? UPLOADED,
      status: order.kind === 'download' ? 200 : 201,
      firstRequestAt: now,
      completedAt: now,
      resource: order.offer?.id ?? WOULD_BE,
    });
  }

  /** The file that a download brings to the device. */
  offered(commandKey: string): FileOffer | null {
    return this.#orders.get(commandKey)?.offer ?? null;
  }
}

/** An address that leads nowhere. */
function ticket(order: TransferOrder, file: { size: number; fileName: string }): TransferTicket {
  const base = order.baseUrl === '' ? `${order.scheme ?? 'http'}://files.invalid` : order.baseUrl;
  return { url: `${base}/rehearsal/${file.fileName}`, username: '', password: '', ...file };
}
