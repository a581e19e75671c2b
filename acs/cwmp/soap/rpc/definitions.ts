import type {
  AcsMethod,
  AcsRequest,
  AcsResponse,
  CpeMethod,
  CpeRequest,
  CpeResponse,
} from '../../messages.js';
import type { ReadingNotes } from '../reading-notes.js';
import type { BooleanForm } from '../values.js';
import type { XmlElement } from '../xml-element.js';
import { addObject } from './add-object.js';
import type { AcsRpcDefinition, CpeRpcDefinition } from './definition.js';
import { deleteObject } from './delete-object.js';
import { download } from './download.js';
import { factoryReset } from './factory-reset.js';
import { getParameterAttributes } from './get-parameter-attributes.js';
import { getParameterNames } from './get-parameter-names.js';
import { getParameterValues } from './get-parameter-values.js';
import { getRpcMethods, getRpcMethodsOfAcs } from './get-rpc-methods.js';
import { reboot } from './reboot.js';
import { scheduleInform } from './schedule-inform.js';
import { setParameterAttributes } from './set-parameter-attributes.js';
import { setParameterValues } from './set-parameter-values.js';
import { transferComplete } from './transfer-complete.js';
import { upload } from './upload.js';

const ACS_RPCS: { readonly [M in AcsMethod]: AcsRpcDefinition<M> } = {
  GetRPCMethods: getRpcMethods,
  GetParameterNames: getParameterNames,
  GetParameterValues: getParameterValues,
  SetParameterValues: setParameterValues,
  SetParameterAttributes: setParameterAttributes,
  GetParameterAttributes: getParameterAttributes,
  AddObject: addObject,
  DeleteObject: deleteObject,
  Reboot: reboot,
  FactoryReset: factoryReset,
  ScheduleInform: scheduleInform,
  Download: download,
  Upload: upload,
};

const CPE_RPCS: { readonly [M in CpeMethod]: CpeRpcDefinition<M> } = {
  TransferComplete: transferComplete,
  GetRPCMethods: getRpcMethodsOfAcs,
};

/** What GetRPCMethods of the ACS answers. */
export const METHODS_OF_ACS: readonly string[] = ['Inform', ...Object.keys(CPE_RPCS)];

const RESPONSES: ReadonlyMap<string, AcsMethod> = new Map(
  (Object.keys(ACS_RPCS) as AcsMethod[]).map((method) => [`${method}Response`, method]),
);
const REQUESTS: ReadonlyMap<string, CpeMethod> = new Map(
  (Object.keys(CPE_RPCS) as CpeMethod[]).map((method) => [method, method]),
);

/** Null when the element is no response that the ACS ever waits for. */
export function readResponse(element: XmlElement, notes: ReadingNotes): CpeResponse | null {
  const method = RESPONSES.get(element.name);
  return method === undefined ? null : ACS_RPCS[method].read(element, notes);
}

/** Null when the ACS does not know the method. */
export function readRequest(element: XmlElement, notes: ReadingNotes): CpeRequest | null {
  const method = REQUESTS.get(element.name);
  return method === undefined ? null : CPE_RPCS[method].read(element, notes);
}

/** The content of a request element. */
export function writeRequest(request: AcsRequest, booleans: BooleanForm): string {
  // The method picks the definition of its own request type, which the compiler cannot follow through the table.
  return (ACS_RPCS[request.method] as AcsRpcDefinition<AcsMethod>).write(request, booleans);
}

/** The content of a response element. */
export function writeResponse(response: AcsResponse): string {
  return (CPE_RPCS[response.method] as CpeRpcDefinition<CpeMethod>).write(response);
}
