import type { ExpressionIssue } from './errors.js';

/** Thrown inside the compiler at the first wrong place of a dynamic part; never leaves `compile`. */
export class Failure extends Error {
  readonly issue: ExpressionIssue;

  constructor(message: string, from: number, to: number, types: { expected?: string; found?: string } = {}) {
    super(message);
    this.issue = { message, from, to: Math.max(to, from), ...types };
  }
}
