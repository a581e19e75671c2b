import { create } from 'xmlbuilder2';
import { namespaces } from './arguments.js';
import { type CpeFaultAnswer, faultSide, faultText } from './fault.js';
import { type CpeRequest, type CpeResponse, type ParameterValue, type QueuedTransfer } from './messages.js';

type XmlNode = ReturnType<typeof create>;

/** How a device writes; deviations from the norm are the `quirks` of a device. */
export interface WriteStyle {
  readonly namespace: string;
  /** `arrayType` as it should be, left out, or with a wrong count and leading zeros. */
  readonly arrayType?: 'right' | 'missing' | 'wrong';
  /** Leaves out xsi:type. */
  readonly untyped?: boolean;
  readonly noHeader?: boolean;
  /** Leaves out Status in responses. */
  readonly noStatus?: boolean;
}

export interface EnvelopeHeader {
  readonly id?: string | undefined;
  /** Seconds (1.3). */
  readonly sessionTimeout?: number | undefined;
  /** (1.4) */
  readonly supportedVersions?: readonly string[] | undefined;
}

class EnvelopeWriter {
  readonly #document: XmlNode;
  readonly #style: WriteStyle;
  readonly body: XmlNode;

  constructor(header: EnvelopeHeader, style: WriteStyle) {
    this.#style = style;
    this.#document = create({ version: '1.0', encoding: 'UTF-8' });
    const root = this.#document.ele('soap-env:Envelope', {
      'xmlns:soap-env': namespaces.envelope,
      'xmlns:soap-enc': namespaces.encoding,
      'xmlns:xsd': namespaces.schema,
      'xmlns:xsi': namespaces.instance,
      'xmlns:cwmp': style.namespace,
    });
    if (style.noHeader !== true) this.#header(root.ele('soap-env:Header'), header);
    this.body = root.ele('soap-env:Body');
  }

  #header(parent: XmlNode, header: EnvelopeHeader): void {
    if (header.id !== undefined) parent.ele('cwmp:ID', { 'soap-env:mustUnderstand': '1' }).txt(header.id);
    if (header.sessionTimeout !== undefined) {
      parent
        .ele('cwmp:SessionTimeout', { 'soap-env:mustUnderstand': '0' })
        .txt(String(header.sessionTimeout));
    }
    if (header.supportedVersions) {
      parent
        .ele('cwmp:SupportedCWMPVersions', { 'soap-env:mustUnderstand': '0' })
        .txt(header.supportedVersions.join(','));
    }
  }

  list(parent: XmlNode, name: string, type: string, count: number): XmlNode {
    const style = this.#style.arrayType ?? 'right';
    if (style === 'missing') return parent.ele(name);
    const size = style === 'wrong' ? String(count + 3).padStart(4, '0') : String(count);
    return parent.ele(name, { 'soap-enc:arrayType': `${type}[${size}]` });
  }

  values(parent: XmlNode, parameters: readonly ParameterValue[]): void {
    const list = this.list(parent, 'ParameterList', 'cwmp:ParameterValueStruct', parameters.length);
    for (const { name, type, value } of parameters) {
      const entry = list.ele('ParameterValueStruct');
      entry.ele('Name').txt(name);
      const xsiType = type === 'base64' ? 'soap-enc:base64' : `xsd:${type}`;
      entry.ele('Value', this.#style.untyped === true ? {} : { 'xsi:type': xsiType }).txt(value);
    }
  }

  strings(parent: XmlNode, name: string, items: readonly string[]): void {
    const list = this.list(parent, name, 'xsd:string', items.length);
    for (const item of items) list.ele('string').txt(item);
  }

  status(parent: XmlNode, status: number): void {
    if (this.#style.noStatus !== true) parent.ele('Status').txt(String(status));
  }

  toString(): string {
    return this.#document.end();
  }
}

function writeInform(writer: EnvelopeWriter, message: CpeRequest & { rpc: 'Inform' }): void {
  const inform = writer.body.ele('cwmp:Inform');
  const id = inform.ele('DeviceId');
  id.ele('Manufacturer').txt(message.deviceId.manufacturer);
  id.ele('OUI').txt(message.deviceId.oui);
  id.ele('ProductClass').txt(message.deviceId.productClass);
  id.ele('SerialNumber').txt(message.deviceId.serialNumber);
  const events = writer.list(inform, 'Event', 'cwmp:EventStruct', message.events.length);
  for (const event of message.events) {
    const entry = events.ele('EventStruct');
    entry.ele('EventCode').txt(event.code);
    entry.ele('CommandKey').txt(event.commandKey);
  }
  inform.ele('MaxEnvelopes').txt('1');
  inform.ele('CurrentTime').txt(message.currentTime);
  inform.ele('RetryCount').txt(String(message.retryCount));
  writer.values(inform, message.parameters);
}

/** Writes a request of the CPE. */
export function writeRequest(message: CpeRequest, header: EnvelopeHeader, style: WriteStyle): string {
  const writer = new EnvelopeWriter(header, style);
  switch (message.rpc) {
    case 'Inform':
      writeInform(writer, message);
      break;
    case 'GetRPCMethods':
      writer.body.ele('cwmp:GetRPCMethods');
      break;
    case 'TransferComplete': {
      const root = writer.body.ele('cwmp:TransferComplete');
      root.ele('CommandKey').txt(message.commandKey);
      const fault = root.ele('FaultStruct');
      fault.ele('FaultCode').txt(String(message.faultCode));
      fault.ele('FaultString').txt(message.faultString);
      root.ele('StartTime').txt(message.startTime);
      root.ele('CompleteTime').txt(message.completeTime);
      break;
    }
  }
  return writer.toString();
}

function writeTransfers(
  writer: EnvelopeWriter,
  root: XmlNode,
  all: boolean,
  transfers: readonly QueuedTransfer[],
): void {
  const type = all ? 'AllQueuedTransferStruct' : 'QueuedTransferStruct';
  const list = writer.list(root, 'TransferList', `cwmp:${type}`, transfers.length);
  for (const transfer of transfers) {
    const entry = list.ele(type);
    entry.ele('CommandKey').txt(transfer.commandKey);
    entry.ele('State').txt(String(transfer.state));
    if (!all) continue;
    entry.ele('IsDownload').txt(transfer.isDownload ? '1' : '0');
    entry.ele('FileType').txt(transfer.fileType);
    entry.ele('FileSize').txt(String(transfer.fileSize));
    entry.ele('TargetFileName').txt(transfer.targetFileName);
  }
}

/** Writes the answer to a request of the ACS. */
export function writeResponse(response: CpeResponse, header: EnvelopeHeader, style: WriteStyle): string {
  const writer = new EnvelopeWriter(header, style);
  const root = writer.body.ele(`cwmp:${response.rpc}Response`);
  switch (response.rpc) {
    case 'GetRPCMethods':
      writer.strings(root, 'MethodList', response.methods);
      break;
    case 'GetParameterValues':
      writer.values(root, response.parameters);
      break;
    case 'GetParameterNames': {
      const list = writer.list(root, 'ParameterList', 'cwmp:ParameterInfoStruct', response.parameters.length);
      for (const { name, writable } of response.parameters) {
        const entry = list.ele('ParameterInfoStruct');
        entry.ele('Name').txt(name);
        entry.ele('Writable').txt(writable ? '1' : '0');
      }
      break;
    }
    case 'GetParameterAttributes': {
      const list = writer.list(
        root,
        'ParameterList',
        'cwmp:ParameterAttributeStruct',
        response.parameters.length,
      );
      for (const { name, notification, accessList } of response.parameters) {
        const entry = list.ele('ParameterAttributeStruct');
        entry.ele('Name').txt(name);
        entry.ele('Notification').txt(String(notification));
        writer.strings(entry, 'AccessList', accessList);
      }
      break;
    }
    case 'AddObject':
      root.ele('InstanceNumber').txt(String(response.instanceNumber));
      writer.status(root, response.status);
      break;
    case 'SetParameterValues':
    case 'DeleteObject':
      writer.status(root, response.status);
      break;
    case 'Download':
    case 'Upload':
      writer.status(root, response.status);
      root.ele('StartTime').txt(response.startTime);
      root.ele('CompleteTime').txt(response.completeTime);
      break;
    case 'GetQueuedTransfers':
    case 'GetAllQueuedTransfers':
      writeTransfers(writer, root, response.rpc === 'GetAllQueuedTransfers', response.transfers);
      break;
    case 'SetParameterAttributes':
    case 'Reboot':
    case 'FactoryReset':
    case 'ScheduleInform':
      break;
  }
  return writer.toString();
}

/** Writes a fault in the form of TR-069 A6 §3.5. */
export function writeFault(fault: CpeFaultAnswer, header: EnvelopeHeader, style: WriteStyle): string {
  const writer = new EnvelopeWriter(header, style);
  const root = writer.body.ele('soap-env:Fault');
  root.ele('faultcode').txt(faultSide(fault.code));
  root.ele('faultstring').txt('CWMP fault');
  const detail = root.ele('detail').ele('cwmp:Fault');
  detail.ele('FaultCode').txt(String(fault.code));
  detail.ele('FaultString').txt(fault.message.slice(0, 256));
  for (const parameter of fault.parameters) {
    const entry = detail.ele('SetParameterValuesFault');
    entry.ele('ParameterName').txt(parameter.name);
    entry.ele('FaultCode').txt(String(parameter.code));
    entry.ele('FaultString').txt(parameter.text || faultText(parameter.code));
  }
  return writer.toString();
}
