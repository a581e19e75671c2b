import { expect } from 'chai';
import {
  newRollout,
  rolloutDraftOf,
  rolloutInput,
  ruleText,
  waveText,
} from '../../ui/logic/rollout-draft.js';

const definition = {
  waves: [
    { kind: 'count' as const, devices: 10 },
    { kind: 'percent' as const, percent: 2.5 },
    { kind: 'group' as const, group: 'root.a.b' },
    { kind: 'rest' as const },
  ],
  soak: 'PT1H30M',
  advance: 'manual' as const,
  minEnded: 50,
  minSuccess: 90,
  noAnswerAfter: 'P1D',
  stopRules: [{ on: 'errors' as const, percent: 10, last: 50, minimum: 10 }],
};

describe('A rollout in the task editor', () => {
  it('goes back to the server as it came', () => {
    const draft = rolloutDraftOf(definition);
    expect(draft.soak).to.deep.equal({ amount: '90', unit: 'M' });
    expect(draft.noAnswerAfter).to.deep.equal({ amount: '1', unit: 'D' });
    expect(rolloutInput(draft)).to.deep.equal({ ...definition, soak: 'PT90M' });
  });

  it('keeps the odd seconds of a length', () => {
    const { soak } = rolloutDraftOf({ ...definition, soak: 'PT1M30S' });
    expect(soak).to.deep.equal({ amount: '1.5', unit: 'M' });
  });

  it('sends what is no number as it is, so that the server names the field', () => {
    const draft = newRollout();
    draft.waves[0]!.value = 'few';
    draft.soak.amount = '';
    expect(rolloutInput(draft)).to.deep.include({ soak: 'PTH' });
    expect(rolloutInput(draft).waves[0]).to.deep.equal({ kind: 'count', devices: 'few' });
  });

  it('is said in words', () => {
    expect(definition.waves.map(waveText)).to.deep.equal([
      '10 devices',
      '2.5 % of the devices',
      'Members of root.a.b',
      'All that are left',
    ]);
    expect(ruleText(definition.stopRules[0]!)).to.equal(
      '10 % or more of the last 50 results ended with ERROR (from 10 on)',
    );
  });
});
