import { expect } from 'chai';
import mongoose from 'mongoose';
import { failNext, type StoreCall } from './intercept.js';
import { FakeCpe } from './fake-cpe.js';
import { end, Harness, type SessionPlan } from './harness.js';

const { mongo } = mongoose;

/** Errors of the driver as they come when the store cannot be reached, is slow, or is changing its primary. */
const FAILURES: Record<string, () => Error> = {
  'a lost connection': () => new mongo.MongoNetworkError('connection 3 to 127.0.0.1:27017 closed'),
  'a connection that timed out': () => new mongo.MongoNetworkTimeoutError('timed out'),
  'a socket that is just being closed': () =>
    Object.assign(new Error('This socket has been ended by the other party'), { code: 'EPIPE' }),
  'no server to be found': () => new mongo.MongoServerSelectionError('no server', { error: null } as never),
  'a time-out of the operation': () => new mongo.MongoOperationTimeoutError('Timed out'),
  'a closed client': () => new mongo.MongoTopologyClosedError('Topology is closed'),
  'an expired session': () => new mongo.MongoExpiredSessionError(),
  'a server that is no primary any more': () =>
    new mongo.MongoServerError({ message: 'not primary', code: 10107, codeName: 'NotWritablePrimary' }),
  'a server that was interrupted': () => new mongo.MongoServerError({ message: 'shutdown', code: 11600 }),
  'a full disk': () => new mongo.MongoServerError({ message: 'no space', code: 14031 }),
  'a write that is not acknowledged': () =>
    new mongo.MongoWriteConcernError({ ok: 1, writeConcernError: { code: 64, errmsg: 'time-out' } }),
  'a bulk write that is not acknowledged': () =>
    new mongo.MongoBulkWriteError({ message: 'wtimeout', code: 64 }, { insertedIds: {} } as never),
  'mongoose without a server': () => new mongoose.Error.MongooseServerSelectionError('no server'),
  'mongoose without a connection': () => new mongoose.Error('Cannot call before the connection is made'),
  'one of them, wrapped': () =>
    new Error('The file could not be looked up', { cause: new mongo.MongoNetworkError('closed') }),
};

describe('a failure of the store', () => {
  let h: Harness;
  let cpe: FakeCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open();
    h.files.add({ id: 'fw', version: '2.0' });
  });
  after(() => h.close());
  beforeEach(async () => {
    cpe = new FakeCpe('Device', `store-${(count += 1)}`);
    cpe.set('WiFi.Name', 'old');
    await h.meet(cpe);
  });
  const set = { param: [{ name: 'Device.WiFi.Name', value: 'new', type: 'string' }] };

  /** A session that fails and is closed as the protocol does it; rejects unless it failed. */
  async function failingSession(plan: SessionPlan = {}): Promise<unknown> {
    try {
      await h.run(cpe, plan);
    } catch (error) {
      await h.session?.close(end('internal-error', null));
      return error;
    }
    throw new Error('The session did not fail');
  }

  for (const [what, error] of Object.entries(FAILURES))
    it(`in the midst of a task is none of the task: ${what}`, async () => {
      const task = await h.add(cpe, 'Download', { fileType: '1 Firmware Upgrade Image', resourceId: 'fw' });
      const offer = h.files.offerDownload.bind(h.files);
      const thrown = error();
      h.files.offerDownload = () => Promise.reject(thrown);
      try {
        expect(await failingSession()).to.equal(thrown);
      } finally {
        h.files.offerDownload = offer;
      }
      expect(await h.report(task)).to.include({ status: 'IN_PROGRESS', run: 1 });
      expect(cpe.count('Download')).to.equal(0);
      await h.run(cpe);
      expect(cpe.count('Download')).to.equal(1);
      expect(await h.report(task)).to.include({ status: 'IN_PROGRESS', run: 1 });
    });

  const calls: (StoreCall & { type: string; config: unknown; sent: number; status: string })[] = [
    {
      collection: 'executions',
      operation: 'updateOne',
      type: 'Reboot',
      config: {},
      sent: 0,
      status: 'IN_PROGRESS',
    },
    {
      collection: 'executions',
      operation: 'updateOne',
      type: 'SetValues',
      config: set,
      sent: 1,
      status: 'SUCCESS',
    },
    {
      collection: 'log_lines',
      operation: 'bulkWrite',
      type: 'SetValues',
      config: set,
      sent: 1,
      status: 'SUCCESS',
    },
    {
      collection: 'execution_logs',
      operation: 'bulkWrite',
      type: 'SetValues',
      config: set,
      sent: 1,
      status: 'SUCCESS',
    },
    {
      collection: 'executions',
      operation: 'findOne',
      type: 'AddObject',
      config: { objectName: 'Device.Hosts.' },
      sent: 1,
      status: 'SUCCESS',
    },
    {
      collection: 'settings',
      operation: 'findOneAndUpdate',
      type: 'RefreshDataModel',
      config: {},
      sent: 0,
      status: 'SUCCESS',
    },
  ];
  for (const { collection, operation, type, config, sent, status } of calls)
    it(`at ${operation} of ${collection} leaves a ${type} at its last checkpoint, and the next session goes on`, async () => {
      cpe.table('Hosts.', { Name: { value: '', type: 'string' } });
      const task = await h.add(cpe, type, config);
      const thrown = new mongo.MongoNetworkError('closed');
      const failing = failNext(h.store, { collection, operation }, thrown);
      h.crash();
      try {
        expect(await failingSession()).to.equal(thrown);
      } finally {
        failing.restore();
      }
      expect(failing.count).to.equal(1);
      expect(cpe.asked).to.have.length(sent);
      expect(await h.report(task)).to.include({ status: 'IN_PROGRESS', run: 1 });
      await h.run(cpe);
      expect(await h.report(task)).to.include({ status, run: 1 });
      if (type === 'AddObject') expect(cpe.count('AddObject')).to.equal(1);
    });

  it('loses no log line when they could not be stored at first', async () => {
    const task = await h.add(cpe, 'SetValues', set);
    const failing = failNext(
      h.store,
      { collection: 'log_lines', operation: 'bulkWrite' },
      new mongo.MongoNetworkError('closed'),
    );
    await failingSession();
    failing.restore();
    await h.run(cpe);
    expect(await h.lines(task)).to.deep.equal([
      'INFO Started',
      'INFO Device.WiFi.Name = new (string)',
      'INFO SUCCESS',
      'INFO Resumed at the top',
      'INFO Device.WiFi.Name = new (string)',
      'INFO SUCCESS',
    ]);
  });

  it('is told apart from what can never be written, which ends the task and lets the next one run', async () => {
    const task = await h.add(cpe, 'Reboot', {}, { priority: 1 });
    const next = await h.add(cpe, 'SetValues', set);
    const tooLarge = new mongo.MongoServerError({ message: 'too large', code: 17419 });
    const failing = failNext(h.store, { collection: 'executions', operation: 'updateOne' }, tooLarge);
    await h.run(cpe);
    failing.restore();
    expect(await h.report(task)).to.include({ status: 'ERROR', summary: 'internal error: too large' });
    expect((await h.report(next)).status).to.equal('SUCCESS');
  });
});
