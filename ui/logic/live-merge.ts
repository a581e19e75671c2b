/** Ids of the shown rows that events concern; rows that are not shown cost nothing. */
export function touchedIds(shown: ReadonlySet<string>, subjects: readonly string[]): string[] {
  return [...new Set(subjects)].filter((id) => shown.has(id));
}

/** The shown rows with what is newer in them, in the order in which they stand: nothing moves by itself. */
export function mergeRows<T extends { id: string }>(shown: readonly T[], fresh: readonly T[]): T[] {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  return shown.map((row) => byId.get(row.id) ?? row);
}
