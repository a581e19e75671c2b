import type { Agenda } from 'agenda';
import { expect } from 'chai';
import { createAgenda } from '../../../acs/jobs/agenda.js';
import type { ConnectionAnswer, SendConnectionRequest } from '../../../acs/jobs/connection-attempt.js';
import { ConnectionRequests, type ConnectionTimes } from '../../../acs/jobs/connection-requests.js';
import { systemClock } from '../../../common/clock.js';
import { NotFoundError, ValidationError } from '../../../common/errors.js';
import { MemoryEventBus } from '../../../common/event-bus.js';
import { silentLog } from '../../../common/log.js';
import { SecretBox } from '../../../common/secret-box.js';
import type { ConnectionOutcome, ConnectionRequestRecord } from '../../../store/models/connection-request.js';
import type { Store } from '../../../store/store.js';
import { until } from '../until.js';
import { openTestStore } from '../with-store.js';
import { addDevice } from './device.js';

type Sent = Parameters<SendConnectionRequest>[0];

const answer = (outcome: ConnectionOutcome): ConnectionAnswer => ({
  status: { accepted: 200, 'busy-503': 503, 'refused-401': 401 }[outcome as string] ?? null,
  outcome,
  duration: 3,
  detail: outcome,
});

describe('Connection requests', () => {
  const box = new SecretBox('a key for the tests only');
  let store: Store;
  let close: () => Promise<void>;
  let number = 0;
  let device: string;
  let sent: Sent[];
  let script: (ConnectionAnswer | Promise<ConnectionAnswer>)[];
  let events: MemoryEventBus;
  let told: { outcome: unknown; open: unknown }[];
  const parts: { agenda: Agenda; requests: ConnectionRequests }[] = [];

  before(async () => {
    ({ store, close } = await openTestStore());
  });
  after(async () => close());

  beforeEach(async () => {
    device = `00507F-X-${(number += 1)}`;
    sent = [];
    script = [];
    told = [];
    events = new MemoryEventBus(systemClock);
    events.subscribe(({ type, data }) => {
      if (type === 'connection-request.changed') told.push({ outcome: data.outcome, open: data.open });
    });
    await store.connectionRequests.deleteMany();
    await store.db.collection('agendaJobs').deleteMany({});
  });
  afterEach(async () => {
    for (const { agenda, requests } of parts.splice(0)) {
      await agenda.stop(false);
      await requests.close();
    }
  });

  /** A server of its own on the shared store. */
  const server = async (times: Partial<ConnectionTimes> = {}, bus = events): Promise<ConnectionRequests> => {
    const agenda = await createAgenda(store, {
      serverId: `s${parts.length}`,
      log: silentLog,
      processEvery: 50,
    });
    const requests = new ConnectionRequests({
      store,
      agenda,
      clock: systemClock,
      events: bus,
      secretBox: box,
      log: silentLog,
      send: async (target) => {
        sent.push(target);
        return await (script.shift() ?? answer('accepted'));
      },
      defaultCredentials: { username: 'acs', password: 'default' },
      times: { retries: [20, 40, 60], poll: 20, session: 10_000, ...times },
    });
    parts.push({ agenda, requests });
    await agenda.start();
    return requests;
  };

  const comes = async (codes: string[] = ['6 CONNECTION REQUEST'], tellEvents = true): Promise<void> => {
    await store.devices.updateOne(
      { _id: device },
      {
        $set: {
          lastVisit: new Date(),
          lastInform: { events: codes, retryCount: 0, maxEnvelopes: 1, currentTime: '' },
        },
      },
    );
    events.publish('session.started', device, { device, ...(tellEvents ? { events: codes } : {}) });
  };

  const outcomeOf = (record: ConnectionRequestRecord): unknown[] => [
    record.outcome,
    record.open,
    record.attempts.map((attempt) => attempt.outcome),
  ];

  it('tell accepted and come apart', async () => {
    await addDevice(store, device);
    const requests = await server({ session: 300_000 });
    const accepted = await requests.request(device, { user: 'ann', wait: 15_000, until: 'accepted' });
    expect(outcomeOf(accepted)).to.deep.equal(['accepted', true, ['accepted']]);
    expect(accepted).to.include({ user: 'ann', device, cameAt: null });
    expect(accepted.acceptedAt).to.be.instanceOf(Date);
    expect(sent).to.deep.equal([
      { url: 'http://192.0.2.1:7547/cr', username: 'acs', password: 'default', timeoutMs: 10_000 },
    ]);
    expect((await requests.request(device, { user: 'bob' }))._id).to.equal(accepted._id);
    await comes();
    const came = await until(
      () => requests.get(accepted._id),
      ({ open }) => !open,
    );
    expect(outcomeOf(came)).to.deep.equal(['session-started', false, ['accepted']]);
    expect(came.cameAt).to.be.instanceOf(Date);
    await until(
      () => told.length,
      (count) => count === 3,
    );
    expect(told).to.deep.equal([
      { outcome: 'waiting', open: true },
      { outcome: 'accepted', open: true },
      { outcome: 'session-started', open: false },
    ]);
    expect((await requests.latest(device))?._id).to.equal(accepted._id);
  });

  it('say that the device accepted and did not come', async () => {
    await addDevice(store, device);
    const requests = await server({ session: 60 });
    await comes(['2 PERIODIC']);
    const record = await requests.request(device, { user: 'ann', wait: 15_000 });
    expect(outcomeOf(record)).to.deep.equal(['accepted-no-session', false, ['accepted']]);
    expect(record.cameAt).to.equal(null);
  });

  it('see the device come to another server, and a session without event 6 for what it is', async () => {
    await addDevice(store, device);
    const requests = await server();
    const { _id } = await requests.request(device, { user: 'ann', wait: 15_000, until: 'accepted' });
    await comes(['2 PERIODIC']);
    await comes(['2 PERIODIC'], false);
    expect((await requests.get(_id)).open).to.equal(true);
    await store.devices.updateOne(
      { _id: device },
      { $set: { lastVisit: new Date(), 'lastInform.events': ['6 CONNECTION REQUEST', '4 VALUE CHANGE'] } },
    );
    const record = await until(
      () => requests.get(_id),
      ({ open }) => !open,
    );
    expect(record.outcome).to.equal('session-started');
  });

  it('take a session that comes before the answer', async () => {
    await addDevice(store, device);
    let reply: (value: ConnectionAnswer) => void = () => undefined;
    script = [new Promise((resolve) => (reply = resolve))];
    const requests = await server();
    const { _id } = await requests.request(device, { user: 'ann' });
    await until(
      () => sent.length,
      (count) => count === 1,
    );
    await comes();
    expect(
      (
        await until(
          () => requests.get(_id),
          ({ open }) => !open,
        )
      ).outcome,
    ).to.equal('session-started');
    reply(answer('accepted'));
    const record = await until(
      () => requests.get(_id),
      ({ acceptedAt }) => acceptedAt !== null,
    );
    expect(outcomeOf(record)).to.deep.equal(['session-started', false, ['accepted']]);
  });

  it('are joined by a second caller', async () => {
    await addDevice(store, device);
    const [one, other] = [await server(), await server()];
    const asked = await Promise.all(
      Array.from({ length: 6 }, (_, n) => (n % 2 ? one : other).request(device, { user: `u${n}` })),
    );
    expect(new Set(asked.map(({ _id }) => _id)).size).to.equal(1);
    await comes();
    await until(
      () => one.get(asked[0]!._id),
      ({ open }) => !open,
    );
    expect(sent).to.have.length(1);
    const next = await other.request(device, { user: 'later' });
    expect(next._id).to.not.equal(asked[0]!._id);
  });

  for (const outcome of ['busy-503', 'timeout', 'unreachable'] as const)
    it(`are tried three times more after ${outcome}`, async () => {
      await addDevice(store, device);
      script = Array.from({ length: 9 }, () => answer(outcome));
      const requests = await server();
      const first = await requests.request(device, { user: 'ann' });
      const record = await until(
        () => requests.get(first._id),
        ({ open }) => !open,
      );
      expect(outcomeOf(record)).to.deep.equal([outcome, false, Array.from({ length: 4 }, () => outcome)]);
      const gaps = record.attempts
        .slice(1)
        .map(({ at }, n) => at.getTime() - record.attempts[n]!.at.getTime());
      for (const [n, gap] of gaps.entries()) expect(gap).to.be.at.least([20, 40, 60][n]!);
      expect(record.nextAttemptAt).to.equal(null);
      await until(
        () => store.db.collection('agendaJobs').countDocuments({}),
        (count) => count === 0,
      );
    });

  it('succeed on a retry', async () => {
    await addDevice(store, device);
    script = [answer('busy-503'), answer('timeout')];
    const requests = await server();
    const record = await requests.request(device, { user: 'ann', wait: 15_000, until: 'accepted' });
    expect(outcomeOf(record)).to.deep.equal(['accepted', true, ['busy-503', 'timeout', 'accepted']]);
  });

  it('are retried by another server when theirs stops', async () => {
    await addDevice(store, device);
    script = [answer('timeout')];
    const dying = await server({ retries: [300] });
    const { _id } = await dying.request(device, { user: 'ann' });
    await until(
      () => dying.get(_id),
      ({ nextAttemptAt }) => nextAttemptAt !== null,
    );
    const [gone] = parts.splice(0);
    await gone!.agenda.stop(false);
    await gone!.requests.close();
    const other = await server();
    const record = await until(
      () => other.get(_id),
      ({ acceptedAt }) => acceptedAt !== null,
    );
    expect(outcomeOf(record)).to.deep.equal(['accepted', true, ['timeout', 'accepted']]);
  });

  it('of a killed server are resumed by the sweep, whatever they were at', async () => {
    const requests = await server({ session: 1_000 });
    const ago = new Date(Date.now() - 600_000);
    const base = {
      requestedAt: ago,
      outcome: 'waiting' as const,
      open: true,
      expiresAt: new Date(Date.now() + 1e6),
    };
    await addDevice(store, `${device}-a`);
    await addDevice(store, `${device}-b`);
    await addDevice(store, `${device}-c`);
    await addDevice(store, `${device}-d`);
    await store.connectionRequests.create([
      { ...base, _id: `${device}a`, device: `${device}-a`, claimedUntil: ago },
      { ...base, _id: `${device}b`, device: `${device}-b`, nextAttemptAt: ago },
      { ...base, _id: `${device}c`, device: `${device}-c`, outcome: 'accepted', acceptedAt: ago },
      { ...base, _id: `${device}d`, device: `${device}-d`, claimedUntil: new Date(Date.now() + 1e6) },
    ]);
    expect(await requests.sweep()).to.equal(3);
    await until(
      () => sent.length,
      (count) => count === 2,
    );
    expect((await requests.get(`${device}c`)).outcome).to.equal('accepted-no-session');
    expect((await requests.get(`${device}d`)).attempts).to.have.length(0);
    await until(
      () => requests.get(`${device}b`),
      ({ acceptedAt }) => acceptedAt !== null,
    );
  });

  it('use the own credentials of the device, then the installation’s when those are refused', async () => {
    await addDevice(store, device, {
      credentials: { acs: null, connectionRequest: { username: 'own', password: box.seal('secret') } },
    });
    script = [answer('refused-401')];
    const requests = await server();
    const record = await requests.request(device, { user: 'ann', wait: 15_000, until: 'accepted' });
    expect(outcomeOf(record)).to.deep.equal(['accepted', true, ['refused-401', 'accepted']]);
    expect(sent.map(({ username, password }) => `${username}:${password}`)).to.deep.equal([
      'own:secret',
      'acs:default',
    ]);
  });

  it('end at once when all credentials are refused', async () => {
    await addDevice(store, device);
    script = [answer('refused-401')];
    const requests = await server();
    const record = await requests.request(device, { user: 'ann', wait: 15_000 });
    expect(outcomeOf(record)).to.deep.equal(['refused-401', false, ['refused-401']]);
  });

  it('treat an error of the sender as unreachable', async () => {
    await addDevice(store, device);
    const broken = Promise.reject(new Error('no route'));
    broken.catch(() => undefined);
    script = [broken];
    const requests = await server({ retries: [] });
    const record = await requests.request(device, { user: 'ann', wait: 15_000 });
    expect(record).to.include({ outcome: 'unreachable', open: false });
    expect(record.attempts[0]).to.include({ detail: 'no route' });
  });

  const obstacles: [ConnectionOutcome, string, () => Parameters<typeof addDevice>[2]][] = [
    ['not-allowed', 'that is not managed', () => ({ managed: false })],
    ['not-allowed', 'that is blacklisted', () => ({ blacklisted: true })],
    ['no-url', 'without a URL', () => ({ connectionRequestUrl: null })],
    ['no-url', 'with a blank URL', () => ({ connectionRequestUrl: '  ' })],
    [
      'already-in-session',
      'in a session',
      // Made when the test runs: a lease of the time when the file was read has ended by then on a slow machine.
      () => ({ lease: { fence: 1, session: 's', server: 'x', until: new Date(Date.now() + 60_000) } }),
    ],
  ];
  for (const [outcome, which, more] of obstacles)
    it(`send nothing and say ${outcome} for a device ${which}`, async () => {
      await addDevice(store, device, more());
      const requests = await server();
      const record = await requests.request(device, { user: 'ann', wait: 15_000 });
      expect(outcomeOf(record)).to.deep.equal([outcome, false, []]);
      expect(sent).to.have.length(0);
      expect(told).to.deep.equal([{ outcome, open: false }]);
    });

  it('to nobody are an error', async () => {
    const requests = await server();
    const error: unknown = await requests
      .request('nobody', { user: 'ann' })
      .catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(NotFoundError);
  });

  it('keep a history by device, in pages', async () => {
    await addDevice(store, device, { connectionRequestUrl: null });
    const requests = await server();
    for (let n = 0; n < 5; n += 1) await requests.request(device, { user: `u${n}` });
    const all = (await requests.history(device, { limit: 10 })).items.map(({ user }) => user);
    expect(all).to.deep.equal(['u4', 'u3', 'u2', 'u1', 'u0']);
    const first = await requests.history(device, { limit: 3 });
    const rest = await requests.history(device, { limit: 3, cursor: first.next ?? '' });
    expect([...first.items, ...rest.items].map(({ user }) => user)).to.deep.equal(all);
    expect(rest.next).to.equal(null);
    const error: unknown = await requests
      .history(device, { limit: 3, cursor: 'x' })
      .catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(ValidationError);
  });
});
