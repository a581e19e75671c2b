/** Where a text stops being JSON, or null when it is JSON (RFC 8259). */
export function jsonFault(text: string): { offset: number; line: number; column: number } | null {
  const scanner = new Scanner(text);
  const offset = scanner.fault();
  if (offset === null) return null;
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { offset, line, column: offset - (before.lastIndexOf('\n') + 1) + 1 };
}

const SPACE = /[ \t\r\n]*/y;
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/** Without recursion: the nesting of a hostile body is not the stack's. */
class Scanner {
  #at = 0;
  readonly #open: ('{' | '[')[] = [];

  constructor(readonly text: string) {}

  fault(): number | null {
    for (;;) {
      const opened = this.#value();
      if (opened === 'fault') return this.#at;
      if (opened === 'opened') continue;
      const closed = this.#close();
      if (closed === 'end') return this.#at < this.text.length ? this.#at : null;
      if (closed === 'fault') return this.#at;
    }
  }

  /** Reads a value; of an object or array only its beginning. */
  #value(): 'read' | 'opened' | 'fault' {
    this.#take(SPACE);
    const next = this.text[this.#at];
    if (next === '[') {
      this.#at += 1;
      this.#open.push('[');
      this.#take(SPACE);
      return this.text[this.#at] === ']' ? 'read' : 'opened';
    }
    if (next === '{') {
      this.#at += 1;
      this.#open.push('{');
      this.#take(SPACE);
      if (this.text[this.#at] === '}') return 'read';
      return this.#name() ? 'opened' : 'fault';
    }
    return this.#take(STRING) || this.#take(NUMBER) || this.#take(WORD) ? 'read' : 'fault';
  }

  /** After a value: closing brackets, or a comma and what must follow it. */
  #close(): 'next' | 'end' | 'fault' {
    for (;;) {
      this.#take(SPACE);
      const open = this.#open.at(-1);
      if (open === undefined) return 'end';
      const next = this.text[this.#at];
      if (next === (open === '[' ? ']' : '}')) {
        this.#at += 1;
        this.#open.pop();
        continue;
      }
      if (next !== ',') return 'fault';
      this.#at += 1;
      this.#take(SPACE);
      return open === '[' || this.#name() ? 'next' : 'fault';
    }
  }

  #name(): boolean {
    if (!this.#take(STRING)) return false;
    this.#take(SPACE);
    if (this.text[this.#at] !== ':') return false;
    this.#at += 1;
    return true;
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text);
    if (!match) return false;
    this.#at += match[0].length;
    return match[0].length > 0;
  }
}
