import { useQuery } from '@pinia/colada';
import { refDebounced } from '@vueuse/core';
import { computed } from 'vue';
import { schedules } from '../api/nbi.js';
import type { SchedulePreview } from '../api/types.js';
import { spanErrors, spanInput, type SpanDraft } from '../logic/schedule-draft.js';
import { fieldErrors } from '../texts/problems.js';

/** What the server makes of a schedule a moment after it was changed: its words, its next spans, or what is wrong. */
export function useSchedulePreview(span: () => SpanDraft, wanted: () => boolean = () => true) {
  const now = computed(() => JSON.stringify(spanInput(span())));
  const settled = refDebounced(now, 300);
  const answer = useQuery({
    key: () => ['schedule-preview', settled.value],
    enabled: wanted,
    query: ({ signal }): Promise<SchedulePreview> =>
      schedules.preview(JSON.parse(settled.value) as Parameters<typeof schedules.preview>[0], { signal }),
    placeholderData: (previous: SchedulePreview | undefined) => previous,
  });
  return {
    preview: computed(() => (answer.error.value ? null : (answer.data.value ?? null))),
    errors: computed(() => spanErrors(fieldErrors(answer.error.value))),
  };
}
