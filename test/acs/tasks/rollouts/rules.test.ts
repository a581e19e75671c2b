import { expect } from 'chai';
import fc from 'fast-check';
import { nextWave } from '../../../../acs/tasks/rollouts/next-wave.js';
import { brokenRule, ringSize, standings } from '../../../../acs/tasks/rollouts/stop-rules.js';
import type {
  RolloutOutcome,
  RolloutResult,
  StopRule,
  WaveFigures,
} from '../../../../store/models/rollout.js';
import { makeRollout, makeState, openedWave, T0 } from './make-staged.js';

const FROM = { sampledFrom: new Date(0) };
const results = (...outcomes: RolloutOutcome[]): RolloutResult[] =>
  outcomes.map((outcome, number) => ({
    ...{ execution: `e${number}`, device: `d${number}`, wave: 0, outcome },
    at: new Date(T0.getTime() + number),
  }));
const many = (outcome: RolloutOutcome, count: number): RolloutOutcome[] =>
  new Array<RolloutOutcome>(count).fill(outcome);
const errors = (fields: Partial<StopRule> = {}): StopRule => ({
  ...{ on: 'errors' as const, percent: 20, last: 10, minimum: 5 },
  ...fields,
});

describe('stop rules', () => {
  it('say nothing with fewer results than their minimum, however bad those are', () => {
    expect(brokenRule([errors()], FROM, results(...many('ERROR', 4)))).to.equal(null);
    expect(brokenRule([errors()], FROM, results(...many('ERROR', 5)))).to.deep.equal({
      ...{ rule: errors(), hits: 5, sample: 5 },
    });
  });

  it('are met at their share, not only above it', () => {
    const two = results(...many('ERROR', 2), ...many('SUCCESS', 8));
    expect(brokenRule([errors()], FROM, two)).to.include({ hits: 2, sample: 10 });
    const one = results(...many('ERROR', 1), ...many('SUCCESS', 9));
    expect(brokenRule([errors()], FROM, one)).to.equal(null);
  });

  it('look at the newest results alone', () => {
    const recovered = results(...many('ERROR', 9), ...many('SUCCESS', 10));
    expect(brokenRule([errors()], FROM, recovered)).to.equal(null);
  });

  it('take WARNING for good, and tell ERROR and no answer apart', () => {
    const mixed = results(...many('WARNING', 8), ...many('NO_ANSWER', 2));
    expect(brokenRule([errors()], FROM, mixed)).to.equal(null);
    expect(brokenRule([errors(), errors({ on: 'no-answer' })], FROM, mixed)).to.deep.include({
      rule: errors({ on: 'no-answer' }),
    });
  });

  it('count a device that answered late once, by what it answered', () => {
    const late = results('NO_ANSWER', ...many('SUCCESS', 4));
    late.push({ ...late[0]!, outcome: 'SUCCESS', at: new Date(T0.getTime() + 60_000) });
    const rule = errors({ on: 'no-answer', percent: 1 });
    expect(standings([rule], FROM, late)).to.deep.equal([{ rule, hits: 0, sample: 5, met: false }]);
  });

  it('begin anew after a continuation', () => {
    const bad = results(...many('ERROR', 10));
    expect(brokenRule([errors()], { sampledFrom: bad.at(-1)!.at }, bad)).to.equal(null);
    expect(standings([errors()], { sampledFrom: bad[3]!.at }, bad)[0]).to.include({ sample: 6 });
  });

  it('find what they look at in the ring, however many answers were late', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.array(fc.constantFrom<RolloutOutcome>('SUCCESS', 'ERROR'), { minLength: 1, maxLength: 150 }),
        (last, outcomes) => {
          const rule = errors({ last, minimum: 1 });
          // Each run was silent first.
          const all = results(...outcomes).flatMap((one): RolloutResult[] => [
            { ...one, outcome: 'NO_ANSWER' },
            one,
          ]);
          const ring = all.slice(-ringSize([rule]));
          expect(standings([rule], FROM, ring)).to.deep.equal(standings([rule], FROM, all));
        },
      ),
    );
  });
});

describe('the next wave', () => {
  const rollout = makeRollout({
    waves: [{ kind: 'count', devices: 10 }, { kind: 'percent', percent: 10 }, { kind: 'rest' }],
    ...{ soak: 600, minEnded: 50, minSuccess: 80 },
  });
  const first = openedWave({ kind: 'count', devices: 10 }, 0.1, { devices: 10 });
  const at = (seconds: number): Date => new Date(T0.getTime() + seconds * 1_000);
  const awaits = (figures: WaveFigures, seconds: number, fields = {}, state = {}) =>
    nextWave({ ...rollout, ...fields }, makeState([first], state), figures, at(seconds))?.awaits ?? null;

  it('is the first one at once', () => {
    expect(nextWave(rollout, makeState(), {}, T0)).to.include({ wave: 0, awaits: 'ready', soakedAt: null });
  });

  const good = { SUCCESS: 10 };
  const rows: [what: string, figures: WaveFigures, seconds: number, expected: string | null][] = [
    ['the soak time', good, 599, 'soak'],
    ['nothing once it is over', good, 600, 'ready'],
    ['results of half of its devices', { SUCCESS: 4 }, 600, 'results'],
    ['no more than those', { SUCCESS: 5 }, 600, 'ready'],
    ['better results', { SUCCESS: 7, ERROR: 2, NO_ANSWER: 1 }, 600, 'success'],
    [
      'no better ones at the share itself, WARNING among them',
      { SUCCESS: 7, WARNING: 1, ERROR: 2 },
      600,
      'ready',
    ],
  ];
  for (const [what, figures, seconds, expected] of rows)
    it(`waits for ${what}`, () => expect(awaits(figures, seconds)).to.equal(expected));

  it('waits for an operator where nobody else opens waves, but not before it has soaked', () => {
    expect(awaits({}, 599, { advance: 'manual' })).to.equal('soak');
    expect(awaits({}, 600, { advance: 'manual' })).to.equal('operator');
  });

  it('waits for a continuation while it is paused, and is none when all are open', () => {
    expect(awaits(good, 600, {}, { phase: 'paused' })).to.equal('continue');
    expect(awaits(good, 600, {}, { all: true })).to.equal(null);
    expect(awaits(good, 600, { waves: rollout.waves.slice(0, 1) })).to.equal(null);
  });

  it('does not wait for devices where the wave before it let in none', () => {
    const empty = makeState([openedWave({ kind: 'group', group: 'root.g.a' }, 0)]);
    expect(nextWave(rollout, empty, {}, at(600))).to.include({ awaits: 'ready', needed: 0 });
  });
});
