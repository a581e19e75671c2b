import type { CodeProblem } from '../editor/types.js';

/** What the server says of an expression, at the column that it names (`… (column 10)`); without one, over all of it. */
export function expressionProblems(text: string, message: string): CodeProblem[] {
  if (message === '') return [];
  const column = Number(/\(column (\d+)\)/.exec(message)?.[1] ?? 0);
  const from = Math.min(Math.max(0, column - 1), Math.max(0, text.length - 1));
  const to = column > 0 ? wordEnd(text, from) : text.length;
  return [{ from, to, message, severity: 'error' }];
}

function wordEnd(text: string, from: number): number {
  const word = /^\w+/.exec(text.slice(from))?.[0] ?? '';
  return from + Math.max(1, word.length);
}
