export type TokenKind =
  'word' | 'text' | 'number' | 'time' | 'open' | 'close' | 'bracket' | 'unbracket' | 'comma' | 'end';

export interface Token {
  kind: TokenKind;
  /** As written; of a text, what it means. */
  text: string;
  /** From 0. */
  at: number;
}

/** What is wrong in a filter, and where. */
export class FilterSyntaxError extends Error {
  constructor(
    message: string,
    /** Offset in the filter, from 0. */
    readonly at: number,
  ) {
    super(message);
  }
}

const PATTERNS: readonly [Exclude<TokenKind, 'text' | 'end'>, RegExp][] = [
  // Before numbers, which a time begins like.
  ['time', /\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?/y],
  ['number', /-?\d+(?:\.\d+)?(?![\w.])/y],
  ['word', /[A-Za-z_][\w-]*(?:\.[\w-]+)*/y],
  ['open', /\(/y],
  ['close', /\)/y],
  ['bracket', /\[/y],
  ['unbracket', /\]/y],
  ['comma', /,/y],
];
const SPACE = /\s*/y;

/** Cuts a filter into tokens; the last is `end`. Throws `FilterSyntaxError`. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let at = skipSpace(source, 0);
  while (at < source.length) {
    const quote = source[at];
    const token = quote === '"' || quote === "'" ? readText(source, at) : readPlain(source, at);
    tokens.push(token.token);
    at = skipSpace(source, token.end);
  }
  tokens.push({ kind: 'end', text: '', at: source.length });
  return tokens;
}

function skipSpace(source: string, at: number): number {
  SPACE.lastIndex = at;
  return at + (SPACE.exec(source)?.[0].length ?? 0);
}

function readPlain(source: string, at: number): { token: Token; end: number } {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match) return { token: { kind, text: match[0], at }, end: at + match[0].length };
  }
  throw new FilterSyntaxError(
    `Nothing begins with ${JSON.stringify(String.fromCodePoint(source.codePointAt(at) ?? 0))}`,
    at,
  );
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

function readText(source: string, at: number): { token: Token; end: number } {
  const quote = source[at];
  let text = '';
  for (let index = at + 1; index < source.length; index += 1) {
    const character = source[index] ?? '';
    if (character === quote) return { token: { kind: 'text', text, at }, end: index + 1 };
    if (character !== '\\') {
      text += character;
      continue;
    }
    index += 1;
    const escaped = ESCAPES[source[index] ?? ''];
    // A regular expression keeps its own escapes: `\d` stays `\d`.
    text += escaped ?? `\\${source[index] ?? ''}`;
  }
  throw new FilterSyntaxError('The text has no end', at);
}
