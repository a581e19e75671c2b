import { StoreError, notSupported } from '../errors.js';
import { wholeNumber } from '../bson/numbers.js';
import { T, documentBytes, elementsOf, textOf, type Raw, type RawDocument } from '../bson/raw.js';
import { isTruthy } from '../query/filter.js';
import { Index, type Collection, type IndexDefinition } from '../storage/catalogue.js';
import type { Store } from '../store.js';
import { commandFields, type Command } from './command.js';
import { reply } from './reply.js';

const MAX_INDEXES = 64;
const MAX_INDEX_FIELDS = 16;

const CREATE_OPTIONS = [
  'capped',
  'size',
  'max',
  'autoIndexId',
  'idIndex',
  'validator',
  'validationLevel',
  'validationAction',
  'viewOn',
  'pipeline',
  'timeseries',
  'expireAfterSeconds',
  'clusteredIndex',
  'storageEngine',
  'indexOptionDefaults',
  'changeStreamPreAndPostImages',
  'encryptedFields',
];

export const CREATE_FIELDS = commandFields(CREATE_OPTIONS);

export async function create(store: Store, command: Command): Promise<Buffer> {
  const name = command.collection();
  for (const option of CREATE_OPTIONS) {
    const value = command.get(option);
    if (!value || option === 'autoIndexId' || option === 'idIndex') continue;
    if (option === 'capped' && !isTruthy(value)) continue;
    if (
      /^(validationLevel|validationAction|storageEngine|indexOptionDefaults)$/.test(option) &&
      !command.get('validator')
    )
      continue;
    throw notSupported(`create with '${option}'`, 72);
  }
  await store.write(() => {
    if (store.find(command.db, name)) {
      throw new StoreError(48, `Collection ${command.db}.${name} already exists.`);
    }
    store.catalogue.create(command.db, name);
  });
  return reply();
}

export async function drop(store: Store, command: Command): Promise<Buffer> {
  const name = command.collection();
  const result = await store.write(() => {
    const collection = store.find(command.db, name);
    if (!collection) return undefined;
    store.catalogue.remove(collection);
    return { ns: collection.namespace, nIndexesWas: collection.indexes.length + 1 };
  });
  if (!result) throw new StoreError(26, 'ns not found');
  store.cursors.killNamespace(result.ns);
  store.collectGarbage();
  return reply({ nIndexesWas: result.nIndexesWas, ns: result.ns });
}

export async function dropDatabase(store: Store, command: Command): Promise<Buffer> {
  const found = await store.write(() => {
    const collections = store.catalogue.collections(command.db);
    for (const collection of collections) store.catalogue.remove(collection);
    return collections.length > 0;
  });
  store.cursors.killNamespace(`${command.db}.`);
  store.collectGarbage();
  return reply(found ? { dropped: command.db } : {});
}

export async function renameCollection(store: Store, command: Command): Promise<Buffer> {
  const [from, to] = [command.collection(), command.string('to') ?? ''].map((namespace) => {
    const dot = namespace.indexOf('.');
    return { db: namespace.slice(0, dot), name: namespace.slice(dot + 1) };
  });
  if (!from || from.db !== to?.db) throw notSupported('renaming a collection into another database');
  const dropTarget = command.bool('dropTarget');
  await store.write(() => {
    const collection = store.find(from.db, from.name);
    if (!collection) throw new StoreError(26, `Source collection ${from.db}.${from.name} does not exist`);
    const target = store.find(to.db, to.name);
    if (target === collection) throw new StoreError(20, "Can't rename a collection to itself");
    if (target && !dropTarget) throw new StoreError(48, 'target namespace exists');
    if (target) store.catalogue.remove(target);
    store.catalogue.rename(collection, to.name);
  });
  store.cursors.killNamespace(`${from.db}.${from.name}`);
  store.collectGarbage();
  return reply();
}

const INDEX_OPTIONS = new Set([
  'key',
  'name',
  'unique',
  'sparse',
  'expireAfterSeconds',
  'partialFilterExpression',
  'background',
  'v',
  'ns',
  'hidden',
]);

/** The index that a specification such as one of `createIndexes` describes. */
export function definitionOf(spec: RawDocument): IndexDefinition {
  const fields = new Map(elementsOf(spec));
  const key = fields.get('key');
  if (key?.type !== T.object)
    throw new StoreError(9, "The 'key' field is a required property of an index specification");
  const pattern = parsePattern(key);
  const nameValue = fields.get('name');
  if (nameValue?.type !== T.string)
    throw new StoreError(9, "The 'name' field is a required property of an index specification");
  for (const [option, value] of fields) {
    if (
      option === 'collation' &&
      value.type === T.object &&
      elementsOf(value).every(([n, v]) => n === 'locale' && v.type === T.string && textOf(v) === 'simple')
    )
      continue;
    if (
      /^(collation|weights|default_language|language_override|textIndexVersion|2dsphereIndexVersion|bits|min|max|wildcardProjection|storageEngine|prepareUnique|clustered)$/.test(
        option,
      )
    ) {
      throw notSupported(`the index option '${option}'`, 67);
    }
    if (!INDEX_OPTIONS.has(option)) {
      throw new StoreError(
        197,
        `The field '${option}' is not valid for an index specification. Specification: ${textOf(nameValue)}`,
      );
    }
  }
  const flag = (name: string): boolean =>
    isTruthy(fields.get(name) ?? { buf: Buffer.alloc(0), type: T.missing, at: 0 });
  const partial = fields.get('partialFilterExpression');
  if (partial && partial.type !== T.object)
    throw new StoreError(14, "Field 'partialFilterExpression' must be of type object");
  if (partial && flag('sparse'))
    throw new StoreError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  const expire = fields.get('expireAfterSeconds');
  const seconds = expire && wholeNumber(expire);
  if (expire) {
    if (seconds === undefined || seconds < 0 || seconds > 2147483647) {
      throw new StoreError(
        67,
        `TTL index 'expireAfterSeconds' option must be within an acceptable range, but it is ${seconds ?? 'not a number'}`,
      );
    }
    if (Object.keys(pattern).length > 1)
      throw new StoreError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL');
    if ('_id' in pattern)
      throw new StoreError(67, "The field 'expireAfterSeconds' is not valid for an _id index specification");
  }
  return {
    name: textOf(nameValue),
    key: pattern,
    ...(flag('unique') ? { unique: true } : {}),
    ...(flag('sparse') ? { sparse: true } : {}),
    ...(flag('hidden') ? { hidden: true } : {}),
    ...(seconds === undefined ? {} : { expireAfterSeconds: seconds }),
    ...(partial ? { partial: Buffer.from(documentBytes(partial)) } : {}),
  };
}

function parsePattern(key: Raw): Record<string, number> {
  const pattern: Record<string, number> = {};
  for (const [path, way] of elementsOf(key)) {
    if (way.type === T.string) throw notSupported(`an index of type '${textOf(way)}'`, 67);
    const sign = way.type === T.double ? way.buf.readDoubleLE(way.at) : wholeNumber(way);
    if (!sign)
      throw new StoreError(
        67,
        `Values in v:2 index key pattern cannot be of type ${way.type}. Only numbers > 0, numbers < 0, and strings are allowed.`,
      );
    if (path.includes('$**')) throw notSupported('a wildcard index', 67);
    if (
      path === '' ||
      path.split('.').some((name) => name === '' || (name.startsWith('$') && !/^\$(id|ref|db)$/.test(name)))
    ) {
      throw new StoreError(67, `Index key contains an illegal field name: '${path}'`);
    }
    pattern[path] = sign < 0 ? -1 : 1;
  }
  const count = Object.keys(pattern).length;
  if (count === 0) throw new StoreError(67, 'Index keys cannot be an empty object');
  if (count > MAX_INDEX_FIELDS) throw notSupported(`an index of more than ${MAX_INDEX_FIELDS} fields`, 67);
  return pattern;
}

const signature = (definition: IndexDefinition): string => JSON.stringify(Object.entries(definition.key));

function sameOptions(a: IndexDefinition, b: IndexDefinition): boolean {
  const options = (d: IndexDefinition): string =>
    JSON.stringify([
      d.unique ?? false,
      d.sparse ?? false,
      d.expireAfterSeconds ?? null,
      d.partial?.toString('hex') ?? null,
    ]);
  return options(a) === options(b);
}

/** Since MongoDB 5.0 indexes on the same fields may differ in these. */
function sameScope(a: IndexDefinition, b: IndexDefinition): boolean {
  const scope = (d: IndexDefinition): string =>
    JSON.stringify([d.unique ?? false, d.sparse ?? false, d.partial?.toString('hex')]);
  return scope(a) === scope(b);
}

/** Whether the index is already there; throws where another one stands in its way. */
function alreadyThere(collection: Collection, wanted: IndexDefinition): boolean {
  if (signature(wanted) === signature(collection.primary.definition)) return true;
  for (const { definition } of collection.indexes) {
    const sameKey = signature(definition) === signature(wanted);
    const sameName = definition.name === wanted.name;
    if (sameKey && sameName && sameOptions(definition, wanted)) return true;
    if (sameName) {
      throw new StoreError(
        86,
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${describe(wanted)}, existing index: ${describe(definition)}`,
      );
    }
    if (sameKey && sameScope(definition, wanted)) {
      throw new StoreError(
        85,
        sameOptions(definition, wanted)
          ? `Index already exists with a different name: ${definition.name}`
          : `An equivalent index already exists with the same name but different options. Requested index: ${describe(wanted)}, existing index: ${describe(definition)}`,
      );
    }
  }
  return false;
}

function describe({ name, key, ...options }: IndexDefinition): string {
  return JSON.stringify({ v: 2, key, name, ...options, partial: undefined });
}

export async function createIndexes(store: Store, command: Command): Promise<Buffer> {
  const name = command.collection();
  const definitions = command.documents('indexes').map(definitionOf);
  if (definitions.length === 0) throw new StoreError(2, 'Must specify at least one index to create');
  const made: Index[] = [];
  const result = await store.write(() => {
    const existing = store.find(command.db, name);
    const collection = existing ?? store.catalogue.create(command.db, name);
    const before = collection.indexes.length + 1;
    for (const definition of definitions) {
      if (alreadyThere(collection, definition)) continue;
      if (collection.indexes.length + 1 >= MAX_INDEXES) {
        throw new StoreError(
          67,
          `add index fails, too many indexes for ${collection.namespace} key:${JSON.stringify(definition.key)}`,
        );
      }
      const index = new Index(store.catalogue.newId(), definition);
      buildIndex(store, collection, index);
      collection.indexes.push(index);
      store.catalogue.changed(collection);
      made.push(index);
    }
    const after = collection.indexes.length + 1;
    return { before, after, created: !existing };
  });
  for (const index of made) index.usable = true;
  return reply({
    numIndexesBefore: result.before,
    numIndexesAfter: result.after,
    createdCollectionAutomatically: result.created,
    ...(made.length === 0 ? { note: 'all indexes already exist' } : {}),
  });
}

/** Fills a new index; entries of one that fails are removed later with the rest of the garbage. */
function buildIndex(store: Store, collection: Collection, index: Index): void {
  try {
    store.records.build(collection, index);
  } catch (error) {
    store.catalogue.garbage.push({ table: 'entries', id: index.id });
    store.catalogue.metaChanged();
    store.collectGarbageSoon();
    throw error;
  }
}

export async function dropIndexes(store: Store, command: Command): Promise<Buffer> {
  const name = command.collection();
  const wanted = command.get('index');
  if (!wanted) throw new StoreError(40414, "BSON field 'dropIndexes.index' is missing but a required field");
  const before = await store.write(() => {
    const collection = store.find(command.db, name);
    if (!collection) throw new StoreError(26, `ns not found ${command.db}.${name}`);
    const count = collection.indexes.length + 1;
    for (const index of selectIndexes(collection, wanted)) store.catalogue.removeIndex(collection, index);
    return count;
  });
  store.collectGarbage();
  return reply({ nIndexesWas: before });
}

function selectIndexes(collection: Collection, wanted: Raw): Index[] {
  if (wanted.type === T.string && textOf(wanted) === '*') return [...collection.indexes];
  if (wanted.type === T.array) {
    return elementsOf(wanted).flatMap(([, name]) => selectIndexes(collection, name));
  }
  const matches = (index: Index): boolean =>
    wanted.type === T.string
      ? index.name === textOf(wanted)
      : wanted.type === T.object &&
        signature(index.definition) === JSON.stringify(Object.entries(parsePattern(wanted)));
  if (matches(collection.primary)) throw new StoreError(72, 'cannot drop _id index');
  const index = collection.indexes.find(matches);
  if (!index) {
    throw wanted.type === T.string
      ? new StoreError(27, `index not found with name [${textOf(wanted)}]`)
      : new StoreError(27, "can't find index with key");
  }
  return [index];
}
