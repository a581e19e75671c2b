import { mdiArrowRight, mdiInfinity, mdiRestart, mdiSwapHorizontal } from '@mdi/js';
import type { Task } from '../api/types.js';

/** How a task is executed: once, again in each session, transient; and again on bootstrap. */
export function kindsOf(task: Task): { icon: string; word: string }[] {
  const main = task.transientReport
    ? { icon: mdiInfinity, word: 'Runs in every session, keeps no report' }
    : task.automaticRestart
      ? { icon: mdiSwapHorizontal, word: 'Restarts automatically in each session' }
      : { icon: mdiArrowRight, word: 'Runs once' };
  return task.repeatOnBootstrap ? [main, { icon: mdiRestart, word: 'Runs again after a bootstrap' }] : [main];
}
