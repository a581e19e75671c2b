import { meaningOf } from '../devices/meanings.js';
import type { ParameterTree, TreeChange } from '../devices/parameter-tree.js';
import type { ParameterTrees } from '../devices/parameter-trees.js';

/** Values for which a look at each is cheaper than reading the stored data model. */
const FEW = 64;

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

  /** Whether what was learnt can change the value of a meaning; a few values are looked at one by one. */
  touchesMeanings(root: string): boolean {
    return this.#changes.some(
      ({ values = [], names, removed, complete, voided }) =>
        names !== undefined ||
        removed !== undefined ||
        complete !== undefined ||
        voided === true ||
        values.length > FEW ||
        values.some(({ name }) => meaningOf(name, root) !== null),
    );
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
