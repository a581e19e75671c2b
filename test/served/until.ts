import { setTimeout as pause } from 'node:timers/promises';

/** Looks again and again until `look` gives something; rejects with what was awaited when it takes too long. */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | null | undefined | false>,
  timeout = 45_000,
): Promise<Found> {
  const end = Date.now() + timeout;
  for (;;) {
    const found = await look();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${timeout} ms`);
    await pause(100);
  }
}
