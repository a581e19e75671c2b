import { useStorage } from '@vueuse/core';
import { defineStore } from 'pinia';
import { watchEffect } from 'vue';

export type ThemeChoice = 'system' | 'light' | 'dark';
export type Density = 'compact' | 'comfortable';

/** What this person likes on this computer; kept in the browser. */
export const usePreferences = defineStore('preferences', () => {
  const theme = useStorage<ThemeChoice>('provost.theme', 'system');
  const density = useStorage<Density>(
    'provost.density',
    window.matchMedia('(pointer: coarse)').matches ? 'comfortable' : 'compact',
  );
  /** Single letters as shortcuts; they get in the way of some voice input. */
  const singleKeys = useStorage('provost.singleKeys', true);
  const railFolded = useStorage('provost.railFolded', false);
  const inventoryColumns = useStorage<string[]>('provost.inventory.columns', [
    'identity',
    'state',
    'description',
    'wanIp',
    'manufacturer',
    'model',
    'softwareVersion',
    'lastVisit',
  ]);
  /** The search operator that was last used in a column. */
  const operators = useStorage<Record<string, string>>('provost.inventory.operators', {});
  const taskColumns = useStorage<string[]>('provost.tasks.columns', []);

  watchEffect(() => {
    document.documentElement.dataset.density = density.value;
  });

  return { theme, density, singleKeys, railFolded, inventoryColumns, operators, taskColumns };
});
