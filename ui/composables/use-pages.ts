import { ref } from 'vue';

/** Walks a list by cursors: those of the pages before are kept, so that one can go back. */
export function usePages(after: () => string | null, go: (after: string | null) => void) {
  const before = ref<(string | null)[]>([]);
  return { before, forward, back, restart };

  function forward(next: string | null): void {
    before.value = [...before.value, after()];
    go(next);
  }

  /** Where the pages before are not known (a pasted address), the first one. */
  function back(): void {
    const to = before.value.at(-1) ?? null;
    before.value = before.value.slice(0, -1);
    go(to);
  }

  function restart(): void {
    before.value = [];
  }
}
