import { ROLLOUT_DEFAULTS } from '../../../../acs/tasks/rollouts/rollout-input.js';
import type { StagedTask } from '../../../../acs/tasks/rollouts/rollout-results.js';
import { startedRollout } from '../../../../acs/tasks/rollouts/rollout-state.js';
import type { OpenedWave, RolloutDefinition, RolloutState, Wave } from '../../../../store/models/rollout.js';
import { makeTask } from '../make-task.js';

export const T0 = new Date('2026-03-01T12:00:00Z');

export function makeRollout(fields: Partial<RolloutDefinition> = {}): RolloutDefinition {
  return { ...ROLLOUT_DEFAULTS, stopRules: [], waves: [{ kind: 'rest' }], ...fields };
}

export function makeState(opened: OpenedWave[] = [], fields: Partial<RolloutState> = {}): RolloutState {
  return { ...startedRollout({ by: 'u', at: T0, note: '' }), opened, ...fields };
}

export function openedWave(wave: Wave, below: number, fields: Partial<OpenedWave> = {}): OpenedWave {
  return { wave, below, devices: 0, at: T0, by: 'u', ...fields };
}

export function makeStaged(
  opened: OpenedWave[],
  { rollout = {}, state = {} }: { rollout?: Partial<RolloutDefinition>; state?: Partial<RolloutState> } = {},
): StagedTask {
  return {
    ...makeTask('g:root.g:1', { group: 'root.g', appliesToSubgroups: true }),
    rollout: makeRollout(rollout),
    rolloutState: makeState(opened, state),
  };
}
