import { LRUCache } from 'lru-cache';
import { RE2JS, RE2JSException } from 're2js';
import { EvaluationError } from './errors.js';
import { LIMITS, type Budget } from './limits.js';

/**
 * Regular expressions by an engine whose time grows with the text and the pattern only, whatever the pattern: no
 * look-ahead, no back-references (expressions.md §9).
 */
export class Pattern {
  private constructor(
    readonly source: string,
    readonly compiled: RE2JS,
    /** Steps for each character of a text: a pattern with many states takes longer. */
    readonly cost: number,
  ) {}

  /** Fails for what is no pattern. */
  static of(source: string, budget: Budget): Pattern {
    if (source.length > LIMITS.pattern)
      throw new EvaluationError('limit', `A regular expression of more than ${LIMITS.pattern} characters`);
    const known = cache.get(source);
    if (known) return known;
    budget.charge(source.length);
    try {
      const compiled = RE2JS.compile(source);
      const pattern = new Pattern(source, compiled, compiled.programSize() / STATES_PER_STEP);
      cache.set(source, pattern);
      return pattern;
    } catch (error) {
      if (!(error instanceof RE2JSException)) throw error;
      throw new EvaluationError('argument', `Not a regular expression: ${error.message}`, { cause: error });
    }
  }

  /** Whether the whole text matches. */
  matches(text: string, budget: Budget): boolean {
    this.#charge(text, budget);
    return this.compiled.matches(text);
  }

  /** The matches from left to right: groups by number, 0 = the whole, with where it stands. */
  *findAll(text: string, budget: Budget): Generator<Match> {
    this.#charge(text, budget);
    const matcher = this.compiled.matcher(text);
    while (matcher.find()) {
      budget.charge(1);
      budget.look();
      yield {
        from: matcher.start(),
        to: matcher.end(),
        group: (name) => matcher.group(name),
        groups: matcher.groupCount(),
      };
    }
  }

  /** With matches, or the first alone, replaced; in the replacement `$1` and `${name}` are groups, `\` takes the next as it stands. */
  replace(text: string, replacement: string, firstOnly: boolean, budget: Budget): string {
    const pieces = splitReplacement(replacement);
    let made = '';
    let at = 0;
    for (const match of this.findAll(text, budget)) {
      made += text.slice(at, match.from);
      for (const piece of pieces)
        made += piece.group === undefined ? piece.text : groupText(match, piece.group);
      budget.checkText(made.length);
      at = match.to;
      if (firstOnly) break;
    }
    budget.text(made.length + text.length - at);
    return made + text.slice(at);
  }

  #charge(text: string, budget: Budget): void {
    budget.charge(Math.ceil(text.length * this.cost));
  }
}

export interface Match {
  readonly from: number;
  readonly to: number;
  readonly groups: number;
  readonly group: (name: number | string) => string | null;
}

/** States of an automaton that are gone through in about the time of one step. */
const STATES_PER_STEP = 100;

const cache = new LRUCache<string, Pattern>({ max: 500 });

interface Piece {
  readonly text: string;
  readonly group?: number | string;
}

function splitReplacement(replacement: string): Piece[] {
  const pieces: Piece[] = [];
  const token = /\\([^])|\$(\d{1,2})|\$\{(\w+)\}|[^\\$]+|[\\$]/y;
  for (let match = token.exec(replacement); match; match = token.exec(replacement)) {
    const [whole, escaped, number, name] = match;
    if (number !== undefined) pieces.push({ text: whole, group: Number(number) });
    else pieces.push(name === undefined ? { text: escaped ?? whole } : { text: whole, group: name });
  }
  return pieces;
}

function groupText(match: Match, group: number | string): string {
  if (typeof group === 'number' && group > match.groups)
    throw new EvaluationError('argument', `The regular expression has no group ${group}`);
  try {
    return match.group(group) ?? '';
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    throw new EvaluationError('argument', `The regular expression has no group ${group}`, { cause: error });
  }
}
