import { z } from 'zod';
import { EXECUTION_STATUSES } from '../../store/models/execution.js';
import { LOG_LEVELS } from '../../store/models/task.js';
import { duration, identity, page, searchedPage, time } from './common.js';

export const executionStatus = z.enum(EXECUTION_STATUSES).meta({ id: 'ExecutionStatus' });

export const fault = z
  .object({
    code: z.number().int(),
    text: z.string(),
    method: z.string().meta({ description: 'The RPC that was refused' }),
    parameters: z.array(z.object({ path: z.string(), code: z.number().int(), text: z.string() })),
  })
  .meta({ id: 'RecordedFault' });

const detail = z.object({ name: z.string(), value: z.string() });

const briefFields = {
  id: z.string(),
  task: z.string(),
  device: identity,
  status: executionStatus,
  run: z.number().int(),
  startTime: time.nullable(),
  finishTime: time.nullable(),
  duration: duration.nullable(),
  lastUpdateTime: time,
  summary: z.string(),
  fault: fault.nullable(),
  stage: z.string().nullable(),
  blocking: z.boolean(),
  commandKey: z.string().nullable(),
  deadline: time.nullable(),
};

export const executionBrief = z.object(briefFields).meta({ id: 'ExecutionBrief' });

export const executionTransfer = z
  .object({
    kind: z.enum(['download', 'upload']),
    requests: z.number().int(),
    bytes: z.number().int(),
    size: z.number().int(),
    status: z.number().int().nullable().meta({ description: 'HTTP status of the last request of the CPE' }),
    firstRequestAt: time.nullable(),
    completedAt: time.nullable(),
    resource: z.string().nullable(),
  })
  .meta({ id: 'ExecutionTransfer' });

export const execution = z
  .object({
    ...briefFields,
    taskType: z.string(),
    taskName: z.string(),
    details: z.array(detail).meta({ description: 'Variables and results; values of secrets are masked' }),
    transfers: z.array(executionTransfer),
  })
  .meta({ id: 'Execution' });

const replacedValue = z.object({
  name: z.string(),
  value: z.string().nullable().meta({ description: 'Null = not known; values of secrets are masked' }),
  type: z.string(),
  readAt: time.nullable().meta({ description: 'When the value was read; null = never' }),
  restorable: z.boolean(),
  reason: z.string().nullable().meta({ description: 'Why it cannot be restored' }),
});

export const replaced = z
  .object({
    parameters: z.array(replacedValue),
    omitted: z.number().int().meta({ description: 'Parameters that were set beyond what a report holds' }),
  })
  .meta({ id: 'Replaced', description: 'What the present run has replaced on the device' });

export const executionReport = execution
  .extend({ replaced: replaced.nullable().meta({ description: 'Null = nothing' }) })
  .meta({ id: 'ExecutionReport' });
export const executionList = searchedPage(execution, 'ExecutionList');

export const logLevel = z.enum(LOG_LEVELS).meta({ id: 'LogLevel' });

export const logLine = z
  .object({
    run: z.number().int(),
    line: z.number().int(),
    at: time,
    level: z.enum(['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR']),
    text: z.string(),
  })
  .meta({ id: 'LogLine' });
export const logLineList = page(logLine, 'LogLineList');

export const pastRun = z
  .object({
    id: z.string(),
    execution: z.string(),
    task: z.string(),
    device: identity,
    taskType: z.string(),
    taskName: z.string(),
    run: z.number().int(),
    startTime: time,
    finishTime: time,
    duration,
    status: executionStatus,
    summary: z.string(),
    fault: fault.nullable(),
    details: z.array(detail),
  })
  .meta({ id: 'PastRun' });
export const pastRunList = page(pastRun, 'PastRunList');
