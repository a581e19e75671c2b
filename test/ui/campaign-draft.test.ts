import { expect } from 'chai';
import type { Campaign } from '../../ui/api/types.js';
import {
  campaignDraftOf,
  campaignInput,
  campaignSentence,
  newCampaign,
  shortest,
} from '../../ui/logic/campaign-draft.js';

const campaign = {
  ...{ id: 'c1', description: 'nights', group: 'root.a', appliesToSubgroups: true, filter: null },
  ...{ execute: 'continuously', start: '2026-03-02T12:00:07.250Z', end: null, interval: 'PT30M' },
  ...{ perMinute: 30, schedule: { ref: 'nights-home' }, minimumLastVisit: null, onlyIfTasksWait: true },
  ...{ retries: { attempts: 2, pause: 'PT1H' }, success: { kind: 'task', task: 'g:root.a:1' } },
  ...{ stopWhen: null, domain: '/' },
} as unknown as Campaign;

describe('A campaign as it is edited', () => {
  it('is sent as it was read where nothing was changed, its start left as it is', () => {
    expect(campaignInput(campaignDraftOf(campaign), campaign)).to.deep.equal({
      ...{ description: 'nights', group: 'root.a', appliesToSubgroups: true, filter: null },
      ...{ execute: 'continuously', end: null, interval: 'PT30M', perMinute: 30, minimumLastVisit: null },
      ...{ schedule: { ref: 'nights-home' }, retries: { attempts: 2, pause: 'PT1H' } },
      ...{ onlyIfTasksWait: true, success: { kind: 'task', task: 'g:root.a:1' }, stopWhen: null },
    });
  });

  it('begins now and goes by the defaults of the server when it is new', () => {
    expect(campaignInput(newCampaign('root.a'), null)).to.deep.include({
      ...{ group: 'root.a', execute: 'once', start: null, end: null, interval: null, perMinute: 60 },
      ...{ schedule: null, retries: { attempts: 3, pause: 'PT15M' }, success: { kind: 'session' } },
      stopWhen: { percent: 50, after: 100 },
    });
  });

  it('keeps what is no number, so that the server names the field', () => {
    const draft = { ...newCampaign('root.a'), perMinute: 'many', percent: '' };
    expect(campaignInput(draft, null)).to.deep.include({
      perMinute: 'many',
      stopWhen: { percent: '', after: 100 },
    });
  });

  it('tells in a sentence what it does, and how long it takes at least', () => {
    expect(campaignSentence(campaign)).to.equal(
      'Asks the devices of root.a and its subgroups again and again, each at most every 30 minutes, at most 30 a minute.',
    );
    expect(shortest(61, '30')).to.equal(3 * 60_000);
    expect(shortest(61, '')).to.equal(null);
  });
});
