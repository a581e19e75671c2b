import type { Rollout } from '../api/types.js';
import { taskProgress } from './task-progress.js';

type Figures = Rollout['figures'][number];

/** The bar of a wave: devices by their latest outcome; one that gave no answer counts as running. */
export function waveProgress({ devices, SUCCESS, WARNING, ERROR, NO_ANSWER }: Figures) {
  const { parts, total } = taskProgress(
    { NOT_STARTED: 0, IN_PROGRESS: NO_ANSWER, SUCCESS, WARNING, ERROR },
    devices ?? 0,
  );
  return { parts, total };
}
