import type { Rollouts } from '../tasks/rollouts/rollouts.js';
import type { JobDefinition } from './jobs.js';

const INTERVAL = 15_000;

/** What happens to rollouts without a result coming in (docs/rollouts.md). */
export function rolloutJobs(rollouts: Pick<Rollouts, 'lookAtAll'>): JobDefinition[] {
  return [
    {
      name: 'tasks.open-waves',
      title: 'Open waves of rollouts, and stop those whose devices give no answer',
      interval: INTERVAL,
      run: async (now) => {
        const changed = await rollouts.lookAtAll(now);
        if (changed === 0) return 'nothing to do';
        return `${changed} ${changed === 1 ? 'rollout' : 'rollouts'} went on`;
      },
    },
  ];
}
