import { getField, MISSING, validateDocument } from './bson/raw.js';
import { Catalogue, type Collection, type Index } from './storage/catalogue.js';
import { Environment } from './storage/environment.js';
import { keysOf } from './storage/index-keys.js';
import { idKeyOf, tableKey } from './storage/records.js';
import { spaceOf } from './store.js';

/** Compares every document of a closed store with the index entries; gives one line for each fault. */
export async function verifyFolder(folder: string): Promise<string[]> {
  const catalogue = new Catalogue();
  const environment = await Environment.open(folder, {
    beforeCommit: () => undefined,
    afterFailure: () => undefined,
  });
  try {
    catalogue.load(environment);
    return catalogue.all().flatMap((collection) => verifyCollection(environment, collection));
  } finally {
    await environment.close();
  }
}

export function verifyCollection(environment: Environment, collection: Collection): string[] {
  const faults: string[] = [];
  const report = (text: string): void => {
    faults.push(`${collection.namespace}: ${text}`);
  };
  const expected = collection.indexes.map(() => 0);
  let count = 0;
  for (const { key, value } of environment.documents.range(spaceOf(collection.id))) {
    count++;
    const idKey = key.subarray(4);
    try {
      validateDocument(value, 0, value.length);
    } catch (error) {
      report(`document ${idKey.toString('hex')} is damaged: ${String(error)}`);
      continue;
    }
    if (!idKeyOf(getField(value, 0, '_id') ?? MISSING).equals(idKey))
      report(`document ${idKey.toString('hex')} lies under a wrong key`);
    for (const [i, index] of collection.indexes.entries()) {
      expected[i] = (expected[i] ?? 0) + verifyDocument(environment, index, value, idKey, report);
    }
  }
  if (count !== collection.count) report(`${count} documents found, ${collection.count} counted`);
  for (const [i, index] of collection.indexes.entries()) {
    const entries = environment.entries.count(spaceOf(index.id));
    if (entries !== expected[i])
      report(`index ${index.name} has ${entries} entries, ${expected[i] ?? 0} belong to documents`);
    if (entries !== index.entries)
      report(`index ${index.name} has ${entries} entries, ${index.entries} counted`);
  }
  return faults;
}

function verifyDocument(
  environment: Environment,
  index: Index,
  document: Buffer,
  idKey: Buffer,
  report: (text: string) => void,
): number {
  if (index.covers && !index.covers(document, 0)) return 0;
  const keys = keysOf(index, document, 0);
  for (const { key } of keys) {
    const entry = environment.entries.get(
      index.unique ? tableKey(index.id, key) : tableKey(index.id, key, idKey),
    );
    if (!entry?.equals(idKey)) report(`document ${idKey.toString('hex')} is missing in index ${index.name}`);
  }
  return keys.length;
}
