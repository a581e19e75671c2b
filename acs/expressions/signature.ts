import { T, plainType, type Type } from './types.js';

/** A parameter of a method; optional ones come last, a repeated one takes all that follow. */
export interface Parameter {
  readonly name: string;
  readonly type: Type;
  readonly optional: boolean;
  readonly repeated: boolean;
  /** May be given null; otherwise a null there fails. */
  readonly nullable: boolean;
}

export interface Signature {
  readonly name: string;
  /** One list of parameters for each pair of brackets; none for a method without. */
  readonly lists: readonly (readonly Parameter[])[];
  readonly result: Type;
  readonly text: string;
}

const TOKEN = /\s*(=>|[A-Za-z_][\w.]*|[[\](),:?*])/y;

/**
 * Reads `name(a: Type, b?: Type)(f: (A, E) => A): Type`. Capital letters alone are variables; `a?` is optional, `a*`
 * repeated, `Type?` takes null too; what is no plain type, collection or map is an object of the API.
 */
export function parseSignature(text: string): Signature {
  return new Reader(text).signature();
}

/** Reads a type alone: `List[E]`. */
export function parseType(text: string): Type {
  return new Reader(text).type();
}

class Reader {
  readonly #tokens: string[] = [];
  #at = 0;

  constructor(readonly text: string) {
    TOKEN.lastIndex = 0;
    for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) this.#tokens.push(match[1] ?? '');
  }

  signature(): Signature {
    const name = this.#next();
    const lists: Parameter[][] = [];
    while (this.#take('(')) lists.push(this.#parameters());
    this.#expect(':');
    return { name, lists, result: this.type(), text: this.text };
  }

  type(): Type {
    if (this.#take('(')) {
      const parameters = [this.type()];
      while (this.#take(',')) parameters.push(this.type());
      this.#expect(')');
      this.#expect('=>');
      return T.function(parameters, this.type());
    }
    const type = this.#simple();
    return this.#take('=>') ? T.function([type], this.type()) : type;
  }

  #parameters(): Parameter[] {
    const parameters: Parameter[] = [];
    while (!this.#take(')')) {
      const name = this.#next();
      const optional = this.#take('?');
      const repeated = this.#take('*');
      this.#expect(':');
      const type = this.type();
      parameters.push({ name, type, optional, repeated, nullable: this.#take('?') });
      this.#take(',');
    }
    return parameters;
  }

  #simple(): Type {
    const name = this.#next();
    const inner: Type[] = [];
    if (this.#take('[')) {
      do inner.push(this.type());
      while (this.#take(','));
      this.#expect(']');
    }
    const [first = T.any, second = T.any] = inner;
    switch (name) {
      case 'List':
        return T.list(first);
      case 'Set':
        return T.set(first);
      case 'Collection':
        return T.collection(first);
      case 'Map':
        return T.map(first, second);
      case 'Entry':
        return T.entry(first, second);
      default:
        return plainType(name) ?? (/^[A-Z]$/.test(name) ? T.variable(name) : T.object(name));
    }
  }

  #next(): string {
    const token = this.#tokens[this.#at];
    if (token === undefined) throw new SyntaxError(`The signature ${this.text} is not complete`);
    this.#at += 1;
    return token;
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw new SyntaxError(`The signature ${this.text} lacks ${token}`);
  }
}
