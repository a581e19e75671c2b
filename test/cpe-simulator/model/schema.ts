/**
 * The static description of a data model: one object for all devices of a kind. A device itself holds only what differs
 * from it (data-model.ts).
 *
 * It is compiled from a table of lines. An object's line is `Path.{i}.  r|rw  instances  [max]`, relative to the root;
 * `rw` means AddObject and DeleteObject. A parameter's line is indented: `Name  type  flags  = default`, where
 *   - a type may have a length or range and an enumeration: `string(1..32)`, `unsignedInt(1..255)`, `string{A|B}`;
 *   - flags are `r` or `rw`, then any of `hidden` (reads ""), `forced` (in every Inform, always notified),
 *     `inform` (in every Inform), `active` (notified unless switched off), `quiet` (active notification denied),
 *     `later` (takes effect after the session), `check:name` (a check of checks.ts);
 *   - a default is a text, which may hold `{serial}` and the like; `[a|b]` picks by instance number; `#Table` counts
 *     the instances of a table beside it; `@name(argument)` is a value of live-values.ts. What follows ` ~ ` is the
 *     value in an instance that AddObject made.
 */

import { type InstanceContext, placeholders, liveCounts, liveValues } from './live-values.js';

export type ValueType =
  | 'string'
  | 'int'
  | 'unsignedInt'
  | 'long'
  | 'unsignedLong'
  | 'boolean'
  | 'dateTime'
  | 'base64'
  | 'hexBinary';

export interface ParameterNode {
  readonly kind: 'parameter';
  readonly name: string;
  readonly type: ValueType;
  readonly writable: boolean;
  /** Length of texts, range of numbers; inclusive. */
  readonly min: bigint | undefined;
  readonly max: bigint | undefined;
  readonly values: readonly string[] | undefined;
  readonly hidden: boolean;
  readonly notification: 'forced' | 'active' | 'quiet' | 'normal';
  readonly inform: boolean;
  readonly later: boolean;
  readonly check: string | undefined;
  readonly initial: (context: InstanceContext) => string;
  /** Value in an instance that AddObject made. */
  readonly fresh: string;
}

export interface ObjectNode {
  readonly kind: 'object';
  readonly name: string;
  readonly children: Map<string, ModelNode>;
  readonly table: TableFacts | undefined;
}

export interface TableFacts {
  readonly writable: boolean;
  readonly maxEntries: number;
  readonly initialCount: (context: InstanceContext) => number;
}

export type ModelNode = ObjectNode | ParameterNode;

export interface Schema {
  /** `Device` or `InternetGatewayDevice`. */
  readonly rootName: string;
  readonly root: ObjectNode;
  /** Paths of parameters that every Inform carries (those of single objects). */
  readonly forcedInform: readonly string[];
  /** Paths with a notification that differs from "off" without anybody having set it. */
  readonly notified: readonly string[];
}

const zero: Readonly<Record<ValueType, string>> = {
  string: '',
  int: '0',
  unsignedInt: '0',
  long: '0',
  unsignedLong: '0',
  boolean: '0',
  dateTime: '0001-01-01T00:00:00Z',
  base64: '',
  hexBinary: '',
};

const isValueType = (text: string): text is ValueType => Object.hasOwn(zero, text);

function compileDefault(text: string): (context: InstanceContext) => string {
  const list = /^\[(.*)\]$/.exec(text);
  if (list?.[1] !== undefined) {
    const choices = list[1].split('|').map(compileDefault);
    return (context) => choices[((context.at.at(-1) ?? 1) - 1) % choices.length]?.(context) ?? '';
  }
  if (text.startsWith('#')) {
    const table = text.slice(1);
    return (context) => String(context.device.instanceNumbers(`${context.objectPath}${table}.`).length);
  }
  const live = /^@(\w+)(?:\((.*)\))?$/.exec(text);
  if (live?.[1] !== undefined) {
    const compute = liveValues[live[1]];
    if (!compute) throw new Error(`the data model names the live value ${live[1]}, which does not exist`);
    const argument = live[2] ?? '';
    return (context) => compute(context, argument);
  }
  if (!text.includes('{')) return () => text;
  return (context) =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => placeholders[name]?.(context) ?? whole);
}

function compileCount(text: string): (context: InstanceContext) => number {
  if (!text.startsWith('@')) return () => Number(text);
  const compute = liveCounts[text.slice(1)];
  if (!compute) throw new Error(`the data model names the count ${text}, which does not exist`);
  return compute;
}

function compileParameter(line: string): ParameterNode {
  const match = /^\s+(\S+)\s+(\w+)(?:\(([^)]*)\))?(?:\{([^}]*)\})?\s+(\S+)(?:\s+=\s?(.*))?$/.exec(line);
  const [, name, type, facet, enumeration, flagText, defaultText = ''] = match ?? [];
  if (name === undefined || type === undefined || flagText === undefined || !isValueType(type)) {
    throw new Error(`not a parameter's line: "${line}"`);
  }
  const flags = flagText.split(',');
  const [initial = '', fresh] = defaultText.trim().split(' ~ ');
  const values = enumeration?.split('|');
  const [low, high] = facet?.includes('..') ? facet.split('..') : [undefined, facet];
  const bound = (text: string | undefined): bigint | undefined =>
    text === undefined || text === '' ? undefined : BigInt(text);
  const min = bound(low);
  const notification =
    (['forced', 'active', 'quiet'] as const).find((flag) => flags.includes(flag)) ?? 'normal';
  return {
    kind: 'parameter',
    name,
    type,
    writable: flags[0] === 'rw',
    min,
    max: bound(high),
    values,
    hidden: flags.includes('hidden'),
    notification,
    inform: notification === 'forced' || flags.includes('inform'),
    later: flags.includes('later'),
    check: flags.find((flag) => flag.startsWith('check:'))?.slice(6),
    initial: compileDefault(initial),
    fresh:
      fresh ?? values?.[0] ?? (min !== undefined && min > 0n && type !== 'string' ? String(min) : zero[type]),
  };
}

function objectAt(root: ObjectNode, path: string, table: TableFacts | undefined): ObjectNode {
  const names = path
    .replaceAll('.{i}', '')
    .split('.')
    .filter((name) => name !== '');
  let node = root;
  names.forEach((name, index) => {
    let child = node.children.get(name);
    if (!child) {
      child = {
        kind: 'object',
        name,
        children: new Map(),
        table: index === names.length - 1 ? table : undefined,
      };
      node.children.set(name, child);
    }
    if (child.kind !== 'object') throw new Error(`${path}: ${name} is a parameter`);
    node = child;
  });
  return node;
}

/** Compiles a table of lines. Throws on the first line that it does not understand. */
export function compileSchema(rootName: string, lines: string): Schema {
  const root: ObjectNode = { kind: 'object', name: rootName, children: new Map(), table: undefined };
  const forcedInform: string[] = [];
  const notified: string[] = [];
  let object = root;
  let objectPath = `${rootName}.`;
  for (const line of lines.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    if (/^\s/.test(line)) {
      const parameter = compileParameter(line);
      object.children.set(parameter.name, parameter);
      const path = objectPath + parameter.name;
      if (parameter.inform) forcedInform.push(path);
      if (parameter.notification === 'forced' || parameter.notification === 'active') notified.push(path);
      continue;
    }
    const [path = '', access = 'r', count = '0', max = '64'] = line.trim().split(/\s+/);
    const table = path.endsWith('{i}.')
      ? { writable: access === 'rw', initialCount: compileCount(count), maxEntries: Number(max) }
      : undefined;
    object = path === '.' ? root : objectAt(root, path, table);
    objectPath = path === '.' ? `${rootName}.` : `${rootName}.${path}`;
  }
  return { rootName, root, forcedInform, notified };
}
