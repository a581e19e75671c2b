/**
 * Runs `act` at once, then at most every `interval` milliseconds: many events make few fetches, and the last one is
 * never lost.
 */
export function calm(act: () => unknown, interval: number): () => void {
  let last = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = () => {
    timer = undefined;
    last = Date.now();
    // A fetch that a newer one replaced is aborted; queries keep their own errors.
    Promise.resolve(act()).catch(() => undefined);
  };
  return () => {
    if (timer !== undefined) return;
    const wait = last + interval - Date.now();
    if (wait <= 0) run();
    else timer = setTimeout(run, wait);
  };
}
