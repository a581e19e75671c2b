import type { Environment } from './environment.js';
import { EvaluationError } from './errors.js';
import { Budget } from './limits.js';
import { T, type Type } from './types.js';
import type { Value } from './values.js';

/** One evaluation under way: what it sees, what it has left, and the values of lambda parameters. */
export class Run {
  readonly budget: Budget;
  /** Type that the method being called must yield; to be read before it calls a lambda. */
  type: Type = T.any;
  /** Type of the value that the method is called on, likewise. */
  receiver: Type = T.any;

  constructor(
    readonly environment: Environment,
    readonly locals: Value[] = [],
  ) {
    this.budget = new Budget(environment.elapsed);
  }

  get zone(): string {
    return this.environment.zone;
  }

  random(): number {
    return (this.environment.random ?? Math.random)();
  }

  /** For what runs after the evaluation, such as the lambdas of a live query: the same values, limits afresh. */
  later(): Run {
    return new Run(this.environment, [...this.locals]);
  }

  /** What the environment lacks although the place allows it. */
  need<Part>(part: Part | null | undefined, name: string): Part {
    if (part === null || part === undefined) throw new EvaluationError('null', `${name} is not known here`);
    return part;
  }
}

/** A lambda as methods call it. */
export interface Fn {
  (...args: Value[]): Value;
  /** As it was written. */
  readonly text: string;
}

/** What a condition of a method yielded. */
export function truth(value: Value): boolean {
  if (typeof value !== 'boolean') throw new EvaluationError('null', 'The condition is null');
  return value;
}
