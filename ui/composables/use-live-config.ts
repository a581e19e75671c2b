import { useQuery } from '@pinia/colada';
import { refDebounced } from '@vueuse/core';
import { computed } from 'vue';
import { expressions, type ExpressionSubject } from '../api/expressions.js';
import type { CodeProblem, CodeSuggestions } from '../editor/types.js';
import { suggestionsOf } from '../logic/expression-suggest.js';

const KINDS = { tag: 'tag', 'end-tag': 'tag', attribute: 'attribute' } as const;

/** What the server says of the XML of a configuration a moment after it was typed, and what may stand at a place of it. */
export function useLiveConfig(
  type: () => string,
  xml: () => string,
  wanted: () => boolean,
  subject: () => ExpressionSubject,
) {
  const settled = refDebounced(computed(xml), 400);
  const answer = useQuery({
    key: () => ['config-check', type(), settled.value],
    enabled: wanted,
    query: ({ signal }) => expressions.checkConfig(type(), settled.value, { signal }),
    staleTime: 5_000,
  });
  const found = computed(() =>
    wanted() && settled.value === xml() && !answer.error.value ? (answer.data.value?.problems ?? []) : [],
  );
  const problems = computed((): CodeProblem[] =>
    found.value.map(({ from, to, message }) => ({ from, to, message, severity: 'error' })),
  );
  const suggest = async (text: string, offset: number): Promise<CodeSuggestions | null> => {
    const completion = await expressions.completeConfig(type(), text, offset, subject());
    const kind = completion.kind in KINDS ? KINDS[completion.kind as keyof typeof KINDS] : 'value';
    return suggestionsOf(completion, kind);
  };
  return { found, problems, suggest };
}
