import { z } from 'zod';
import { CpeFault } from '../../cwmp/cpe-fault.js';
import type { AcsRequest, CpeResponse, ParameterInfo } from '../../cwmp/messages.js';
import { whole } from '../config-fields.js';
import { failure, success, warning } from '../outcome.js';
import { recordedFault } from '../recorded-fault.js';
import { defineTaskType, type TaskContext, type TaskRun } from '../task-type.js';
import { listAtOnce, listByLevel } from './list-names.js';
import { BATCH, readNames, type ReadResult } from './read-values.js';
import { refreshQuota, useRefreshQuota } from './refresh-data-model.js';

const config = z.strictObject({
  useQuota: useRefreshQuota,
  gpvBatchSize: whole(1, 1_000).default(BATCH).meta({
    title: 'Batch size',
    description: 'Parameters in one GetParameterValues',
  }),
});
type Config = z.infer<typeof config>;
type Step<Result> = AsyncGenerator<AcsRequest, Result, CpeResponse>;

/** A device that refuses more than this is not worth its time. */
const REFUSALS_ALLOWED = 500;
/** Milliseconds before the end of the active run time in which no further batch is begun. */
const RESERVE = 30_000;
const NO_TIME = 'not tried: the time of this session was over';

/** Reads as much of the data model as the device lets be read (task-types.md §1.8). */
export const bestEffortRefresh = defineTaskType<Config>({
  name: 'CwmpBestEffortRefresh',
  title: 'Refresh data model (best effort)',
  description:
    'Reads all names and as many values as the device gives; what it refuses is found out and listed. For devices that cannot answer everything.',
  branch: 'Data model',
  defaultPriority: 10,
  schema: config,
  example: { useQuota: true, gpvBatchSize: BATCH },
  transientAllowed: true,
  run,
});

async function* run(context: TaskContext<Config>): TaskRun {
  const waiting = await refreshQuota(context);
  if (waiting) return waiting;
  const started = context.now();
  const { names, hidden } = yield* listAll(context);
  // An object that cannot be listed may hold what is known already.
  if (hidden.length > 0) await context.learn({ names });
  else await context.learn({ names, complete: { prefix: context.root, ofNames: true } });
  const leaves = names.filter(({ name }) => !name.endsWith('.')).map(({ name }) => name);
  const { values, refused, fault } = yield* readAll(context, leaves);

  context.detail('objects', names.length - leaves.length);
  context.detail('parameters', leaves.length);
  context.detail('values', values.length);
  context.detail('duration', `${((context.now().getTime() - started.getTime()) / 1000).toFixed(1)} s`);
  const unread = [...hidden, ...refused];
  context.detail('unread', unread.length);
  for (const { name, reason } of unread) {
    context.log('WARN', `${name}: ${reason}`);
    context.detail(`${name} (not read)`, reason);
  }
  if (unread.length === 0) return success(`${leaves.length} parameters, ${values.length} values`);
  if (values.length > 0)
    return warning(`${values.length} of ${leaves.length} values; ${unread.length} names could not be read`);
  return failure(
    fault?.message ?? 'No value could be read',
    fault ? recordedFault(fault, 'GetParameterValues') : undefined,
  );
}

interface Listed {
  names: ParameterInfo[];
  /** Objects that could not be looked into. */
  hidden: ReadResult['refused'];
}

/** At once, or level by level around the objects that the device cannot list. */
function* listAll(context: TaskContext<Config>): Generator<AcsRequest, Listed, CpeResponse> {
  try {
    return { names: yield* listAtOnce(context.root), hidden: [] };
  } catch (error) {
    if (!(error instanceof CpeFault)) throw error;
    context.log('INFO', `${error.message}: listing level by level`);
  }
  const hidden: Listed['hidden'] = [];
  const names = yield* listByLevel(context.root, (object, fault) => {
    // Without its root there is nothing to read.
    if (object === context.root || hidden.length >= REFUSALS_ALLOWED) throw fault;
    hidden.push({ name: object, reason: fault.message });
  });
  return { names, hidden };
}

/** What is read is kept batch by batch: should the connection be lost, it was not in vain. */
async function* readAll(context: TaskContext<Config>, leaves: readonly string[]): Step<ReadResult> {
  const { gpvBatchSize: batchSize } = context.config;
  const all: ReadResult = { values: [], refused: [], fault: null, refusals: 0 };
  for (let start = 0; start < leaves.length; start += batchSize) {
    const batch = leaves.slice(start, start + batchSize);
    if (context.timeLeft() < RESERVE) {
      all.refused.push(...batch.map((name) => ({ name, reason: NO_TIME })));
      continue;
    }
    const refusalsAllowed = REFUSALS_ALLOWED - all.refusals;
    const { values, refused, fault, refusals } = yield* readNames(context, batch, {
      batchSize,
      refusalsAllowed,
    });
    await context.learn({ values });
    all.values.push(...values);
    all.refused.push(...refused);
    all.fault = fault ?? all.fault;
    all.refusals += refusals;
  }
  return all;
}
