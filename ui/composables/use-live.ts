import { onScopeDispose, toValue, watch, type MaybeRefOrGetter } from 'vue';
import { watchLive } from '../api/live.js';
import type { LiveEvent } from '../api/types.js';
import type { LiveFilter } from '../logic/live-filter.js';
import { touchNow } from './use-now.js';

/** Follows events for the life of the component; after a gap `onGap` fetches again what is shown. */
export function useLive(
  filter: MaybeRefOrGetter<LiveFilter>,
  onEvents: (events: LiveEvent[]) => void,
  onGap: () => void,
): void {
  let stop = () => {};
  watch(
    () => toValue(filter),
    (wanted) => {
      stop();
      stop = watchLive({
        ...wanted,
        onEvents(events) {
          touchNow();
          onEvents(events);
        },
        onGap,
      });
    },
    { immediate: true, deep: true },
  );
  onScopeDispose(() => stop());
}
