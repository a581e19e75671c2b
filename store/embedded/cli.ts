import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EJSON } from 'bson';
import { indexDocument } from './commands/admin.js';
import { definitionOf } from './commands/definitions.js';
import { validateDocument } from './bson/raw.js';
import { encode } from './bson/writer.js';
import { lockFolder } from './lock.js';
import { Index, type Collection } from './storage/catalogue.js';
import { Store, spaceOf } from './store.js';
import { verifyCollection } from './verify.js';

const USAGE = `npm run store -- export --data DIR --out DIR [--db NAME]   writes BSON files as mongodump does, for mongorestore
npm run store -- import --data DIR --out DIR [--db NAME]   reads a folder that export or mongodump wrote
npm run store -- check  --data DIR                         compares every document with the indexes

The server must not be running on the data folder. --db picks one database; the default is all.`;

const IMPORT_PORTION = 1000;

/** mongodump names files by the percent-encoded name of the collection. */
function fileName(collection: string): string {
  return encodeURIComponent(collection);
}

async function exportCollection(store: Store, collection: Collection, folder: string): Promise<number> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const base = join(folder, fileName(collection.name));
  const indexes = [collection.primary, ...collection.indexes].map(indexDocument);
  const metadata = { indexes, collectionName: collection.name, type: 'collection', options: {} };
  writeFileSync(`${base}.metadata.json`, EJSON.stringify(metadata, { relaxed: false }), { mode: 0o600 });
  const file = createWriteStream(`${base}.bson`, { mode: 0o600 });
  let count = 0;
  for (const { value } of store.environment.documents.range(spaceOf(collection.id))) {
    count++;
    if (!file.write(Buffer.from(value))) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  return count;
}

/** The documents of a BSON file, one after the other. */
async function* documentsIn(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path)) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    let at = 0;
    while (rest.length - at >= 4 && rest.readInt32LE(at) <= rest.length - at) {
      const end = validateDocument(rest, at, rest.length);
      yield rest.subarray(at, end);
      at = end;
    }
    rest = rest.subarray(at);
  }
  if (rest.length > 0)
    throw new Error(`${path} is cut off: ${rest.length} bytes are left behind its last document`);
}

interface Metadata {
  readonly indexes?: readonly Record<string, unknown>[];
  readonly collectionName?: string;
}

async function importCollection(
  store: Store,
  db: string,
  folder: string,
  file: string,
): Promise<[string, number]> {
  const base = join(folder, file.slice(0, -'.bson'.length));
  const metadata: Metadata = existsSync(`${base}.metadata.json`)
    ? (EJSON.parse(readFileSync(`${base}.metadata.json`, 'utf8'), { relaxed: false }) as Metadata)
    : {};
  const name = metadata.collectionName ?? decodeURIComponent(file.slice(0, -'.bson'.length));
  if (store.find(db, name)) throw new Error(`${db}.${name} exists already; import into an empty data folder`);
  await store.write(() => {
    const collection = store.catalogue.create(db, name);
    for (const spec of metadata.indexes ?? []) {
      if (spec.name === '_id_') continue;
      const index = new Index(store.catalogue.newId(), definitionOf({ buf: encode(spec), at: 0 }));
      index.usable = true;
      collection.indexes.push(index);
    }
  });
  let count = 0;
  let portion: Buffer[] = [];
  const flush = async (): Promise<void> => {
    const documents = portion;
    portion = [];
    await store.write(() => {
      for (const document of documents) store.records.insert(store.obtain(db, name), document);
    });
  };
  for await (const document of documentsIn(`${base}.bson`)) {
    portion.push(Buffer.from(document));
    count++;
    if (portion.length >= IMPORT_PORTION) await flush();
  }
  await flush();
  return [name, count];
}

async function exportAll(store: Store, out: string, only: string | undefined): Promise<void> {
  for (const collection of store.catalogue.all()) {
    if (only !== undefined && collection.db !== only) continue;
    const count = await exportCollection(store, collection, join(out, collection.db));
    console.log(`${collection.namespace}: ${count} documents`);
  }
}

async function importAll(store: Store, out: string, only: string | undefined): Promise<void> {
  for (const entry of readdirSync(out, { withFileTypes: true })) {
    if (!entry.isDirectory() || (only !== undefined && entry.name !== only)) continue;
    const folder = join(out, entry.name);
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.bson'))) {
      const [name, count] = await importCollection(store, entry.name, folder, file);
      console.log(`${entry.name}.${name}: ${count} documents`);
    }
  }
}

function checkAll(store: Store): void {
  let faults = 0;
  for (const collection of store.catalogue.all()) {
    const found = verifyCollection(store.environment, collection);
    for (const fault of found) console.error(fault);
    faults += found.length;
    console.log(
      `${collection.namespace}: ${collection.count} documents, ${collection.indexes.length + 1} indexes${found.length > 0 ? `, ${found.length} faults` : ''}`,
    );
  }
  if (faults > 0) process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      out: { type: 'string' },
      db: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [action] = positionals;
  const { data, out, db } = values;
  const known = action === 'export' || action === 'import' || action === 'check';
  if (values.help || !known || data === undefined || (action !== 'check' && out === undefined)) {
    console.log(USAGE);
    process.exitCode = values.help ? 0 : 1;
    return;
  }
  if (action !== 'import' && !existsSync(data)) throw new Error(`There is no data folder ${data}`);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const release = lockFolder(data);
  try {
    const store = await Store.open(data, { info: console.log, warn: console.error });
    try {
      if (action === 'export') await exportAll(store, out ?? '', db);
      else if (action === 'import') await importAll(store, out ?? '', db);
      else checkAll(store);
    } finally {
      await store.close();
    }
  } finally {
    release();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
