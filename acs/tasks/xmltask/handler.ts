import type { XmlElement } from './document.js';
import type { Effect, EffectAnswer } from './effects.js';
import type { Interpreter } from './interpreter.js';

/** What one tag does. */
export interface Handler {
  /** The requests that wait are sent first (xmltask.md §3). */
  readonly flushes?: boolean | ((machine: Interpreter, element: XmlElement) => boolean);
  /** Null = done, or a frame was opened. */
  run(machine: Interpreter, element: XmlElement): Effect | null;
  /** The effect has come true. */
  answered?(machine: Interpreter, element: XmlElement, answer: EffectAnswer, effect: Effect): void;
  /** The children of its frame have run. */
  left?(machine: Interpreter, element: XmlElement): Effect | null;
}

export type Handlers = Readonly<Record<string, Handler>>;
