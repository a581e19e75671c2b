import type { CodeSuggestion, CodeSuggestions } from '../editor/types.js';

interface Item {
  label: string;
  type: string;
  documentation: string;
  insert: string;
}

interface Completion {
  from: number;
  to: number;
  items: readonly (Item & { kind?: string })[];
}

const KINDS: Readonly<Record<string, NonNullable<CodeSuggestion['kind']>>> = {
  context: 'variable',
  function: 'function',
  method: 'function',
  property: 'property',
  parameter: 'property',
  variable: 'variable',
  keyword: 'keyword',
  literal: 'value',
};

/** What the server offers, as the editor shows it; null = nothing. */
export function suggestionsOf(
  { from, to, items }: Completion,
  kind: NonNullable<CodeSuggestion['kind']> = 'value',
): CodeSuggestions | null {
  if (items.length === 0) return null;
  return {
    from,
    to,
    items: items.map((one): CodeSuggestion => ({
      label: one.label,
      ...(one.type === '' ? {} : { detail: one.type }),
      ...(one.documentation === '' ? {} : { info: one.documentation }),
      insert: one.insert,
      kind: one.kind === undefined ? kind : (KINDS[one.kind] ?? kind),
    })),
  };
}
