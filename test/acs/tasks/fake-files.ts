import type {
  FileDesk,
  FileOffer,
  TemporaryFile,
  TransferOrder,
  TransferState,
  TransferTicket,
  UploadTarget,
} from '../../../acs/tasks/file-desk.js';

/** A file server of plain objects. */
export class FakeFiles implements FileDesk {
  readonly offers: FileOffer[] = [];
  readonly orders: TransferOrder[] = [];
  readonly states = new Map<string, TransferState>();
  readonly deleted: string[] = [];

  add(offer: Partial<FileOffer> & { id: string }): FileOffer {
    const full = {
      name: offer.id,
      fileName: `${offer.id}.bin`,
      fileType: '',
      version: '',
      size: 1000,
      sha256: '',
      models: [],
      createdAt: new Date('2026-01-01T00:00:00Z'),
      ...offer,
    };
    this.offers.unshift(full);
    return full;
  }

  /** The CPE has put its file. */
  arrive(commandKey: string, resource: string, createdAt: Date): void {
    this.add({ id: resource, createdAt });
    this.states.set(commandKey, {
      requests: 1,
      bytes: 321,
      status: 201,
      firstRequestAt: createdAt,
      completedAt: createdAt,
      resource,
    });
  }

  findResource(idOrName: string): Promise<FileOffer | null> {
    return Promise.resolve(this.offers.find(({ id, name }) => id === idOrName || name === idOrName) ?? null);
  }

  newestBackup(_device: string, from: Date | null, to: Date | null): Promise<FileOffer | null> {
    const found = this.offers.find(({ createdAt }) => (!from || createdAt > from) && (!to || createdAt < to));
    return Promise.resolve(found ?? null);
  }

  backups(): Promise<FileOffer[]> {
    return Promise.resolve(this.offers.filter(({ id }) => id.startsWith('backup')));
  }

  readonly texts = new Map<string, string>();
  readonly temporary = new Map<string, TemporaryFile>();

  readText(idOrName: string): Promise<{ id: string; fileName: string; text: string } | null> {
    const text = this.texts.get(idOrName);
    return Promise.resolve(text === undefined ? null : { id: idOrName, fileName: 'device.cfg', text });
  }

  storeTemporary(file: TemporaryFile): Promise<FileOffer> {
    this.temporary.set(file.name, file);
    this.offers.splice(0, this.offers.length, ...this.offers.filter(({ id }) => id !== file.name));
    return Promise.resolve(this.add({ id: file.name, fileName: file.fileName }));
  }

  removeTemporary(id: string): Promise<void> {
    this.temporary.delete(id);
    return this.deleteResource(id);
  }

  deleteResource(id: string): Promise<void> {
    this.deleted.push(id);
    this.offers.splice(0, this.offers.length, ...this.offers.filter((offer) => offer.id !== id));
    return Promise.resolve();
  }

  offerDownload(order: TransferOrder & { resource: string }): Promise<TransferTicket> {
    this.orders.push(order);
    const offer = this.offers.find(({ id }) => id === order.resource);
    return Promise.resolve(this.#ticket(offer?.fileName ?? 'file', offer?.size ?? 0));
  }

  expectUpload(order: TransferOrder & UploadTarget): Promise<TransferTicket> {
    this.orders.push(order);
    return Promise.resolve(this.#ticket(order.fileName, 0));
  }

  transferState(commandKey: string): Promise<TransferState | null> {
    return Promise.resolve(this.states.get(commandKey) ?? null);
  }

  #ticket(fileName: string, size: number): TransferTicket {
    return { url: `http://files.test/f/SECRETTOKEN/${fileName}`, username: '', password: '', size, fileName };
  }
}
