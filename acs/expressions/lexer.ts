import { Failure } from './failure.js';

export type TokenKind = 'int' | 'long' | 'double' | 'string' | 'name' | 'quoted' | 'symbol' | 'end';

/** A piece of a dynamic part; `from` and `to` are offsets into the whole text. */
export interface Token {
  readonly kind: TokenKind;
  /** The symbol or word, a name without its backticks, a string without quotes and escapes, digits of a number. */
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

const BLANK = /[ \t\r\n]+/y;
const NUMBER = /0[xX][0-9a-fA-F]+L?|\d+(?:\.\d+|L)?/y;
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;
const QUOTED = /`([^`]+)`/y;
const RAW = /"""([^]*?)"""/y;
const STRING = /'((?:\\[^]|[^\\'])*)'|"((?:\\[^]|[^\\"])*)"/y;
const SYMBOL = /=>|->|==|!=|<=|>=|\|\||&&|\+\+|[-+*/%<>!?.,()#{}]/y;
const ESCAPES: Readonly<Record<string, string>> = { "'": "'", '"': '"', '\\': '\\', n: '\n', t: '\t' };

/**
 * The tokens of the dynamic part whose text begins at `from`, up to its closing brace, and where that brace stands;
 * -1 when there is none. The last token is `end`. Throws `Failure`.
 */
export function tokenize(text: string, from: number): { tokens: Token[]; end: number } {
  const tokens: Token[] = [];
  let at = from;
  let braces = 0;
  while (at < text.length) {
    const blank = match(BLANK, text, at);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const token = readToken(text, at);
    if (token.kind === 'symbol' && token.text === '{') braces += 1;
    if (token.kind === 'symbol' && token.text === '}') {
      if (braces === 0) return { tokens: [...tokens, endAt(at)], end: at };
      braces -= 1;
    }
    tokens.push(token);
    at = token.to;
  }
  return { tokens: [...tokens, endAt(text.length)], end: -1 };
}

const endAt = (at: number): Token => ({ kind: 'end', text: '', from: at, to: at });

function readToken(text: string, at: number): Token {
  const token = (kind: TokenKind, content: string, length: number): Token => ({
    kind,
    text: content,
    from: at,
    to: at + length,
  });
  const raw = match(RAW, text, at);
  if (raw) return token('string', raw[1] ?? '', raw[0].length);
  const string = match(STRING, text, at);
  if (string) return token('string', unescape(string[1] ?? string[2] ?? '', at + 1), string[0].length);
  const number = match(NUMBER, text, at);
  if (number) return numberToken(number[0], at, text);
  const name = match(NAME, text, at);
  if (name) return token(name[0] === '_' ? 'symbol' : 'name', name[0], name[0].length);
  const quoted = match(QUOTED, text, at);
  if (quoted) return token('quoted', quoted[1] ?? '', quoted[0].length);
  const symbol = match(SYMBOL, text, at);
  if (symbol) return token('symbol', symbol[0], symbol[0].length);
  throw unreadable(text, at);
}

function numberToken(digits: string, at: number, text: string): Token {
  const to = at + digits.length;
  const after = match(NAME, text, to);
  if (after) throw new Failure(`${digits}${after[0]} is no number`, at, to + after[0].length);
  const kind = digits.endsWith('L') ? 'long' : digits.includes('.') ? 'double' : 'int';
  return { kind, text: digits.replace('L', ''), from: at, to };
}

function unescape(content: string, from: number): string {
  return content.replace(/\\([^])/g, (whole, character: string, offset: number) => {
    const meant = Object.hasOwn(ESCAPES, character) ? ESCAPES[character] : undefined;
    if (meant === undefined)
      throw new Failure(
        `${whole} is no escape; there are \\' \\" \\\\ \\n \\t`,
        from + offset,
        from + offset + 2,
      );
    return meant;
  });
}

function unreadable(text: string, at: number): Failure {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (character === "'" || character === '"') return new Failure('The text has no end', at, text.length);
  if (character === '`') return new Failure('The quoted name has no end', at, text.length);
  if (character === '=') return new Failure('= is no operator; == compares', at, at + 1);
  if (character === '&' || character === '|')
    return new Failure(`${character} is no operator; ${character}${character} is meant`, at, at + 1);
  return new Failure(`Unexpected ${character}`, at, at + character.length);
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
