import { useQuery } from '@pinia/colada';
import { devices, tasks } from '../api/nbi.js';
import type { Meaning, Parameter, Task } from '../api/types.js';
import { pathSuggestions, type PathSuggestion } from '../logic/form-fields.js';

/** What the task editor offers in its fields. */
export interface EditorSurroundings {
  model: string | null;
  /** What the device is known to hold, by path and by meaning; empty for a group. */
  known: ReadonlyMap<string, Parameter>;
  names: PathSuggestion[];
  objects: PathSuggestion[];
  /** Those of the tasks around. */
  bloodlines: string[];
}

/** For a device what it holds and is called; for a group what has the same name on every device. */
export function useEditorSurroundings(device: () => string, group: () => string | null) {
  return useQuery({
    key: () => ['editor', group() ?? device(), group() === null ? 'device' : 'group'],
    enabled: () => device() !== '' || group() !== null,
    staleTime: 60_000,
    query: async (): Promise<EditorSurroundings> => {
      const of = group();
      const meanings = tasks.meanings().then((page): Meaning[] => page.items);
      return of === null ? ofDevice(device(), await meanings) : ofGroup(of, await meanings);
    },
  });
}

async function ofDevice(id: string, meanings: Meaning[]): Promise<EditorSurroundings> {
  const [device, parameters, around] = await Promise.all([
    devices.one(id),
    devices.parameters(id).catch((): Parameter[] => []),
    devices.queue(id, null).then(
      (queue) => queue.entries.map((entry) => entry.task),
      (): Task[] => [],
    ),
  ]);
  return {
    model: device.model,
    known: new Map([
      ...parameters.map((one) => [one.path, one] as const),
      ...parameters.flatMap((one) => (one.meaning === null ? [] : [[one.meaning, one] as const])),
    ]),
    names: pathSuggestions(parameters, meanings, 'parameter'),
    objects: pathSuggestions(parameters, meanings, 'object'),
    bloodlines: bloodlinesOf(around),
  };
}

async function ofGroup(group: string, meanings: Meaning[]): Promise<EditorSurroundings> {
  const around = await tasks.list({ group, inherited: true, limit: 200 }).then(
    (page) => page.items,
    (): Task[] => [],
  );
  return {
    model: null,
    known: new Map(),
    names: pathSuggestions([], meanings, 'parameter'),
    objects: [],
    bloodlines: bloodlinesOf(around),
  };
}

function bloodlinesOf(around: readonly Task[]): string[] {
  return [...new Set(around.map((task) => task.bloodline))].filter((one) => one !== '').sort();
}
