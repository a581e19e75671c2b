import { Duration } from 'luxon';
import type { NextWave } from '../../acs/tasks/rollouts/next-wave.js';
import type { StagedTask } from '../../acs/tasks/rollouts/rollout-results.js';
import type { RolloutView } from '../../acs/tasks/rollouts/rollouts.js';
import type {
  BrokenRule,
  RolloutDefinition,
  RolloutPause,
  RolloutState,
  Wave,
} from '../../store/models/rollout.js';
import { timeJson } from './json.js';

/** `PT2H` of 7,200 seconds. */
function lengthJson(seconds: number): string {
  return Duration.fromObject({ seconds }).rescale().toISO();
}

export function rolloutDefinitionJson({ soak, noAnswerAfter, ...rest }: RolloutDefinition) {
  return { ...rest, soak: lengthJson(soak), noAnswerAfter: lengthJson(noAnswerAfter) };
}

export function rolloutHeadJson(task: StagedTask) {
  const { _id, name, type, group, active, rolloutState: state } = task;
  const waves = waveCount(task);
  return {
    task: _id,
    name,
    type,
    group: group ?? '',
    active,
    startedAt: state.startedAt.toISOString(),
    phase: phaseOf(state, waves),
    waves,
    opened: state.opened.length,
    pause: state.phase === 'paused' && state.pause ? pauseJson(state.pause) : null,
  };
}

export function rolloutJson({ task, figures, running, next, rules, results }: RolloutView) {
  const { rollout, rolloutState: state } = task;
  return {
    ...rolloutHeadJson(task),
    definition: rolloutDefinitionJson(rollout),
    figures: figures.map(({ SUCCESS = 0, WARNING = 0, ERROR = 0, NO_ANSWER = 0 }, index) => {
      const opened = state.opened[index];
      return {
        wave: opened?.wave ?? waveAt(rollout, index),
        at: timeJson(opened?.at ?? null),
        by: opened?.by ?? null,
        devices: opened?.devices ?? null,
        ...{ SUCCESS, WARNING, ERROR, NO_ANSWER },
      };
    }),
    running,
    next: next && {
      ...next,
      wave: next.wave + 1,
      soakedAt: timeJson(next.soakedAt),
      text: waitText(next, rollout),
    },
    rules,
    results: results.map(({ wave, at, ...result }) => ({ ...result, wave: wave + 1, at: at.toISOString() })),
    steps: state.steps.map(({ at, ...step }) => ({ ...step, at: at.toISOString() })).reverse(),
  };
}

const waveCount = ({ rollout, rolloutState: { all, opened } }: StagedTask): number =>
  all ? opened.length : rollout.waves.length;

const waveAt = ({ waves }: RolloutDefinition, index: number): Wave => waves[index] ?? { kind: 'rest' };

function phaseOf({ phase, opened }: RolloutState, waves: number): 'running' | 'paused' | 'complete' {
  if (phase === 'paused') return 'paused';
  return opened.length >= waves ? 'complete' : 'running';
}

function pauseJson({ at, by, note, broken }: RolloutPause) {
  return { at: at.toISOString(), by, note, broken, text: broken ? stopText(broken) : pauseText(by, note) };
}

const pauseText = (by: string, note: string): string => `Paused by ${by}${note === '' ? '' : `: ${note}`}`;

const OUTCOMES = { errors: 'ended with ERROR', 'no-answer': 'gave no answer in time' } as const;

function stopText({ rule, hits, sample }: BrokenRule): string {
  const share = Math.round((hits * 1_000) / sample) / 10;
  return (
    `Stopped by a rule: ${hits} of the last ${sample} results (${share} %) ${OUTCOMES[rule.on]}; ` +
    `the limit is ${rule.percent} % of the last ${rule.last}, from ${rule.minimum} results on`
  );
}

function waitText({ awaits, results, needed, good }: NextWave, { minSuccess }: RolloutDefinition): string {
  switch (awaits) {
    case 'ready':
      return 'Opens at the next look, within 15 seconds';
    case 'soak':
      return 'Waits for the end of the soak time';
    case 'results':
      return `Waits for results: ${results} of ${needed}`;
    case 'success':
      return `Waits for good results: ${good} of ${results}, ${minSuccess} % are needed`;
    case 'operator':
      return 'Waits for an operator to open it';
    case 'continue':
      return 'Waits until the rollout is continued';
  }
}
