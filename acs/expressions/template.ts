import { Failure } from './failure.js';
import { tokenize, type Token } from './lexer.js';

/** A piece of a text: as it stands, or the tokens of a dynamic part. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string; readonly from: number; readonly to: number }
  /** From `${` to after `}`. */
  | {
      readonly kind: 'dynamic';
      readonly tokens: readonly Token[];
      readonly from: number;
      readonly to: number;
    };

/** Whether there is any `${`. */
export function hasDynamicPart(text: string): boolean {
  return text.includes('${');
}

/** Takes a text apart (expressions.md §1). Throws `Failure`. */
export function splitTemplate(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf('${', at);
    const literalEnd = start < 0 ? text.length : start;
    if (literalEnd > at)
      pieces.push({ kind: 'text', text: text.slice(at, literalEnd), from: at, to: literalEnd });
    if (start < 0) break;
    const { tokens, end } = tokenize(text, start + 2);
    if (end < 0) throw new Failure('The dynamic part has no closing }', start, text.length);
    pieces.push({ kind: 'dynamic', tokens, from: start, to: end + 1 });
    at = end + 1;
  }
  return pieces;
}
