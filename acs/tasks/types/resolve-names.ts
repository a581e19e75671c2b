import { CpeFault } from '../../cwmp/cpe-fault.js';
import type { AcsRequest, CpeResponse } from '../../cwmp/messages.js';
import { discoveryPaths, looksLikeMeaning, resolveMeaning, resolvePath } from '../../devices/meanings.js';
import type { MeaningData } from '../../devices/meanings-data.js';
import { rpc, type TaskContext } from '../task-type.js';
import { tidyNames } from './read-values.js';

export interface ResolvedName {
  /** As it stands in the configuration. */
  given: string;
  path: string;
  /** Null for plain paths. */
  meaning: MeaningData | null;
}

/**
 * Paths for what the configuration names: meanings by the device's data model, `Root.` by its root object. Where the data
 * model is not known well enough to say which instance is meant, that part of it is read first.
 */
export async function* resolveNames(
  context: TaskContext<unknown>,
  names: readonly string[],
): AsyncGenerator<AcsRequest, ResolvedName[], CpeResponse> {
  const { root } = context.device;
  if (!names.some(looksLikeMeaning))
    return names.map((given) => ({ given, path: resolvePath(given, root), meaning: null }));

  const tree = await context.tree();
  const unknown = new Set<string>();
  for (const name of names)
    if (looksLikeMeaning(name) && resolveMeaning(name, root, tree)?.certain === false)
      for (const path of discoveryPaths(name, root)) unknown.add(path);
  for (const path of unknown) yield* discover(context, path);

  const known = await context.tree();
  return names.map((given) => {
    const path = resolvePath(given, root, known);
    const resolved = looksLikeMeaning(given) ? resolveMeaning(given, root, known) : null;
    // Where the place does not depend on the device there is nothing to doubt.
    if (resolved?.certain === false && discoveryPaths(given, root).length > 0)
      context.log('WARN', `${given}: the device does not show where this is; taking ${path}`);
    else if (resolved) context.log('DEBUG', `${given} is ${path}`);
    return { given, path, meaning: resolved?.meaning ?? null };
  });
}

/** Names and values below a path, as far as the device lets them be read. */
async function* discover(
  context: TaskContext<unknown>,
  path: string,
): AsyncGenerator<AcsRequest, void, CpeResponse> {
  try {
    const { parameters } = yield* rpc({ method: 'GetParameterNames', path, nextLevel: false });
    await context.learn({ names: tidyNames(parameters, path), complete: { prefix: path, ofNames: true } });
    const answer = yield* rpc({ method: 'GetParameterValues', names: [path] });
    await context.learn({ values: answer.parameters.filter(({ name }) => !name.endsWith('.')) });
  } catch (error) {
    if (!(error instanceof CpeFault)) throw error;
    context.log('DEBUG', `${path} cannot be read: ${error.message}`);
  }
}
