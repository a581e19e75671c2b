import { type Report } from '../violations.js';
import { ArgumentReader, valueType } from './arguments.js';
import { CpeFaultAnswer } from './fault.js';
import { type AcsRequest, type AcsRpc, type AttributeChange, type ValueChange } from './messages.js';
import { type XmlElement } from './xml-read.js';

function nameList(reader: ArgumentReader): string[] {
  return reader.array('ParameterNames', 'string', 'string').map((item) => item.text);
}

function valueChange(item: XmlElement, report: Report): ValueChange {
  const reader = new ArgumentReader(item, report);
  const name = reader.text('Name', 256);
  const value = item.children.find((child) => child.name === 'Value');
  if (!value) {
    report('element-missing', `the entry for ${name} has no Value`);
    throw new CpeFaultAnswer(9003, `no Value for ${name}`);
  }
  return { name, type: valueType(value, report), value: value.text };
}

function attributeChange(item: XmlElement, report: Report): AttributeChange {
  const reader = new ArgumentReader(item, report);
  const change = {
    name: reader.text('Name', 256),
    notificationChange: reader.boolean('NotificationChange'),
    notification: reader.unsigned('Notification'),
    accessListChange: reader.boolean('AccessListChange'),
    accessList: reader.array('AccessList', 'string', 'string').map((entry) => entry.text),
  };
  reader.end();
  return change;
}

type Decoder = (reader: ArgumentReader, report: Report) => AcsRequest;

/** One decoder for each RPC of TR-069 A6 §A.3.2 and §A.4.1 that the simulator knows; arguments in the order of the XSD. */
const decoders: Readonly<Record<AcsRpc, Decoder>> = {
  GetRPCMethods: () => ({ rpc: 'GetRPCMethods' }),
  FactoryReset: () => ({ rpc: 'FactoryReset' }),
  GetQueuedTransfers: () => ({ rpc: 'GetQueuedTransfers' }),
  GetAllQueuedTransfers: () => ({ rpc: 'GetAllQueuedTransfers' }),
  GetParameterNames: (reader) => ({
    rpc: 'GetParameterNames',
    path: reader.text('ParameterPath', 256),
    nextLevel: reader.boolean('NextLevel'),
  }),
  GetParameterValues: (reader) => ({ rpc: 'GetParameterValues', names: nameList(reader) }),
  GetParameterAttributes: (reader) => ({ rpc: 'GetParameterAttributes', names: nameList(reader) }),
  SetParameterValues: (reader, report) => ({
    rpc: 'SetParameterValues',
    changes: reader
      .array('ParameterList', 'ParameterValueStruct', 'ParameterValueStruct')
      .map((item) => valueChange(item, report)),
    parameterKey: reader.text('ParameterKey', 32),
  }),
  SetParameterAttributes: (reader, report) => ({
    rpc: 'SetParameterAttributes',
    changes: reader
      .array('ParameterList', 'SetParameterAttributesStruct', 'SetParameterAttributesStruct')
      .map((item) => attributeChange(item, report)),
  }),
  AddObject: (reader) => ({
    rpc: 'AddObject',
    objectName: reader.text('ObjectName', 256),
    parameterKey: reader.text('ParameterKey', 32),
  }),
  DeleteObject: (reader) => ({
    rpc: 'DeleteObject',
    objectName: reader.text('ObjectName', 256),
    parameterKey: reader.text('ParameterKey', 32),
  }),
  Reboot: (reader) => ({ rpc: 'Reboot', commandKey: reader.text('CommandKey', 32) }),
  ScheduleInform: (reader) => ({
    rpc: 'ScheduleInform',
    delaySeconds: reader.unsigned('DelaySeconds'),
    commandKey: reader.text('CommandKey', 32),
  }),
  Download: (reader) => ({
    rpc: 'Download',
    commandKey: reader.text('CommandKey', 32),
    fileType: reader.text('FileType', 64),
    url: reader.text('URL', 256),
    username: reader.text('Username', 256),
    password: reader.text('Password', 256),
    fileSize: reader.unsigned('FileSize'),
    targetFileName: reader.text('TargetFileName', 256),
    delaySeconds: reader.unsigned('DelaySeconds'),
    successUrl: reader.text('SuccessURL', 256),
    failureUrl: reader.text('FailureURL', 256),
  }),
  Upload: (reader) => ({
    rpc: 'Upload',
    commandKey: reader.text('CommandKey', 32),
    fileType: reader.text('FileType', 64),
    url: reader.text('URL', 256),
    username: reader.text('Username', 256),
    password: reader.text('Password', 256),
    delaySeconds: reader.unsigned('DelaySeconds'),
  }),
};

const isKnown = (rpc: string): rpc is AcsRpc => Object.hasOwn(decoders, rpc);

/** Decodes the RPC element of a request. Throws CpeFaultAnswer: 9000 for an unknown RPC, 9003 for arguments that cannot be read. */
export function decodeRequest(element: XmlElement, report: Report): AcsRequest {
  if (!isKnown(element.name)) throw new CpeFaultAnswer(9000, element.name);
  const reader = new ArgumentReader(element, report);
  const request = decoders[element.name](reader, report);
  reader.end();
  return request;
}
