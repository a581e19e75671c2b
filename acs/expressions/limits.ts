import { EvaluationError } from './errors.js';

/** Limits of one expression (expressions.md §9). */
export const LIMITS = {
  /** UTF-16 units of the text. */
  text: 16_384,
  /** Nodes of the tree. */
  nodes: 2_000,
  /** How deep parts may stand in one another, and lambdas in lambdas when running. */
  depth: 100,
  steps: 200_000,
  milliseconds: 250,
  /** UTF-16 units of any text that is made, and of all texts of a result together. */
  result: 262_144,
  /** Elements of any collection that is made. */
  elements: 10_000,
  /** UTF-16 units of a regular expression. */
  pattern: 1_000,
} as const;

/** How many steps go by between two looks at the clock. */
const LOOK = 512;

/** What one evaluation has left. Every overrun is an EvaluationError that `?` does not catch. */
export class Budget {
  #steps: number = LIMITS.steps;
  #next: number = LIMITS.steps - LOOK;
  #depth = 0;
  readonly #elapsed: () => number;
  readonly #end: number;

  constructor(elapsed: () => number = () => performance.now()) {
    this.#elapsed = elapsed;
    this.#end = elapsed() + LIMITS.milliseconds;
  }

  /** Takes steps; one for a node, more for work that grows with its input. */
  charge(steps: number): void {
    this.#steps -= steps;
    if (this.#steps >= this.#next) return;
    if (this.#steps < 0) throw new EvaluationError('limit', `More than ${LIMITS.steps} steps`);
    this.#next = this.#steps - LOOK;
    this.look();
  }

  /** Looks at the clock; for single pieces of work that may take long. */
  look(): void {
    if (this.#elapsed() > this.#end)
      throw new EvaluationError('limit', `Not done after ${LIMITS.milliseconds} ms`);
  }

  /** Before or after a text of so many units is made. */
  text(length: number): void {
    this.checkText(length);
    if (length >= 64) this.charge(length >> 6);
  }

  /** While a text grows, piece by piece. */
  checkText(length: number): void {
    if (length > LIMITS.result)
      throw new EvaluationError('limit', `A text of more than ${LIMITS.result} characters`);
  }

  /** Before or after a collection of so many elements is made or gone through. */
  elements(count: number): void {
    this.checkElements(count);
    this.charge(count);
  }

  /** While a collection grows, element by element. */
  checkElements(count: number): void {
    if (count > LIMITS.elements)
      throw new EvaluationError('limit', `A collection of more than ${LIMITS.elements} elements`);
  }

  /** Going into a lambda or a nested value. */
  enter(): void {
    this.#depth += 1;
    if (this.#depth > LIMITS.depth)
      throw new EvaluationError('limit', `Nested more than ${LIMITS.depth} deep`);
  }

  leave(): void {
    this.#depth -= 1;
  }

  /** Steps that were taken so far. */
  get spent(): number {
    return LIMITS.steps - this.#steps;
  }

  get depth(): number {
    return this.#depth;
  }

  /** Back to an earlier depth, after an error was caught. */
  unwind(depth: number): void {
    this.#depth = depth;
  }
}
