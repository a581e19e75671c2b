import { z } from 'zod';
import { ROLLOUT_OUTCOMES, ROLLOUT_STEPS } from '../../store/models/rollout.js';
import { duration, identity, line, page, text, time } from './common.js';

const percent = z.number().min(0).max(100);
const PERCENT_OF_GROUP = 'Of all devices of the group; the number is rounded up';

const wave = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('percent'),
      percent: percent.gt(0).meta({ description: PERCENT_OF_GROUP }),
    }),
    z.strictObject({ kind: z.literal('count'), devices: z.number().int().min(1).max(100_000_000) }),
    z.strictObject({ kind: z.literal('group'), group: line(500).min(1) }),
    z.strictObject({ kind: z.literal('rest') }),
  ])
  .meta({
    id: 'RolloutWave',
    description:
      '`percent` and `count`: so many devices more. `group`: the members of a group below that of the task. `rest`: all that are left, and those that join later; the last wave',
    examples: [{ kind: 'percent', percent: 1 }],
  });

const stopRule = z
  .strictObject({
    on: z.enum(['errors', 'no-answer']).meta({
      description:
        '`errors`: runs that ended with ERROR. `no-answer`: runs that began and did not end in time',
    }),
    percent: percent.gt(0).meta({ description: 'Met when the share is this or more' }),
    last: z
      .number()
      .int()
      .min(1)
      .max(500)
      .meta({ description: 'How many of the newest results are looked at' }),
    minimum: z
      .number()
      .int()
      .min(1)
      .max(500)
      .meta({ description: 'With fewer results the rule says nothing' }),
  })
  .meta({ id: 'RolloutStopRule' });

const advance = z.enum(['automatic', 'manual']).meta({
  description:
    '`automatic`: the next wave opens by itself when the rules hold. `manual`: by an operator alone',
});
const texts = {
  soak: 'How long a wave is open before the next may open',
  minEnded: 'Percent of a wave’s devices that must have a result before the next opens by itself',
  minSuccess: 'Percent of a wave’s results that must be SUCCESS or WARNING for the same',
  noAnswerAfter: 'A run that has begun and not ended after it counts as “no answer”',
};

/** Lengths are ISO 8601 texts; what is left out takes its default. */
export const rolloutInput = z
  .strictObject({
    waves: z.array(wave).min(1).max(50),
    soak: z
      .string()
      .max(64)
      .optional()
      .meta({ description: `${texts.soak}; default PT1H` }),
    advance: advance.optional(),
    minEnded: percent.optional().meta({ description: `${texts.minEnded}; default 50` }),
    minSuccess: percent.optional().meta({ description: `${texts.minSuccess}; default 90` }),
    noAnswerAfter: z
      .string()
      .max(64)
      .optional()
      .meta({ description: `${texts.noAnswerAfter}; default PT1H` }),
    stopRules: z.array(stopRule).max(10).optional(),
  })
  .meta({
    id: 'RolloutInput',
    examples: [
      {
        waves: [{ kind: 'count', devices: 10 }, { kind: 'percent', percent: 10 }, { kind: 'rest' }],
        soak: 'PT2H',
        stopRules: [{ on: 'errors', percent: 10, last: 50, minimum: 10 }],
      },
    ],
  });

export const rolloutDefinition = z
  .object({
    waves: z.array(wave),
    soak: duration.meta({ description: texts.soak }),
    advance,
    minEnded: percent.meta({ description: texts.minEnded }),
    minSuccess: percent.meta({ description: texts.minSuccess }),
    noAnswerAfter: duration.meta({ description: texts.noAnswerAfter }),
    stopRules: z.array(stopRule),
  })
  .meta({ id: 'RolloutDefinition' });

const brokenRule = z.object({ rule: stopRule, hits: z.number().int(), sample: z.number().int() }).meta({
  id: 'RolloutBrokenRule',
  description: 'A stop rule that was met: so many hits in so many results',
});

const phase = z.enum(['running', 'paused', 'complete']).meta({
  description: '`complete`: all waves are open, and every device may begin; runs may still be on the way',
});

/** What a list shows of it. */
const head = {
  task: z.string(),
  name: z.string(),
  type: z.string(),
  group: z.string(),
  active: z.boolean(),
  startedAt: time,
  phase,
  waves: z.number().int().meta({ description: 'How many there are' }),
  opened: z.number().int().meta({ description: 'How many of them are open' }),
  pause: z
    .object({
      at: time,
      by: z.string().meta({ description: 'Login; `system` = a stop rule' }),
      note: z.string(),
      broken: brokenRule.nullable(),
      text: z.string().meta({ description: 'Why, in words' }),
    })
    .nullable()
    .meta({ description: 'Why no device begins' }),
};

export const rolloutHead = z.object(head).meta({ id: 'RolloutHead' });
export const rolloutList = page(rolloutHead, 'RolloutList');

const figures = z
  .object({
    wave,
    at: time.nullable().meta({ description: 'When it was opened; null = it is not open' }),
    by: z.string().nullable(),
    devices: z
      .number()
      .int()
      .nullable()
      .meta({ description: 'That it let in when it opened; null = it is not open' }),
    SUCCESS: z.number().int(),
    WARNING: z.number().int(),
    ERROR: z.number().int(),
    NO_ANSWER: z.number().int(),
  })
  .meta({ id: 'RolloutWaveFigures', description: 'Devices of a wave by their latest outcome' });

export const rollout = z
  .object({
    ...head,
    definition: rolloutDefinition,
    figures: z.array(figures).meta({ description: 'By wave; also those that are not open' }),
    running: z.number().int().meta({ description: 'Runs that have begun and not ended' }),
    next: z
      .object({
        wave: z.number().int().meta({ description: 'From 1' }),
        awaits: z.enum(['ready', 'soak', 'results', 'success', 'operator', 'continue']),
        soakedAt: time.nullable(),
        results: z.number().int().meta({ description: 'Results of the newest wave' }),
        needed: z.number().int().meta({ description: 'Results that it needs' }),
        good: z.number().int().meta({ description: 'Results that are SUCCESS or WARNING' }),
        text: z.string().meta({ description: 'What it waits for, in words' }),
      })
      .nullable()
      .meta({ description: 'The next wave and what it waits for; null = all are open' }),
    rules: z.array(
      z.object({ rule: stopRule, hits: z.number().int(), sample: z.number().int(), met: z.boolean() }),
    ),
    results: z
      .array(
        z.object({
          execution: z.string(),
          device: identity,
          wave: z.number().int().meta({ description: 'From 1' }),
          outcome: z.enum(ROLLOUT_OUTCOMES),
          at: time,
        }),
      )
      .meta({ description: 'The newest ones, newest first' }),
    steps: z
      .array(
        z.object({
          at: time,
          by: z.string(),
          what: z.enum(ROLLOUT_STEPS),
          wave: z.number().int().nullable(),
          note: z.string(),
          broken: brokenRule.nullable(),
        }),
      )
      .meta({ description: 'What happened, newest first; the latest 50' }),
  })
  .meta({ id: 'Rollout' });

export const rolloutNote = z
  .strictObject({
    note: text(1_000).optional().meta({ description: 'Why; stands in the history of the rollout' }),
  })
  .meta({ id: 'RolloutNote' });
