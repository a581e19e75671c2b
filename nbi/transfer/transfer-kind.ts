import type { Caller } from '../access/caller.js';
import type { Services } from '../services.js';

export const TRANSFER_KINDS = ['templates', 'quick-fixes', 'schedules', 'services', 'tasks'] as const;
export type TransferKindName = (typeof TRANSFER_KINDS)[number];

/** One thing as it is moved from one installation to another: by its name, without ids that only mean something here. */
export type Item = Record<string, unknown>;

export interface Moving {
  caller: Caller;
  services: Services;
  showSecrets: (object: string) => boolean;
}

/** What an import would do with an item, or has done. */
export interface Step {
  /** What is there under the name; null = nothing. */
  before: Item | null;
  /** Makes it; throws as the service does. */
  add: () => Promise<unknown>;
  /** Changes what is there. */
  update: () => Promise<unknown>;
  /** Throws what `add` or `update` would, as far as that can be told without doing it. */
  check: () => Promise<void>;
}

/** How things of a kind are moved (administration.md §12). */
export interface TransferKind {
  /** Name of the item's field that it is known by. */
  readonly key: string;
  /** All that the caller sees, by name. */
  items(moving: Moving): Promise<Item[]>;
  /** Throws `ValidationError` for what can be no item of the kind. */
  step(item: Item, moving: Moving): Promise<Step>;
}
