import type { ParameterTree, TreeChange } from '../devices/parameter-tree.js';
import type { ParameterTrees } from '../devices/parameter-trees.js';

/** The data model during one session: read at most once, what is learnt is stored once at the end. */
export class SessionTree {
  readonly #trees: Pick<ParameterTrees, 'load' | 'save'>;
  readonly #device: { _id: string };
  readonly #changes: TreeChange[] = [];
  #tree: Promise<ParameterTree> | null = null;

  constructor(trees: Pick<ParameterTrees, 'load' | 'save'>, device: { _id: string }) {
    this.#trees = trees;
    this.#device = device;
  }

  get changed(): boolean {
    return this.#changes.length > 0;
  }

  tree(): Promise<ParameterTree> {
    this.#tree ??= this.#load();
    return this.#tree;
  }

  async learn(change: TreeChange): Promise<void> {
    this.#changes.push(change);
    if (this.#tree) (await this.#tree).apply(change);
  }

  async save(): Promise<void> {
    await this.#trees.save(this.#device, this.#changes);
  }

  async #load(): Promise<ParameterTree> {
    // The stored tree is shared between sessions.
    const tree = (await this.#trees.load(this.#device)).clone();
    for (const change of this.#changes) tree.apply(change);
    return tree;
  }
}
