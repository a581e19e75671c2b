import { CpeFault } from '../../cwmp/cpe-fault.js';
import type { AcsRequest, CpeResponse, ParameterInfo } from '../../cwmp/messages.js';
import { rpc } from '../task-type.js';
import { tidyNames } from './read-values.js';

type SyncStep = Generator<AcsRequest, ParameterInfo[], CpeResponse>;

/** Everything below a path with one GetParameterNames. */
export function* listAtOnce(path: string): SyncStep {
  const { parameters } = yield* rpc({ method: 'GetParameterNames', path, nextLevel: false });
  return tidyNames(parameters, path);
}

/**
 * Everything below an object, level by level, for CPEs that cannot build the big answer. One that ignores NextLevel and
 * lists more is believed, and not asked again for what it has told (cpe-quirks.md row 42). A fault is thrown unless `refused` takes it.
 */
export function* listByLevel(
  path: string,
  refused: (object: string, fault: CpeFault) => void = (_, fault) => {
    throw fault;
  },
): SyncStep {
  const found = new Map<string, ParameterInfo>();
  const told = new Set<string>();
  const open = [path];
  for (let object = open.pop(); object !== undefined; object = open.pop()) {
    if (told.has(object)) continue;
    told.add(object);
    let parameters: ParameterInfo[];
    try {
      ({ parameters } = yield* rpc({ method: 'GetParameterNames', path: object, nextLevel: true }));
    } catch (error) {
      if (!(error instanceof CpeFault)) throw error;
      refused(object, error);
      continue;
    }
    for (const info of tidyNames(parameters, object)) {
      found.set(info.name, info);
      const parent = parentOf(info.name);
      if (parent !== object) told.add(parent);
      if (info.name.endsWith('.')) open.push(info.name);
    }
  }
  return [...found.values()];
}

function parentOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.', name.length - 2) + 1);
}
