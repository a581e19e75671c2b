import type { ExecutionLogRecord } from '../../store/models/execution-log.js';
import type { ExecutionRecord, Replaced } from '../../store/models/execution.js';
import type { LogLineRecord } from '../../store/models/log-line.js';
import { SECRET_MASK } from '../../acs/devices/secret-paths.js';
import type { TransferRecord } from '../../store/models/transfer.js';
import { durationBetween, timeJson } from './json.js';
import { isSecretName } from '../../acs/devices/secret-names.js';

export function executionBriefJson(execution: ExecutionRecord) {
  const { task, device, status, run, startTime, finishTime, summary, fault, stage, blocking } = execution;
  return {
    id: execution._id,
    task,
    device,
    status,
    run,
    startTime: timeJson(startTime),
    finishTime: timeJson(finishTime),
    duration: durationBetween(startTime, finishTime),
    lastUpdateTime: execution.lastUpdateTime.toISOString(),
    summary,
    fault,
    stage,
    blocking,
    commandKey: execution.commandKey,
    deadline: timeJson(execution.deadline),
  };
}

export interface ExecutionParts {
  /** Of the task, or what is remembered of a deleted one. */
  task: { type: string; name: string } | null;
  transfers: readonly TransferRecord[];
  showSecrets: () => boolean;
}

export function executionJson(execution: ExecutionRecord, { task, transfers, showSecrets }: ExecutionParts) {
  return {
    ...executionBriefJson(execution),
    taskType: task?.type ?? '',
    taskName: task?.name ?? '',
    details: maskDetails(execution.details, showSecrets),
    transfers: transfers.map(transferJson),
  };
}

/** Secret parameters that a task read or wrote. */
function maskDetails(details: ExecutionRecord['details'], showSecrets: () => boolean) {
  return details.map(({ name, value }) => ({
    name,
    value: value !== '' && isSecretName(name) && !showSecrets() ? SECRET_MASK : value,
  }));
}

/** Secrets lie sealed in the report and are shown to nobody. */
export function replacedJson(replaced: Replaced | null | undefined, showSecrets: () => boolean) {
  if (!replaced) return null;
  const shown = (name: string, value: string, sealed: boolean): string =>
    sealed || (value !== '' && isSecretName(name) && !showSecrets()) ? SECRET_MASK : value;
  return {
    omitted: replaced.omitted,
    parameters: replaced.values.map(({ name, value, sealed = false, type, readAt, reason = null }) => ({
      name,
      value: value === null ? null : shown(name, value, sealed),
      type,
      readAt: timeJson(readAt),
      restorable: value !== null,
      reason,
    })),
  };
}

function transferJson(transfer: TransferRecord) {
  const { kind, requests, bytes, size, status, resource } = transfer;
  return {
    kind,
    requests,
    bytes,
    size,
    status,
    firstRequestAt: timeJson(transfer.firstRequestAt),
    completedAt: timeJson(transfer.completedAt),
    resource,
  };
}

export function pastRunJson(run: ExecutionLogRecord, showSecrets: () => boolean) {
  return {
    id: run._id,
    execution: run.execution,
    task: run.task,
    device: run.device,
    taskType: run.type,
    taskName: run.taskName,
    run: run.run,
    startTime: run.startTime.toISOString(),
    finishTime: run.finishTime.toISOString(),
    duration: durationBetween(run.startTime, run.finishTime) ?? 'PT0S',
    status: run.status,
    summary: run.summary,
    fault: run.fault,
    details: maskDetails(run.details, showSecrets),
  };
}

export function logLineJson({ run, line, at, level, text }: LogLineRecord) {
  return { run, line, at: at.toISOString(), level, text };
}

/** `2013.04.03 10:34:05.371 INFO  text` (tasks.md §1), UTC. */
export function logLineText({ at, level, text }: LogLineRecord): string {
  const time = at.toISOString().replace('T', ' ').replace('Z', '').replaceAll('-', '.');
  return `${time} ${level.padEnd(5)} ${text}`;
}
