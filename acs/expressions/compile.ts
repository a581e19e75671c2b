import { LRUCache } from 'lru-cache';
import { adapt, asText, dataModelText, describeFound } from './adaptation.js';
import { Checker, mismatch } from './checker.js';
import type { Environment } from './environment.js';
import { EvaluationError, ExpressionError, type ExpressionIssue } from './errors.js';
import { evaluate } from './evaluator.js';
import { Failure } from './failure.js';
import { LIMITS, type Budget } from './limits.js';
import { literalValue } from './literal.js';
import { parse } from './parser.js';
import { placeKey, type ContextName, type Place } from './place.js';
import { Run } from './run.js';
import { Usage } from './scope.js';
import { splitTemplate, type Piece } from './template.js';
import { isNumber } from './type-relations.js';
import { T, typeName, type Type } from './types.js';
import type { Typed } from './typed.js';
import { ContextValue, Entry, ValueMap, ValueSet, type Value } from './values.js';
import { LiveQuery } from './live-query.js';

/** What an evaluation will ask of its environment: whoever calls loads that before. */
export interface Uses {
  readonly contexts: ReadonlySet<ContextName>;
  readonly variables: ReadonlySet<string>;
  /** Aliases of CSV resources. */
  readonly resources: ReadonlySet<string>;
  /** Whether two evaluations in the same environment may differ. */
  readonly random: boolean;
}

/** A text that was parsed and type-checked for a place. */
export interface Expression {
  readonly text: string;
  readonly place: Place;
  /** The type of its value. */
  readonly type: Type;
  readonly uses: Uses;
  /** Yields the same in every environment. */
  readonly constant: boolean;
  /** Tree of the only dynamic part, for whoever translates conditions; null for literals and templates. */
  readonly tree: Typed | null;
  /**
   * Synchronous and pure. Throws `EvaluationError`; the value is one of the place's type, or null if it allows that.
   * `ended` is told how many steps it took, also when it failed.
   */
  evaluate(environment: Environment, ended?: (steps: number) => void): Value;
}

type Work = (run: Run) => Value;

interface Checked {
  readonly type: Type;
  readonly tree: Typed | null;
  readonly work: Work;
}

const cache = new LRUCache<string, Expression>({ max: 2_000 });

/**
 * The expression that a text is at a place (expressions.md §1). Throws `ExpressionError` with offsets into the text.
 * Compiled forms are kept by text and place.
 */
export function compile(text: string, place: Place): Expression {
  const key = `${placeKey(place)}\n${text}`;
  const known = cache.get(key);
  if (known) return known;
  const expression = compileAnew(text, place);
  cache.set(key, expression);
  return expression;
}

/** The issues that `compile` would throw; empty for a good text. */
export function check(text: string, place: Place): readonly ExpressionIssue[] {
  try {
    compile(text, place);
    return [];
  } catch (error) {
    if (error instanceof ExpressionError) return error.issues;
    throw error;
  }
}

function compileAnew(text: string, place: Place): Expression {
  const usage = new Usage();
  const { type, tree, work } = checkText(text, place, usage);
  const { contexts, variables, resources, random } = usage;
  return {
    text,
    place,
    type,
    tree,
    uses: { contexts, variables, resources, random },
    constant: contexts.size === 0 && variables.size === 0 && !random && !usage.volatile,
    evaluate: (environment, ended) => {
      const run = new Run(environment);
      try {
        return runWork(work, place, text, run);
      } finally {
        ended?.(run.budget.spent);
      }
    },
  };
}

function checkText(text: string, place: Place, usage: Usage): Checked {
  try {
    if (text.length > LIMITS.text)
      throw new Failure(`The text has more than ${LIMITS.text} characters`, LIMITS.text, text.length);
    return checkPieces(splitTemplate(text), text, place, usage);
  } catch (error) {
    if (error instanceof Failure) throw new ExpressionError(text, [error.issue]);
    throw error;
  }
}

function checkPieces(pieces: readonly Piece[], text: string, place: Place, usage: Usage): Checked {
  const [first, ...rest] = pieces;
  if (!first) return checkEmpty(place);
  if (rest.length === 0)
    return first.kind === 'text' ? checkLiteral(text, place) : checkSingle(first, text, place, usage);
  const { expected } = place;
  if (expected && expected.kind !== 'string')
    throw new Failure(
      `${describeFound(expected)} is wanted here: one dynamic part and nothing around it`,
      0,
      text.length,
      { expected: typeName(expected), found: 'String' },
    );
  return { type: T.string, tree: null, work: template(pieces, text, place, usage) };
}

function checkEmpty(place: Place): Checked {
  const { expected, nullable } = place;
  if (expected && !nullable)
    throw new Failure(`${describeFound(expected)} is wanted here`, 0, 0, { expected: typeName(expected) });
  return { type: expected ?? T.null, tree: null, work: () => null };
}

function checkLiteral(text: string, place: Place): Checked {
  const expected = place.expected ?? T.string;
  const read = literalValue(text, expected, place.lenient ?? false);
  return { type: expected, tree: null, work: (run) => read(run.zone) };
}

function checkSingle(
  piece: Extract<Piece, { kind: 'dynamic' }>,
  text: string,
  place: Place,
  usage: Usage,
): Checked {
  const typed = checkPart(piece, text, place, usage);
  const { expected } = place;
  const tree = expected ? fitting(typed, expected, place) : dataModelText(typed);
  return { type: expected ?? tree.type, tree, work: (run) => evaluate(tree, run) };
}

function checkPart(
  piece: Extract<Piece, { kind: 'dynamic' }>,
  text: string,
  place: Place,
  usage: Usage,
): Typed {
  return new Checker({ text, place, usage }).check(parse(piece.tokens), null);
}

function fitting(typed: Typed, expected: Type, place: Place): Typed {
  if (typed.type.kind === 'null' && !place.nullable)
    throw new Failure('null is not allowed here', typed.from, typed.to, {
      expected: typeName(expected),
      found: 'Null',
    });
  const fitted = expected.kind === 'string' ? asText(typed) : adapt(typed, expected);
  if (fitted) return fitted;
  if (place.lenient && (isNumber(typed.type) || dataModelText(typed).type.kind === 'string'))
    return dataModelText(typed);
  throw mismatch('The value', typed, expected);
}

/** Several parts: their texts, one after the other; a null among them fails (expressions.md §1). */
function template(pieces: readonly Piece[], text: string, place: Place, usage: Usage): Work {
  const works = pieces.map((piece): Work => {
    if (piece.kind === 'text') return () => piece.text;
    const typed = checkPart(piece, text, place, usage);
    const asString = asText(typed);
    if (!asString)
      throw new Failure(`${describeFound(typed.type)} has no text form`, typed.from, typed.to, {
        expected: 'a type with text form',
        found: typeName(typed.type),
      });
    return (run) => {
      const value = evaluate(asString, run);
      if (value === null)
        throw new EvaluationError('null', "The value is null here; write ? '' for an empty text").at(
          typed.from,
          typed.to,
        );
      return value;
    };
  });
  return (run) => {
    let made = '';
    for (const work of works) {
      made += work(run) as string;
      run.budget.checkText(made.length);
    }
    return made;
  };
}

function runWork(work: Work, place: Place, text: string, run: Run): Value {
  try {
    const value = work(run);
    measure(value, run.budget, { left: LIMITS.result });
    if (place.lenient) return value === true || value === 1 || value === 1n || value === 'true';
    if (value === null && !place.nullable && place.expected)
      throw new EvaluationError('null', 'The value is null, which is not allowed here');
    return value;
  } catch (error) {
    if (error instanceof EvaluationError) throw error.at(0, text.length);
    // What no limit foresaw must not look like a fault of the server.
    if (error instanceof RangeError)
      throw new EvaluationError('limit', 'Too large to be evaluated', { cause: error }).at(0, text.length);
    throw error;
  }
}

/** All texts of a result together stay within the limit. */
function measure(value: Value, budget: Budget, room: { left: number }): void {
  if (typeof value === 'string') room.left -= value.length;
  else if (value instanceof Uint8Array) room.left -= value.length;
  else if (value !== null && typeof value === 'object' && !(value instanceof Date))
    measureParts(value, budget, room);
  if (room.left < 0) budget.text(LIMITS.result + 1);
}

function measureParts(value: object, budget: Budget, room: { left: number }): void {
  if (value instanceof ContextValue || value instanceof LiveQuery) return;
  const parts =
    value instanceof ValueSet
      ? value.values()
      : value instanceof ValueMap
        ? value.entries()
        : value instanceof Entry
          ? [value.key, value.value]
          : (value as readonly Value[]);
  budget.enter();
  budget.elements(parts.length);
  for (const part of parts) measure(part, budget, room);
  budget.leave();
}
