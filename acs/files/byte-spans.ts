import type { ByteSpan } from './file-content.js';

export type RangeAnswer =
  | { kind: 'whole' }
  | { kind: 'span'; span: ByteSpan }
  /** 416: no byte of the range exists. */
  | { kind: 'unsatisfiable' };

/**
 * Which bytes a `Range` header asks for (RFC 9110 §14.1.2). A header that is malformed, of another unit or of several
 * ranges is ignored, as the RFC allows: the whole file is the answer that every CPE understands.
 */
export function parseRange(header: string | undefined, size: number): RangeAnswer {
  const [, first = '', last = ''] = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? '') ?? [];
  if (first === '' && last === '') return { kind: 'whole' };
  const from = Number(first);
  const to = Number(last);
  if (first === '') {
    if (to === 0 || size === 0) return { kind: 'unsatisfiable' };
    return { kind: 'span', span: { start: Math.max(0, size - to), end: size } };
  }
  if (last !== '' && to < from) return { kind: 'whole' };
  if (from >= size) return { kind: 'unsatisfiable' };
  return { kind: 'span', span: { start: from, end: last === '' ? size : Math.min(to + 1, size) } };
}

/** The same bytes as the fewest spans, in order. */
export function mergeSpans(spans: readonly (readonly [number, number])[]): [number, number][] {
  const sorted = spans.filter(([start, end]) => start < end).sort((one, other) => one[0] - other[0]);
  const merged: [number, number][] = [];
  for (const [start, end] of sorted) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/** Whether the spans together are all of a file of this size. */
export function coversAll(spans: readonly (readonly [number, number])[], size: number): boolean {
  if (size === 0) return true;
  const [first] = mergeSpans(spans);
  return first?.[0] === 0 && first[1] >= size;
}
