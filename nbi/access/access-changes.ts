/** Tells, within this process, that what a user may do has changed: rights, password or tokens. */
export class AccessChanges {
  readonly #listeners = new Map<string, Set<() => void>>();

  tell(login: string): void {
    for (const listener of this.#listeners.get(login) ?? []) listener();
  }

  /** Returns its own undo. The listener must not throw. */
  listen(login: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(login) ?? new Set();
    this.#listeners.set(login, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(login) === listeners) this.#listeners.delete(login);
    };
  }
}
