import { expect } from 'chai';
import { ManualClock } from '../../common/clock.js';
import { NonceSource } from '../../acs/cwmp/digest.js';
import { contactState, heldLease } from '../../acs/devices/contact-state.js';
import { Transfers } from '../../acs/files/transfers.js';
import { releaseStaleLeases } from '../../acs/jobs/retention.js';
import { DEFAULT_LIMITS } from '../../acs/tasks/engine-options.js';
import { StoredQuotas } from '../../acs/tasks/quotas.js';
import { FakeCpe, event } from './tasks/fake-cpe.js';
import { end, Harness } from './tasks/harness.js';

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;
const JUMPS = [
  ['back by an hour', -HOUR],
  ['forward by a year', YEAR],
] as const;

describe('when the clock is set', () => {
  let h: Harness;
  let cpe: FakeCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open();
    h.files.add({ id: 'fw', version: '2.0' });
  });
  after(() => h.close());
  beforeEach(async () => {
    h.clock.set('2026-06-01T12:00:00Z');
    cpe = new FakeCpe('Device', `clock-${(count += 1)}`);
    cpe.set('WiFi.Name', 'old');
    await h.meet(cpe);
  });

  const jump = (milliseconds: number): void => h.clock.set(new Date(h.clock.now().getTime() + milliseconds));
  const set = (value: string) => ({ param: [{ name: 'Device.WiFi.Name', value, type: 'string' }] });
  const device = async () => (await h.store.devices.findById(h.id(cpe)).lean())!;
  const read = { parameter: [{ name: 'Device.WiFi.Name' }] };

  for (const [how, by] of JUMPS) {
    it(`${how} in mid-session, the session goes on to its end and all its tasks succeed`, async () => {
      const tasks = [
        await h.add(cpe, 'SetValues', set('a')),
        await h.add(cpe, 'GetValues', read),
        await h.add(cpe, 'SetValues', set('b')),
      ];
      let jumped = false;
      await h.run(cpe, {
        between: () => {
          if (!jumped) jump(by);
          jumped = true;
        },
      });
      for (const task of tasks) expect((await h.report(task)).status).to.equal('SUCCESS');
      expect(cpe.value('WiFi.Name')).to.equal('b');
      expect((await device()).lease).to.include({ session: null });
    });

    it(`${how} between sessions, the next one runs what is due and stores what it learns`, async () => {
      await h.run(cpe);
      jump(by);
      const task = await h.add(cpe, 'GetValues', read);
      cpe.set('WiFi.Name', 'learnt');
      await h.run(cpe);
      expect((await h.report(task)).status).to.equal('SUCCESS');
      const { details } = await h.report(task);
      expect(details).to.deep.include({ name: 'Device.WiFi.Name', value: 'learnt' });
    });

    it(`${how}, a lease that a dead server left keeps nobody out`, async () => {
      await h.open(cpe);
      h.crash();
      jump(by);
      const now = h.clock.now();
      expect(contactState(await device(), now).state).not.to.equal('in-session');
      expect(await h.store.devices.countDocuments({ _id: h.id(cpe), ...heldLease(now) })).to.equal(0);
      expect(await releaseStaleLeases(h.store, now)).to.be.greaterThan(0);
      expect((await device()).lease.session).to.equal(null);
      const task = await h.add(cpe, 'GetValues', read);
      await h.run(cpe);
      expect((await h.report(task)).status).to.equal('SUCCESS');
    });

    it(`${how}, an open session keeps its lease by renewing it`, async () => {
      await h.add(cpe, 'GetValues', read);
      const session = await h.open(cpe);
      const request = await session.next(null);
      jump(by);
      h.clock.advance(50_000);
      expect(await session.next(cpe.answer(request!))).to.equal(null);
      await session.close(end('complete', null));
      expect(cpe.asked).to.have.length(1);
    });

    it(`${how}, a nonce from before is asked for anew, and the new one is taken`, () => {
      const clock = new ManualClock();
      const nonces = new NonceSource('secret', clock, 300_000);
      const before = nonces.issue();
      expect(nonces.isFresh(before)).to.equal(true);
      clock.set(new Date(clock.now().getTime() + by));
      expect(nonces.isFresh(before)).to.equal(false);
      expect(nonces.isFresh(nonces.issue())).to.equal(true);
    });

    it(`${how}, a one-time URL is made that works at once, and dies after its time`, async () => {
      const transfers = new Transfers(h.store, h.clock);
      jump(by);
      const address = await transfers.create({
        kind: 'download',
        device: h.id(cpe),
        task: 't',
        execution: 'e',
        commandKey: `k${count}`,
        resource: 'fw',
        fileName: 'fw.bin',
        urlName: 'fw.bin',
        target: null,
        fileType: '1 Firmware Upgrade Image',
        credentials: null,
        size: 1,
        expiresAt: new Date(h.clock.now().getTime() + 900_000),
      });
      expect(await transfers.find(address)).not.to.equal(null);
      h.clock.advance(899_000);
      expect(await transfers.find(address)).not.to.equal(null);
      jump(-by);
      if (by > 0) expect(await transfers.find(address)).not.to.equal(null);
      jump(by);
      h.clock.advance(1_000);
      expect(await transfers.find(address)).to.equal(null);
    });

    it(`${how}, data-model refreshes are still counted by the minute`, async () => {
      await h.store.settings.deleteMany({});
      const quota = new StoredQuotas(h.store, { ...DEFAULT_LIMITS, refreshesPerMinute: 1 }, h.clock);
      expect([await quota.takeRefresh(), await quota.takeRefresh()]).to.deep.equal([true, false]);
      jump(by);
      expect([await quota.takeRefresh(), await quota.takeRefresh()]).to.deep.equal([true, false]);
      jump(-by);
      h.clock.advance(60_000);
      expect([await quota.takeRefresh(), await quota.takeRefresh()]).to.deep.equal([true, false]);
    });
  }

  it('back by an hour, a task with a min. interval does not wait for that hour to pass again', async () => {
    const task = await h.add(cpe, 'GetValues', read, { automaticRestart: true, minInterval: 600 });
    await h.run(cpe);
    await h.run(cpe);
    expect(await h.report(task)).to.include({ run: 1 });
    jump(-HOUR);
    await h.run(cpe);
    expect(await h.report(task)).to.include({ run: 2, status: 'SUCCESS' });
    await h.run(cpe);
    expect(await h.report(task)).to.include({ run: 2 });
    h.clock.advance(600_000);
    await h.run(cpe);
    expect(await h.report(task)).to.include({ run: 3 });
  });

  for (const type of ['Reboot', 'Download'] as const)
    it(`back by an hour, a parked ${type} is given up after its own time, and not an hour later`, async () => {
      const config =
        type === 'Reboot' ? {} : { fileType: '1 Firmware Upgrade Image', resourceId: 'fw', timeLimit: 900 };
      const task = await h.add(cpe, type, config);
      await h.run(cpe);
      const { deadline, lastUpdateTime } = await h.report(task);
      const wait = deadline!.getTime() - lastUpdateTime.getTime();
      jump(-HOUR);
      await h.endOverdue();
      h.clock.advance(wait - 1_000);
      await h.endOverdue();
      expect((await h.report(task)).status).to.equal('IN_PROGRESS');
      h.clock.advance(2_000);
      await h.endOverdue();
      expect((await h.report(task)).status).to.equal('ERROR');
    });

  it('forward by a year, a parked run is given up and holds nothing up, and what comes for it late does no harm', async () => {
    const task = await h.add(cpe, 'Reboot');
    const next = await h.add(cpe, 'GetValues', read);
    await h.run(cpe);
    jump(YEAR);
    await h.endOverdue();
    expect((await h.report(task)).status).to.equal('ERROR');
    await h.run(cpe, { events: [event('1 BOOT'), event('M Reboot', 'late')] });
    expect((await h.report(next)).status).to.equal('SUCCESS');
    expect((await h.report(task)).status).to.equal('ERROR');
  });
});
