import { expect } from 'chai';
import type { MigrationRule } from '../../ui/api/types.js';
import { dryRunSentence, runSentence } from '../../ui/logic/migration-texts.js';

describe('What is said of migration rules', () => {
  const run = {
    state: 'running',
    done: 40,
    total: 1_204,
    moved: 3,
    failed: 0,
    message: '',
  } as NonNullable<MigrationRule['run']>;

  it('tells how far a run is, and why it broke off', () => {
    expect(runSentence(run)).to.equal('Runs: 40 of 1,204 members looked at, 3 moved.');
    expect(runSentence({ ...run, state: 'failed', message: 'The store is gone', failed: 2 })).to.equal(
      'Last run broke off: The store is gone. 40 of 1,204 members looked at, 3 moved, 2 failed.',
    );
  });

  it('says that a trial which ran out of time saw a part alone', () => {
    const found = { members: 9_000, examined: 800, matched: 5, failures: 1, destinations: [], examples: [] };
    expect(dryRunSentence(found)).to.equal(
      'The first 800 of 9,000 members were tried: 5 fit; it fails on 1 device. Nothing was moved.',
    );
    expect(dryRunSentence({ ...found, members: 800, failures: 0 })).to.contain('800 members tried: 5 fit.');
  });
});
