import { StoreError, notSupported } from '../errors.js';
import type { Store } from '../store.js';
import { aggregate, AGGREGATE_FIELDS } from './aggregate.js';
import * as admin from './admin.js';
import { commandFields, type Command } from './command.js';
import * as definitions from './definitions.js';
import { explain } from './explain.js';
import * as read from './read.js';
import { reply } from './reply.js';
import * as write from './write.js';

/** The client that a command came from. */
export interface Client {
  readonly connectionId: number;
  readonly connections: number;
}

interface CommandKind {
  /** The fields that it knows; undefined where clients may offer whatever they like (the handshake). */
  readonly fields?: ReadonlySet<string>;
  run(store: Store, command: Command, client: Client): Buffer | Promise<Buffer>;
}

const fields = (names = ''): ReadonlySet<string> => commandFields(names.split(' '));
const WRITE = 'ordered bypassDocumentValidation maxTimeMS stmtId';

const hello: CommandKind = {
  run: (_store, command, client) => admin.hello(client.connectionId, command.name !== 'hello'),
};
const nothing: CommandKind = { fields: fields(), run: () => reply() };
const buildInfo: CommandKind = { fields: fields(), run: () => admin.buildInfo() };
const findAndModify: CommandKind = {
  fields: fields('query sort remove update new fields upsert hint arrayFilters bypassDocumentValidation'),
  run: write.findAndModify,
};

/** All commands by name. */
const COMMANDS: ReadonlyMap<string, CommandKind> = new Map<string, CommandKind>(
  Object.entries({
    hello,
    ismaster: hello,
    isMaster: hello,
    ping: nothing,
    endSessions: nothing,
    refreshSessions: nothing,
    buildInfo,
    buildinfo: buildInfo,
    connectionStatus: { fields: fields('showPrivileges'), run: () => admin.connectionStatus() },
    serverStatus: {
      fields: fields('repl metrics locks'),
      run: (store, _command, client) => admin.serverStatus(store, client.connections),
    },
    getParameter: {
      fields: fields('featureCompatibilityVersion'),
      run: () => reply({ featureCompatibilityVersion: { version: '7.0' } }),
    },
    getCmdLineOpts: { fields: fields(), run: () => reply({ argv: ['provost-embedded-store'], parsed: {} }) },
    getLog: { fields: fields(), run: (_store, command) => admin.getLog(command) },
    hostInfo: { fields: fields(), run: () => admin.hostInfo() },
    whatsmyuri: { fields: fields(), run: () => reply({ you: 'localhost' }) },
    listDatabases: { fields: fields('filter nameOnly authorizedDatabases'), run: admin.listDatabases },
    listCollections: {
      fields: fields('filter nameOnly authorizedCollections cursor'),
      run: admin.listCollections,
    },
    listIndexes: { fields: fields('cursor'), run: admin.listIndexes },
    collStats: { fields: fields('scale'), run: admin.collectionStatistics },
    dbStats: { fields: fields('scale freeStorage'), run: admin.databaseStatistics },
    create: { fields: definitions.CREATE_FIELDS, run: definitions.create },
    drop: { fields: fields(), run: definitions.drop },
    dropDatabase: { fields: fields(), run: definitions.dropDatabase },
    renameCollection: { fields: fields('to dropTarget'), run: definitions.renameCollection },
    createIndexes: {
      fields: fields('indexes commitQuorum ignoreUnknownIndexOptions'),
      run: definitions.createIndexes,
    },
    dropIndexes: { fields: fields('index'), run: definitions.dropIndexes },
    deleteIndexes: { fields: fields('index'), run: definitions.dropIndexes },
    insert: { fields: fields(`documents ${WRITE}`), run: write.insert },
    update: { fields: fields(`updates ${WRITE}`), run: write.update },
    delete: { fields: fields(`deletes ${WRITE}`), run: write.remove },
    findAndModify,
    findandmodify: findAndModify,
    find: { fields: read.FIND_FIELDS, run: read.find },
    getMore: { fields: fields('collection batchSize'), run: read.getMore },
    killCursors: { fields: fields('cursors'), run: read.killCursors },
    count: { fields: fields('query limit skip hint fields'), run: read.count },
    distinct: { fields: fields('key query hint'), run: read.distinct },
    aggregate: { fields: AGGREGATE_FIELDS, run: aggregate },
    explain: { fields: fields('verbosity'), run: explain },
  }),
);

/** Commands that MongoDB has and the store refuses by name; any other name is unknown. */
const REFUSED = new Set(
  (
    'commitTransaction abortTransaction collMod mapReduce reIndex compact validate copydb clone convertToCapped createUser dropUser updateUser usersInfo ' +
    'createRole dropRole grantRolesToUser saslStart saslContinue authenticate bulkWrite replSetGetStatus replSetInitiate shardCollection enableSharding top ' +
    'currentOp killOp fsync profile setParameter logRotate features killSessions killAllSessions startSession shutdown createSearchIndexes'
  ).split(' '),
);

export function runCommand(store: Store, command: Command, client: Client): Buffer | Promise<Buffer> {
  const kind = COMMANDS.get(command.name);
  if (!kind) {
    if (command.name === 'abortTransaction' || command.name === 'commitTransaction') {
      throw new StoreError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
    }
    if (REFUSED.has(command.name)) throw notSupported(`the command '${command.name}'`, 115);
    throw new StoreError(59, `no such command: '${command.name}'`);
  }
  if (kind.fields) command.check(kind.fields);
  return kind.run(store, command, client);
}
