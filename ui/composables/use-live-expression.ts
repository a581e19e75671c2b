import { useQuery } from '@pinia/colada';
import { refDebounced } from '@vueuse/core';
import { computed } from 'vue';
import { expressions, type ExpressionSubject, type Place } from '../api/expressions.js';
import type { CodeProblem, Suggest } from '../editor/types.js';
import { suggestionsOf } from '../logic/expression-suggest.js';

/** Longer ones wait for the server's word until they are saved. */
const MOST = 60_000;

/** What the server says of an expression a moment after it was typed: what is wrong with it, and what it gives now. */
export function useLiveExpression(
  text: () => string,
  place: () => Place | null,
  subject: () => ExpressionSubject,
) {
  const settled = refDebounced(computed(text), 350);
  const asks = computed(
    () => place() !== null && settled.value.includes('${') && settled.value.length < MOST,
  );
  const answer = useQuery({
    key: () => ['expression', place() ?? '', settled.value, JSON.stringify(subject())],
    enabled: () => asks.value,
    query: ({ signal }) => expressions.check(settled.value, place() ?? 'sandbox', subject(), { signal }),
    staleTime: 5_000,
  });
  /** Of the text that stands there, and of no earlier one. */
  const checked = computed(() =>
    asks.value && settled.value === text() && !answer.error.value ? (answer.data.value ?? null) : null,
  );
  const problems = computed((): CodeProblem[] =>
    (checked.value?.issues ?? []).map(({ from, to, message }) => ({ from, to, message, severity: 'error' })),
  );
  const value = computed(() => checked.value?.evaluation ?? null);
  const suggest: Suggest = async (typed, offset) => {
    const at = place();
    if (at === null || typed.length > MOST) return null;
    return suggestionsOf(await expressions.complete(typed, offset, at, subject()));
  };
  return { problems, value, suggest };
}
