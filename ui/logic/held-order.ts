/** The rows in a remembered order; those that are not in it yet come where they belong among the rest: at the end. */
export function holdOrder<T>(rows: readonly T[], order: readonly string[], idOf: (row: T) => string): T[] {
  const place = new Map(order.map((id, index) => [id, index]));
  const at = (row: T) => place.get(idOf(row)) ?? Infinity;
  return [...rows].sort((a, b) => {
    const difference = at(a) - at(b);
    return Number.isNaN(difference) ? 0 : difference;
  });
}
