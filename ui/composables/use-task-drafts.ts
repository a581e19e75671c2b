import { useEventListener, useIntervalFn } from '@vueuse/core';
import { ref, shallowRef } from 'vue';
import { clock } from '../format/time.js';
import { completeDraft, withoutSecrets, type TaskDraft } from '../logic/task-draft.js';

interface KeptDraft {
  at: string;
  draft: TaskDraft;
}

const PREFIX = 'provost.draft.task.';
const KEEP_MS = 14 * 86_400_000;

/**
 * Keeps an unsaved task in the browser, without secrets, every few seconds and when the page is left; a later visit
 * finds it.
 */
export function useTaskDrafts(key: () => string, draft: () => TaskDraft | null, worthKeeping: () => boolean) {
  const savedAt = ref('');
  const found = shallowRef<KeptDraft | null>(null);
  let last = '';

  useIntervalFn(keep, 3_000);
  useEventListener(window, 'beforeunload', keep);
  return { savedAt, found, look, keep, takeUp, drop };

  function name(): string {
    return PREFIX + key();
  }

  /** Finds what was left behind; too old is thrown away. */
  function look(): void {
    const text = localStorage.getItem(name());
    if (text === null) return;
    try {
      const kept = JSON.parse(text) as KeptDraft;
      if (Date.now() - Date.parse(kept.at) > KEEP_MS) localStorage.removeItem(name());
      else found.value = kept;
    } catch {
      localStorage.removeItem(name());
    }
  }

  function keep(): void {
    const now = draft();
    if (now === null || !worthKeeping() || found.value !== null) return;
    const text = JSON.stringify(withoutSecrets(now));
    if (text === last) return;
    last = text;
    localStorage.setItem(
      name(),
      JSON.stringify({ at: new Date().toISOString(), draft: withoutSecrets(now) }),
    );
    savedAt.value = clock(new Date());
  }

  function takeUp(): TaskDraft | null {
    const kept = found.value?.draft ?? null;
    found.value = null;
    return kept === null ? draft() : completeDraft(kept);
  }

  function drop(): void {
    found.value = null;
    localStorage.removeItem(name());
    savedAt.value = '';
  }
}
