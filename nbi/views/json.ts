export function timeJson(time: Date | null): string | null {
  return time === null ? null : time.toISOString();
}

/** ISO 8601, in seconds and thousandths; `PT0S` at least. */
export function durationJson(milliseconds: number): string {
  return `PT${Math.max(0, Math.round(milliseconds)) / 1000}S`;
}

export function durationBetween(from: Date | null, to: Date | null): string | null {
  return from === null || to === null ? null : durationJson(to.getTime() - from.getTime());
}
