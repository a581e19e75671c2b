import { CpeFaultAnswer, faultText } from '../codec/fault.js';
import {
  type DownloadRequest,
  type QueuedTransfer,
  type TransferCompleteMessage,
  type TransferResult,
  unknownTime,
  type UploadRequest,
} from '../codec/messages.js';
import { type FaultPlan } from '../fault-plan.js';
import { type Cancel, type Timers } from '../timers.js';
import { TransferFailure } from './file-client.js';

export interface TransferRecord {
  readonly number: number;
  readonly kind: 'Download' | 'Upload';
  readonly commandKey: string;
  readonly fileType: string;
  readonly url: string;
  readonly username: string;
  readonly password: string;
  readonly fileSize: number;
  readonly targetFileName: string;
  /** Device time, milliseconds. */
  readonly dueAt: number;
  /** `installing` lasts until the device has restarted with the new image; `done` until TransferCompleteResponse. */
  state: 'waiting' | 'running' | 'installing' | 'done';
  faultCode: number;
  faultString: string;
  startTime: string;
  completeTime: string;
  /** Version that the device has once the image is installed. */
  version?: string;
}

/** A transfer that ended, with what went over the wire. */
export interface TransferReport {
  readonly kind: 'Download' | 'Upload';
  readonly commandKey: string;
  readonly fileType: string;
  readonly faultCode: number;
  readonly faultString: string;
  readonly content: Buffer | undefined;
}

/** What a finished download asks of the device. */
export type TransferEffect = { readonly install: string } | undefined;

export interface TransferHost {
  readonly timers: Timers;
  readonly plan: FaultPlan;
  readonly rebootNow: () => void;
  readonly inSession: () => boolean;
  /** Does the transfer itself; throws TransferFailure. */
  readonly carryOut: (
    transfer: TransferRecord,
    signal: AbortSignal,
  ) => Promise<{ readonly content: Buffer; readonly effect: TransferEffect }>;
  /** Something was written that must survive a restart. */
  readonly changed: () => void;
  /** A transfer ended: 7 TRANSFER COMPLETE and M Download or M Upload are due. */
  readonly ended: (report: TransferReport) => void;
  /** An image is ready; the device is to restart when it can. */
  readonly installReady: () => void;
  readonly maxTransfers: number;
}

const dateTime = (date: Date): string => date.toISOString().replace(/\.\d+Z$/, 'Z');

const listedUploadTypes: Readonly<Record<string, string>> = { '1': '3', '2': '4', '3': '6', '4': '7' };

/** An upload's file type by the list that downloads and uploads share in GetAllQueuedTransfers. */
const listedType = (fileType: string): string =>
  fileType.replace(/^[1-4](?= )/, (number) => listedUploadTypes[number] ?? number);

function checkTarget(request: DownloadRequest | UploadRequest): void {
  const known = request.rpc === 'Download' ? /^(?:[1-6] \S|X \S)/ : /^(?:[1-4] \S|X \S)/;
  if (!known.test(request.fileType)) throw new CpeFaultAnswer(9003, `FileType "${request.fileType}"`);
  let url: URL;
  try {
    url = new URL(request.url);
  } catch {
    throw new CpeFaultAnswer(9003, `URL "${request.url}"`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new CpeFaultAnswer(9013, url.protocol);
  if (url.username !== '' || url.password !== '') throw new CpeFaultAnswer(9003, 'the URL holds credentials');
}

/** The queue of downloads and uploads, one at a time, kept until the ACS has confirmed each (TR-069 A6 §A.3.2.8). */
export class Transfers {
  #records: TransferRecord[] = [];
  #last = 0;
  #cancel: Cancel | undefined;
  #abort: AbortController | undefined;
  readonly #host: TransferHost;

  constructor(host: TransferHost) {
    this.#host = host;
  }

  state(): readonly TransferRecord[] {
    return this.#records;
  }

  restore(records: readonly TransferRecord[]): void {
    this.#records = records.map((record) => ({ ...record }));
    this.#last = Math.max(0, ...records.map((record) => record.number));
  }

  /** Takes a transfer into the queue. Throws CpeFaultAnswer 9003, 9004 or 9013. */
  accept(request: DownloadRequest | UploadRequest): TransferRecord {
    checkTarget(request);
    if (this.#records.filter((record) => record.state !== 'done').length >= this.#host.maxTransfers) {
      throw new CpeFaultAnswer(9004, 'too many transfers');
    }
    this.#last += 1;
    const record: TransferRecord = {
      number: this.#last,
      kind: request.rpc,
      commandKey: request.commandKey,
      fileType: request.fileType,
      url: request.url,
      username: request.username,
      password: request.password,
      fileSize: request.rpc === 'Download' ? request.fileSize : 0,
      targetFileName: request.rpc === 'Download' ? request.targetFileName : '',
      dueAt: this.#host.timers.now().getTime() + request.delaySeconds * 1000,
      state: 'waiting',
      faultCode: 0,
      faultString: '',
      startTime: unknownTime,
      completeTime: unknownTime,
    };
    this.#records.push(record);
    this.#host.changed();
    return record;
  }

  /** Carries a queued transfer out at once and takes it off the queue (Status 0). Throws CpeFaultAnswer. */
  async atOnce(record: TransferRecord): Promise<TransferResult> {
    this.#records = this.#records.filter((other) => other !== record);
    await this.#carryOut(record);
    this.#host.changed();
    if (record.faultCode !== 0) throw new CpeFaultAnswer(record.faultCode, record.faultString);
    return { status: 0, startTime: record.startTime, completeTime: record.completeTime };
  }

  queued(): QueuedTransfer[] {
    const states = { waiting: 1, running: 2, installing: 3, done: 3 } as const;
    return this.#records.map((record) => ({
      commandKey: record.commandKey,
      state: states[record.state],
      isDownload: record.kind === 'Download',
      fileType: record.kind === 'Upload' ? listedType(record.fileType) : record.fileType,
      fileSize: record.fileSize,
      targetFileName: record.targetFileName,
    }));
  }

  /** Starts what is due, unless a session is on; else sees to it that it will be started. */
  wake(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (
      this.#host.inSession() ||
      this.#records.some((record) => record.state === 'running' || record.state === 'installing')
    ) {
      return;
    }
    const next = this.#records
      .filter((record) => record.state === 'waiting')
      .sort((a, b) => a.dueAt - b.dueAt || a.number - b.number)[0];
    if (!next) return;
    const wait = next.dueAt - this.#host.timers.now().getTime();
    if (wait > 0) this.#cancel = this.#host.timers.after(wait, () => this.wake());
    else void this.#run(next);
  }

  /** The power went: what was running starts again, what was being installed is installed. Returns the new version. */
  rebooted(): string | undefined {
    this.halt();
    let version: string | undefined;
    for (const record of this.#records) {
      if (record.state === 'running') record.state = 'waiting';
      if (record.state !== 'installing') continue;
      version = record.version;
      this.#finish(record, undefined);
    }
    return version;
  }

  /** Stops without changing anything that is kept. */
  halt(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#abort?.abort();
    this.#abort = undefined;
  }

  clear(): void {
    this.halt();
    this.#records = [];
  }

  /** The transfer whose TransferComplete is due next. */
  unconfirmed(): TransferRecord | undefined {
    return this.#records.find((record) => record.state === 'done');
  }

  confirm(record: TransferRecord): void {
    this.#records = this.#records.filter((other) => other !== record);
    this.#host.changed();
  }

  async #run(record: TransferRecord): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    record.state = 'running';
    this.#host.changed();
    const content = await this.#carryOut(record, abort.signal);
    if (abort.signal.aborted) return;
    this.#abort = undefined;
    if (record.faultCode === 0 && record.version !== undefined) {
      record.state = 'installing';
      this.#host.changed();
      this.#host.installReady();
      return;
    }
    this.#finish(record, content);
    this.wake();
  }

  async #carryOut(
    record: TransferRecord,
    signal = new AbortController().signal,
  ): Promise<Buffer | undefined> {
    record.startTime = dateTime(this.#host.timers.now());
    try {
      const planned = this.#host.plan.forTransfer(record.kind);
      if (typeof planned === 'object' && 'fault' in planned) {
        throw new TransferFailure(planned.fault, planned.text ?? faultText(planned.fault));
      }
      if (typeof planned === 'object' && 'delay' in planned) await this.#pause(planned.delay, signal);
      if (planned === 'reboot') this.#host.rebootNow();
      if (planned === 'drop' || planned === 'garbage')
        throw new TransferFailure(9017, 'the transfer broke off');
      // Never ends: only a reboot takes it up again.
      if (planned === 'silence') await this.#pause(2 ** 31 - 1, signal);
      const { content, effect } = await this.#host.carryOut(record, signal);
      if (effect) record.version = effect.install;
      record.completeTime = dateTime(this.#host.timers.now());
      return content;
    } catch (error) {
      record.faultCode = error instanceof TransferFailure ? error.code : 9002;
      record.faultString = (error instanceof Error ? error.message : String(error)).slice(0, 256);
      record.completeTime = dateTime(this.#host.timers.now());
      return undefined;
    }
  }

  #pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #finish(record: TransferRecord, content: Buffer | undefined): void {
    record.state = 'done';
    record.completeTime = dateTime(this.#host.timers.now());
    this.#host.changed();
    const { kind, commandKey, fileType, faultCode, faultString } = record;
    this.#host.ended({ kind, commandKey, fileType, faultCode, faultString, content });
  }
}

export const transferComplete = (record: TransferRecord, withoutKey: boolean): TransferCompleteMessage => ({
  rpc: 'TransferComplete',
  commandKey: withoutKey ? '' : record.commandKey,
  faultCode: record.faultCode,
  faultString: record.faultString,
  startTime: record.startTime,
  completeTime: record.completeTime,
});
