import type { OpenedWave, Wave } from '../../../store/models/rollout.js';
import { justAbove } from './position.js';

/** The devices of a group as they are when a wave opens. */
export interface Members {
  /** How many there are. */
  total: number;
  /** Positions of those that no wave has let in yet. */
  waiting: readonly number[];
  /** How many of those are members of the group that the wave names; 0 for other waves. */
  inGroup: number;
}

/**
 * What a wave comes to when it opens: the limit of positions that is frozen then, and how many devices it lets in. A share
 * is rounded up, so that a wave of a small group is not empty. `opened`: the waves before it.
 */
export function limitOf(
  wave: Wave,
  opened: readonly Pick<OpenedWave, 'wave' | 'below'>[],
  { total, waiting, inGroup }: Members,
): Pick<OpenedWave, 'below' | 'devices'> {
  const before = opened.at(-1)?.below ?? 0;
  switch (wave.kind) {
    case 'group':
      return { below: before, devices: inGroup };
    case 'rest':
      return { below: 1, devices: waiting.length };
    case 'count':
      return firstOf(waiting, wave.devices, before);
    case 'percent': {
      const shares = [...opened.map((one) => one.wave), wave].map(shareOf);
      // Who joins a group later finds all its waves open then.
      if (sum(shares) >= 100 - ROUNDING) return { below: 1, devices: waiting.length };
      if (total === 0) return { below: Math.min(1, before + wave.percent / 100), devices: 0 };
      return firstOf(waiting, Math.ceil((wave.percent / 100) * total - ROUNDING), before);
    }
  }
}

/** Of sums of decimal fractions. */
const ROUNDING = 1e-9;

function firstOf(
  waiting: readonly number[],
  wanted: number,
  before: number,
): Pick<OpenedWave, 'below' | 'devices'> {
  const devices = Math.min(wanted, waiting.length);
  // Typed, since it sorts by number, and a million of them in a tenth of a second.
  const last = Float64Array.from(waiting).sort()[devices - 1];
  return { below: last === undefined ? before : Math.max(before, justAbove(last)), devices };
}

const shareOf = (wave: Wave): number => (wave.kind === 'percent' ? wave.percent : 0);
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
