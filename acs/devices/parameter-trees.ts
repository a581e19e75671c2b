import { LRUCache } from 'lru-cache';
import type { mongo } from 'mongoose';
import type { Clock } from '../../common/clock.js';
import { SessionSupersededError } from '../../common/errors.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { ParameterTreeRecord } from '../../store/models/parameter-tree.js';
import type { Store } from '../../store/store.js';
import { ParameterTree } from './parameter-tree.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';
import { changeSize, packChange, unpackChange, type StoredPatch, type TreeChange } from './tree-change.js';
import { decodeTree, encodeTree, TREE_FORMAT } from './tree-codec.js';

export interface ParameterTreesOptions {
  clock: Clock;
  /** Parameters in all cached trees together; the least recently used trees go first. */
  cacheEntries: number;
}

/** Patches that a document may gather before they are folded into its snapshot. */
const MAX_PATCHES = 32;
/** Entries in one change beyond which it is folded at once: a patch of that size costs readers more than it saves. */
const MAX_PATCH_ENTRIES = 500;
const ATTEMPTS = 50;

interface Cached {
  revision: number;
  /** The mark of the write after which it was so; null = none is known. */
  writer: string | null;
  tree: ParameterTree;
}

/** The session that writes: an older one than has written already is refused. */
export interface TreeWriter {
  fence: number;
  /** Unique to this write; stands in the device's record before the tree is written (`DeviceRecord.treeWriter`). */
  mark: string;
}

/** Of which device; with its record as just read, a copy in memory need not be looked up. */
export interface TreeOwner {
  _id: string;
  treeWriter?: string | null;
}

export interface SaveOptions {
  /** Spares a copy: the tree as it was loaded, and another with the changes, which the caller leaves alone from now on. */
  known?: KnownTrees | null;
  writer?: TreeWriter | null;
}

export interface KnownTrees {
  before: ParameterTree;
  after: ParameterTree;
}

type Stored = Omit<ParameterTreeRecord, 'snapshot' | 'patches'> & {
  snapshot: Buffer | null;
  patches: StoredPatch[];
};

/**
 * The stored parameter trees. A small change is appended in one write that reads nothing; a large one, or one too many,
 * is folded with the rest into a new snapshot. Writers of one tree may overlap: appending is atomic, and a fold is
 * written only over the revision that it was made from. What a session writes carries its fence: an older session than
 * has written writes no more, and none leaves a tree behind whose device was deleted.
 */
export class ParameterTrees {
  readonly #collection: mongo.Collection<ParameterTreeRecord>;
  readonly #devices: mongo.Collection<DeviceRecord>;
  readonly #clock: Clock;
  readonly #cache: LRUCache<string, Cached>;

  constructor(store: Store, options: ParameterTreesOptions) {
    this.#collection = treeCollection(store);
    this.#devices = store.db.collection<DeviceRecord>(store.devices.collection.name);
    this.#clock = options.clock;
    this.#cache = new LRUCache<string, Cached>({
      maxSize: Math.max(1, options.cacheEntries),
      sizeCalculation: ({ tree }) => tree.parameterCount + 1,
    });
  }

  /**
   * The device's tree as stored; empty for a device of which nothing is known. It is shared with other readers:
   * `clone()` it before changing it.
   */
  async load(device: TreeOwner): Promise<ParameterTree> {
    const id = device._id;
    const cached = this.#cache.get(id);
    if (cached) {
      // Whoever writes says so in the device's record first.
      if (cached.writer !== null && cached.writer === device.treeWriter) return cached.tree;
      const found = await this.#collection.findOne({ _id: id }, { projection: { revision: 1 } });
      if (found?.revision === cached.revision) return cached.tree;
    }
    const stored = await this.#read(id);
    const tree = stored ? await treeOf(stored) : new ParameterTree();
    this.#remember(id, { revision: stored?.revision ?? 0, writer: stored?.writer ?? null, tree });
    return tree;
  }

  /**
   * Stores what was learnt, in order. What other writers store at the same time is kept too. Rejects with
   * `SessionSupersededError`, nothing written, when a newer session has written or the device is gone.
   */
  async save(
    device: { _id: string },
    changes: readonly TreeChange[],
    { known = null, writer = null }: SaveOptions = {},
  ): Promise<void> {
    if (changes.length === 0) return;
    const small =
      changes.length <= MAX_PATCHES &&
      changes.reduce((sum, change) => sum + changeSize(change), 0) <= MAX_PATCH_ENTRIES;
    if (small && (await this.#append(device._id, changes, known, writer))) return;
    await this.#fold(device._id, changes, writer);
  }

  /** Forgets the device's tree. */
  async remove(deviceId: string): Promise<void> {
    this.#cache.delete(deviceId);
    await this.#collection.deleteOne({ _id: deviceId });
  }

  async #append(
    id: string,
    changes: readonly TreeChange[],
    known: KnownTrees | null,
    writer: TreeWriter | null,
  ): Promise<boolean> {
    const after = await this.#collection.findOneAndUpdate(
      { _id: id, [`patches.${MAX_PATCHES - changes.length}`]: { $exists: false }, ...notAfter(writer) },
      {
        $push: { patches: { $each: changes.map((change) => ({ ...packChange(change) })) } },
        $inc: { revision: 1 },
        $set: { updatedAt: this.#clock.now(), ...signature(writer) },
      },
      { projection: { revision: 1 }, returnDocument: 'after' },
    );
    if (!after) return false;
    const cached = this.#cache.peek(id);
    if (cached?.revision === after.revision - 1) {
      const tree = known?.before === cached.tree ? known.after : changed(cached.tree, changes);
      this.#remember(id, { revision: after.revision, writer: writer?.mark ?? null, tree });
    }
    return true;
  }

  /** Reads, applies, and writes over exactly what was read; from the start when another writer came between. */
  async #fold(id: string, changes: readonly TreeChange[], writer: TreeWriter | null): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const stored = await this.#read(id);
      if (writer && (stored?.fence ?? 0) > writer.fence) throw superseded(id);
      const tree = changed(stored ? await this.#treeAt(id, stored) : new ParameterTree(), changes);
      const snapshot = await encodeTree(tree);
      const record = {
        snapshot,
        format: TREE_FORMAT,
        parameters: tree.parameterCount,
        patches: [],
        // A tree that is made anew after a removal starts beyond every revision that a cache may still hold.
        revision: (stored?.revision ?? this.#clock.now().getTime()) + 1,
        updatedAt: this.#clock.now(),
        ...signature(writer),
      };
      if (await this.#replace(id, stored?.revision ?? null, record)) {
        if (!stored && writer) await this.#assertOwned(id, writer, record.revision);
        // Read back rather than kept: a decoded tree has no holes and no names that are used no more.
        const kept = await decodeTree(snapshot, TREE_FORMAT);
        this.#remember(id, { revision: record.revision, writer: writer?.mark ?? null, tree: kept });
        return;
      }
    }
    throw new Error(`The parameter tree of ${id} changes faster than it can be stored`);
  }

  /**
   * A first tree hangs on nothing yet: asked after it was written, since a device that is deleted takes along only what
   * it has then.
   */
  async #assertOwned(id: string, { fence }: TreeWriter, revision: number): Promise<void> {
    const held = await this.#devices.findOne({ _id: id, 'lease.fence': fence }, { projection: { _id: 1 } });
    if (held) return;
    await this.#collection.deleteOne({ _id: id, revision });
    throw superseded(id);
  }

  async #replace(
    id: string,
    revision: number | null,
    record: Omit<ParameterTreeRecord, '_id'>,
  ): Promise<boolean> {
    if (revision === null) {
      try {
        await this.#collection.insertOne({ _id: id, ...record });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    }
    const result = await this.#collection.updateOne({ _id: id, revision }, { $set: record });
    return result.matchedCount === 1;
  }

  async #treeAt(id: string, stored: Stored): Promise<ParameterTree> {
    const cached = this.#cache.peek(id);
    return cached?.revision === stored.revision ? cached.tree : treeOf(stored);
  }

  async #read(id: string): Promise<Stored | null> {
    const found = await this.#collection.findOne({ _id: id }, { promoteBuffers: true });
    return found as Stored | null;
  }

  #remember(id: string, entry: Cached): void {
    const known = this.#cache.peek(id);
    if (!known || known.revision <= entry.revision) this.#cache.set(id, entry);
  }
}

/**
 * Marks all values of a stored tree as unknown (BOOTSTRAP), without reading it; nothing happens when there is none, or a
 * newer session has written it.
 */
export async function voidStoredTree(
  store: Store,
  deviceId: string,
  at: Date,
  writer: TreeWriter,
): Promise<void> {
  await treeCollection(store).updateOne(
    { _id: deviceId, ...notAfter(writer) },
    {
      $push: { patches: { ...packChange({ at, voided: true }) } },
      $inc: { revision: 1 },
      $set: { updatedAt: at, ...signature(writer) },
    },
  );
}

/** The trees that this writer may still write; those of before there were fences have none. */
function notAfter(writer: TreeWriter | null): mongo.Filter<ParameterTreeRecord> {
  return writer ? { fence: { $not: { $gt: writer.fence } } } : {};
}

/** Without a mark the last one must not stand for what is there now. */
function signature(writer: TreeWriter | null): Partial<ParameterTreeRecord> {
  return writer ? { fence: writer.fence, writer: writer.mark } : { writer: null };
}

function superseded(id: string): SessionSupersededError {
  return new SessionSupersededError(`A newer session of ${id} has written its data model, or it was deleted`);
}

function treeCollection(store: Store): mongo.Collection<ParameterTreeRecord> {
  return store.db.collection<ParameterTreeRecord>(store.parameterTrees.collection.name);
}

async function treeOf(stored: Stored): Promise<ParameterTree> {
  const tree = stored.snapshot ? await decodeTree(stored.snapshot, stored.format) : new ParameterTree();
  for (const patch of stored.patches) tree.apply(unpackChange(patch));
  return tree;
}

/** A new tree with the changes; the old one stays as it was for whoever holds it. */
function changed(tree: ParameterTree, changes: readonly TreeChange[]): ParameterTree {
  const copy = tree.clone();
  for (const change of changes) copy.apply(change);
  return copy;
}
