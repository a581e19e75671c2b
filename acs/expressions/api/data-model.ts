import type { DataModelView } from '../environment.js';
import { Run } from '../run.js';
import { T } from '../types.js';
import { ContextValue, elementsOf, type Value, type ValueSet } from '../values.js';
import { ancestorKey, parentKey, segmentsOf } from '../model-key.js';
import { membersOf, type DynamicMembers, type Member } from './member.js';

/** One step of a query of the stored data model: from keys to keys. */
type Step = (keys: readonly string[], run: Run, model: DataModelView) => string[];

/** A query: the steps that have been written so far; nothing is looked up before its end. */
class DataModelQuery {
  constructor(readonly steps: readonly Step[]) {}
}

const alone = membersOf<null>(null);
const query = membersOf<{ readonly view: DataModelQuery }>('DataModelQuery');

const withStep = (self: { readonly view: DataModelQuery }, step: Step): ContextValue =>
  new ContextValue('DataModelQuery', new DataModelQuery([...self.view.steps, step]));

function keysOf(self: { readonly view: DataModelQuery }, run: Run): string[] {
  const model = run.need(run.environment.dm, 'dm');
  let keys: string[] = [model.root];
  for (const step of self.view.steps) {
    keys = [...new Set(step(keys, run, model))];
    run.budget.elements(keys.length);
  }
  return keys;
}

/** Children of objects; each look into the model counts. */
function childrenOf(key: string, run: Run, model: DataModelView): readonly string[] {
  if (!key.endsWith('.')) return [];
  const children = model.children(key);
  run.budget.charge(1 + children.length);
  return children;
}

/** The child objects and parameters of that name. A root object's name at the start is the root itself. */
function child(name: string): Step {
  return (keys, run, model) =>
    keys.flatMap((key) => {
      if (key === model.root && `${name}.` === model.root) return [key];
      return childrenOf(key, run, model).filter((one) => one === key + name || one === `${key}${name}.`);
    });
}

const lastSegment = (key: string): string => segmentsOf(key).at(-1) ?? '';

const any: Step = (keys, run, model) => keys.flatMap((key) => childrenOf(key, run, model));

const whereValue =
  (test: (value: string) => boolean): Step =>
  (keys, run, model) =>
    keys.filter((key) => {
      run.budget.charge(1);
      const value = key.endsWith('.') ? null : model.value(key);
      return value !== null && test(value);
    });

function firstValue(self: { readonly view: DataModelQuery }, run: Run): Value {
  const model = run.need(run.environment.dm, 'dm');
  for (const key of keysOf(self, run)) {
    const value = key.endsWith('.') ? null : model.value(key);
    if (value !== null) return value;
  }
  return null;
}

/** Ends a query; also what is meant where a query stands for its value. */
export const dataModelValue: Member = query(
  'value: String',
  'Value of the first parameter found; null if there is none',
  firstValue,
);

/** The stored data model with its last known values (expressions.md §6.5). */
export const DATA_MODEL: readonly Member[] = [
  alone(
    'dm: DataModelQuery',
    'The stored data model, from below its root object',
    () => new ContextValue('DataModelQuery', new DataModelQuery([])),
    {
      context: 'dm',
    },
  ),
  query(
    'get(key: String): DataModelQuery',
    'What is below by a key of several parts',
    (self, _run, key: string) =>
      segmentsOf(key).reduce<{ view: DataModelQuery } & ContextValue>(
        (at, name) => withStep(at, child(name)) as { view: DataModelQuery } & ContextValue,
        self as { view: DataModelQuery } & ContextValue,
      ),
  ),
  query('any: DataModelQuery', 'All objects and parameters directly below', (self) => withStep(self, any)),
  query(
    'anyOf(names*: String): DataModelQuery',
    'Those directly below that have one of the names',
    (self, _run, ...names: string[]) =>
      withStep(self, (keys, run, model) => names.flatMap((name) => child(name)(keys, run, model))),
  ),
  query(
    'anyOf(names: Collection[String]): DataModelQuery',
    'Those directly below that have one of the names',
    (self, _run, names: ValueSet | readonly Value[]) =>
      withStep(self, (keys, run, model) =>
        elementsOf(names).flatMap((name) => child(name as string)(keys, run, model)),
      ),
  ),
  query('orderedArrayInstances: DataModelQuery', 'Instances directly below, by number', (self) =>
    withStep(self, (keys, run, model) =>
      keys.flatMap((key) =>
        childrenOf(key, run, model)
          .filter((one) => /^\d+$/.test(lastSegment(one)))
          .toSorted((a, b) => Number(lastSegment(a)) - Number(lastSegment(b))),
      ),
    ),
  ),
  query('parent: DataModelQuery', 'The objects around', (self) =>
    withStep(self, (keys) => keys.map(parentKey).filter((key) => key !== '')),
  ),
  query(
    'whereValueIs(value: String): DataModelQuery',
    'The parameters of that value',
    (self, _run, wanted: string) =>
      withStep(
        self,
        whereValue((value) => value === wanted),
      ),
  ),
  query(
    'whereValueIsIgnoreCase(value: String): DataModelQuery',
    'The parameters of that value without regard to case',
    (self, _run, wanted: string) =>
      withStep(
        self,
        whereValue((value) => value.toLowerCase() === wanted.toLowerCase()),
      ),
  ),
  dataModelValue,
  query(
    'key(depth?: Int): String',
    'Key of the first one found, or its first segments; null if there is none',
    (self, run, depth?: number) => {
      const [first] = keysOf(self, run);
      if (first === undefined) return null;
      return depth === undefined ? first : ancestorKey(first, depth);
    },
  ),
  query(
    'keys(depth?: Int): List[String]',
    'Keys of all that were found, or their first segments, each once',
    (self, run, depth?: number) => {
      const keys = keysOf(self, run);
      return depth === undefined ? keys : [...new Set(keys.map((key) => ancestorKey(key, depth)))];
    },
  ),
];

export const DATA_MODEL_NAMES: DynamicMembers = {
  owner: 'DataModelQuery',
  result: T.object('DataModelQuery'),
  documentation: 'The object or parameter of that name directly below',
  first: false,
  get: (self, name) => withStep(self as { view: DataModelQuery } & ContextValue, child(name)),
  names: (self, environment) => namesBelow(self, new Run(environment)),
};

/** Names directly below the objects that a query finds. */
function namesBelow(self: Value, run: Run): string[] {
  if (!(self instanceof ContextValue) || !(self.view instanceof DataModelQuery)) return [];
  const model = run.need(run.environment.dm, 'dm');
  const below = keysOf({ view: self.view }, run).flatMap((key) => childrenOf(key, run, model));
  return [...new Set(below.map(lastSegment))];
}
