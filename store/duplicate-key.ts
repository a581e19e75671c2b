/** Whether a write was refused since a unique index has its key already; known by the code alone, which all engines share. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 11000;
}
