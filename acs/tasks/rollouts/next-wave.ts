import type { RolloutDefinition, RolloutState, WaveFigures } from '../../../store/models/rollout.js';

/** What the next wave waits for; `ready` = nothing, it opens at the next look. */
export type Awaits = 'ready' | 'soak' | 'results' | 'success' | 'operator' | 'continue';

export interface NextWave {
  /** Index of the wave that comes next. */
  wave: number;
  awaits: Awaits;
  /** The end of the soak time; null before the first wave. */
  soakedAt: Date | null;
  /** Of the newest wave: results it has, and needs. */
  results: number;
  needed: number;
  /** Of those, the good ones. */
  good: number;
}

/** Devices of a wave that have a result; those that gave no answer have one too. */
export function resultsOf(figures: WaveFigures): number {
  const { SUCCESS = 0, WARNING = 0, ERROR = 0, NO_ANSWER = 0 } = figures;
  return SUCCESS + WARNING + ERROR + NO_ANSWER;
}

export function goodOf({ SUCCESS = 0, WARNING = 0 }: WaveFigures): number {
  return SUCCESS + WARNING;
}

/**
 * Which wave opens next and what for it waits; null = all are open. The first wave waits for nothing. `newest`: the figures
 * of the wave that was opened last.
 */
export function nextWave(
  definition: RolloutDefinition,
  { opened, all, phase }: Pick<RolloutState, 'opened' | 'all' | 'phase'>,
  newest: WaveFigures,
  now: Date,
): NextWave | null {
  const wave = opened.length;
  if (all || wave >= definition.waves.length) return null;
  const last = opened.at(-1);
  const results = resultsOf(newest);
  const good = goodOf(newest);
  const needed = Math.ceil(((last?.devices ?? 0) * definition.minEnded) / 100);
  const soakedAt = last ? new Date(last.at.getTime() + definition.soak * 1_000) : null;
  const next = { wave, soakedAt, results, needed, good };
  if (phase === 'paused') return { ...next, awaits: 'continue' };
  if (!soakedAt) return { ...next, awaits: 'ready' };
  if (now < soakedAt) return { ...next, awaits: 'soak' };
  if (definition.advance === 'manual') return { ...next, awaits: 'operator' };
  if (results < needed) return { ...next, awaits: 'results' };
  if (good * 100 < definition.minSuccess * results) return { ...next, awaits: 'success' };
  return { ...next, awaits: 'ready' };
}
