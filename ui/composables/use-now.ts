import { readonly, ref, type Ref } from 'vue';

/** One clock for all ages on the page: it ticks every 10 s, and every second while something asks for it. */
const now = ref(Date.now());
setInterval(() => {
  if (!document.hidden) now.value = Date.now();
}, 5_000);

export function useNow(): Readonly<Ref<number>> {
  return readonly(now);
}

/** Puts the clock forward at once, when news came that ages are told against. */
export function touchNow(): void {
  now.value = Date.now();
}
