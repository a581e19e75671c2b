import type { AcsRequest, CpeResponse, ParameterInfo, ParameterValue } from '../../cwmp/messages.js';
import { CpeFault } from '../../cwmp/cpe-fault.js';
import { rpc, type TaskContext } from '../task-type.js';

/** Names in one GetParameterValues (task-types.md §1.2). */
export const BATCH = 32;

export type Step<Result> = AsyncGenerator<AcsRequest, Result, CpeResponse>;
type SyncStep<Result> = Generator<AcsRequest, Result, CpeResponse>;
export type Surroundings = Pick<TaskContext, 'log' | 'learn'>;

export interface ReadOptions {
  /** Names in one request. */
  batchSize?: number;
  /**
   * For devices of which nothing is sure: any fault may be about a name, and a batch that is refused is halved down to
   * single names, until so many requests were refused; what is left then is not asked for any more.
   */
  refusalsAllowed?: number;
}

export interface ReadResult {
  values: ParameterValue[];
  /** Names that the device refused, or left out of its answer. */
  refused: { name: string; reason: string }[];
  /** The last fault, for a report in which nothing worked. */
  fault: CpeFault | null;
  /** Requests that were refused. */
  refusals: number;
}

/** What a partial path stands for. */
export interface Below {
  values: ParameterValue[];
  refused: ReadResult['refused'];
}
export const NOT_TRIED = 'not tried: too many requests were refused';

const INVALID_NAME = 9005;
const RESOURCES_EXCEEDED = 9004;

/**
 * Reads full parameter names in batches. A batch that is refused for a name (9005, which names no culprit) is asked one
 * by one, one that is too large (9004) in halves; what the device leaves out of an answer counts as refused and is not
 * asked again (cpe-quirks.md rows 47, 48). Any other fault is thrown, unless `refusalsAllowed` is set.
 */
export function* readNames(
  context: Surroundings,
  names: readonly string[],
  { batchSize = BATCH, refusalsAllowed }: ReadOptions = {},
): SyncStep<ReadResult> {
  const result: ReadResult = { values: [], refused: [], fault: null, refusals: 0 };
  const tolerant = refusalsAllowed !== undefined;
  const batches: string[][] = [];
  for (let start = 0; start < names.length; start += batchSize)
    batches.push(names.slice(start, start + batchSize));
  for (let batch = batches.shift(); batch; batch = batches.shift()) {
    if (tolerant && result.refusals >= refusalsAllowed) {
      result.refused.push(...batch.map((name) => ({ name, reason: NOT_TRIED })));
      continue;
    }
    try {
      const { parameters } = yield* rpc({ method: 'GetParameterValues', names: batch });
      const found = new Set(parameters.map(({ name }) => name));
      result.values.push(...parameters.filter(({ name }) => !name.endsWith('.')));
      for (const name of batch)
        if (!found.has(name)) result.refused.push({ name, reason: 'missing in the answer' });
    } catch (error) {
      if (!(error instanceof CpeFault) || !(tolerant || isAboutNames(error))) throw error;
      result.fault = error;
      result.refusals += 1;
      const [only] = batch;
      if (batch.length === 1 && only !== undefined) {
        result.refused.push({ name: only, reason: error.message });
        continue;
      }
      context.log('DEBUG', `${error.message}: asking for ${batch.length} names in smaller parts`);
      batches.unshift(...smaller(batch, tolerant ? RESOURCES_EXCEEDED : error.faultCode));
    }
  }
  return result;
}

/** What is asked for in place of a batch that was refused. */
export function smaller(batch: readonly string[], faultCode: number): string[][] {
  if (faultCode === INVALID_NAME) return batch.map((name) => [name]);
  const middle = Math.ceil(batch.length / 2);
  return [batch.slice(0, middle), batch.slice(middle)];
}

export function isAboutNames(fault: CpeFault): boolean {
  return fault.faultCode === INVALID_NAME || fault.faultCode === RESOURCES_EXCEEDED;
}

/**
 * Reads all below a partial path: at once, or where the device cannot (fault, or the object itself echoed) by the names
 * that it lists there (cpe-quirks.md rows 49, 50). A fault = the device knows no such path.
 */
export async function* readBelow(context: Surroundings, path: string): Step<Below | CpeFault> {
  try {
    const { parameters } = yield* rpc({ method: 'GetParameterValues', names: [path] });
    const values = parameters.filter(({ name }) => !name.endsWith('.'));
    if (values.length === parameters.length) {
      await context.learn({ values, complete: { prefix: path, ofNames: false } });
      return { values, refused: [] };
    }
    context.log('DEBUG', `${path} was echoed; asking for its names`);
  } catch (error) {
    if (!(error instanceof CpeFault) || !isAboutNames(error)) throw error;
    context.log('DEBUG', `${path} as a whole: ${error.message}; asking for its names`);
  }
  return yield* readListed(context, path);
}

/** Reads what the device lists below a partial path, by name. The fault, where it does not list anything. */
export async function* readListed(context: Surroundings, path: string): Step<Below | CpeFault> {
  try {
    const { parameters } = yield* rpc({ method: 'GetParameterNames', path, nextLevel: false });
    const names = tidyNames(parameters, path);
    await context.learn({ names, complete: { prefix: path, ofNames: true } });
    const leaves = names.filter(({ name }) => !name.endsWith('.')).map(({ name }) => name);
    const { values, refused } = yield* readNames(context, leaves);
    await context.learn({ values });
    return { values, refused };
  } catch (error) {
    if (error instanceof CpeFault && isAboutNames(error)) return error;
    throw error;
  }
}

/**
 * The names below a path as they are meant: the path itself and what lies elsewhere dropped, a name that is the beginning
 * of another taken as an object although its dot is missing (cpe-quirks.md rows 42, 43).
 */
export function tidyNames(parameters: readonly ParameterInfo[], path: string): ParameterInfo[] {
  if (path !== '' && !path.endsWith('.')) return parameters.filter(({ name }) => name === path);
  const objects = new Set<string>();
  for (const { name } of parameters) {
    const plain = name.endsWith('.') ? name.slice(0, -1) : name;
    for (let dot = plain.lastIndexOf('.'); dot > 0; dot = plain.lastIndexOf('.', dot - 1)) {
      const parent = plain.slice(0, dot);
      if (objects.has(parent)) break;
      objects.add(parent);
    }
  }
  return parameters
    .map(({ name, writable }) => ({ name: objects.has(name) ? `${name}.` : name, writable }))
    .filter(({ name }) => name.startsWith(path) && name !== path);
}
