import type { GetOptions, RootDatabase } from 'lmdb';

/**
 * The read transaction of single reads. Without one of its own, lmdb ends and renews one, with a timer, for every turn of the event loop,
 * which costs more than the read. This one lives from a commit to the next: nothing but commits of this process change the files.
 */
export class Snapshot {
  readonly #root: RootDatabase<Buffer, Buffer>;
  #options: Required<GetOptions> | undefined;
  #writing = false;

  constructor(root: RootDatabase<Buffer, Buffer>) {
    this.#root = root;
  }

  /** What a read has to be given; nothing within a write transaction, which reads what it has written. */
  get options(): GetOptions | undefined {
    if (this.#writing) return undefined;
    return (this.#options ??= { transaction: this.#root.useReadTransaction() });
  }

  /** Runs what a write transaction consists of. */
  writing<Result>(action: () => Result): Result {
    this.#writing = true;
    try {
      return action();
    } finally {
      this.#writing = false;
    }
  }

  /** After a commit: the next read sees it, and its pages no longer hold back those of the one before. */
  renew(): void {
    if (!this.#options) return;
    this.#options.transaction.done();
    this.#options = undefined;
    // Else lmdb hands out the same transaction again within a turn of the event loop.
    this.#root.resetReadTxn();
  }
}
