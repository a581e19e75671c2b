import { CpeFaultAnswer } from '../codec/fault.js';
import {
  type AttributeChange,
  type ParameterAttributes,
  type ParameterFault,
  type ParameterInfo,
  type ParameterValue,
  type ValueChange,
} from '../codec/messages.js';
import { type DeviceView, type InstanceContext } from './live-values.js';
import { type ModelNode, type ObjectNode, type ParameterNode, type Schema } from './schema.js';
import { acceptValue } from './values.js';

interface TableState {
  readonly numbers: readonly number[];
  readonly next: number;
}

interface AttributeState {
  readonly notification?: number;
  readonly accessList?: readonly string[];
}

/** What a device has that differs from its schema; serialisable. */
export interface ModelState {
  readonly values: Readonly<Record<string, string>>;
  readonly tables: Readonly<Record<string, TableState>>;
  /** Instances that AddObject made, with trailing dot. */
  readonly added: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeState>>;
}

/** Where a path leads. Object paths have a trailing dot. */
interface Place<Node extends ModelNode = ModelNode> {
  readonly node: Node;
  readonly path: string;
  readonly at: readonly number[];
  /** The path ends at a table, without an instance number. */
  readonly isTable: boolean;
  readonly isInstance: boolean;
  /** Inside an instance that AddObject made. */
  readonly fresh: boolean;
}

type ParameterPlace = Place<ParameterNode>;

export interface AppliedChange {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Takes effect only after the session. */
  readonly later: boolean;
}

const isParameter = (place: Place | undefined): place is ParameterPlace => place?.node.kind === 'parameter';

const parentOf = (path: string): string => path.slice(0, path.replace(/\.$/, '').lastIndexOf('.') + 1);

/** The parameters of one device: the shared schema and the device's own values. */
export class DataModel {
  readonly schema: Schema;
  readonly #device: DeviceView;
  readonly #values = new Map<string, string>();
  readonly #tables = new Map<string, TableState>();
  readonly #added = new Set<string>();
  readonly #attributes = new Map<string, AttributeState>();

  constructor(schema: Schema, device: DeviceView) {
    this.schema = schema;
    this.#device = device;
  }

  get rootPath(): string {
    return `${this.schema.rootName}.`;
  }

  state(): ModelState {
    return {
      values: Object.fromEntries(this.#values),
      tables: Object.fromEntries(this.#tables),
      added: [...this.#added],
      attributes: Object.fromEntries(this.#attributes),
    };
  }

  restore(state: ModelState): void {
    this.reset();
    for (const [path, value] of Object.entries(state.values)) this.#values.set(path, value);
    for (const [path, table] of Object.entries(state.tables)) this.#tables.set(path, table);
    for (const path of state.added) this.#added.add(path);
    for (const [path, attribute] of Object.entries(state.attributes)) this.#attributes.set(path, attribute);
  }

  /** Back to the factory's values. */
  reset(): void {
    this.#values.clear();
    this.#tables.clear();
    this.#added.clear();
    this.#attributes.clear();
  }

  // Walking

  #step(place: Place, name: string): Place | undefined {
    if (place.node.kind !== 'object') return undefined;
    if (place.isTable) {
      const number = Number(name);
      if (!/^[1-9]\d*$/.test(name) || !this.instanceNumbers(place.path).includes(number)) return undefined;
      const path = `${place.path}${name}.`;
      const fresh = place.fresh || this.#added.has(path);
      return { node: place.node, path, at: [...place.at, number], isTable: false, isInstance: true, fresh };
    }
    const child = place.node.children.get(name);
    return child && this.#child(place, child);
  }

  #child(place: Place, child: ModelNode): Place {
    const isTable = child.kind === 'object' && child.table !== undefined;
    const path = place.path + child.name + (child.kind === 'object' ? '.' : '');
    return { node: child, path, at: place.at, isTable, isInstance: false, fresh: place.fresh };
  }

  #root(): Place<ObjectNode> {
    return {
      node: this.schema.root,
      path: this.rootPath,
      at: [],
      isTable: false,
      isInstance: false,
      fresh: false,
    };
  }

  /** Finds a parameter's full path or an object's path with trailing dot. */
  #locate(path: string): Place | undefined {
    const names = path.split('.');
    if (names[0] !== this.schema.rootName || names.length < 2) return undefined;
    const isObjectPath = names.at(-1) === '';
    let place: Place = this.#root();
    for (const name of names.slice(1, isObjectPath ? -1 : undefined)) {
      const next = this.#step(place, name);
      if (!next) return undefined;
      place = next;
    }
    return (place.node.kind === 'object') === isObjectPath ? place : undefined;
  }

  #childrenOf(place: Place): Place[] {
    if (place.node.kind !== 'object') return [];
    if (place.isTable) {
      return this.instanceNumbers(place.path)
        .map((number) => this.#step(place, String(number)))
        .filter((child) => child !== undefined);
    }
    return [...place.node.children.values()].map((child) => this.#child(place, child));
  }

  #visit(place: Place, found: (place: Place) => void): void {
    found(place);
    for (const child of this.#childrenOf(place)) this.#visit(child, found);
  }

  #parametersBelow(place: Place): ParameterPlace[] {
    const parameters: ParameterPlace[] = [];
    this.#visit(place, (at) => {
      if (isParameter(at)) parameters.push(at);
    });
    return parameters;
  }

  #context(place: Place): InstanceContext {
    return { device: this.#device, objectPath: parentOf(place.path), at: place.at };
  }

  #initialNumbers(tablePath: string): readonly number[] {
    // The schema's instances exist only where no instance above was added: new instances have empty child tables.
    const names = tablePath.split('.').slice(1, -1);
    let node: ModelNode | undefined = this.schema.root;
    const at: number[] = [];
    let path = this.rootPath;
    for (const name of names) {
      path += `${name}.`;
      if (/^\d+$/.test(name)) {
        at.push(Number(name));
        if (this.#added.has(path)) return [];
        continue;
      }
      node = node?.kind === 'object' ? node.children.get(name) : undefined;
    }
    if (node?.kind !== 'object' || !node.table) return [];
    const count = node.table.initialCount({ device: this.#device, objectPath: parentOf(tablePath), at });
    return Array.from({ length: count }, (_, index) => index + 1);
  }

  /** Instance numbers of a table, given by its path with trailing dot. */
  instanceNumbers(tablePath: string): readonly number[] {
    return this.#tables.get(tablePath)?.numbers ?? this.#initialNumbers(tablePath);
  }

  // Reading

  #read(place: ParameterPlace): string {
    const own = this.#values.get(place.path);
    if (own !== undefined) return own;
    return place.fresh && place.node.writable ? place.node.fresh : place.node.initial(this.#context(place));
  }

  /** The true value, hidden ones too; undefined for an unknown path. */
  peek(path: string): string | undefined {
    const place = this.#locate(path);
    return isParameter(place) ? this.#read(place) : undefined;
  }

  #shown(place: ParameterPlace): ParameterValue {
    return { name: place.path, type: place.node.type, value: place.node.hidden ? '' : this.#read(place) };
  }

  /** One value as the CPE tells it; undefined for an unknown path. */
  parameter(path: string): ParameterValue | undefined {
    const place = this.#locate(path);
    return isParameter(place) ? this.#shown(place) : undefined;
  }

  has(path: string): boolean {
    return this.#locate(path) !== undefined;
  }

  parameterCount(): number {
    return this.#parametersBelow(this.#root()).length;
  }

  #named(names: readonly string[]): ParameterPlace[] {
    const places: ParameterPlace[] = [];
    for (const name of names) {
      const place = name === '' ? this.#root() : this.#locate(name);
      if (!place) throw new CpeFaultAnswer(9005, name);
      if (isParameter(place)) places.push(place);
      else places.push(...this.#parametersBelow(place));
    }
    return places;
  }

  /** GetParameterValues: full and partial paths; throws CpeFaultAnswer 9005. */
  values(names: readonly string[]): ParameterValue[] {
    if (names.length === 0) throw new CpeFaultAnswer(9003, 'no names');
    return this.#named(names).map((place) => this.#shown(place));
  }

  #info(place: Place): ParameterInfo {
    if (place.node.kind === 'parameter') return { name: place.path, writable: place.node.writable };
    const writable = (place.isTable || place.isInstance) && place.node.table?.writable === true;
    return { name: place.path, writable };
  }

  /** GetParameterNames by the table of TR-069 A6 §A.3.2.3; throws CpeFaultAnswer 9003 or 9005. */
  names(path: string, nextLevel: boolean): ParameterInfo[] {
    if (path === '' && nextLevel) return [this.#info(this.#root())];
    const place = path === '' ? this.#root() : this.#locate(path);
    if (!place) throw new CpeFaultAnswer(9005, path);
    if (isParameter(place) && nextLevel) throw new CpeFaultAnswer(9003, 'NextLevel with a parameter');
    if (nextLevel) return this.#childrenOf(place).map((child) => this.#info(child));
    const infos: ParameterInfo[] = [];
    this.#visit(place, (at) => infos.push(this.#info(at)));
    return infos;
  }

  // Writing

  #judge(change: ValueChange, pending: ReadonlyMap<string, string>): ParameterFault | AppliedChange {
    const fault = (code: number, text: string): ParameterFault => ({ name: change.name, code, text });
    const place = this.#locate(change.name);
    if (!isParameter(place)) return fault(9005, 'there is no such parameter');
    if (!place.node.writable) return fault(9008, 'the parameter is read-only');
    if (change.type !== undefined && change.type !== place.node.type) {
      return fault(9006, `the type is ${place.node.type}, not ${change.type}`);
    }
    const object = parentOf(place.path);
    const beside = (name: string): string | undefined =>
      pending.get(object + name) ?? this.peek(object + name);
    const after = acceptValue(change.value, place.node, beside);
    if (after === undefined) return fault(9007, 'the value is not allowed');
    return { path: place.path, before: this.#read(place), after, later: place.node.later };
  }

  /**
   * SetParameterValues: all changes or none. Throws CpeFaultAnswer 9003, with one entry for each bad parameter
   * (9005, 9006, 9007, 9008).
   */
  setValues(changes: readonly ValueChange[]): AppliedChange[] {
    const pending = new Map(changes.map((change) => [change.name, change.value]));
    if (changes.length === 0) throw new CpeFaultAnswer(9003, 'no parameters');
    if (pending.size < changes.length) throw new CpeFaultAnswer(9003, 'a parameter is named twice');
    const applied: AppliedChange[] = [];
    const faults: ParameterFault[] = [];
    for (const change of changes) {
      const verdict = this.#judge(change, pending);
      if ('code' in verdict) faults.push(verdict);
      else applied.push(verdict);
    }
    if (faults.length > 0) throw new CpeFaultAnswer(9003, undefined, faults);
    for (const { path, after } of applied) this.#values.set(path, after);
    return applied;
  }

  /** Sets a value from inside the device: read-only parameters too. Throws RangeError for an unknown path. */
  assign(path: string, value: string): AppliedChange {
    const place = this.#locate(path);
    if (!isParameter(place)) throw new RangeError(`the device has no parameter ${path}`);
    const before = this.#read(place);
    this.#values.set(path, value);
    return { path, before, after: value, later: false };
  }

  /** AddObject; returns the instance number. Throws CpeFaultAnswer 9003, 9004 or 9005. */
  addObject(tablePath: string): number {
    if (!tablePath.endsWith('.')) throw new CpeFaultAnswer(9003, 'the name does not end in a dot');
    const place = this.#locate(tablePath);
    if (!place) throw new CpeFaultAnswer(9005, tablePath);
    if (place.isInstance) throw new CpeFaultAnswer(9003, 'the name has an instance number');
    if (place.node.kind !== 'object' || !place.isTable || place.node.table?.writable !== true) {
      throw new CpeFaultAnswer(9005, 'no objects can be added there');
    }
    const numbers = this.instanceNumbers(tablePath);
    if (numbers.length >= place.node.table.maxEntries) throw new CpeFaultAnswer(9004, 'the table is full');
    const number = this.#tables.get(tablePath)?.next ?? Math.max(0, ...numbers) + 1;
    this.#tables.set(tablePath, { numbers: [...numbers, number], next: number + 1 });
    this.#added.add(`${tablePath}${number}.`);
    return number;
  }

  /** DeleteObject, with all children. Throws CpeFaultAnswer 9003 or 9005. */
  deleteObject(path: string): void {
    if (!/\.\d+\.$/.test(path))
      throw new CpeFaultAnswer(9003, 'the name does not end in an instance number and a dot');
    const place = this.#locate(path);
    if (!place) throw new CpeFaultAnswer(9005, path);
    if (place.node.kind !== 'object' || place.node.table?.writable !== true) {
      throw new CpeFaultAnswer(9005, 'the object cannot be deleted');
    }
    const tablePath = parentOf(path);
    const numbers = this.instanceNumbers(tablePath);
    const next = this.#tables.get(tablePath)?.next ?? Math.max(0, ...numbers) + 1;
    for (const store of [this.#values, this.#tables, this.#attributes]) {
      for (const key of store.keys()) if (key.startsWith(path)) store.delete(key);
    }
    for (const key of this.#added) if (key.startsWith(path)) this.#added.delete(key);
    const removed = place.at.at(-1);
    this.#tables.set(tablePath, { numbers: numbers.filter((number) => number !== removed), next });
  }

  // Attributes

  #notificationOf(place: ParameterPlace): number {
    const own = this.#attributes.get(place.path)?.notification;
    if (own !== undefined) return own;
    if (place.fresh) return 0;
    return place.node.notification === 'forced' || place.node.notification === 'active' ? 2 : 0;
  }

  notification(path: string): number {
    const place = this.#locate(path);
    return isParameter(place) ? this.#notificationOf(place) : 0;
  }

  /** GetParameterAttributes; throws CpeFaultAnswer 9005. */
  attributes(names: readonly string[]): ParameterAttributes[] {
    if (names.length === 0) throw new CpeFaultAnswer(9003, 'no names');
    return this.#named(names).map((place) => ({
      name: place.path,
      notification: this.#notificationOf(place),
      accessList: this.#attributes.get(place.path)?.accessList ?? ['Subscriber'],
    }));
  }

  /** SetParameterAttributes: all changes or none. Throws CpeFaultAnswer 9003, 9005 or 9009. */
  setAttributes(changes: readonly AttributeChange[]): void {
    if (changes.length === 0) throw new CpeFaultAnswer(9003, 'no parameters');
    const pending: [string, AttributeState][] = [];
    for (const change of changes) {
      if (change.notificationChange && change.notification > 6)
        throw new CpeFaultAnswer(9003, 'Notification is 0 to 6');
      if (change.notificationChange && change.notification > 2) {
        throw new CpeFaultAnswer(9009, 'lightweight notifications are not supported');
      }
      for (const place of this.#named([change.name])) {
        if (change.notificationChange) this.#refuseNotification(place, change.notification);
        pending.push([
          place.path,
          {
            ...(change.notificationChange ? { notification: change.notification } : {}),
            ...(change.accessListChange ? { accessList: change.accessList } : {}),
          },
        ]);
      }
    }
    for (const [path, state] of pending)
      this.#attributes.set(path, { ...this.#attributes.get(path), ...state });
  }

  #refuseNotification(place: ParameterPlace, notification: number): void {
    if (place.node.notification === 'quiet' && notification === 2) {
      throw new CpeFaultAnswer(9009, `active notification of ${place.path} is denied`);
    }
    if (place.node.notification === 'forced' && notification !== 2) {
      throw new CpeFaultAnswer(9009, `active notification of ${place.path} cannot be turned off`);
    }
  }

  #expand(pattern: string): string[] {
    const cut = pattern.indexOf('{i}');
    if (cut < 0) return [pattern];
    const table = pattern.slice(0, cut);
    return this.instanceNumbers(table).flatMap((number) =>
      this.#expand(`${table}${number}${pattern.slice(cut + 3)}`),
    );
  }

  /** Paths with passive or active notification at present. */
  notifiedPaths(): string[] {
    const paths = new Set(this.schema.notified.flatMap((pattern) => this.#expand(pattern)));
    for (const [path, { notification }] of this.#attributes) if ((notification ?? 0) > 0) paths.add(path);
    return [...paths].filter((path) => this.notification(path) > 0);
  }

  /** Every writable value that differs from a fresh device's or not, hidden ones too: what a backup holds. */
  writableValues(): ParameterValue[] {
    return this.#parametersBelow(this.#root())
      .filter((place) => place.node.writable)
      .map((place) => ({ name: place.path, type: place.node.type, value: this.#read(place) }));
  }

  /** Every table that AddObject can extend, with its instance numbers. */
  writableTables(): { readonly path: string; readonly numbers: readonly number[] }[] {
    const tables: { path: string; numbers: readonly number[] }[] = [];
    this.#visit(this.#root(), (place) => {
      if (place.isTable && place.node.kind === 'object' && place.node.table?.writable === true) {
        tables.push({ path: place.path, numbers: this.instanceNumbers(place.path) });
      }
    });
    return tables;
  }

  /** Gives a table of the device's own, such as the results of a test, the rows 1 to `count`, all as in the schema. */
  renewRows(tablePath: string, count: number): void {
    for (const store of [this.#values, this.#attributes]) {
      for (const key of store.keys()) if (key.startsWith(tablePath)) store.delete(key);
    }
    const numbers = Array.from({ length: count }, (_, index) => index + 1);
    this.#tables.set(tablePath, { numbers, next: count + 1 });
  }

  /** Gives a writable table exactly these instances. */
  replaceInstances(tablePath: string, numbers: readonly number[]): void {
    const present = this.instanceNumbers(tablePath);
    for (const number of present) if (!numbers.includes(number)) this.deleteObject(`${tablePath}${number}.`);
    for (const number of numbers) if (!present.includes(number)) this.#added.add(`${tablePath}${number}.`);
    const next = Math.max(this.#tables.get(tablePath)?.next ?? 1, ...numbers.map((number) => number + 1));
    this.#tables.set(tablePath, { numbers: [...numbers].sort((a, b) => a - b), next });
  }
}
