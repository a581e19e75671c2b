import { CpeFaultAnswer } from '../codec/fault.js';
import {
  type AcsRequest,
  type CpeResponse,
  type DownloadRequest,
  supportedMethods,
  type TransferResult,
  unknownTime,
  type UploadRequest,
} from '../codec/messages.js';
import { type AppliedChange, type DataModel } from '../model/data-model.js';
import { type Quirks } from '../quirks.js';
import { type Transfers } from '../transfer/transfers.js';

/** The device as its RPCs see it. */
export interface RpcTarget {
  readonly model: DataModel;
  readonly transfers: Transfers;
  readonly quirks: Quirks;
  readonly storage: number;
  readonly configurationAtOnce: boolean;
  readonly parameterKey: (key: string) => void;
  /** The ACS has changed these values. */
  readonly applied: (changes: readonly AppliedChange[]) => void;
  /** The ACS has changed which parameters are notified. */
  readonly attributesChanged: () => void;
  readonly reboot: (commandKey: string) => void;
  readonly factoryReset: () => void;
  readonly scheduleInform: (delaySeconds: number, commandKey: string) => void;
}

type Of<Rpc extends AcsRequest['rpc']> = AcsRequest & { readonly rpc: Rpc };

function getParameterValues(target: RpcTarget, { names }: Of<'GetParameterValues'>): CpeResponse {
  const { model, quirks } = target;
  if (quirks.noPartialPaths === true && names.some((name) => name === '' || name.endsWith('.'))) {
    throw new CpeFaultAnswer(9005, 'partial paths are not supported');
  }
  const asked =
    quirks.unknownNamesLeftOut === true ? names.filter((name) => name === '' || model.has(name)) : names;
  const found = asked.length === 0 && names.length > 0 ? [] : model.values(asked);
  if (quirks.maxValues !== undefined && found.length > quirks.maxValues) {
    throw new CpeFaultAnswer(9004, `${found.length} parameters are too many`);
  }
  const words = quirks.booleanWords === true;
  const parameters = words
    ? found.map((entry) =>
        entry.type === 'boolean' ? { ...entry, value: entry.value === '1' ? 'true' : 'false' } : entry,
      )
    : found;
  return { rpc: 'GetParameterValues', parameters };
}

function getParameterNames(
  { model, quirks }: RpcTarget,
  { path, nextLevel }: Of<'GetParameterNames'>,
): CpeResponse {
  if (quirks.noRootPath === true && path === '')
    throw new CpeFaultAnswer(9005, 'the empty path is not supported');
  const deep = quirks.nextLevelIgnored === true && (path === '' || path.endsWith('.'));
  return { rpc: 'GetParameterNames', parameters: model.names(path, deep ? false : nextLevel) };
}

function setParameterValues(target: RpcTarget, request: Of<'SetParameterValues'>): CpeResponse {
  const { model, quirks } = target;
  const before = quirks.valuesNotApplied === true ? model.state() : undefined;
  let changes: AppliedChange[];
  try {
    changes = model.setValues(request.changes);
  } catch (error) {
    if (!(error instanceof CpeFaultAnswer) || quirks.parameterFaults === undefined) throw error;
    const kept = quirks.parameterFaults === 'first' ? error.parameters.slice(0, 1) : [];
    throw new CpeFaultAnswer(error.code, undefined, kept);
  }
  if (before) model.restore(before);
  else target.applied(changes);
  target.parameterKey(request.parameterKey);
  // The URL of the ACS applies after the session; everything else has already been applied.
  const isPending = changes.some(
    (change) =>
      change.later && change.path.endsWith('.ManagementServer.URL') && change.before !== change.after,
  );
  return { rpc: 'SetParameterValues', status: isPending ? 1 : 0 };
}

async function transfer(
  target: RpcTarget,
  request: DownloadRequest | UploadRequest,
): Promise<TransferResult> {
  if (request.rpc === 'Download' && request.fileSize > target.storage) {
    throw new CpeFaultAnswer(9004, `the file has ${request.fileSize} bytes, ${target.storage} fit`);
  }
  const record = target.transfers.accept(request);
  const atOnce =
    target.configurationAtOnce && request.rpc === 'Download' && request.fileType.startsWith('3 ');
  if (atOnce && request.delaySeconds === 0) return target.transfers.atOnce(record);
  return { status: 1, startTime: unknownTime, completeTime: unknownTime };
}

/** Carries out a request of the ACS. Throws CpeFaultAnswer. */
export async function execute(target: RpcTarget, request: AcsRequest): Promise<CpeResponse> {
  const { model } = target;
  switch (request.rpc) {
    case 'GetRPCMethods': {
      const missing = target.quirks.unsupported ?? [];
      return { rpc: request.rpc, methods: supportedMethods.filter((method) => !missing.includes(method)) };
    }
    case 'GetParameterNames':
      return getParameterNames(target, request);
    case 'GetParameterValues':
      return getParameterValues(target, request);
    case 'SetParameterValues':
      return setParameterValues(target, request);
    case 'GetParameterAttributes':
      return { rpc: request.rpc, parameters: model.attributes(request.names) };
    case 'SetParameterAttributes':
      model.setAttributes(request.changes);
      target.attributesChanged();
      return { rpc: request.rpc };
    case 'AddObject': {
      const instanceNumber = model.addObject(request.objectName);
      target.parameterKey(request.parameterKey);
      return { rpc: request.rpc, instanceNumber, status: 0 };
    }
    case 'DeleteObject':
      model.deleteObject(request.objectName);
      target.parameterKey(request.parameterKey);
      return { rpc: request.rpc, status: 0 };
    case 'Reboot':
      target.reboot(request.commandKey);
      return { rpc: request.rpc };
    case 'FactoryReset':
      target.factoryReset();
      return { rpc: request.rpc };
    case 'ScheduleInform':
      if (request.delaySeconds === 0) throw new CpeFaultAnswer(9003, 'DelaySeconds is 0');
      target.scheduleInform(request.delaySeconds, request.commandKey);
      return { rpc: request.rpc };
    case 'GetQueuedTransfers':
    case 'GetAllQueuedTransfers':
      return { rpc: request.rpc, transfers: target.transfers.queued() };
    case 'Download':
      return { rpc: request.rpc, ...(await transfer(target, request)) };
    case 'Upload':
      return { rpc: request.rpc, ...(await transfer(target, request)) };
  }
}
