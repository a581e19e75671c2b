import type { BinaryOperator, Node } from './ast.js';
import { Failure } from './failure.js';
import type { Token } from './lexer.js';
import { LIMITS } from './limits.js';
import { T } from './types.js';

/** How tightly the operators bind, from loose to tight (expressions.md §2); `?` and what is tighter have own functions. */
const LEVELS: readonly Readonly<Record<string, BinaryOperator>>[] = [
  { '||': '||', or: '||' },
  { '&&': '&&', and: '&&' },
  { '==': '==', '!=': '!=' },
  { '<': '<', '<=': '<=', '>': '>', '>=': '>=' },
  { '->': '->' },
  { '+': '+', '-': '-', '++': '++' },
  { '*': '*', '/': '/', '%': '%' },
];
const RESERVED: ReadonlySet<string> = new Set(['if', 'else', 'and', 'or', 'true', 'false', 'null']);
const MOST_INT = 2n ** 31n;
const MOST_LONG = 2n ** 63n;

export interface ParseOptions {
  /** The text ends where the caret stands: what is open there counts as closed. */
  readonly unfinished?: boolean;
}

/** The tree of one dynamic part. Throws `Failure` at the first wrong place. */
export function parse(tokens: readonly Token[], options: ParseOptions = {}): Node {
  return new Parser(tokens, options.unfinished ?? false).whole();
}

type Shape<N> = N extends Node ? Omit<N, 'from' | 'to'> : never;

class Parser {
  #at = 0;
  #nodes = 0;
  #depth = 0;
  #placeholders = 0;
  /** Parameters that `_` stands for, for each argument that is being read. */
  readonly #arguments: string[][] = [];

  constructor(
    readonly tokens: readonly Token[],
    readonly unfinished: boolean,
  ) {}

  whole(): Node {
    if (this.#token.kind === 'end' && !this.unfinished)
      throw new Failure('An expression is missing', this.#token.from, this.#token.to);
    const node = this.#expression();
    if (this.#token.kind !== 'end') throw this.#unexpected('an operator or the end');
    return node;
  }

  #expression(): Node {
    return this.#nested(() => {
      if (this.#isWord('if')) return this.#if();
      return this.#lambda() ?? this.#infix();
    });
  }

  #if(): Node {
    const { from } = this.#next();
    this.#expect('(');
    const condition = this.#expression();
    this.#expect(')');
    const then = this.#expression();
    if (!this.#isWord('else')) {
      if (this.unfinished && this.#token.kind === 'end')
        return this.#node({ kind: 'if', condition, then, otherwise: then }, from);
      throw this.#unexpected('else');
    }
    this.#next();
    const otherwise = this.#expression();
    return this.#node({ kind: 'if', condition, then, otherwise }, from);
  }

  #lambda(): Node | null {
    const { from } = this.#token;
    const parameters = this.#lambdaParameters();
    if (!parameters) return null;
    this.#at += parameters.length === 1 && !this.#isSymbol('(') ? 2 : 2 * parameters.length + 2;
    const doubled = parameters.find((name, index) => name !== '_' && parameters.indexOf(name) !== index);
    if (doubled !== undefined) throw new Failure(`Two parameters ${doubled}`, from, this.#lastEnd);
    return this.#node({ kind: 'lambda', parameters, body: this.#expression() }, from);
  }

  /** `x =>`, `_ =>` or `(x, y) =>` ahead: the names. */
  #lambdaParameters(): string[] | null {
    const isParameter = (token: Token | undefined): token is Token =>
      token !== undefined && (this.#isPlainName(token) || isSymbol(token, '_'));
    const first = this.#peek(0);
    if (isParameter(first) && isSymbol(this.#peek(1), '=>')) return [first.text];
    if (!isSymbol(first, '(')) return null;
    const names: string[] = [];
    for (let ahead = 1; ; ahead += 2) {
      const name = this.#peek(ahead);
      if (!isParameter(name)) return null;
      names.push(name.text);
      if (isSymbol(this.#peek(ahead + 1), ',')) continue;
      return isSymbol(this.#peek(ahead + 1), ')') && isSymbol(this.#peek(ahead + 2), '=>') ? names : null;
    }
  }

  /** `a method b` is `a.method(b)`. */
  #infix(): Node {
    let left = this.#binary(0);
    while (this.#isPlainName(this.#token) || this.#token.kind === 'quoted') {
      const name = this.#next();
      const target = this.#node({ kind: 'member', target: left, name: name.text }, left.from, name.to);
      const argument = this.#argument(() => this.#binary(0));
      left = this.#node({ kind: 'call', target, args: [argument] }, left.from);
    }
    return left;
  }

  #binary(level: number): Node {
    const operators = LEVELS[level];
    if (!operators) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const { kind, text } = this.#token;
      const operator =
        (kind === 'symbol' || kind === 'name') && Object.hasOwn(operators, text)
          ? operators[text]
          : undefined;
      if (!operator) return left;
      this.#next();
      const right = this.#binary(level + 1);
      left = this.#node({ kind: 'binary', operator, left, right }, left.from);
    }
  }

  #unary(): Node {
    const { from } = this.#token;
    if (this.#isSymbol('-') || this.#isSymbol('!')) {
      const operator = this.#next().text as '-' | '!';
      const operand = this.#nested(() => this.#unary());
      return this.#node({ kind: 'unary', operator, operand }, from);
    }
    return this.#fallback();
  }

  #fallback(): Node {
    let left = this.#postfix();
    while (this.#isSymbol('?')) {
      this.#next();
      const { from } = this.#token;
      const negative = this.#isSymbol('-');
      if (negative) this.#next();
      const operand = this.#postfix();
      const right = negative ? this.#node({ kind: 'unary', operator: '-', operand }, from) : operand;
      left = this.#node({ kind: 'binary', operator: '?', left, right }, left.from);
    }
    return left;
  }

  #postfix(): Node {
    let target = this.#primary();
    for (;;) {
      if (this.#isSymbol('.')) {
        this.#next();
        const name = this.#name('a name');
        target = this.#node({ kind: 'member', target, name: name.text }, target.from, name.to);
      } else if (this.#isSymbol('(')) {
        const args = this.#argumentList();
        target = this.#node({ kind: 'call', target, args }, target.from);
      } else return target;
    }
  }

  #argumentList(): Node[] {
    this.#expect('(');
    const args: Node[] = [];
    if (!this.#isSymbol(')'))
      do args.push(this.#argument(() => this.#expression()));
      while (this.#take(','));
    this.#expect(')');
    return args;
  }

  /** An argument with `_` in it is a lambda; one that is nothing but `_` belongs to what is around it. */
  #argument(read: () => Node): Node {
    const names: string[] = [];
    this.#arguments.push(names);
    const node = read();
    this.#arguments.pop();
    const [only] = names;
    if (only === undefined) return node;
    if (node.kind !== 'name' || node.name !== only)
      return this.#node({ kind: 'lambda', parameters: names, body: node }, node.from, node.to);
    const outer = this.#arguments.at(-1);
    if (!outer) throw new Failure('_ alone is no argument here', node.from, node.to);
    outer.push(only);
    return node;
  }

  #primary(): Node {
    const token = this.#token;
    switch (token.kind) {
      case 'string':
        this.#next();
        return this.#node({ kind: 'literal', type: T.string, value: token.text }, token.from);
      case 'int':
      case 'long':
      case 'double':
        return this.#number(this.#next());
      case 'quoted':
        this.#next();
        return this.#node({ kind: 'name', name: token.text }, token.from);
      case 'name':
        return this.#word(this.#next());
      case 'symbol':
        return this.#symbol(token);
      case 'end':
        if (this.unfinished) return this.#node({ kind: 'literal', type: T.null, value: null }, token.from);
        throw this.#unexpected('a value');
    }
  }

  #word(token: Token): Node {
    switch (token.text) {
      case 'true':
      case 'false':
        return this.#node({ kind: 'literal', type: T.boolean, value: token.text === 'true' }, token.from);
      case 'null':
        return this.#node({ kind: 'literal', type: T.null, value: null }, token.from);
      default:
        if (RESERVED.has(token.text)) throw unexpected(token, 'a value');
        return this.#node({ kind: 'name', name: token.text }, token.from);
    }
  }

  #symbol(token: Token): Node {
    switch (token.text) {
      case '(': {
        this.#next();
        const inner = this.#expression();
        this.#expect(')');
        return inner;
      }
      case '#':
        this.#next();
        return this.#variable(token.from);
      case '_':
        this.#next();
        return this.#placeholder(token);
      default:
        throw unexpected(token, 'a value');
    }
  }

  #variable(from: number): Node {
    const name = this.#name('the name of a variable');
    if (name.kind === 'quoted' || name.text !== 'num' || !this.#isSymbol('('))
      return this.#node({ kind: 'variable', name: name.text, number: false }, from);
    this.#next();
    this.#take('#');
    const inner = this.#name('the name of a variable');
    this.#expect(')');
    return this.#node({ kind: 'variable', name: inner.text, number: true }, from);
  }

  #placeholder(token: Token): Node {
    const names = this.#arguments.at(-1);
    if (!names) throw new Failure('_ may stand in an argument only', token.from, token.to);
    this.#placeholders += 1;
    const name = `_${this.#placeholders}`;
    names.push(name);
    return this.#node({ kind: 'name', name }, token.from);
  }

  #number(token: Token): Node {
    if (token.kind === 'double')
      return this.#node({ kind: 'literal', type: T.double, value: Number(token.text) }, token.from);
    const value = BigInt(token.text);
    const most = token.kind === 'int' ? MOST_INT : MOST_LONG;
    // The least number has no positive counterpart: it is written as the negation of one too many.
    const negated = this.#at >= 2 && isSymbol(this.tokens[this.#at - 2], '-');
    if (value > most || (value === most && !negated))
      throw new Failure(
        `${token.text} is too large for ${token.kind === 'int' ? `an Int; write ${token.text}L` : 'a Long'}`,
        token.from,
        token.to,
      );
    if (token.kind === 'int')
      return this.#node(
        { kind: 'literal', type: T.int, value: Number(BigInt.asIntN(32, value)) },
        token.from,
      );
    return this.#node({ kind: 'literal', type: T.long, value: BigInt.asIntN(64, value) }, token.from);
  }

  #name(expected: string): Token {
    const token = this.#token;
    if (this.#isPlainName(token) || token.kind === 'quoted') return this.#next();
    throw this.#unexpected(
      token.kind === 'name' ? `${expected}; ${token.text} is reserved, write \`${token.text}\`` : expected,
    );
  }

  #nested<Result>(read: () => Result): Result {
    this.#depth += 1;
    if (this.#depth > LIMITS.depth)
      throw new Failure(`Nested more than ${LIMITS.depth} deep`, this.#token.from, this.#token.to);
    const result = read();
    this.#depth -= 1;
    return result;
  }

  #node(shape: Shape<Node>, from: number, to = this.#lastEnd): Node {
    this.#nodes += 1;
    if (this.#nodes > LIMITS.nodes)
      throw new Failure(`More than ${LIMITS.nodes} parts`, from, this.#token.to);
    return { ...shape, from, to };
  }

  get #lastEnd(): number {
    return this.tokens[this.#at - 1]?.to ?? 0;
  }

  get #token(): Token {
    const token = this.tokens[this.#at];
    if (!token) throw new RangeError('Read beyond the last token');
    return token;
  }

  #peek(ahead: number): Token | undefined {
    return this.tokens[this.#at + ahead];
  }

  #next(): Token {
    const token = this.#token;
    this.#at += 1;
    return token;
  }

  #take(symbol: string): boolean {
    if (!this.#isSymbol(symbol)) return false;
    this.#at += 1;
    return true;
  }

  #expect(symbol: string): void {
    if (this.#take(symbol) || (this.unfinished && this.#token.kind === 'end')) return;
    throw this.#unexpected(symbol);
  }

  #isSymbol(symbol: string): boolean {
    return isSymbol(this.#token, symbol);
  }

  #isWord(word: string): boolean {
    return this.#token.kind === 'name' && this.#token.text === word;
  }

  #isPlainName(token: Token): boolean {
    return token.kind === 'name' && !RESERVED.has(token.text);
  }

  #unexpected(expected: string): Failure {
    return unexpected(this.#token, expected);
  }
}

function isSymbol(token: Token | undefined, symbol: string): boolean {
  return token?.kind === 'symbol' && token.text === symbol;
}

function unexpected(token: Token, expected: string): Failure {
  const found = token.kind === 'end' ? 'the end' : token.kind === 'string' ? 'a text' : token.text;
  return new Failure(`Expected ${expected}, found ${found}`, token.from, token.to, { expected, found });
}
