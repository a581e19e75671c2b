import { useStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { ref } from 'vue';

/** A value that the operator wants, not sent yet. `old` is what was known when it was typed. */
export interface StagedChange {
  path: string;
  value: string;
  old: string | null;
  readAt: string | null;
  type: string | null;
  secret: boolean;
}

/** Pending changes of each device, per browser; those of secrets live only as long as the page. */
export const useStagedChanges = defineStore('staged changes', () => {
  const kept = useStorage<Record<string, StagedChange[]>>('provost.staged', {});
  const secrets = ref<Record<string, StagedChange[]>>({});

  return { of, stage, drop, clear };

  function of(device: string): StagedChange[] {
    return [...(kept.value[device] ?? []), ...(secrets.value[device] ?? [])];
  }

  function stage(device: string, change: StagedChange): void {
    drop(device, change.path);
    const store = change.secret ? secrets : kept;
    store.value = { ...store.value, [device]: [...(store.value[device] ?? []), change] };
  }

  function drop(device: string, path: string): void {
    for (const store of [kept, secrets]) {
      const rest = (store.value[device] ?? []).filter((one) => one.path !== path);
      const { [device]: _, ...others } = store.value;
      store.value = rest.length === 0 ? others : { ...others, [device]: rest };
    }
  }

  function clear(device: string): void {
    for (const one of of(device)) drop(device, one.path);
  }
});
