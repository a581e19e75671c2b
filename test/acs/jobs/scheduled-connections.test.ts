import { expect } from 'chai';
import { newDeviceRecord } from '../../../acs/devices/device-record.js';
import { removeDevice } from '../../../acs/devices/device-removal.js';
import { ScheduledConnections } from '../../../acs/jobs/scheduled-connections.js';
import { ManualClock } from '../../../common/clock.js';
import { ConflictError, NotFoundError, StaleError, ValidationError } from '../../../common/errors.js';
import { silentLog } from '../../../common/log.js';
import type { Store } from '../../../store/store.js';
import { rejection } from '../devices/devices-fixture.js';
import { openTestStore } from '../with-store.js';

const MINUTE = 60_000;

describe('Scheduled connection requests', () => {
  let store: Store;
  let close: () => Promise<void>;
  let clock: ManualClock;
  let asked: string[];
  /** What asking comes to; an error is thrown. */
  let outcome: string | Error;
  let scheduled: ScheduledConnections;

  before(async () => {
    ({ store, close } = await openTestStore());
  });
  after(() => close());
  beforeEach(async () => {
    await store.scheduledConnections.deleteMany({});
    clock = new ManualClock('2026-03-02T12:00:00Z');
    asked = [];
    outcome = 'accepted';
    scheduled = make();
  });

  function make(): ScheduledConnections {
    const request = (device: string) => {
      asked.push(device);
      if (outcome instanceof Error) return Promise.reject(outcome);
      return Promise.resolve({ outcome } as never);
    };
    return new ScheduledConnections({ store, clock, log: silentLog, requests: { request } });
  }
  const inMinutes = (minutes: number): Date => new Date(clock.now().getTime() + minutes * MINUTE);
  const listed = async (device = 'd') => (await scheduled.list(device, { limit: 200 })).items;

  it('are listed by time, asked when it has come, and gone then', async () => {
    await scheduled.add('d', inMinutes(20), 'ada');
    await scheduled.add('d', inMinutes(10), 'ada');
    await scheduled.add('e', inMinutes(10), 'ada');
    expect((await listed()).map(({ at }) => at)).to.deep.equal([inMinutes(10), inMinutes(20)]);
    expect(await scheduled.askDue()).to.equal(0);
    clock.advance(10 * MINUTE);
    expect(await scheduled.askDue()).to.equal(2);
    expect(asked.sort()).to.deep.equal(['d', 'e']);
    expect(await listed()).to.have.length(1);
    expect(await scheduled.askDue()).to.equal(0);
  });

  it('page without loss or double', async () => {
    for (let at = 1; at <= 7; at += 1) await scheduled.add('d', inMinutes(at % 3 || 3), `u${at}`);
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await scheduled.list('d', { limit: 2, ...(cursor && { cursor }) });
      seen.push(...page.items.map(({ _id }) => _id));
      cursor = page.next;
    } while (cursor);
    expect(seen).to.deep.equal((await listed()).map(({ _id }) => _id));
  });

  it('ask again in a moment while the device is in a session, and give up after ten minutes', async () => {
    outcome = 'already-in-session';
    await scheduled.schedule('d', inMinutes(-1), 'task d:d:1');
    await scheduled.askDue();
    expect(await scheduled.askDue()).to.equal(0);
    clock.advance(15_000);
    expect(await scheduled.askDue()).to.equal(1);
    for (let round = 0; round < 60; round += 1) {
      clock.advance(15_000);
      await scheduled.askDue();
    }
    expect(asked).to.have.length(41);
    expect(await listed()).to.be.empty;
  });

  it('are asked by one server only, and by another when the first has died in the middle', async () => {
    for (let device = 0; device < 30; device += 1) await scheduled.schedule(`d${device}`, inMinutes(-1), 'x');
    await Promise.all([scheduled.askDue(), make().askDue(), make().askDue()]);
    expect(new Set(asked).size).to.equal(30);
    expect(asked).to.have.length(30);
    await scheduled.schedule('d', inMinutes(-1), 'x');
    outcome = new Error('the store is away');
    await rejection(scheduled.askDue());
    outcome = 'accepted';
    expect(await make().askDue()).to.equal(0);
    clock.advance(MINUTE);
    expect(await make().askDue()).to.equal(1);
  });

  it('are moved and removed; who was moved while it was asked keeps its new time', async () => {
    const one = await scheduled.add('d', inMinutes(1), 'ada');
    const moved = await scheduled.move(one, inMinutes(30));
    expect(await rejection(scheduled.move(one, inMinutes(40)))).to.be.instanceOf(StaleError);
    clock.advance(30 * MINUTE);
    const request = async () => {
      const [present] = await listed();
      if (present) await scheduled.move(present, inMinutes(60));
      return { outcome: 'accepted' } as never;
    };
    const meanwhile = new ScheduledConnections({ store, clock, log: silentLog, requests: { request } });
    expect(await meanwhile.askDue()).to.equal(1);
    expect((await listed()).map(({ at }) => at)).to.deep.equal([inMinutes(60)]);
    await scheduled.remove(moved);
    expect(await listed()).to.be.empty;
    expect(await rejection(scheduled.get('d', moved._id))).to.be.instanceOf(NotFoundError);
  });

  it('refuse a time that is past, and more than a hundred of one device; the same time of a task is one', async () => {
    expect(await rejection(scheduled.add('d', inMinutes(0), 'ada'))).to.be.instanceOf(ValidationError);
    for (let at = 0; at < 3; at += 1) await scheduled.schedule('d', inMinutes(5), 'task d:d:1');
    expect(await listed()).to.have.length(1);
    for (let at = 1; at < 100; at += 1) await scheduled.add('d', inMinutes(5 + at), 'ada');
    expect(await rejection(scheduled.add('d', inMinutes(500), 'ada'))).to.be.instanceOf(ConflictError);
    expect(await rejection(scheduled.schedule('d', inMinutes(500), 'x'))).to.be.instanceOf(ConflictError);
  });

  it('go with their device, and are nothing for one that is gone', async () => {
    await store.devices.collection.insertOne(
      newDeviceRecord({
        ...{ _id: 'd', oui: '02A0C4', productClass: 'GW', serialNumber: 'd', createdAt: clock.now() },
      }) as never,
    );
    await scheduled.add('d', inMinutes(1), 'ada');
    await removeDevice(store, 'd', 'ada', clock.now());
    expect(await listed()).to.be.empty;
    outcome = new NotFoundError('device', 'e');
    await scheduled.schedule('e', inMinutes(-1), 'x');
    expect(await scheduled.askDue()).to.equal(1);
    expect(await listed('e')).to.be.empty;
  });
});
