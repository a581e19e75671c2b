import type {
  CompareOperator,
  FieldRef,
  FilterNode,
  FilterValue,
  TextOperator,
} from '../../acs/devices/filter.js';
import { ValidationError } from '../../common/errors.js';
import { FilterSyntaxError, tokenize, type Token, type TokenKind } from './lexer.js';

/** Deeper nesting is nobody's wish, and would be the stack's. */
const MAX_DEPTH = 50;
const MAX_CONDITIONS = 500;

const COMPARE: ReadonlySet<string> = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge']);
const TEXT: ReadonlySet<string> = new Set(['contains', 'startsWith', 'matches']);
const OPERATORS = [...COMPARE, ...TEXT, 'in', 'exists'].join(', ');

/** Names of the JSON that differ from those of the filters. */
const ALIASES: Readonly<Record<string, string | undefined>> = Object.assign(Object.create(null) as object, {
  serialNumber: 'serial',
  softwareVersion: 'software',
  hardwareVersion: 'hardware',
  wanIp: 'ip',
  tags: 'tag',
  groups: 'group',
  properties: 'property',
});

/**
 * Parses the filter language of northbound.md §3: `model eq "X1" and not (tag in "old")`. `or` binds weakest, then
 * `and`, then `not`. Throws `ValidationError` at `/filter`, with line and column.
 */
export function parseFilter(source: string): FilterNode {
  try {
    return new Parser(tokenize(source)).parse();
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error;
    const before = source.slice(0, error.at);
    const line = before.split('\n').length;
    const column = error.at - before.lastIndexOf('\n');
    const place = line === 1 ? `column ${column}` : `line ${line}, column ${column}`;
    throw ValidationError.of('/filter', `${error.message} (${place})`, 'syntax');
  }
}

class Parser {
  #index = 0;
  #depth = 0;
  #conditions = 0;

  constructor(readonly tokens: readonly Token[]) {}

  parse(): FilterNode {
    const node = this.#or();
    const rest = this.#peek();
    if (rest.kind !== 'end') throw new FilterSyntaxError('Here should be and, or, or the end', rest.at);
    return node;
  }

  #or(): FilterNode {
    return this.#joined('or', () => this.#joined('and', () => this.#not()));
  }

  #joined(op: 'and' | 'or', operand: () => FilterNode): FilterNode {
    const first = operand();
    const nodes = [first];
    while (this.#takeWord(op)) nodes.push(operand());
    return nodes.length === 1 ? first : { op, nodes };
  }

  #not(): FilterNode {
    if (!this.#takeWord('not')) return this.#primary();
    return this.#nested(() => ({ op: 'not', node: this.#not() }));
  }

  #primary(): FilterNode {
    if (!this.#take('open')) return this.#condition();
    return this.#nested(() => {
      const node = this.#or();
      this.#expect('close', 'a closing bracket');
      return node;
    });
  }

  #nested<T>(inner: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH)
      throw new FilterSyntaxError(`More than ${MAX_DEPTH} levels of brackets`, this.#peek().at);
    const result = inner();
    this.#depth -= 1;
    return result;
  }

  #condition(): FilterNode {
    this.#conditions += 1;
    if (this.#conditions > MAX_CONDITIONS)
      throw new FilterSyntaxError(`More than ${MAX_CONDITIONS} conditions`, this.#peek().at);
    const field = this.#field();
    const operator = this.#expect('word', `an operator (${OPERATORS})`);
    const name = operator.text;
    if (name === 'exists') return { op: 'exists', field };
    if (name === 'in') return { op: 'in', field, values: this.#values() };
    if (COMPARE.has(name)) return { op: name as CompareOperator, field, value: this.#value() };
    if (TEXT.has(name)) return { op: name as TextOperator, field, value: this.#text() };
    throw new FilterSyntaxError(`Here should be an operator (${OPERATORS})`, operator.at);
  }

  #field(): FieldRef {
    const written = this.#expect('word', 'a field').text;
    const name = ALIASES[written] ?? written;
    if (!this.#take('bracket')) return { name };
    const key = this.#expect('text', 'a text in quotes').text;
    this.#expect('unbracket', 'a closing square bracket');
    return { name, key };
  }

  #values(): FilterValue[] {
    if (!this.#take('open')) return [this.#value()];
    const values = [this.#value()];
    while (this.#take('comma')) {
      values.push(this.#value());
      if (values.length > MAX_CONDITIONS)
        throw new FilterSyntaxError(`More than ${MAX_CONDITIONS} values`, this.#peek().at);
    }
    this.#expect('close', 'a comma or a closing bracket');
    return values;
  }

  #text(): string {
    return this.#expect('text', 'a text in quotes').text;
  }

  #value(): FilterValue {
    const token = this.#peek();
    this.#index += 1;
    switch (token.kind) {
      case 'text':
        return token.text;
      case 'number':
        return Number(token.text);
      case 'time':
        return readTime(token);
      case 'word':
        if (token.text === 'true' || token.text === 'false') return token.text === 'true';
        if (token.text === 'null') return null;
        throw new FilterSyntaxError('A text needs quotes', token.at);
      default:
        throw new FilterSyntaxError(
          'Here should be a value: text in quotes, number, time, true or false',
          token.at,
        );
    }
  }

  #peek(): Token {
    // The last token is `end`, and nothing goes beyond it.
    return this.tokens[Math.min(this.#index, this.tokens.length - 1)] ?? { kind: 'end', text: '', at: 0 };
  }

  #take(kind: TokenKind): boolean {
    if (this.#peek().kind !== kind) return false;
    this.#index += 1;
    return true;
  }

  #takeWord(word: string): boolean {
    const token = this.#peek();
    if (token.kind !== 'word' || token.text !== word) return false;
    this.#index += 1;
    return true;
  }

  #expect(kind: TokenKind, what: string): Token {
    const token = this.#peek();
    if (token.kind !== kind) throw new FilterSyntaxError(`Here should be ${what}`, token.at);
    this.#index += 1;
    return token;
  }
}

function readTime(token: Token): Date {
  // Without a zone UTC is meant, as everywhere in this interface.
  const zoned =
    token.text.includes('T') && !/(?:Z|[+-]\d{2}:\d{2})$/.test(token.text) ? `${token.text}Z` : token.text;
  const time = new Date(zoned);
  if (Number.isNaN(time.getTime())) throw new FilterSyntaxError('This is no time', token.at);
  return time;
}
