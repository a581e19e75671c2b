import type { ScheduleInput } from '../api/types.js';
import { fromLocalInput, localInput } from '../format/time.js';
import { ALWAYS } from './week-map.js';

/** A schedule as it is edited: times as `datetime-local` fields hold them, in the time of this computer. */
export interface SpanDraft {
  description: string;
  start: string;
  end: string;
  /** IANA time zone of the week map; empty = that of the server. */
  zone: string;
  map: string;
}

export function newSpan(): SpanDraft {
  return { description: '', start: '', end: '', zone: '', map: ALWAYS };
}

export function spanDraftOf(span: {
  description: string;
  start: string | null;
  end: string | null;
  zone: string;
  map: string;
}): SpanDraft {
  const { description, start, end, zone, map } = span;
  return { description, start: localInput(start), end: localInput(end), zone, map };
}

export function spanInput(draft: SpanDraft): ScheduleInput {
  return {
    description: draft.description.trim(),
    start: fromLocalInput(draft.start),
    end: fromLocalInput(draft.end),
    zone: draft.zone,
    map: draft.map,
  };
}

/** Messages about a schedule by the names of its fields, wherever in a body it stands. */
export function spanErrors(errors: Record<string, string>, below = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors)
      .filter(([pointer]) => pointer.startsWith(`${below}/`))
      .map(([pointer, message]) => [pointer.slice(below.length + 1), message]),
  );
}
