import type { ContextName, Place } from './place.js';
import type { Typed } from './typed.js';
import type { Type } from './types.js';

/** Names of lambda parameters, innermost first. */
export interface Scope {
  readonly name: string;
  readonly slot: number;
  readonly type: Type;
  readonly outer: Scope | null;
}

export function findLocal(scope: Scope | null, name: string): Scope | null {
  for (let at = scope; at; at = at.outer) if (at.name === name) return at;
  return null;
}

/** What an expression turned out to use; gathered while it is checked. */
export class Usage {
  readonly contexts = new Set<ContextName>();
  readonly variables = new Set<string>();
  readonly resources = new Set<string>();
  random = false;
  /** Depends on the time of the evaluation. */
  volatile = false;
}

/** What completion wants to learn from the checker. */
export interface Probe {
  /** The name that stands for the caret. */
  readonly marker: string;
  member(target: Typed, scope: Scope | null): void;
  name(scope: Scope | null): void;
}

/** All that checking needs besides the tree. */
export interface CheckContext {
  readonly text: string;
  readonly place: Place;
  readonly usage: Usage;
  readonly probe?: Probe;
}
