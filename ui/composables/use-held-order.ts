import { useIntervalFn } from '@vueuse/core';
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { holdOrder } from '../logic/held-order.js';

const QUIET_MS = 1_000;

/**
 * The list in the server's order, but not under a moving pointer: while a menu is open or for a second after the
 * pointer moved over it, rows keep their places and only their cells change.
 */
export function useHeldOrder<T>(
  fresh: Ref<readonly T[]>,
  idOf: (row: T) => string,
  menuOpen: Ref<boolean>,
): { rows: ComputedRef<readonly T[]>; onPointerMove: () => void } {
  const order = shallowRef<string[]>([]);
  const movedAt = ref(0);

  watch(fresh, settle, { immediate: true });
  watch(menuOpen, settle);
  useIntervalFn(settle, 300);

  return {
    rows: computed(() => holdOrder(fresh.value, order.value, idOf)),
    onPointerMove: () => (movedAt.value = Date.now()),
  };

  function settle(): void {
    if (menuOpen.value || Date.now() - movedAt.value < QUIET_MS) return;
    const next = fresh.value.map(idOf);
    if (next.join(' ') !== order.value.join(' ')) order.value = next;
  }
}
