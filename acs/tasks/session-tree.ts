import { kindsTouched } from '../devices/meanings.js';
import type { ParameterTree, TreeChange } from '../devices/parameter-tree.js';
import type { ParameterTrees, TreeOwner, TreeWriter } from '../devices/parameter-trees.js';

/** Values for which a look at each is cheaper than reading the stored data model. */
const FEW = 64;

/** The data model during one session: read at most once, what is learnt is stored once at the end. */
export class SessionTree {
  readonly #trees: Pick<ParameterTrees, 'load' | 'save'>;
  readonly #device: TreeOwner;
  readonly #changes: TreeChange[] = [];
  #tree: Promise<ParameterTree> | null = null;
  /** As stored; `#tree` is this and what was learnt. */
  #stored: ParameterTree | null = null;

  constructor(trees: Pick<ParameterTrees, 'load' | 'save'>, device: TreeOwner) {
    this.#trees = trees;
    this.#device = device;
  }

  /** How often something was learnt. */
  get changes(): number {
    return this.#changes.length;
  }

  get changed(): boolean {
    return this.#changes.length > 0;
  }

  /** The first words of the meanings whose value may be another by what was learnt; a few values are looked at one by one. */
  touchedKinds(root: string): ReadonlySet<string> | 'all' {
    const plain = this.#changes.every(
      ({ names, removed, complete, voided }) =>
        names === undefined && removed === undefined && complete === undefined && voided !== true,
    );
    const values = this.#changes.flatMap((change) => change.values ?? []);
    if (!plain || values.length > FEW) return 'all';
    return kindsTouched(
      values.map(({ name }) => name),
      root,
    );
  }

  /** The newest value of a parameter that this session learnt; null = it learnt none. */
  learntValue(path: string): string | null {
    for (const { values } of this.#changes.toReversed()) {
      const found = values?.findLast(({ name }) => name === path);
      if (found) return found.value;
    }
    return null;
  }

  tree(): Promise<ParameterTree> {
    this.#tree ??= this.#load();
    return this.#tree;
  }

  async learn(change: TreeChange): Promise<void> {
    this.#changes.push(change);
    if (this.#tree) (await this.#tree).apply(change);
  }

  async save(writer: TreeWriter): Promise<void> {
    const known = this.#tree && this.#stored ? { before: this.#stored, after: await this.#tree } : null;
    await this.#trees.save(this.#device, this.#changes, { known, writer });
  }

  async #load(): Promise<ParameterTree> {
    // The stored tree is shared between sessions.
    this.#stored = await this.#trees.load(this.#device);
    const tree = this.#stored.clone();
    for (const change of this.#changes) tree.apply(change);
    return tree;
  }
}
