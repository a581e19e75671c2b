import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { openTestStore, type TestStore } from '../store-fixture.js';

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`timed out waiting for ${what}`);
    await new Promise((again) => setTimeout(again, 20));
  }
}

describe('agenda on the store', () => {
  let store: TestStore;
  let client: MongoClient;
  let instances: Agenda[] = [];

  before(async () => {
    store = await openTestStore();
    client = await MongoClient.connect(store.uri);
  });

  afterEach(async () => {
    await Promise.all(instances.map((agenda) => agenda.stop()));
    instances = [];
  });

  after(async () => {
    await client.close();
    await store.close();
  });

  function makeAgenda(collection: string): Agenda {
    const agenda = new Agenda({
      backend: new MongoBackend({ mongo: client.db(), collection }),
      processEvery: 50,
      defaultConcurrency: 3,
      // agenda renews a lock after half of its life by a timer that outlives the job and keeps the process up.
      defaultLockLifetime: 4_000,
    });
    instances.push(agenda);
    return agenda;
  }

  it('runs each job once though two instances share them', async () => {
    const runs = new Map<number, number>();
    const byInstance = [0, 0];
    const [one, two] = [makeAgenda('shared_jobs'), makeAgenda('shared_jobs')];
    for (const [i, agenda] of [one, two].entries()) {
      agenda.define<{ n: number }>('count', async (job) => {
        const { n } = job.attrs.data;
        runs.set(n, (runs.get(n) ?? 0) + 1);
        byInstance[i] = (byInstance[i] ?? 0) + 1;
        await new Promise((done) => setTimeout(done, 5));
      });
    }
    await one.start();
    await two.start();
    await Promise.all(Array.from({ length: 30 }, (_, n) => one.schedule(new Date(), 'count', { n })));
    await until(() => runs.size === 30, 'all jobs');
    expect([...runs.values()].every((count) => count === 1)).to.be.true;
  });

  it('repeats a job and keeps one record of it', async () => {
    let runs = 0;
    const agenda = makeAgenda('repeated_jobs');
    agenda.define('tick', () => {
      runs++;
    });
    await agenda.start();
    await agenda.every(100, 'tick');
    await agenda.every(100, 'tick');
    await until(() => runs >= 2, 'two runs');
    expect(await client.db().collection('repeated_jobs').countDocuments({ name: 'tick' })).to.equal(1);
  });

  it('records the failure of a job', async () => {
    const agenda = makeAgenda('failing_jobs');
    agenda.define('fail', () => {
      throw new Error('out of order');
    });
    await agenda.start();
    await agenda.now('fail');
    const saved = () => client.db().collection('failing_jobs').findOne({ name: 'fail' });
    await until(async () => Boolean((await saved())?.failedAt), 'the record of the failure');
    expect(await saved()).to.include({ failReason: 'out of order', failCount: 1 });
  });
});
