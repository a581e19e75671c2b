/** Whether one of the held keys gives the wanted one: the key itself, or a node above it (administration.md §3). */
export function grants(held: readonly string[], wanted: string): boolean {
  return held.some((key) => key === wanted || wanted.startsWith(`${key}.`));
}
