import { ObjectId } from 'bson';
import { StoreError, notSupported } from '../errors.js';
import {
  EMPTY_DOCUMENT,
  T,
  documentBytes,
  elementsOf,
  getField,
  sameValue,
  textOf,
  type Raw,
  type RawDocument,
} from '../bson/raw.js';
import { showField, showValue } from '../bson/show.js';
import { BsonWriter, rawOf } from '../bson/writer.js';
import type { Filter } from '../query/filter.js';
import { compileFilter, type Matcher } from '../query/matcher.js';
import { parseFilter } from '../query/filter.js';
import { parsePath } from '../query/path.js';
import { typeName } from '../query/type-names.js';
import { parseChange, rename, type FieldChange, type UpdateContext } from './operators.js';
import { addChange, emptyNode, spliceDocument, type UpdateNode } from './splice.js';

/** MongoDB's limit of one document, in bytes. */
export const MAX_DOCUMENT_SIZE = 16 * 1024 * 1024;

const OPERATORS = new Set([
  '$set',
  '$unset',
  '$inc',
  '$mul',
  '$min',
  '$max',
  '$rename',
  '$currentDate',
  '$setOnInsert',
  '$push',
  '$addToSet',
  '$pull',
  '$pullAll',
  '$pop',
  '$bit',
]);

/** An update as the client wrote it, checked and compiled; applied to any number of documents. */
export class Update {
  readonly #changes: FieldChange[] = [];
  readonly #replacement: RawDocument | undefined;
  readonly #filters: ReadonlyMap<string, Matcher>;
  readonly #onUpdate: UpdateNode | undefined;
  readonly #onInsert: UpdateNode | undefined;
  readonly positional: boolean;

  constructor(source: Raw, arrayFilters: readonly Raw[] = []) {
    if (source.type === T.array) throw notSupported('an update written as an aggregation pipeline');
    if (source.type !== T.object) {
      throw new StoreError(9, 'Update argument must be either an object or an array');
    }
    const elements = elementsOf(source);
    const usedFilters = new Set<string>();
    if (!elements[0]?.[0].startsWith('$')) {
      this.#replacement = source;
      for (const [name] of elements) {
        if (name.startsWith('$')) {
          throw new StoreError(
            52,
            `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
          );
        }
      }
    } else this.#readOperators(elements, usedFilters);
    this.positional = this.#changes.some((change) => /\.\$(\.|$)/.test(change.path));
    this.#filters = compileArrayFilters(arrayFilters, usedFilters);
    if (!this.#replacement && !this.positional) {
      this.#onUpdate = this.#tree(false, -1);
      const differs = this.#changes.some((change) => change.operator === '$setOnInsert');
      this.#onInsert = differs ? this.#tree(true, -1) : this.#onUpdate;
    } else if (!this.#replacement) this.#tree(true, 0); // finds conflicts now
  }

  get isReplacement(): boolean {
    return this.#replacement !== undefined;
  }

  #readOperators(elements: readonly [string, Raw][], usedFilters: Set<string>): void {
    for (const [operator, fields] of elements) {
      if (!OPERATORS.has(operator)) {
        throw new StoreError(
          9,
          `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
        );
      }
      if (fields.type !== T.object) {
        throw new StoreError(
          9,
          `Modifiers operate on fields but we found type ${typeName(fields.type)} instead. For example: {$mod: {<field>: ...}} not {${showField(operator, fields)}}`,
        );
      }
      for (const [path, operand] of elementsOf(fields)) {
        checkPath(path, usedFilters);
        if (operator === '$rename') this.#changes.push(...parseRename(path, operand, usedFilters));
        else this.#changes.push(parseChange(operator, path, operand));
      }
    }
  }

  #tree(inserting: boolean, matchedIndex: number): UpdateNode {
    const root = emptyNode();
    for (const change of this.#changes) {
      if (change.operator === '$setOnInsert' && !inserting) continue;
      addChange(root, change, matchedIndex);
    }
    return root;
  }

  /** The document after the update; the same bytes where nothing changes. */
  apply(document: RawDocument, matchedIndex: number, now: Date): Buffer {
    const id = getField(document.buf, document.at, '_id');
    const result = this.#run({ document, inserting: false, now, matchedIndex }, id);
    const newId = getField(result, 0, '_id');
    if (id && !(newId && sameValue(id, newId))) {
      const message = this.#replacement
        ? `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${newId ? showValue(newId) : 'nothing'}`
        : "Performing an update on the path '_id' would modify the immutable field '_id'";
      throw new StoreError(66, message);
    }
    checkSize(result);
    return result;
  }

  #run(context: UpdateContext, id: Raw | undefined): Buffer {
    if (this.#replacement) return withIdFirst(this.#replacement, id);
    if (this.positional && context.matchedIndex < 0) {
      throw new StoreError(2, 'The positional operator did not find the match needed from the query.');
    }
    const tree = context.inserting ? this.#onInsert : this.#onUpdate;
    const out = new BsonWriter(context.document.buf.length + 256);
    const root = tree ?? this.#tree(context.inserting, context.matchedIndex);
    spliceDocument(context, this.#filters, context.document, root, out);
    return out.bytes();
  }

  /** The document that an upsert inserts: the filter's equalities, then the update, then an `_id`. */
  insert(filter: Filter, now: Date): Buffer {
    const root = emptyNode();
    const equalities = new Map<string, Raw>();
    collectEqualities(filter, equalities);
    const context = { document: { buf: EMPTY_DOCUMENT, at: 0 }, inserting: true, now, matchedIndex: -1 };
    let base = EMPTY_DOCUMENT;
    if (!this.#replacement) {
      for (const [path, value] of equalities) {
        if (path.split('.').some((name) => name.startsWith('$'))) continue;
        addChange(root, parseChange('$set', path, value), -1, 54);
      }
      const out = new BsonWriter();
      spliceDocument(
        context,
        new Map(),
        context.document,
        root,
        out,
        [...equalities.keys()].map((path) => path.split('.')[0] ?? ''),
      );
      base = Buffer.from(out.bytes());
    }
    const filterId = equalities.get('_id');
    const result = this.#run({ ...context, document: { buf: base, at: 0 } }, filterId);
    const id = getField(result, 0, '_id') ?? filterId ?? rawOf(new ObjectId());
    if (filterId && !sameValue(filterId, id)) {
      throw new StoreError(
        66,
        "Performing an update on the path '_id' would modify the immutable field '_id'",
      );
    }
    const complete = withIdFirst({ buf: result, at: 0 }, id);
    checkSize(complete);
    return complete;
  }
}

function checkSize(document: Buffer): void {
  if (document.length > MAX_DOCUMENT_SIZE) {
    throw new StoreError(17419, `Resulting document after update is larger than ${MAX_DOCUMENT_SIZE}`);
  }
}

/** The document with `_id` as its first field; `id` is used where it has none. */
export function withIdFirst(document: RawDocument, id: Raw | undefined): Buffer {
  const bytes = documentBytes(document);
  const own = getField(bytes, 0, '_id');
  if (own?.at === 8) return bytes;
  const first = own ?? id;
  if (!first) return bytes;
  const out = new BsonWriter(bytes.length + 64);
  const mark = out.open();
  out.raw('_id', first);
  for (const [name, value] of elementsOf({ buf: bytes, at: 0 })) if (name !== '_id') out.raw(name, value);
  out.close(mark);
  return out.bytes();
}

function parseRename(path: string, operand: Raw, usedFilters: Set<string>): FieldChange[] {
  if (operand.type !== T.string) {
    throw new StoreError(2, `The 'to' field for $rename must be a string: ${showField(path, operand)}`);
  }
  const target = textOf(operand);
  checkPath(target, usedFilters);
  if (target === path) {
    throw new StoreError(
      2,
      `The source and target field for $rename must differ: ${showField(path, operand)}`,
    );
  }
  for (const [text, what] of [
    [path, 'source'],
    [target, 'destination'],
  ] as const) {
    if (/(^|\.)\$/.test(text))
      throw new StoreError(2, `The ${what} field for $rename may not be dynamic: ${text}`);
  }
  return rename(parsePath(path), parsePath(target));
}

function checkPath(path: string, usedFilters: Set<string>): void {
  if (path === '') throw new StoreError(56, 'An empty update path is not valid.');
  for (const [i, name] of path.split('.').entries()) {
    if (name === '') {
      throw new StoreError(
        56,
        `The update path '${path}' contains an empty field name, which is not allowed.`,
      );
    }
    if (!name.startsWith('$')) continue;
    const filter = /^\$\[([a-z][a-zA-Z0-9]*)?\]$/.exec(name);
    if (filter?.[1]) usedFilters.add(filter[1]);
    if (i === 0 && (filter || name === '$')) {
      throw new StoreError(
        2,
        `Cannot have positional (i.e. '$') element in the first position in path '${path}'`,
      );
    }
    if (!filter && name !== '$' && !/^\$(id|ref|db)$/.test(name)) {
      throw new StoreError(
        52,
        `The dollar ($) prefixed field '${name}' in '${path}' is not allowed for storage.`,
      );
    }
  }
}

function compileArrayFilters(filters: readonly Raw[], used: ReadonlySet<string>): Map<string, Matcher> {
  const compiled = new Map<string, Matcher>();
  for (const doc of filters) {
    const filter = parseFilter(doc);
    const names = new Set<string>();
    collectRoots(filter, names);
    const [name] = names;
    if (name === undefined) {
      throw new StoreError(9, 'Cannot use an expression without a top-level field name in arrayFilters');
    }
    if (names.size > 1) {
      throw new StoreError(
        9,
        `Error parsing array filter: Expected a single top-level field name, found '${[...names].join("' and '")}'`,
      );
    }
    if (compiled.has(name))
      throw new StoreError(9, `Found multiple array filters with the same top-level field name ${name}`);
    if (!used.has(name)) {
      throw new StoreError(9, `The array filter for identifier '${name}' was not used in the update`);
    }
    compiled.set(name, compileFilter(filter));
  }
  for (const name of used) {
    if (!compiled.has(name)) throw new StoreError(2, `No array filter found for identifier '${name}'`);
  }
  return compiled;
}

function collectRoots(filter: Filter, names: Set<string>): void {
  if (filter.kind === 'field') names.add(filter.path.segments[0]?.name ?? '');
  else if (filter.kind !== 'expression') for (const part of filter.parts) collectRoots(part, names);
}

/** The fields that a filter fixes to one value, which an upsert takes over. */
function collectEqualities(filter: Filter, found: Map<string, Raw>): void {
  if (filter.kind === 'and' || (filter.kind === 'or' && filter.parts.length === 1)) {
    for (const part of filter.parts) collectEqualities(part, found);
  }
  if (filter.kind !== 'field') return;
  const { test, path } = filter;
  let value: Raw | undefined;
  if (test.op === 'eq') value = test.value;
  else if (test.op === 'in' && test.values.length === 1 && test.patterns.length === 0) value = test.values[0];
  else if (test.op === 'every' && test.tests.length === 1 && test.tests[0]?.op === 'eq')
    value = test.tests[0].value;
  if (!value) return;
  if (found.has(path.text)) {
    throw new StoreError(54, `cannot infer query fields to set, path '${path.text}' is matched twice`);
  }
  found.set(path.text, value);
}
