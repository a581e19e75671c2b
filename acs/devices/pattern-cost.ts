/** Length of a value that costs are reckoned for. */
const LENGTH = 1_000;
/** Ways to try on one value: two repetitions over its whole length, and a handful of choices beside them. */
const MOST_WAYS = 1e7;

/**
 * Whether an engine that tries one way after the other could try too many on one value: `(a|a)*`, `.*.*.*`. Ways
 * multiply in a sequence and add up over alternatives. A repeated group counts as endless, whatever it holds. Expects a
 * pattern that is a regular expression without look-around and back-references.
 */
export function isCostly(pattern: string): boolean {
  const costs = new Costs(pattern);
  return costs.alternatives() > MOST_WAYS;
}

// A quantifier; an escape or a character class, each one character of the value; how a group begins.
const QUANTIFIER = /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y;
const ATOM = /\\u\{[0-9a-fA-F]+\}|\\.|\[(?:\\.|[^\]\\])*\]|[^]/uy;
const GROUP = /\((?:\?(?::|<\w+>))?/y;

class Costs {
  #at = 0;

  constructor(readonly pattern: string) {}

  alternatives(): number {
    let sum = this.#sequence();
    while (this.pattern[this.#at] === '|') {
      this.#at += 1;
      sum += this.#sequence();
    }
    return sum;
  }

  #sequence(): number {
    let ways = 1;
    while (this.#at < this.pattern.length && !'|)'.includes(this.pattern[this.#at] ?? ''))
      ways *= this.#item();
    return ways;
  }

  #item(): number {
    if (!this.#take(GROUP)) {
      this.#take(ATOM);
      const { least, most } = this.#repetitions();
      return Math.max(1, Math.min(LENGTH, most - least + 1));
    }
    const inner = this.alternatives();
    this.#at += 1;
    const { least, most } = this.#repetitions();
    if (most > 1) return Number.POSITIVE_INFINITY;
    return least === 0 ? inner + 1 : inner;
  }

  /** How often the item before is taken. */
  #repetitions(): { least: number; most: number } {
    const match = this.#take(QUANTIFIER);
    if (!match) return { least: 1, most: 1 };
    const [text, least, comma, most] = match;
    if (text.startsWith('?')) return { least: 0, most: 1 };
    if (least === undefined) return { least: 0, most: Number.POSITIVE_INFINITY };
    if (comma === '') return { least: Number(least), most: Number(least) };
    return { least: Number(least), most: most === '' ? Number.POSITIVE_INFINITY : Number(most) };
  }

  #take(token: RegExp): RegExpExecArray | null {
    token.lastIndex = this.#at;
    const match = token.exec(this.pattern);
    if (match) this.#at += match[0].length;
    return match;
  }
}
