import { createHash } from 'node:crypto';

const BYTES = 6;
const STEPS = 2 ** (BYTES * 8);

/**
 * Where a device stands in the rollouts of a task: 0 ≤ position < 1, evenly spread, the same for ever. No list of devices is
 * kept; the same devices are first after a rerun or an edit, and others in another task.
 */
export function position(task: string, device: string): number {
  const hash = createHash('sha256').update(`${task}\n${device}`).digest();
  return hash.readUIntBE(0, BYTES) / STEPS;
}

/** The lowest limit below which a position lies. */
export function justAbove(at: number): number {
  return at + 1 / STEPS;
}
