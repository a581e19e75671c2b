import type { LiveEvent } from '../api/types.js';

/** What a part of the screen follows; without a device, all of them. */
export interface LiveFilter {
  types: readonly string[];
  device?: string;
}

/** Whether an event concerns a filter: `task.*` stands for all of its kind. */
export function fits(filter: LiveFilter, event: LiveEvent): boolean {
  const kind = filter.types.some((type) =>
    type.endsWith('.*') ? event.type.startsWith(type.slice(0, -1)) : event.type === type,
  );
  return kind && (filter.device === undefined || deviceOf(event) === filter.device);
}

export function deviceOf(event: LiveEvent): string {
  const { device } = event.data;
  return typeof device === 'string' ? device : event.subject;
}

/** The narrowest query that serves all filters: the device only when all mean the same one. */
export function joinFilters(filters: readonly LiveFilter[]): { types: string[]; device: string | null } {
  const types = [...new Set(filters.flatMap((one) => one.types))].sort();
  const ids = new Set(filters.map((one) => one.device));
  const [device] = ids.size === 1 ? ids : [];
  return { types, device: device ?? null };
}
