import { CpeFault } from '../../cwmp/cpe-fault.js';
import type { ParameterValue } from '../../cwmp/messages.js';
import { rpc } from '../task-type.js';
import {
  BATCH,
  isAboutNames,
  readBelow,
  readListed,
  smaller,
  type Below,
  type ReadResult,
  type Step,
  type Surroundings,
} from './read-values.js';

export interface PathsResult extends Omit<ReadResult, 'refusals'> {
  /** How many values there are below each partial path that could be read. */
  below: Map<string, number>;
}

/**
 * Reads parameters and, by partial paths with a dot at their end, all below them: as many in one GetParameterValues as a
 * batch holds, since the RPC takes both (TR-069 A6 §A.3.2.2). Of a batch that is refused for a name (9005) the parameters
 * are asked together and each partial path by itself, then one by one; a partial path that brings nothing, or an object
 * in place of values, is asked by itself and then by the names below it. What is read goes to the data model.
 */
export async function* readPaths(context: Surroundings, paths: readonly string[]): Step<PathsResult> {
  const result: PathsResult = { values: [], refused: [], fault: null, below: new Map() };
  const batches: string[][] = [];
  for (let start = 0; start < paths.length; start += BATCH) batches.push(paths.slice(start, start + BATCH));
  for (let batch = batches.shift(); batch; batch = batches.shift()) {
    const [only] = batch;
    if (batch.length === 1 && only !== undefined && isPartial(only)) {
      take(result, only, yield* readBelow(context, only));
      continue;
    }
    try {
      const { parameters } = yield* rpc({ method: 'GetParameterValues', names: batch });
      yield* takeBatch(context, result, batch, parameters);
    } catch (error) {
      if (!(error instanceof CpeFault) || !isAboutNames(error)) throw error;
      result.fault = error;
      if (batch.length === 1 && only !== undefined) {
        result.refused.push({ name: only, reason: error.message });
        continue;
      }
      context.log('DEBUG', `${error.message}: asking for ${batch.length} names in smaller parts`);
      batches.unshift(...parts(batch, error.faultCode));
    }
  }
  return result;
}

function parts(batch: readonly string[], faultCode: number): string[][] {
  const partial = batch.filter(isPartial);
  const full = batch.filter((path) => !isPartial(path));
  if (partial.length === 0 || full.length === 0) return smaller(batch, faultCode);
  return [full, ...partial.map((path) => [path])];
}

async function* takeBatch(
  context: Surroundings,
  result: PathsResult,
  batch: readonly string[],
  parameters: readonly ParameterValue[],
): Step<void> {
  const partial = batch.filter(isPartial);
  // What lies below two of the paths may come twice.
  const unique = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const values = [...unique.values()].filter(({ name }) => !isPartial(name));
  const asked = new Set(batch);
  const single = values.filter(
    ({ name }) => asked.has(name) || !partial.some((path) => name.startsWith(path)),
  );
  await context.learn({ values: single });
  result.values.push(...single);
  for (const name of batch)
    if (!isPartial(name) && !unique.has(name)) result.refused.push({ name, reason: 'missing in the answer' });

  for (const path of partial) {
    const below = values.filter(({ name }) => name.startsWith(path));
    const echoed = parameters.some(({ name }) => isPartial(name) && name.startsWith(path));
    if (echoed) take(result, path, yield* readListed(context, path));
    // Devices may leave out what they do not take in a list: nothing is believed only when it was asked for alone.
    else if (below.length === 0) take(result, path, yield* readBelow(context, path));
    else {
      await context.learn({ values: below, complete: { prefix: path, ofNames: false } });
      result.below.set(path, below.length);
    }
  }
}

function take(result: PathsResult, path: string, below: Below | CpeFault): void {
  if (below instanceof CpeFault) {
    result.fault = below;
    result.refused.push({ name: path, reason: below.message });
    return;
  }
  result.below.set(path, below.values.length);
  result.refused.push(...below.refused);
}

function isPartial(path: string): boolean {
  return path.endsWith('.');
}
