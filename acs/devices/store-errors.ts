/** Whether a write failed on a unique index: known by its code alone, since engines differ in all else. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 11000;
}
