import { type DataModel } from '../model/data-model.js';
import { type ConfigurationFormat, exportConfiguration, importConfiguration } from './configuration-file.js';
import { fetchFile, putFile, TransferFailure } from './file-client.js';
import { firmwareVersion } from './firmware.js';
import { type TransferEffect, type TransferRecord } from './transfers.js';

export interface TransferDevice {
  readonly model: DataModel;
  readonly productClass: string;
  readonly softwareVersion: string;
  /** Bytes that fit. */
  readonly storage: number;
  /** Milliseconds of silence that end a transfer. */
  readonly timeout: number;
  readonly format: ConfigurationFormat;
  readonly log: () => readonly string[];
}

async function upload(
  transfer: TransferRecord,
  signal: AbortSignal,
  device: TransferDevice,
): Promise<Buffer> {
  const isLog = /^[24] /.test(transfer.fileType);
  const content = isLog
    ? Buffer.from(`${device.log().join('\n')}\n`)
    : exportConfiguration(device.model, device.productClass, device.format);
  const credentials = { username: transfer.username, password: transfer.password };
  await putFile({ url: transfer.url, credentials, body: content, timeout: device.timeout, signal });
  return content;
}

async function download(
  transfer: TransferRecord,
  signal: AbortSignal,
  device: TransferDevice,
): Promise<Buffer> {
  const credentials = { username: transfer.username, password: transfer.password };
  const content = await fetchFile({ url: transfer.url, credentials, timeout: device.timeout, signal });
  if (content.length > device.storage) throw new TransferFailure(9010, 'the file does not fit');
  if (transfer.fileSize !== 0 && transfer.fileSize !== content.length) {
    throw new TransferFailure(
      9018,
      `the file has ${content.length} bytes, ${transfer.fileSize} were announced`,
    );
  }
  return content;
}

/** Does the transfer that a Download or Upload asked for. Throws TransferFailure with the code for TransferComplete. */
export async function carryOutTransfer(
  transfer: TransferRecord,
  signal: AbortSignal,
  device: TransferDevice,
): Promise<{ readonly content: Buffer; readonly effect: TransferEffect }> {
  if (transfer.kind === 'Upload')
    return { content: await upload(transfer, signal, device), effect: undefined };
  const content = await download(transfer, signal, device);
  // What arrives after the power went is lost.
  if (signal.aborted) return { content, effect: undefined };
  if (transfer.fileType.startsWith('3 ')) importConfiguration(device.model, device.productClass, content);
  if (!transfer.fileType.startsWith('1 ')) return { content, effect: undefined };
  const fileName = transfer.targetFileName || (new URL(transfer.url).pathname.split('/').at(-1) ?? '');
  return {
    content,
    effect: { install: firmwareVersion(content, fileName, device.softwareVersion, device.productClass) },
  };
}
