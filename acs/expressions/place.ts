import { T, typeName, type Type } from './types.js';

/** What an expression may name besides the utility objects (expressions.md §6). `live` = root, prefix and query(). */
export type ContextName =
  'device' | 'sv' | 'task' | 'taskReport' | 'dm' | 'live' | 'res' | 'transfer' | 'cwmp' | 'resource' | 'cli';

/** Where an expression stands: what it must yield and what it may use (expressions.md §7). */
export interface Place {
  /** Null: whatever it yields. */
  readonly expected: Type | null;
  readonly nullable: boolean;
  readonly contexts: ReadonlySet<ContextName>;
  /** Whether `#name` may be used. */
  readonly variables: boolean;
  /** A Boolean that may also be given as the number 1 or the text `true` (groups-profiles.md §4). */
  readonly lenient?: boolean;
}

function place(
  expected: Type | null,
  nullable: boolean,
  contexts: readonly ContextName[],
  more: { variables?: boolean; lenient?: boolean } = {},
): Place {
  return {
    expected,
    nullable,
    contexts: new Set(contexts),
    variables: more.variables ?? false,
    ...(more.lenient ? { lenient: true } : {}),
  };
}

const ALL_IN_TASKS: readonly ContextName[] = [
  'device',
  'sv',
  'task',
  'taskReport',
  'dm',
  'live',
  'res',
  'transfer',
  'cwmp',
];

/** The places of expressions.md §7. */
export const PLACES = {
  /** An attribute of a task configuration. */
  taskAttribute: (type: Type | null, nullable: boolean): Place =>
    place(type, nullable, ALL_IN_TASKS, { variables: true }),
  executionCondition: place(T.boolean, false, ['device', 'sv', 'dm', 'task', 'taskReport', 'res', 'cwmp']),
  migrationCondition: place(T.boolean, false, ['device', 'sv', 'dm', 'res'], { lenient: true }),
  migrationDestination: place(T.string, false, ['device', 'sv', 'dm', 'res']),
  relationCondition: place(T.boolean, false, ['device', 'dm', 'sv']),
  relationTarget: place(T.string, false, ['device', 'dm', 'sv']),
  deviceSearch: place(T.boolean, false, ['device', 'dm']),
  taskSearch: place(T.boolean, false, ['task']),
  /** Reports and executions of one device or of all. */
  reportSearch: place(T.boolean, false, ['task', 'taskReport']),
  /** A group's reports, where there is no `task` (tasks.md §8.2). */
  groupReportSearch: place(T.boolean, false, ['taskReport']),
  resourceSearch: place(T.boolean, false, ['resource']),
  templateDefault: (type: Type): Place => place(type, true, ['device', 'sv']),
  cliExtract: place(T.string, true, [...ALL_IN_TASKS, 'cli'], { variables: true }),
  configurationTemplate: place(T.string, true, ['device', 'sv', 'dm', 'res']),
  /** The console's sandbox (expressions.md §8). */
  sandbox: (type: Type | null): Place => place(type, true, ALL_IN_TASKS, { variables: true }),
} as const;

const keys = new WeakMap<Place, string>();

/** Equal for places that treat every text alike. */
export function placeKey(given: Place): string {
  let key = keys.get(given);
  if (key === undefined) {
    const { expected, nullable, contexts, variables, lenient } = given;
    const type =
      expected === null ? '' : typeName(expected) + (expected.kind === 'enum' ? expected.values.join() : '');
    key = JSON.stringify([type, nullable, [...contexts].sort(), variables, lenient ?? false]);
    keys.set(given, key);
  }
  return key;
}
