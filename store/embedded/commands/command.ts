import { StoreError, notSupported } from '../errors.js';
import { wholeNumber } from '../bson/numbers.js';
import {
  T,
  elementsOf,
  endOfText,
  nameOf,
  readElements,
  textOf,
  valuesOf,
  type Raw,
  type RawDocument,
} from '../bson/raw.js';
import { isTruthy } from '../query/filter.js';
import { typeName } from '../query/type-names.js';
import type { Hint } from '../planner/plan.js';
import type { Message } from '../wire.js';

/** Fields that every command may carry and that mean nothing here. */
const HARMLESS = [
  '$db',
  'lsid',
  '$clusterTime',
  '$readPreference',
  'comment',
  'maxTimeMS',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'helloOk',
  'client',
  'compression',
  '$client',
  '$configServerState',
  'mayBypassWriteBlocking',
];

/** Fields that every command may carry with some values only, see `#checkOptions`. */
const OPTIONS = new Set([
  'readConcern',
  'writeConcern',
  'txnNumber',
  'autocommit',
  'startTransaction',
  'collation',
  'let',
]);

/** The names that a command may have besides its own. */
export function commandFields(names: Iterable<string>): ReadonlySet<string> {
  return new Set([...names, ...HARMLESS]);
}

const NO_SEQUENCES: ReadonlyMap<string, readonly RawDocument[]> = new Map();

/** The arguments of one command. */
export class Command {
  readonly name: string;
  readonly db: string;
  readonly argument: Raw;
  readonly #names: string[] = [];
  readonly #values: Raw[] = [];
  readonly #sequences: ReadonlyMap<string, readonly RawDocument[]>;

  constructor(
    body: RawDocument,
    sequences: ReadonlyMap<string, readonly RawDocument[]> = NO_SEQUENCES,
    db?: string,
  ) {
    readElements(body, this.#names, this.#values);
    const [name] = this.#names;
    const [argument] = this.#values;
    if (name === undefined || !argument) throw new StoreError(59, "no such command: ''");
    this.name = name;
    this.argument = argument;
    this.#sequences = sequences;
    const named = this.#field('$db');
    this.db = named?.type === T.string ? nameOf(named.buf, named.at + 4, endOfText(named)) : (db ?? 'admin');
  }

  static of(message: Message): Command {
    return new Command(message.body, message.sequences, message.db);
  }

  /** The last field of that name; there are too few of them for a map to be faster. */
  #field(name: string): Raw | undefined {
    return this.#values[this.#names.lastIndexOf(name)];
  }

  /** Refuses fields that the command does not know (see `commandFields`), and common options that the store does not implement. */
  check(allowed: ReadonlySet<string>): void {
    let hasOptions = false;
    for (let i = 1; i < this.#names.length; i++) {
      const name = this.#names[i] ?? '';
      if (allowed.has(name)) continue;
      if (OPTIONS.has(name)) hasOptions = true;
      else this.#refuse(name);
    }
    if (this.#sequences.size > 0)
      for (const name of this.#sequences.keys()) if (!allowed.has(name)) this.#refuse(name);
    if (hasOptions) this.#checkOptions();
  }

  #refuse(name: string): never {
    throw new StoreError(40415, `BSON field '${this.name}.${name}' is an unknown field.`);
  }

  #checkOptions(): void {
    this.#checkTransaction();
    const collation = this.#field('collation');
    if (
      collation &&
      elementsOf(collation).some(
        ([name, value]) => !(name === 'locale' && value.type === T.string && textOf(value) === 'simple'),
      )
    ) {
      throw notSupported('collation');
    }
    if (this.#field('let')) throw notSupported("the option 'let'");
    const concern = this.document('writeConcern');
    const w = concern && elementsOf(concern).find(([name]) => name === 'w')?.[1];
    if (w && (wholeNumber(w) ?? 1) > 1) {
      throw new StoreError(2, "cannot use 'w' > 1 when a host is not replicated");
    }
    const level = this.document('readConcern');
    for (const [name, value] of level ? elementsOf(level) : []) {
      if (
        name === 'level' &&
        value.type === T.string &&
        !['local', 'available', 'majority'].includes(textOf(value))
      ) {
        throw notSupported(`readConcern level '${textOf(value)}'`);
      }
      if (name !== 'level') throw notSupported(`readConcern.${name}`);
    }
  }

  #checkTransaction(): void {
    if (this.#field('startTransaction') || this.#field('autocommit')) {
      throw new StoreError(
        20,
        'Transaction numbers are only allowed on a replica set member or mongos; the embedded store has no transactions, set MONGODB_URI to use a MongoDB server',
      );
    }
    if (this.#field('txnNumber')) {
      throw new StoreError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
    }
  }

  /** The first name of a field that is not null for which the condition holds. */
  find(condition: (name: string) => boolean): string | undefined {
    return this.#names.find((name, i) => this.#values[i]?.type !== T.null && condition(name));
  }

  get(name: string): Raw | undefined {
    const value = this.#field(name);
    return value?.type === T.null ? undefined : value;
  }

  #typed(name: string, expected: string, ...types: number[]): Raw | undefined {
    const value = this.get(name);
    if (value && !types.includes(value.type)) {
      throw new StoreError(
        14,
        `BSON field '${this.name}.${name}' is the wrong type '${typeName(value.type)}', expected type '${expected}'`,
      );
    }
    return value;
  }

  /** The collection that the command's first field names. */
  collection(): string {
    if (this.argument.type !== T.string) {
      throw new StoreError(73, `collection name has invalid type ${typeName(this.argument.type)}`);
    }
    const { argument } = this;
    const name = nameOf(argument.buf, argument.at + 4, endOfText(argument));
    if (name === '') throw new StoreError(73, `Invalid namespace specified '${this.db}.'`);
    return name;
  }

  document(name: string): Raw | undefined {
    return this.#typed(name, 'object', T.object);
  }

  string(name: string): string | undefined {
    const value = this.#typed(name, 'string', T.string);
    return value && textOf(value);
  }

  bool(name: string): boolean {
    const value = this.#typed(name, 'bool', T.bool, T.int32, T.int64, T.double, T.decimal);
    return value !== undefined && isTruthy(value);
  }

  number(name: string): number | undefined {
    const value = this.#typed(name, 'long', T.int32, T.int64, T.double, T.decimal);
    return value && wholeNumber(value);
  }

  /** A whole number that is not negative. */
  count(name: string): number | undefined {
    const value = this.number(name);
    if (value !== undefined && value < 0) {
      throw new StoreError(51024, `BSON field '${name}' value must be >= 0, actual value '${value}'`);
    }
    return value;
  }

  /** Documents given as an array or as a document sequence. */
  documents(name: string): readonly RawDocument[] {
    const sequence = this.#sequences.get(name);
    if (sequence) return sequence;
    const value = this.#typed(name, 'array', T.array);
    if (!value)
      throw new StoreError(40414, `BSON field '${this.name}.${name}' is missing but a required field`);
    return valuesOf(value).map((item, i) => {
      if (item.type !== T.object) {
        throw new StoreError(
          14,
          `BSON field '${this.name}.${name}.${i}' is the wrong type '${typeName(item.type)}', expected type 'object'`,
        );
      }
      return item;
    });
  }

  list(name: string): Raw[] | undefined {
    const value = this.#typed(name, 'array', T.array);
    return value && valuesOf(value);
  }

  deadline(): number | undefined {
    const limit = this.count('maxTimeMS');
    return limit ? Date.now() + limit : undefined;
  }

  hint(): Hint | undefined {
    return parseHint(this.get('hint'));
  }
}

export function parseHint(value: Raw | undefined): Hint | undefined {
  if (!value) return undefined;
  if (value.type === T.string) return { name: textOf(value) };
  if (value.type !== T.object) throw new StoreError(9, 'Hint must be a string or an object');
  const fields = elementsOf(value);
  if (fields.length === 0) return undefined;
  if (fields[0]?.[0] === '$natural') throw notSupported('hint {$natural}');
  return {
    key: JSON.stringify(Object.fromEntries(fields.map(([name, way]) => [name, wholeNumber(way) ?? 1]))),
  };
}

/** The fields of a sub-document such as one element of `updates`, checked against those that are known. */
export function readFields(doc: RawDocument, of: string, allowed: ReadonlySet<string>): Map<string, Raw> {
  const fields = new Map(elementsOf(doc));
  for (const [name, value] of fields) {
    if (!allowed.has(name)) throw new StoreError(40415, `BSON field '${of}.${name}' is an unknown field.`);
    if (name === 'collation' && value.type === T.object && elementsOf(value).length > 0)
      throw notSupported('collation');
  }
  return fields;
}
