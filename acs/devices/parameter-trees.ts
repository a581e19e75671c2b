import { LRUCache } from 'lru-cache';
import type { mongo } from 'mongoose';
import type { Clock } from '../../common/clock.js';
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
  tree: ParameterTree;
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
 * written only over the revision that it was made from.
 */
export class ParameterTrees {
  readonly #collection: mongo.Collection<ParameterTreeRecord>;
  readonly #clock: Clock;
  readonly #cache: LRUCache<string, Cached>;

  constructor(store: Store, options: ParameterTreesOptions) {
    this.#collection = treeCollection(store);
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
  async load(device: { _id: string }): Promise<ParameterTree> {
    const id = device._id;
    const cached = this.#cache.get(id);
    if (cached) {
      const found = await this.#collection.findOne({ _id: id }, { projection: { revision: 1 } });
      if (found?.revision === cached.revision) return cached.tree;
    }
    const stored = await this.#read(id);
    const tree = stored ? await treeOf(stored) : new ParameterTree();
    this.#remember(id, stored?.revision ?? 0, tree);
    return tree;
  }

  /**
   * Stores what was learnt, in order. What other writers store at the same time is kept too. `known` spares a copy: the tree
   * as it was loaded, and another with these changes, which the caller leaves alone from now on.
   */
  async save(
    device: { _id: string },
    changes: readonly TreeChange[],
    known: KnownTrees | null = null,
  ): Promise<void> {
    if (changes.length === 0) return;
    const small =
      changes.length <= MAX_PATCHES &&
      changes.reduce((sum, change) => sum + changeSize(change), 0) <= MAX_PATCH_ENTRIES;
    if (small && (await this.#append(device._id, changes, known))) return;
    await this.#fold(device._id, changes);
  }

  /** Forgets the device's tree. */
  async remove(deviceId: string): Promise<void> {
    this.#cache.delete(deviceId);
    await this.#collection.deleteOne({ _id: deviceId });
  }

  async #append(id: string, changes: readonly TreeChange[], known: KnownTrees | null): Promise<boolean> {
    const after = await this.#collection.findOneAndUpdate(
      { _id: id, [`patches.${MAX_PATCHES - changes.length}`]: { $exists: false } },
      {
        $push: { patches: { $each: changes.map((change) => ({ ...packChange(change) })) } },
        $inc: { revision: 1 },
        $set: { updatedAt: this.#clock.now() },
      },
      { projection: { revision: 1 }, returnDocument: 'after' },
    );
    if (!after) return false;
    const cached = this.#cache.peek(id);
    if (cached?.revision === after.revision - 1) {
      const tree = known?.before === cached.tree ? known.after : changed(cached.tree, changes);
      this.#remember(id, after.revision, tree);
    }
    return true;
  }

  /** Reads, applies, and writes over exactly what was read; from the start when another writer came between. */
  async #fold(id: string, changes: readonly TreeChange[]): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const stored = await this.#read(id);
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
      };
      if (await this.#replace(id, stored?.revision ?? null, record)) {
        // Read back rather than kept: a decoded tree has no holes and no names that are used no more.
        this.#remember(id, record.revision, await decodeTree(snapshot, TREE_FORMAT));
        return;
      }
    }
    throw new Error(`The parameter tree of ${id} changes faster than it can be stored`);
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

  #remember(id: string, revision: number, tree: ParameterTree): void {
    const known = this.#cache.peek(id);
    if (!known || known.revision <= revision) this.#cache.set(id, { revision, tree });
  }
}

/** Marks all values of a stored tree as unknown (BOOTSTRAP), without reading it; nothing happens when there is none. */
export async function voidStoredTree(store: Store, deviceId: string, at: Date): Promise<void> {
  await treeCollection(store).updateOne(
    { _id: deviceId },
    {
      $push: { patches: { ...packChange({ at, voided: true }) } },
      $inc: { revision: 1 },
      $set: { updatedAt: at },
    },
  );
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
