import { ProvostError } from '../../common/errors.js';

/** One wrong place in an expression's text; `from` and `to` are offsets (UTF-16 units) into the whole text. */
export interface ExpressionIssue {
  readonly message: string;
  readonly from: number;
  readonly to: number;
  /** Type names, where types are what differs. */
  readonly expected?: string;
  readonly found?: string;
}

/** The text is no expression, or not one of the type that its place wants; prevents saving. */
export class ExpressionError extends ProvostError {
  readonly code = 'expression';

  constructor(
    readonly text: string,
    readonly issues: readonly ExpressionIssue[],
  ) {
    super(describe(issues));
  }
}

function describe(issues: readonly ExpressionIssue[]): string {
  const [first] = issues;
  return first ? `${first.message} (column ${first.from + 1})` : 'Not an expression';
}

/**
 * Why an evaluation failed. Only the first three are caught by `?` (expressions.md §3): a null in between, a text that
 * cannot be parsed, something that is not there.
 */
export type EvaluationReason = 'null' | 'parse' | 'missing' | 'arithmetic' | 'argument' | 'limit';

const RECOVERABLE: ReadonlySet<EvaluationReason> = new Set(['null', 'parse', 'missing']);

/** Evaluating failed: a task ends with ERROR, a condition counts as false. */
export class EvaluationError extends ProvostError {
  readonly code = 'evaluation';
  /** Offsets into the expression's text; null until the place is known. */
  from: number | null = null;
  to: number | null = null;

  constructor(
    readonly reason: EvaluationReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  get recoverable(): boolean {
    return RECOVERABLE.has(this.reason);
  }

  /** The innermost place wins. */
  at(from: number, to: number): this {
    if (this.from !== null) return this;
    this.from = from;
    this.to = to;
    return this;
  }
}
