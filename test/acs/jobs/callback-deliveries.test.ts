import type { Agenda } from 'agenda';
import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createAgenda } from '../../../acs/jobs/agenda.js';
import { CallbackDeliveries, callbackJobs } from '../../../acs/jobs/callback-deliveries.js';
import { TaskCallbacks } from '../../../acs/tasks/callbacks/task-callbacks.js';
import { AddressGuard } from '../../../acs/tasks/outbound/address-guard.js';
import { GuardedRestClient } from '../../../acs/tasks/outbound/guarded-rest-client.js';
import type { RunEnd } from '../../../acs/tasks/ports/run-ends.js';
import { ManualClock } from '../../../common/clock.js';
import { silentLog } from '../../../common/log.js';
import { SecretBox } from '../../../common/secret-box.js';
import type { CallbackDeliveryRecord } from '../../../store/models/callback-delivery.js';
import { TASK_DEFAULTS, type TaskRecord } from '../../../store/models/task.js';
import type { Store } from '../../../store/store.js';
import { until } from '../until.js';
import { openTestStore } from '../with-store.js';

const box = new SecretBox('a key for the tests only');
const MINUTE = 60_000;

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
}

describe('Deliveries of callbacks', function () {
  this.timeout(90_000);
  let store: Store;
  let close: () => Promise<void>;
  let receiver: Server;
  let url: string;
  let received: Received[];
  let answers: number[];
  /** What happens before the receiver answers. */
  let meanwhile: () => Promise<unknown>;
  let clock: ManualClock;
  let callbacks: TaskCallbacks;
  let number = 0;
  let task: TaskRecord;
  const ends: (() => Promise<unknown>)[] = [];

  before(async () => {
    ({ store, close } = await openTestStore());
    receiver = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
      request.on('end', () => {
        received.push({ headers: request.headers, body });
        void meanwhile().then(() => response.writeHead(answers.shift() ?? 204).end());
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/told`;
  });
  after(async () => {
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
    await close();
  });
  beforeEach(async () => {
    received = [];
    answers = [];
    meanwhile = () => Promise.resolve();
    clock = new ManualClock('2026-03-02T12:00:00Z');
    callbacks = new TaskCallbacks({ store, clock, secretBox: box, guard: guardOf(['127.0.0.1']) });
    task = taskNamed(`d:dev:${(number += 1)}`);
    await store.db.collection('agendaJobs').deleteMany({});
    await store.callbackDeliveries.deleteMany({});
  });
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  const guardOf = (privateNetworks: string[]): AddressGuard =>
    new AddressGuard({ hosts: ['127.0.0.1'], privateNetworks });
  const taskNamed = (_id: string): TaskRecord =>
    ({
      ...TASK_DEFAULTS,
      ...{ _id, device: 'dev', group: null, type: 'Reboot', config: {}, name: 'restart', domain: '/' },
    }) as unknown as TaskRecord;
  const endOf = (run = 1, more: Partial<RunEnd> = {}): RunEnd => ({
    execution: { _id: `e${number}`, device: 'dev', run, startTime: new Date('2026-03-02T11:59:50Z') },
    ...{ status: 'SUCCESS', summary: 'restarted', fault: null, finishTime: clock.now() },
    ...more,
  });

  /** A server of its own on the shared store. */
  async function server({ works = true, privateNetworks = ['127.0.0.1'] } = {}): Promise<CallbackDeliveries> {
    const agenda: Agenda = await createAgenda(store, { serverId: 's', log: silentLog, processEvery: 50 });
    const rest = new GuardedRestClient(guardOf(privateNetworks));
    const deliveries = new CallbackDeliveries({
      ...{ store, agenda, clock, log: silentLog, secretBox: box, rest },
    });
    if (works) await agenda.start();
    ends.push(
      () => rest.close(),
      () => deliveries.close(),
      () => agenda.stop(false),
    );
    return deliveries;
  }
  const deliveriesOf = () =>
    store.callbackDeliveries.find({ task: task._id }).sort({ _id: 1 }).lean<CallbackDeliveryRecord[]>();
  const delivery = async (
    fits: (one: CallbackDeliveryRecord) => boolean,
  ): Promise<CallbackDeliveryRecord> => {
    const all = await until(deliveriesOf, (found) => found.some(fits));
    return all.find(fits)!;
  };

  it('that another server has taken over stay as that one left them', async () => {
    await callbacks.add(task._id, { url }, 'u');
    answers = [500];
    meanwhile = () =>
      store.callbackDeliveries.updateMany(
        { task: task._id },
        { $set: { state: 'delivered', claimedUntil: null, nextAttemptAt: null } },
      );
    const deliveries = await server({ works: false });
    await deliveries.ended(task, endOf());
    await deliveries.close();
    expect(received).to.have.length(1);
    const [left] = await deliveriesOf();
    expect(left).to.include({ state: 'delivered', nextAttemptAt: null });
    expect(await store.db.collection('agendaJobs').countDocuments({ 'data.delivery': left!._id })).to.equal(
      0,
    );
  });

  it('send a signed event with what the receiver needs, and no secret, in its own body', async () => {
    await callbacks.add(task._id, { url, secret: 'sign with it', authentication: bearer }, 'u');
    const deliveries = await server();
    const fault = { code: 9002, text: 'Internal error', method: 'Reboot', parameters: [] };
    await deliveries.ended(task, endOf(3, { status: 'ERROR', summary: '9002 Internal error', fault }));
    await delivery(({ state }) => state === 'delivered');

    expect(received).to.have.length(1);
    const [{ headers, body }] = received as [Received];
    expect(headers['content-type']).to.equal('application/cloudevents+json; charset=utf-8');
    expect(headers.authorization).to.equal('Bearer abc.def');
    const seconds = clock.now().getTime() / 1_000;
    const mac = createHmac('sha256', 'sign with it').update(`${seconds}.${body}`).digest('hex');
    expect(headers['provost-signature']).to.equal(`t=${seconds},v1=${mac}`);
    expect(JSON.parse(body)).to.deep.equal({
      ...{ specversion: '1.0', id: `e${number}-3`, type: 'execution.finished', source: 'urn:provost' },
      ...{ time: '2026-03-02T12:00:00.000Z', subject: `e${number}`, domain: '/' },
      datacontenttype: 'application/json',
      data: {
        ...{ task: task._id, name: 'restart', taskType: 'Reboot', device: 'dev', execution: `e${number}` },
        ...{ run: 3, status: 'ERROR', summary: '9002 Internal error' },
        fault: { code: 9002, text: 'Internal error', method: 'Reboot' },
        ...{ startTime: '2026-03-02T11:59:50.000Z', finishTime: '2026-03-02T12:00:00.000Z' },
        link: `/api/v1/executions/e${number}`,
      },
    });
    const { last } = await callbacks.get(task._id, 'default');
    expect(last).to.include({ attempts: 1, status: 204, detail: '', nextAttemptAt: null });
    expect(JSON.stringify(await store.taskCallbacks.find({ task: task._id }).lean())).to.not.match(
      /abc\.def|sign with it/,
    );
  });

  it('let the session that ended the run wait for nothing, and cost nothing without a callback', async () => {
    const deliveries = await server({ works: false });
    await deliveries.ended(task, endOf());
    await deliveries.close();
    expect(await deliveriesOf()).to.deep.equal([]);
    expect(await store.db.collection('agendaJobs').countDocuments({})).to.equal(0);
  });

  it('go to each callback of the task', async () => {
    await callbacks.add(task._id, { name: 'one', url }, 'u');
    await callbacks.add(task._id, { name: 'two', url: `${url}?b` }, 'u');
    const deliveries = await server();
    await deliveries.ended(task, endOf());
    await until(
      () => received.length,
      (count) => count === 2,
    );
    expect(new Set(received.map(({ body }) => body)).size).to.equal(1);
  });

  it('are tried again after 1, 2, 4 … seconds until the receiver takes them', async () => {
    await callbacks.add(task._id, { url }, 'u');
    answers = [500, 302];
    const deliveries = await server({ works: false });
    await deliveries.ended(task, endOf());
    await deliveries.close();
    const [first] = await deliveriesOf();
    expect(first).to.include({ state: 'waiting', status: 500, detail: 'the receiver answered 500' });
    expect(first!.nextAttemptAt).to.deep.equal(new Date('2026-03-02T12:00:01Z'));
    clock.advance(11_000);
    await deliveries.sweep();
    const [second] = await deliveriesOf();
    expect(second).to.include({ state: 'waiting', status: 302, attempts: 2 });
    expect(second!.nextAttemptAt).to.deep.equal(new Date('2026-03-02T12:00:13Z'));
    clock.advance(12_000);
    await deliveries.sweep();
    const [third] = await deliveriesOf();
    expect(third).to.include({ state: 'delivered', status: 204, attempts: 3, detail: '' });
    expect(received.map(({ body }) => (JSON.parse(body) as { id: string }).id)).to.deep.equal(
      Array(3).fill(`e${number}-1`),
    );
  });

  it('pause an hour at most, and are given up after a day', async () => {
    await callbacks.add(task._id, { url }, 'u');
    answers = [500, 500, 500];
    const deliveries = await server({ works: false });
    await deliveries.ended(task, endOf());
    await deliveries.close();
    await store.callbackDeliveries.updateMany({}, { $set: { attempts: 20 } });
    clock.advance(MINUTE);
    expect(await deliveries.sweep()).to.equal(1);
    const [paused] = await deliveriesOf();
    expect(paused!.nextAttemptAt).to.deep.equal(new Date('2026-03-02T13:01:00Z'));
    clock.set('2026-03-03T11:30:00Z');
    await deliveries.sweep();
    const [failed] = await deliveriesOf();
    expect(failed).to.include({ state: 'failed', attempts: 22, nextAttemptAt: null });
    expect(await deliveries.sweep()).to.equal(0);
  });

  it('of a server that stopped are taken up by another, once', async () => {
    await callbacks.add(task._id, { url }, 'u');
    const dead = await server({ works: false });
    await dead.ended(task, endOf());
    await dead.close();
    await store.db.collection('agendaJobs').deleteMany({});
    // It had begun, and its answer is lost.
    const claimedUntil = new Date(clock.now().getTime() + 20_000);
    const begun = { state: 'waiting', nextAttemptAt: clock.now(), claimedUntil, attempts: 0 };
    await store.callbackDeliveries.updateMany({}, { $set: begun });
    received.length = 0;
    const other = await server();
    const [job] = callbackJobs(other);
    clock.advance(15_000);
    expect(await job!.run(clock.now())).to.equal('nothing to do');
    clock.advance(15_000);
    expect(await job!.run(clock.now())).to.equal('1 callback resumed');
    expect(received).to.have.length(1);
    expect(await job!.run(clock.now())).to.equal('nothing to do');
  });

  it('are refused an address that is private, at the moment of the call too', async () => {
    await callbacks.add(task._id, { url }, 'u');
    const deliveries = await server({ works: false, privateNetworks: [] });
    await deliveries.ended(task, endOf());
    await deliveries.close();
    expect(received).to.have.length(0);
    const [refused] = await deliveriesOf();
    expect(refused).to.include({ state: 'waiting', status: null });
    expect(refused!.detail).to.match(/127\.0\.0\.1 is private and not allowed/);
  });

  it('end with the callback', async () => {
    await callbacks.add(task._id, { url }, 'u');
    answers = [500];
    const deliveries = await server({ works: false });
    await deliveries.ended(task, endOf());
    await deliveries.close();
    await callbacks.remove(task._id, 'default');
    expect(await deliveriesOf()).to.deep.equal([]);
    clock.advance(MINUTE);
    expect(await deliveries.sweep()).to.equal(0);
    expect(received).to.have.length(1);
  });
});

const bearer = { kind: 'bearer', token: 'abc.def' } as const;
