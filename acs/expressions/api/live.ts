import { LiveQuery } from '../live-query.js';
import { toObjectKey } from '../model-key.js';
import { truth, type Fn, type Run } from '../run.js';
import { T } from '../types.js';
import { ContextValue, type Value } from '../values.js';
import { membersOf, type DynamicMembers, type Member } from './member.js';

const alone = membersOf<null>(null);
const live = membersOf<LiveQuery>('LiveDMQuery');

/** `valueOf(name)`, before it is said what is asked of the value. */
interface ValueTest {
  readonly query: LiveQuery;
  readonly name: string;
}

const tested = membersOf<{ readonly view: ValueTest }>('LiveValueTest');

function rootOf(run: Run): string {
  return run.need(run.environment.root ?? run.environment.device?.rootObject, 'The root object');
}

/** A key is full if it begins with the root object or with `Root`; else it is below the prefix (xmltask.md §1). */
function resolve(key: string, run: Run): string {
  const root = rootOf(run);
  const object = toObjectKey(key);
  if (object.startsWith(root)) return object;
  if (object.startsWith('Root.')) return root + object.slice('Root.'.length);
  return (run.environment.prefix ?? root) + object;
}

const quoted = (value: string): string => `'${value.replace(/[\\']/g, '\\$&')}'`;

function keepWhere(
  { view }: { readonly view: ValueTest },
  test: (value: string) => boolean,
  method: string,
): LiveQuery {
  return view.query.with({
    kind: 'value',
    name: view.name,
    test,
    text: `valueOf(${quoted(view.name)}).${method}`,
  });
}

/** `is`, `contains` …, each with an optional flag to disregard case. */
function comparing(
  name: string,
  documentation: string,
  test: (value: string, wanted: string) => boolean,
): Member {
  return tested(
    `${name}(text: String, ignoreCase?: Boolean): LiveDMQuery`,
    documentation,
    (self, _run, wanted: string, ignoreCase = false) => {
      const fold = (value: string): string => (ignoreCase ? value.toLowerCase() : value);
      const method = `${name}(${quoted(wanted)}${ignoreCase ? ', true' : ''})`;
      return keepWhere(self, (value) => test(fold(value), fold(wanted)), method);
    },
  );
}

/** Queries of the device's own data model; described here, run by `find` and `foreach` (expressions.md §6.6). */
export const LIVE: readonly Member[] = [
  alone('root: LiveDMQuery', 'The root object on the device', (_self, run) => new LiveQuery(rootOf(run)), {
    context: 'live',
  }),
  alone(
    'prefix: LiveDMQuery',
    'The current prefix on the device',
    (_self, run) => new LiveQuery(run.environment.prefix ?? rootOf(run)),
    {
      context: 'live',
    },
  ),
  alone(
    'query(key: String): LiveDMQuery',
    'An object on the device, by its full key or one below the prefix',
    (_self, run, key: string) => new LiveQuery(resolve(key, run)),
    { context: 'live' },
  ),
  live(
    'get(fragment: String): LiveDMQuery',
    'What is below by a key of several parts',
    (self, _run, fragment: string) => self.with({ kind: 'get', fragment }),
  ),
  live('any: LiveDMQuery', 'All objects and parameters directly below', (self) => self.with({ kind: 'any' })),
  live('in(suffixes*: String): LiveDMQuery', 'Several branches below', (self, _run, ...suffixes: string[]) =>
    self.with({ kind: 'in', suffixes }),
  ),
  live(
    'in(suffixes: List[String]): LiveDMQuery',
    'Several branches below',
    (self, _run, suffixes: readonly Value[]) =>
      self.with({ kind: 'in', suffixes: suffixes.filter((suffix) => typeof suffix === 'string') }),
  ),
  live(
    'filter(p: String => Boolean): LiveDMQuery',
    'Those whose key passes',
    (self, _run, p: Fn) =>
      self.with({ kind: 'filter', test: (key) => truth(p(key)), text: `filter(${p.text})` }),
    { deferred: true },
  ),
  live('moveUp: LiveDMQuery', 'The objects around', (self) => self.with({ kind: 'moveUp' })),
  live(
    'parameterValue(name: String, value: String): LiveDMQuery',
    'The objects that have a parameter of that value',
    (self, _run, name: string, wanted: string) =>
      self.with({
        kind: 'value',
        name,
        test: (value) => value === wanted,
        text: `parameterValue(${quoted(name)}, ${quoted(wanted)})`,
      }),
  ),
  live(
    'valueOf(name: String): LiveValueTest',
    'The objects that have a parameter, to be chosen by its value',
    (self, _run, name: string) => {
      const view: ValueTest = { query: self, name };
      return new ContextValue('LiveValueTest', view);
    },
  ),
  comparing('is', 'The objects whose parameter has that value', (value, wanted) => value === wanted),
  comparing('contains', 'The objects whose parameter contains a text', (value, wanted) =>
    value.includes(wanted),
  ),
  comparing('startsWith', 'The objects whose parameter begins with a text', (value, wanted) =>
    value.startsWith(wanted),
  ),
  comparing('endsWith', 'The objects whose parameter ends with a text', (value, wanted) =>
    value.endsWith(wanted),
  ),
  tested(
    'satisfies(p: String => Boolean): LiveDMQuery',
    'The objects whose parameter passes',
    (self, _run, p: Fn) => keepWhere(self, (value) => truth(p(value)), `satisfies(${p.text})`),
    { deferred: true },
  ),
];

export const LIVE_NAMES: DynamicMembers = {
  owner: 'LiveDMQuery',
  result: T.liveQuery,
  documentation: 'The object or parameter of that name directly below',
  first: false,
  get: (self, name) => (self instanceof LiveQuery ? self.with({ kind: 'get', fragment: name }) : null),
};
