import type { Task, TaskInput } from '../api/types.js';
import { isoDuration } from '../format/time.js';

type Definition = NonNullable<Task['rollout']>;
export type Wave = Definition['waves'][number];
export type StopRule = Definition['stopRules'][number];
export type LengthUnit = 'M' | 'H' | 'D';

/** A length of time as two fields. */
export interface LengthDraft {
  amount: string;
  unit: LengthUnit;
}

export interface WaveDraft {
  kind: Wave['kind'];
  /** Percent, number of devices or group, by kind. */
  value: string;
}

export interface RuleDraft {
  on: StopRule['on'];
  percent: string;
  last: string;
  minimum: string;
}

/** A rollout as it is edited: all numbers as fields hold them. */
export interface RolloutDraft {
  waves: WaveDraft[];
  soak: LengthDraft;
  advance: Definition['advance'];
  minEnded: string;
  minSuccess: string;
  noAnswerAfter: LengthDraft;
  stopRules: RuleDraft[];
}

/** A careful beginning: few devices first, and a stop long before a fault is everywhere. */
export function newRollout(): RolloutDraft {
  return {
    waves: [
      { kind: 'count', value: '10' },
      { kind: 'percent', value: '5' },
      { kind: 'percent', value: '25' },
      { kind: 'rest', value: '' },
    ],
    soak: { amount: '2', unit: 'H' },
    advance: 'automatic',
    minEnded: '50',
    minSuccess: '90',
    noAnswerAfter: { amount: '1', unit: 'H' },
    stopRules: [
      { on: 'errors', percent: '10', last: '50', minimum: '10' },
      { on: 'no-answer', percent: '20', last: '50', minimum: '10' },
    ],
  };
}

export function rolloutDraftOf(rollout: Definition): RolloutDraft {
  return {
    waves: rollout.waves.map((wave) => ({ kind: wave.kind, value: valueOf(wave) })),
    soak: lengthOf(rollout.soak),
    advance: rollout.advance,
    minEnded: String(rollout.minEnded),
    minSuccess: String(rollout.minSuccess),
    noAnswerAfter: lengthOf(rollout.noAnswerAfter),
    stopRules: rollout.stopRules.map(({ on, percent, last, minimum }) => ({
      ...{ on, percent: String(percent), last: String(last), minimum: String(minimum) },
    })),
  };
}

/** What is sent; a field that is no number goes as it is, so that the server names it. */
export function rolloutInput(draft: RolloutDraft): NonNullable<TaskInput['rollout']> {
  return {
    waves: draft.waves.map(waveOf),
    soak: isoOf(draft.soak),
    advance: draft.advance,
    minEnded: number(draft.minEnded),
    minSuccess: number(draft.minSuccess),
    noAnswerAfter: isoOf(draft.noAnswerAfter),
    stopRules: draft.stopRules.map(({ on, percent, last, minimum }) => ({
      ...{ on, percent: number(percent), last: number(last), minimum: number(minimum) },
    })),
  };
}

function valueOf(wave: Wave): string {
  if (wave.kind === 'percent') return String(wave.percent);
  if (wave.kind === 'count') return String(wave.devices);
  return wave.kind === 'group' ? wave.group : '';
}

function waveOf({ kind, value }: WaveDraft): Wave {
  if (kind === 'percent') return { kind, percent: number(value) };
  if (kind === 'count') return { kind, devices: number(value) };
  return kind === 'group' ? { kind, group: value.trim() } : { kind };
}

/** The first field of a wave, as the server's pointers name it. */
export const WAVE_FIELDS: Readonly<Record<WaveDraft['kind'], string>> = {
  percent: 'percent',
  count: 'devices',
  group: 'group',
  rest: '',
};

const UNITS: readonly [LengthUnit, number][] = [
  ['D', 86_400_000],
  ['H', 3_600_000],
  ['M', 60_000],
];

/** In the largest unit that gives a whole number; minutes with a fraction otherwise. */
export function lengthOf(iso: string): LengthDraft {
  const ms = isoDuration(iso) ?? 0;
  const [unit, size] = UNITS.find((one) => ms > 0 && ms % one[1] === 0) ?? (['M', 60_000] as const);
  return { amount: String(Math.round((ms / size) * 1_000) / 1_000), unit };
}

/** An empty or odd amount goes as it is. Minutes may have a fraction, which ISO 8601 has too. */
export function isoOf({ amount, unit }: LengthDraft): string {
  const text = amount.trim();
  return unit === 'D' ? `P${text}D` : `PT${text}${unit}`;
}

/** A field that is no number goes as it is, so that the server names it. */
export function number(text: string): number {
  return /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : (text as unknown as number);
}

/** A wave in words. */
export function waveText(wave: Wave): string {
  switch (wave.kind) {
    case 'percent':
      return `${wave.percent} % of the devices`;
    case 'count':
      return wave.devices === 1 ? '1 device' : `${wave.devices} devices`;
    case 'group':
      return `Members of ${wave.group}`;
    case 'rest':
      return 'All that are left';
  }
}

/** A stop rule in words. */
export function ruleText({ on, percent, last, minimum }: StopRule): string {
  const what = on === 'errors' ? 'ended with ERROR' : 'gave no answer in time';
  return `${percent} % or more of the last ${last} results ${what} (from ${minimum} on)`;
}
