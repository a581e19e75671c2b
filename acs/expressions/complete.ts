import { allGlobals, dynamicMembers, membersOfType } from './api/index.js';
import type { Member } from './api/member.js';
import { Checker } from './checker.js';
import type { Environment } from './environment.js';
import { EvaluationError } from './errors.js';
import { evaluate } from './evaluator.js';
import { Failure } from './failure.js';
import { tokenize } from './lexer.js';
import { parse } from './parser.js';
import type { Place } from './place.js';
import { Run } from './run.js';
import { Usage, type Scope } from './scope.js';
import { typeName } from './types.js';
import type { Typed } from './typed.js';

export interface Suggestion {
  readonly label: string;
  readonly kind:
    'context' | 'function' | 'method' | 'property' | 'parameter' | 'variable' | 'keyword' | 'literal';
  /** Type of the value; '' for a keyword. */
  readonly type: string;
  readonly documentation: string;
  /** What takes the place of the text from `from` to `to`. */
  readonly insert: string;
  readonly from: number;
  readonly to: number;
}

type Draft = Omit<Suggestion, 'from' | 'to' | 'insert'> & { readonly insert?: string };

/** Stands for the caret in the tree; no name that can be typed. */
const MARKER = '\u0001caret';
const WORD = /`[^`]*$|[\p{L}_][\p{L}\p{N}_]*$|$/u;
const PLAIN = /^[\p{L}][\p{L}\p{N}_]*$/u;
const KEYWORDS = ['if', 'else', 'true', 'false', 'null', 'and', 'or'];

/**
 * What could stand at an offset of a text, typed so far: names of contexts, lambda parameters and variables, or the members of
 * the value before a dot. With an environment, names of its data too. An unfinished or wrong text gives fewer, never an error.
 */
export function complete(
  text: string,
  offset: number,
  place: Place,
  environment?: Environment,
): Suggestion[] {
  const start = dynamicStart(text, offset);
  if (start === null) return finish(literals(place), '', offset, offset);
  const typed = text.slice(start, offset);
  const word = WORD.exec(typed)?.[0] ?? '';
  const from = offset - word.length;
  const before = typed.slice(0, typed.length - word.length);
  const wanted = word.replace('`', '');
  if (before.endsWith('#')) return finish(variables(place, environment), wanted, from, offset);
  return finish(draftsAt(text, start, before, place, environment), wanted, from, offset);
}

/** Where the dynamic part around the offset begins, after `${`; null in literal text. */
function dynamicStart(text: string, offset: number): number | null {
  let at = 0;
  for (;;) {
    const open = text.indexOf('${', at);
    if (open < 0 || open + 2 > offset) return null;
    const end = closing(text, open + 2);
    if (end < 0 || end >= offset) return open + 2;
    at = end + 1;
  }
}

/** -1 when there is no closing brace, or what is inside cannot be read yet. */
function closing(text: string, from: number): number {
  try {
    return tokenize(text, from).end;
  } catch (error) {
    if (error instanceof Failure) return -1;
    throw error;
  }
}

function draftsAt(
  text: string,
  start: number,
  before: string,
  place: Place,
  environment: Environment | undefined,
): Draft[] {
  const drafts: Draft[] = [];
  const unfinished = `${text.slice(0, start)}${before}\`${MARKER}\``;
  const probe = {
    marker: MARKER,
    member: (target: Typed) => drafts.push(...members(target, environment)),
    name: (scope: Scope | null) => drafts.push(...names(scope, place)),
  };
  try {
    const { tokens } = tokenize(unfinished, start);
    const tree = parse(tokens, { unfinished: true });
    new Checker({ text: unfinished, place, usage: new Usage(), probe }).check(tree, null);
  } catch (error) {
    // The caret's own name is unknown, so that checking always ends in a failure.
    if (!(error instanceof Failure)) throw error;
  }
  return drafts;
}

function members(target: Typed, environment: Environment | undefined): Draft[] {
  return [...dataNames(target, environment), ...membersOfType(target.type).map(memberDraft)];
}

function memberDraft(member: Member): Draft {
  const { name, signature, documentation, owner } = member;
  const called = signature.lists.some((parameters) => parameters.some(({ optional }) => !optional));
  return {
    label: name,
    kind: owner === null ? (signature.lists.length > 0 ? 'function' : 'context') : 'method',
    type: typeName(signature.result),
    documentation: `${signature.text}\n${documentation}`,
    insert: called ? `${name}(` : name,
  };
}

/** Names that the data of the environment has. */
function dataNames(target: Typed, environment: Environment | undefined): Draft[] {
  const dynamic = dynamicMembers(target.type);
  if (!dynamic?.names || !environment) return [];
  try {
    const value = evaluate(target, new Run(environment));
    return Array.from(dynamic.names(value, environment), (name) => ({
      label: name,
      kind: 'property',
      type: typeName(dynamic.result),
      documentation: dynamic.documentation,
    }));
  } catch (error) {
    if (error instanceof EvaluationError) return [];
    throw error;
  }
}

function names(scope: Scope | null, place: Place): Draft[] {
  const drafts: Draft[] = [];
  for (let at = scope; at; at = at.outer)
    if (PLAIN.test(at.name))
      drafts.push({
        label: at.name,
        kind: 'parameter',
        type: typeName(at.type),
        documentation: 'Parameter of the lambda',
      });
  const globals = allGlobals().filter(({ context }) => context === undefined || place.contexts.has(context));
  const keywords = KEYWORDS.map((label): Draft => ({
    label,
    kind: 'keyword',
    type: '',
    documentation: '',
    insert: label === 'if' ? 'if(' : label,
  }));
  return [...drafts, ...globals.map(memberDraft), ...keywords];
}

function variables(place: Place, environment: Environment | undefined): Draft[] {
  if (!place.variables) return [];
  return (environment?.names?.variables ?? []).map((label) => ({
    label,
    kind: 'variable',
    type: 'String',
    documentation: 'Variable; null if it is not set',
  }));
}

/** Outside of a dynamic part: the texts that the type has. */
function literals({ expected }: Place): Draft[] {
  const texts =
    expected?.kind === 'boolean' ? ['true', 'false'] : expected?.kind === 'enum' ? expected.values : [];
  return texts.map((label) => ({
    label,
    kind: 'literal',
    type: expected ? typeName(expected) : '',
    documentation: '',
    insert: label,
  }));
}

/** Those that begin with what was typed, each name once. */
function finish(drafts: readonly Draft[], typed: string, from: number, to: number): Suggestion[] {
  const seen = new Set<string>();
  return drafts
    .filter(
      ({ label }) =>
        label.toLowerCase().startsWith(typed.toLowerCase()) && !seen.has(label) && seen.add(label),
    )
    .map((draft) => ({ ...draft, insert: draft.insert ?? quoted(draft.label), from, to }));
}

function quoted(name: string): string {
  return PLAIN.test(name) && !KEYWORDS.includes(name) ? name : `\`${name}\``;
}
