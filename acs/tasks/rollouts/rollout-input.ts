import { Duration } from 'luxon';
import { z } from 'zod';
import { ValidationError, type FieldIssue } from '../../../common/errors.js';
import type { RolloutDefinition, RolloutState, Wave } from '../../../store/models/rollout.js';
import type { TaskRecord } from '../../../store/models/task.js';
import { isWithin } from '../../devices/groups/group-name.js';
import { groupName } from '../group-path.js';

export const MAX_WAVES = 50;
export const MAX_STOP_RULES = 10;
/** Results that a stop rule looks at, at most. */
export const MAX_LAST = 500;
/** Seconds of a year. */
const MAX_DURATION = 31_536_000;

/** Lengths of time are ISO 8601 texts, or seconds as they are stored. */
type Length = string | number;

/** A rollout as it may be given; what is left out takes its default. */
export interface RolloutInput {
  waves: Wave[];
  soak?: Length | undefined;
  advance?: RolloutDefinition['advance'] | undefined;
  minEnded?: number | undefined;
  minSuccess?: number | undefined;
  noAnswerAfter?: Length | undefined;
  stopRules?: RolloutDefinition['stopRules'] | undefined;
}

const HOUR = 3_600;
export const ROLLOUT_DEFAULTS = {
  soak: HOUR,
  advance: 'automatic',
  minEnded: 50,
  minSuccess: 90,
  noAnswerAfter: HOUR,
  stopRules: [],
} as const satisfies Partial<RolloutDefinition>;

export const percent = z.number().min(0).max(100);

const waveSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent'), percent: percent.gt(0) }),
  z.strictObject({ kind: z.literal('count'), devices: z.number().int().min(1).max(100_000_000) }),
  z.strictObject({ kind: z.literal('group'), group: groupName }),
  z.strictObject({ kind: z.literal('rest') }),
]);

/** As it is stored. */
export const rolloutDefinition = z.strictObject({
  waves: z.array(waveSchema).min(1, 'a rollout needs a wave').max(MAX_WAVES).superRefine(wavesFitTogether),
  soak: z.number().int().min(0).max(MAX_DURATION),
  advance: z.enum(['automatic', 'manual']),
  minEnded: percent,
  minSuccess: percent,
  noAnswerAfter: z.number().int().min(1).max(MAX_DURATION),
  stopRules: z
    .array(
      z
        .strictObject({
          on: z.enum(['errors', 'no-answer']),
          percent: percent.gt(0),
          last: z.number().int().min(1).max(MAX_LAST),
          minimum: z.number().int().min(1),
        })
        .refine(({ minimum, last }) => minimum <= last, {
          path: ['minimum'],
          message: 'is more than the results that are looked at',
        }),
    )
    .max(MAX_STOP_RULES),
}) satisfies z.ZodType<RolloutDefinition>;

/** What was given with its defaults, times in seconds; not validated further. Throws `ValidationError` for a text that is no duration. */
export function rolloutOf(given: RolloutInput, pointer: string): RolloutDefinition {
  const { soak, noAnswerAfter, ...rest } = given;
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...ROLLOUT_DEFAULTS,
    stopRules: [],
    waves: [],
    ...said,
    soak: seconds(soak ?? ROLLOUT_DEFAULTS.soak, `${pointer}/soak`),
    noAnswerAfter: seconds(noAnswerAfter ?? ROLLOUT_DEFAULTS.noAnswerAfter, `${pointer}/noAnswerAfter`),
  };
}

/** Refuses a rollout that its task could not carry out. Throws `ValidationError` with a pointer to each wrong field. */
export function checkRollout(
  rollout: RolloutDefinition,
  task: Pick<TaskRecord, 'group' | 'appliesToSubgroups' | 'automaticRestart' | 'transientReport'>,
): void {
  const { group, automaticRestart, transientReport, appliesToSubgroups } = task;
  const issues: FieldIssue[] = [];
  const wrong = (pointer: string, message: string): unknown =>
    issues.push({ pointer, code: 'rollout', message });
  if (group === null) wrong('/rollout', 'Only a task of a group reaches its devices in waves');
  if (automaticRestart)
    wrong('/rollout', 'A task with automatic restart has no end that a wave could wait for');
  if (transientReport)
    wrong('/rollout', 'A task that discards its execution details has no results that a wave could wait for');
  for (const [index, wave] of rollout.waves.entries()) {
    if (wave.kind !== 'group' || group === null) continue;
    const pointer = `/rollout/waves/${index}/group`;
    if (wave.group === group || !isWithin(wave.group, group))
      wrong(pointer, `${wave.group} is not below ${group}`);
    else if (!appliesToSubgroups)
      wrong(pointer, 'The task does not apply to subgroups: their members do not run it');
  }
  if (issues.length > 0) throw new ValidationError('The rollout is not valid', issues);
}

/**
 * Refuses to change waves that are open: what they let in cannot be taken back. Throws `ValidationError`.
 */
export function checkOpenedWaves(rollout: RolloutDefinition, state: RolloutState): void {
  const opened = state.all ? state.opened.slice(0, -1) : state.opened;
  const issues = opened.flatMap(({ wave }, index): FieldIssue[] =>
    sameWave(wave, rollout.waves[index])
      ? []
      : [
          {
            pointer: `/rollout/waves/${index}`,
            code: 'wave-open',
            message: `Wave ${index + 1} is open and cannot be changed; rerun the task to begin anew`,
          },
        ],
  );
  if (issues.length > 0) throw new ValidationError('Waves that are open cannot be changed', issues);
}

function sameWave(one: Wave, other: Wave | undefined): boolean {
  if (one.kind !== other?.kind) return false;
  const entries = Object.entries(one) as [keyof typeof one, unknown][];
  return entries.every(([name, value]) => other[name] === value);
}

function wavesFitTogether(waves: readonly Wave[], context: z.core.$RefinementCtx): void {
  const wrong = (path: (string | number)[], message: string): void =>
    context.addIssue({ code: 'custom', path, message });
  let share = 0;
  const groups = new Set<string>();
  for (const [index, wave] of waves.entries()) {
    if (wave.kind === 'rest' && index < waves.length - 1)
      wrong([index], 'takes all that are left and must be the last wave');
    if (wave.kind === 'percent') {
      share += wave.percent;
      if (share > 100 + 1e-9)
        wrong([index, 'percent'], `makes ${round(share)} % together with the waves before it`);
    }
    if (wave.kind !== 'group') continue;
    if (groups.has(wave.group)) wrong([index, 'group'], 'is a wave already');
    groups.add(wave.group);
  }
}

function seconds(given: Length, pointer: string): number {
  if (typeof given === 'number') return given;
  const text = given.trim().toUpperCase();
  const duration = text.startsWith('P') ? Duration.fromISO(text) : null;
  if (duration?.isValid !== true)
    throw ValidationError.of(pointer, 'is no duration (ISO 8601, such as PT1H)', 'invalid');
  return Math.round(duration.toMillis() / 1_000);
}

const round = (share: number): number => Math.round(share * 100) / 100;
