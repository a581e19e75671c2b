import { StoreError, notSupported } from '../errors.js';
import { wholeNumber } from '../bson/numbers.js';
import { T, elementsOf, textOf, valuesOf, type Raw, type RawDocument } from '../bson/raw.js';
import { isTruthy } from '../query/filter.js';
import { typeName } from '../query/type-names.js';
import type { Hint } from '../planner/plan.js';
import type { Message } from '../wire.js';

/** Fields that every command may carry and that mean nothing here, or are checked in `checkCommon`. */
const COMMON = new Set([
  '$db',
  'lsid',
  '$clusterTime',
  '$readPreference',
  'readConcern',
  'writeConcern',
  'comment',
  'maxTimeMS',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'txnNumber',
  'autocommit',
  'startTransaction',
  'helloOk',
  'client',
  'compression',
  '$client',
  '$configServerState',
  'collation',
  'let',
  'mayBypassWriteBlocking',
]);

/** The arguments of one command. */
export class Command {
  readonly name: string;
  readonly db: string;
  readonly argument: Raw;
  readonly #fields: Map<string, Raw>;
  readonly #sequences: ReadonlyMap<string, readonly RawDocument[]>;

  constructor(
    body: RawDocument,
    sequences: ReadonlyMap<string, readonly RawDocument[]> = new Map(),
    db?: string,
  ) {
    const elements = elementsOf(body);
    const [first] = elements;
    if (!first) throw new StoreError(59, "no such command: ''");
    [this.name, this.argument] = first;
    this.#fields = new Map(elements);
    this.#sequences = sequences;
    const named = this.#fields.get('$db');
    this.db = named?.type === T.string ? textOf(named) : (db ?? 'admin');
  }

  static of(message: Message): Command {
    return new Command(message.body, message.sequences, message.db);
  }

  /** Refuses fields that the command does not know, and common options that the store does not implement. */
  check(allowed: ReadonlySet<string>): void {
    for (const name of this.#fields.keys()) this.#checkName(name, allowed);
    for (const name of this.#sequences.keys()) this.#checkName(name, allowed);
    this.#checkTransaction();
    const collation = this.#fields.get('collation');
    if (
      collation &&
      elementsOf(collation).some(
        ([name, value]) => !(name === 'locale' && value.type === T.string && textOf(value) === 'simple'),
      )
    ) {
      throw notSupported('collation');
    }
    if (this.#fields.has('let')) throw notSupported("the option 'let'");
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

  #checkName(name: string, allowed: ReadonlySet<string>): void {
    if (name === this.name || allowed.has(name) || COMMON.has(name)) return;
    throw new StoreError(40415, `BSON field '${this.name}.${name}' is an unknown field.`);
  }

  #checkTransaction(): void {
    if (this.#fields.has('startTransaction') || this.#fields.has('autocommit')) {
      throw new StoreError(
        20,
        'Transaction numbers are only allowed on a replica set member or mongos; the embedded store has no transactions, set MONGODB_URI to use a MongoDB server',
      );
    }
    if (this.#fields.has('txnNumber')) {
      throw new StoreError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
    }
  }

  get(name: string): Raw | undefined {
    const value = this.#fields.get(name);
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
    const name = textOf(this.argument);
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
