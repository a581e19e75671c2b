import { arch, cpus, hostname, platform, release, totalmem } from 'node:os';
import { deserialize, type Document } from 'bson';
import { StoreError, notSupported } from '../errors.js';
import { wholeNumber } from '../bson/numbers.js';
import { elementsOf, textOf, T, type Raw } from '../bson/raw.js';
import { encode } from '../bson/writer.js';
import { MAX_MESSAGE_SIZE } from '../wire.js';
import { MAX_DOCUMENT_SIZE } from '../update/update.js';
import { parseFilter } from '../query/filter.js';
import { compileFilter } from '../query/matcher.js';
import type { Collection, Index } from '../storage/catalogue.js';
import type { Store } from '../store.js';
import type { Command } from './command.js';
import { reply } from './reply.js';

/** The MongoDB version whose behaviour the store follows. */
const VERSION = '7.0.0';
const WIRE_VERSION = 21;

export function hello(connectionId: number, legacy: boolean): Buffer {
  return reply({
    helloOk: true,
    ...(legacy ? { ismaster: true } : {}),
    isWritablePrimary: true,
    maxBsonObjectSize: MAX_DOCUMENT_SIZE,
    maxMessageSizeBytes: MAX_MESSAGE_SIZE,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
  });
}

export function buildInfo(): Buffer {
  return reply({
    version: VERSION,
    gitVersion: 'provost-embedded-store',
    versionArray: [7, 0, 0, 0],
    modules: [],
    storageEngines: ['lmdb'],
    bits: 64,
    debug: false,
    maxBsonObjectSize: MAX_DOCUMENT_SIZE,
  });
}

export function serverStatus(store: Store, connections: number): Buffer {
  const cpu = process.cpuUsage();
  const memory = process.memoryUsage();
  return reply({
    host: 'localhost',
    version: VERSION,
    process: 'provost-embedded-store',
    pid: process.pid,
    uptime: Math.floor((Date.now() - store.startedAt) / 1000),
    localTime: new Date(),
    connections: { current: connections },
    cursors: { open: store.cursors.size },
    cpu: { userMicros: cpu.user, systemMicros: cpu.system },
    mem: { resident: Math.round(memory.rss / 1048576), heap: Math.round(memory.heapUsed / 1048576) },
    storageEngine: { name: 'lmdb', supportsCommittedReads: true, persistent: true, readOnly: false },
  });
}

function* filtered(command: Command, items: readonly Document[]): Generator<Buffer, void, undefined> {
  const filter = command.document('filter');
  const match = filter ? compileFilter(parseFilter(filter)) : () => true;
  for (const item of items) {
    const bytes = encode(item);
    if (match(bytes, 0)) yield bytes;
  }
}

export function cursorBatchSize(command: Command): number | undefined {
  const cursor = command.document('cursor');
  if (!cursor) return undefined;
  const size = elementsOf(cursor).find(([name]) => name === 'batchSize')?.[1];
  return size && wholeNumber(size);
}

export function listCollections(store: Store, command: Command): Buffer {
  const nameOnly = command.bool('nameOnly');
  const items = store.catalogue.collections(command.db).map(({ name }) =>
    nameOnly
      ? { name, type: 'collection' }
      : {
          name,
          type: 'collection',
          options: {},
          info: { readOnly: false },
          idIndex: { v: 2, key: { _id: 1 }, name: '_id_' },
        },
  );
  return store.cursors.first(filtered(command, items), {
    namespace: `${command.db}.$cmd.listCollections`,
    batchSize: cursorBatchSize(command),
  });
}

/** An index as `listIndexes` and the export show it. */
export function indexDocument({ definition, primary }: Index): Document {
  const { name, key, partial, ...options } = definition;
  return {
    v: 2,
    key,
    name,
    ...(primary ? {} : options),
    ...(partial
      ? { partialFilterExpression: deserialize(partial, { promoteValues: false, bsonRegExp: true }) }
      : {}),
  };
}

export function listIndexes(store: Store, command: Command): Buffer {
  const collection = need(store, command);
  const items = [collection.primary, ...collection.indexes].map((index) => encode(indexDocument(index)));
  return store.cursors.first(items.values(), {
    namespace: collection.namespace,
    batchSize: cursorBatchSize(command),
  });
}

function need(store: Store, command: Command): Collection {
  const name = command.collection();
  const collection = store.find(command.db, name);
  if (!collection) throw new StoreError(26, `ns does not exist: ${command.db}.${name}`);
  return collection;
}

export function listDatabases(store: Store, command: Command): Buffer {
  const nameOnly = command.bool('nameOnly');
  const databases = store.catalogue.databases().map((name) => {
    const size = store.catalogue.collections(name).reduce((sum, collection) => sum + collection.size, 0);
    return nameOnly ? { name } : { name, sizeOnDisk: size, empty: false };
  });
  const shown = [...filtered(command, databases)].map((bytes) => deserialize(bytes));
  const totalSize = shown.reduce((sum, database) => sum + Number(database.sizeOnDisk ?? 0), 0);
  return reply({
    databases: shown,
    ...(nameOnly ? {} : { totalSize, totalSizeMb: Math.round(totalSize / 1048576) }),
  });
}

function statisticsOf(collection: Collection | undefined): Document {
  const count = collection?.count ?? 0;
  const size = collection?.size ?? 0;
  return {
    size,
    count,
    ...(count > 0 ? { avgObjSize: Math.round(size / count) } : {}),
    storageSize: size,
    nindexes: collection ? collection.indexes.length + 1 : 0,
    indexSizes: {},
    totalIndexSize: 0,
    totalSize: size,
    scaleFactor: 1,
    capped: false,
  };
}

export function collectionStatistics(store: Store, command: Command): Buffer {
  const name = command.collection();
  return reply({ ns: `${command.db}.${name}`, ...statisticsOf(store.find(command.db, name)) });
}

/** The document of the aggregation stage `$collStats`, as which `mongosh` asks for `stats()`. */
export function collectionStatisticsStage(store: Store, db: string, name: string, options: Raw): Buffer {
  const parts: Document = {};
  for (const [option, value] of elementsOf(options)) {
    if (option !== 'storageStats' && option !== 'count')
      throw notSupported(`$collStats with '${option}'`, 115);
    const scale = option === 'storageStats' && elementsOf(value).find(([field]) => field === 'scale')?.[1];
    if (scale && wholeNumber(scale) !== 1) throw notSupported('$collStats with a scale', 115);
    const statistics = statisticsOf(store.find(db, name));
    parts[option] = option === 'count' ? (statistics.count as number) : statistics;
  }
  return encode({ ns: `${db}.${name}`, localTime: new Date(), ...parts });
}

export function databaseStatistics(store: Store, command: Command): Buffer {
  const collections = store.catalogue.collections(command.db);
  const objects = collections.reduce((sum, collection) => sum + collection.count, 0);
  const dataSize = collections.reduce((sum, collection) => sum + collection.size, 0);
  return reply({
    db: command.db,
    collections: collections.length,
    views: 0,
    objects,
    avgObjSize: objects > 0 ? dataSize / objects : 0,
    dataSize,
    storageSize: dataSize,
    indexes: collections.reduce((sum, collection) => sum + collection.indexes.length + 1, 0),
    indexSize: 0,
    totalSize: dataSize,
    scaleFactor: 1,
    fsUsedSize: store.environment.fileSize,
  });
}

export function connectionStatus(): Buffer {
  return reply({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } });
}

/** No log is kept here: what the store has to say goes to the process that started it. */
export function getLog(command: Command): Buffer {
  const { argument } = command;
  const name = argument.type === T.string ? textOf(argument) : '';
  if (name === '*') return reply({ names: ['global', 'startupWarnings'] });
  if (name !== 'global' && name !== 'startupWarnings')
    throw new StoreError(96, `no RecentEntries named: ${name}`);
  return reply({ totalLinesWritten: 0, log: [] });
}

export function hostInfo(): Buffer {
  return reply({
    system: {
      currentTime: new Date(),
      hostname: hostname(),
      cpuAddrSize: 64,
      memSizeMB: Math.round(totalmem() / 1048576),
      numCores: cpus().length,
      cpuArch: arch(),
    },
    os: { type: platform(), name: platform(), version: release() },
    extra: {},
  });
}
