/** What a transfer task needs of the file server; `acs/files` implements it, `main.ts` puts the two together. */
export interface FileDesk {
  /** A resource by id or by its unique name; null when there is none. */
  findResource(idOrName: string): Promise<FileOffer | null>;
  /** The newest backup of the device with `from` < creation < `to` (missing bounds are open); null when there is none. */
  newestBackup(device: string, from: Date | null, to: Date | null): Promise<FileOffer | null>;
  /** Backups that a task made on a device, newest first. */
  backups(device: string, task: string): Promise<FileOffer[]>;
  deleteResource(id: string): Promise<void>;
  /**
   * The whole text of a resource, by id or by its unique name; null when there is none. Rejects with `TooLargeError` for
   * more than a configuration has.
   */
  readText(idOrName: string): Promise<{ id: string; fileName: string; text: string } | null>;
  /** Makes a file for one transfer; one of the same name, left by a run that was cut off, is replaced. */
  storeTemporary(file: TemporaryFile): Promise<FileOffer>;
  /** Removes such a file; nothing when it is gone. */
  removeTemporary(id: string): Promise<void>;
  /** Makes a one-time URL from which the CPE fetches the resource. */
  offerDownload(order: TransferOrder & { resource: string }): Promise<TransferTicket>;
  /** Makes a one-time URL to which the CPE puts a file; what arrives becomes a resource. */
  expectUpload(order: TransferOrder & UploadTarget): Promise<TransferTicket>;
  /** What the file server has seen of a transfer; null when the CommandKey is unknown. */
  transferState(commandKey: string): Promise<TransferState | null>;
}

export interface FileOffer {
  id: string;
  name: string;
  fileName: string;
  fileType: string;
  /** Firmware: the version that the CPE reports afterwards; a backup: the version it was made with. */
  version: string;
  /** Bytes. */
  size: number;
  sha256: string;
  models: string[];
  createdAt: Date;
}

export interface TemporaryFile {
  /** Unique in the domain. */
  name: string;
  fileName: string;
  text: string;
  category: 'config';
  domain: string;
  device: string;
  task: string;
  execution: string;
}

export interface TransferOrder {
  device: string;
  task: string;
  execution: string;
  commandKey: string;
  fileType: string;
  /** Scheme, host and port as the CPE sees the file server; empty = the server's own configuration. */
  baseUrl: string;
  /** What the server's own address must be when `baseUrl` is empty; left out = whatever it is. */
  scheme?: 'http' | 'https';
  /** Whether the URL asks for a user name and password (`httpWithAuth`). */
  withCredentials: boolean;
  /** The URL dies then. */
  expiresAt: Date;
}

export interface UploadTarget {
  category: 'config' | 'config.backup' | 'device-logs';
  /** Name of the resource to be made, unique in the domain. */
  name: string;
  fileName: string;
  domain: string;
  /** The software version of the device now. */
  version: string;
}

export interface TransferTicket {
  /** Ends in the file's name, without a query: some CPEs cut it (cpe-quirks.md row 62). At most 256 characters. */
  url: string;
  username: string;
  password: string;
  /** Bytes; 0 = unknown. */
  size: number;
  fileName: string;
}

export interface TransferState {
  requests: number;
  bytes: number;
  status: number | null;
  firstRequestAt: Date | null;
  completedAt: Date | null;
  /** The resource that was served, or that the received file became. */
  resource: string | null;
}
