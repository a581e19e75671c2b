import type { DataModelView, Environment } from './environment.js';
import { textOf } from './text-form.js';
import { T } from './types.js';
import type { Value } from './values.js';

/** Something that an evaluation looked at. */
export interface Read {
  /** As it would be written: `device.softwareVersion`, `sv.brand`, `#name`; of the stored data model the full path. */
  readonly name: string;
  /** As text; null = nothing is there. */
  readonly value: string | null;
}

type Note = (name: string, value: string | null) => void;

/** The same environment, which tells what is read of it. Looking for names in the stored data model is no reading. */
export function observed(environment: Environment, note: Note): Environment {
  const { device, sv, task, taskReport, dm, res, cwmp, resource, variables } = environment;
  const { zone } = environment;
  const asked =
    (prefix: string, get: (name: string) => string | null) =>
    (name: string): string | null => {
      const value = get(name);
      note(`${prefix}${name}`, value);
      return value;
    };
  return {
    ...environment,
    ...(device && { device: observedView(device, 'device', zone, note) }),
    ...(task && { task: observedView(task, 'task', zone, note) }),
    ...(taskReport && { taskReport: observedView(taskReport, 'taskReport', zone, note) }),
    ...(resource && { resource: observedView(resource, 'resource', zone, note) }),
    ...(cwmp && { cwmp: observedView(cwmp, 'cwmp', zone, note) }),
    ...(sv && { sv: asked('sv.', sv) }),
    ...(variables && { variables: asked('#', variables) }),
    ...(dm && { dm: observedModel(dm, note) }),
    ...(res && {
      res: (alias: string) => {
        const table = res(alias);
        note(`res.${alias}`, table && `${table.rows.length} rows`);
        return table;
      },
    }),
  };
}

function observedModel(model: DataModelView, note: Note): DataModelView {
  return {
    root: model.root,
    children: (object) => model.children(object),
    value: (parameter) => {
      const value = model.value(parameter);
      note(parameter, value);
      return value;
    },
  };
}

/** Fields are noted as they are read, maps by the entries that are read. */
function observedView<View extends object>(view: View, name: string, zone: string, note: Note): View {
  return new Proxy(view, {
    get: (target, field) => {
      const value: unknown = Reflect.get(target, field);
      if (typeof field !== 'string') return value;
      if (value instanceof Map) {
        const noteEntry: Note = (key, text) => note(`${name}.${MAP_NAMES[field] ?? field}.${key}`, text);
        return new ObservedMap(value as Map<string, unknown>, (key, held) =>
          noteEntry(key, text(held, zone)),
        );
      }
      if (typeof value === 'function')
        return (argument: string): unknown => {
          const found: unknown = Reflect.apply(value as (path: string) => unknown, target, [argument]);
          note(`${name}.${field}('${argument}')`, text(found, zone));
          return found;
        };
      note(`${name}.${field}`, text(value, zone));
      return value;
    },
  });
}

/** What expressions call the entries of a map. */
const MAP_NAMES: Readonly<Record<string, string>> = { properties: 'property' };

class ObservedMap extends Map<string, unknown> {
  readonly #note: (key: string, value: unknown) => void;

  constructor(entries: ReadonlyMap<string, unknown>, note: (key: string, value: unknown) => void) {
    super(entries);
    this.#note = note;
  }

  override get(key: string): unknown {
    const value = super.get(key);
    this.#note(key, value);
    return value;
  }

  override has(key: string): boolean {
    this.#note(key, super.get(key));
    return super.has(key);
  }

  override *[Symbol.iterator](): MapIterator<[string, unknown]> {
    for (const [key, value] of super.entries()) {
      this.#note(key, value);
      yield [key, value];
    }
  }

  override entries(): MapIterator<[string, unknown]> {
    return this[Symbol.iterator]();
  }
}

function text(value: unknown, zone: string): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((part: unknown) => text(part, zone) ?? 'null').join(', ');
  if (typeof value === 'object' && !(value instanceof Date)) return JSON.stringify(value);
  return textOf(value as Value, T.any, zone);
}
