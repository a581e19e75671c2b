import { ref, type Ref } from 'vue';

/** Copies text and says so for two seconds. */
export function useCopy(): { copied: Readonly<Ref<boolean>>; copy: (text: string) => Promise<void> } {
  const copied = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  return { copied, copy };

  async function copy(text: string): Promise<void> {
    await navigator.clipboard.writeText(text);
    copied.value = true;
    clearTimeout(timer);
    timer = setTimeout(() => (copied.value = false), 2_000);
  }
}
