import { expect } from 'chai';
import { CpeFault } from '../../../acs/cwmp/cpe-fault.js';
import { intervalStart } from '../../../acs/tasks/types/backup-configuration.js';
import type { TaskRecord } from '../../../store/models/task.js';
import { FakeCpe, event, transferComplete } from './fake-cpe.js';
import { Harness, OPERATOR } from './harness.js';

describe('transfer tasks', () => {
  let h: Harness;
  let cpe: FakeCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open({ simultaneousTransfers: 1 });
    h.files.add({ id: 'fw', name: 'firmware two', version: '2.0', size: 4242 });
    h.files.add({ id: 'any' });
  });
  after(() => h.close());
  beforeEach(async () => {
    cpe = new FakeCpe('Device', `transfer-${(count += 1)}`);
    await h.meet(cpe);
  });
  const key = async (task: TaskRecord): Promise<string> => (await h.report(task)).commandKey ?? '';
  const status = async (task: TaskRecord): Promise<string> => {
    const report = await h.report(task);
    return `${report.status} ${report.summary}`.trim();
  };
  const install = (version: string): void => cpe.set('DeviceInfo.SoftwareVersion', version, 'string', false);

  it('refuses a firmware file that is for other models, before the device hears of it', async () => {
    h.files.add({ id: 'fw-other', name: 'for others', version: '9.0', models: ['Other 1', 'Other 2'] });
    const task = await h.add(cpe, 'FirmwareUpgrade', { resourceId: 'fw-other' });
    expect(await h.run(cpe)).to.deep.equal([]);
    expect(await h.report(task)).to.include({
      status: 'ERROR',
      summary: 'the file for others is for Other 1, Other 2, not for GW',
    });
    h.files.add({ id: 'fw-mine', name: 'for these', version: '9.0', models: ['Other 1', 'GW'] });
    await h.add(cpe, 'FirmwareUpgrade', { resourceId: 'fw-mine' });
    expect(await h.run(cpe)).to.deep.equal(['Download']);
  });

  it('sends Download with size, name and a key of at most 32 characters, and waits with the list held', async () => {
    const task = await h.add(cpe, 'FirmwareUpgrade', {
      resourceId: 'firmware two',
      delaySeconds: 30,
      protocol: 'httpsWithAuth',
    });
    const other = await h.add(cpe, 'GetNames');
    expect(await h.run(cpe)).to.deep.equal(['Download']);
    const [request] = cpe.asked;
    const commandKey = await key(task);
    expect(commandKey).to.have.length.at.most(32);
    expect(request).to.include({
      commandKey,
      fileType: '1 Firmware Upgrade Image',
      fileSize: 4242,
      targetFileName: 'fw.bin',
      delaySeconds: 30,
    });
    expect(h.files.orders.at(-1)).to.include({ scheme: 'https', withCredentials: true, resource: 'fw' });
    const report = await h.report(task);
    expect(report).to.include({ status: 'IN_PROGRESS', stage: 'waiting', blocking: true });
    expect(report.deadline?.getTime()).to.equal(
      new Date(String(report.checkpoint?.state.sentAt)).getTime() + 3_630_000,
    );
    expect(JSON.stringify(report)).not.to.include('SECRETTOKEN');
    const { entries } = await h.service.queue(h.id(cpe));
    expect(entries.find(({ task: { _id } }) => _id === other._id)?.reason?.code).to.equal('waits-for-holder');
  });

  it('lets other tasks run while it waits when it is not blocking', async () => {
    await h.add(cpe, 'FirmwareUpgrade', { resourceId: 'fw', blocking: false });
    await h.add(cpe, 'GetNames');
    expect(await h.run(cpe)).to.deep.equal(['Download', 'GetParameterNames']);
  });

  describe('settled by TransferComplete', () => {
    it('with its key: SUCCESS', async () => {
      const task = await h.add(cpe, 'Download', { resourceId: 'any' });
      await h.run(cpe);
      await h.run(cpe, {
        events: [event('7 TRANSFER COMPLETE')],
        transfers: [transferComplete(await key(task))],
      });
      expect(await status(task)).to.equal('SUCCESS');
    });

    for (const [words, lost] of [
      ['an empty key', ''],
      ['a key that the device changed', 'deadbeef'],
    ] as const)
      it(`with ${words}: it belongs to the only pending transfer`, async () => {
        const task = await h.add(cpe, 'Download', { resourceId: 'any' });
        await h.run(cpe);
        await h.run(cpe, { transfers: [transferComplete(lost)] });
        expect(await status(task)).to.equal('SUCCESS');
        const [session] = await h.store.sessions
          .find({ device: h.id(cpe) })
          .sort({ startedAt: -1 })
          .lean();
        expect(session?.warnings.join()).to.match(/only pending transfer/);
      });

    it('without key while two are pending: it belongs to none', async () => {
      const tasks = [
        await h.add(cpe, 'Download', { resourceId: 'any', blocking: false }),
        await h.add(cpe, 'Download', { resourceId: 'any', blocking: false }),
      ];
      await h.run(cpe);
      await h.run(cpe, { transfers: [transferComplete('')] });
      for (const task of tasks) expect(await status(task)).to.match(/^IN_PROGRESS/);
      await h.run(cpe, { transfers: [transferComplete(await key(tasks[1]!)), transferComplete('')] });
      for (const task of tasks) expect(await status(task)).to.equal('SUCCESS');
    });

    it('twice, or in one session with another fault: the first counts, the second is only noted', async () => {
      const task = await h.add(cpe, 'Download', { resourceId: 'any' });
      await h.run(cpe);
      const commandKey = await key(task);
      await h.run(cpe, { transfers: [transferComplete(commandKey), transferComplete(commandKey, 9002)] });
      expect(await status(task)).to.equal('SUCCESS');
      await h.run(cpe, { transfers: [transferComplete(commandKey, 9010, 'late')] });
      expect(await status(task)).to.equal('SUCCESS');
    });

    it('before the boot, or after it', async () => {
      for (const order of ['before', 'after']) {
        const task = await h.add(cpe, 'FirmwareUpgrade', {
          resourceId: 'fw',
          versionChangeVerification: true,
        });
        install('1.0');
        await h.run(cpe);
        const commandKey = await key(task);
        if (order === 'before') {
          await h.run(cpe, { transfers: [transferComplete(commandKey)] });
          expect(await h.report(task)).to.include({
            status: 'IN_PROGRESS',
            stage: 'verifying',
            blocking: true,
          });
          install('2.0');
          await h.run(cpe, { events: [event('1 BOOT')] });
        } else {
          install('2.0');
          await h.run(cpe, {
            events: [event('1 BOOT'), event('M Download', commandKey)],
            transfers: [transferComplete(commandKey)],
          });
        }
        expect(await status(task)).to.equal('SUCCESS');
      }
    });

    it('of a run that a restart abandoned: only noted, the new run waits for its own', async () => {
      const task = await h.add(cpe, 'Download', { resourceId: 'any' });
      await h.run(cpe);
      const abandoned = await key(task);
      await h.service.restart(task._id, { actor: OPERATOR });
      await h.run(cpe);
      await h.run(cpe, { transfers: [transferComplete(abandoned)] });
      expect(await status(task)).to.match(/^IN_PROGRESS/);
      await h.run(cpe, { transfers: [transferComplete(await key(task))] });
      expect(await h.report(task)).to.include({ status: 'SUCCESS', run: 2 });
    });

    it('that nothing awaits: answered and noted', async () => {
      await h.run(cpe, { transfers: [transferComplete('foreign', 9015)] });
      const [session] = await h.store.sessions
        .find({ device: h.id(cpe) })
        .sort({ startedAt: -1 })
        .lean();
      expect(session?.warnings.join()).to.match(/foreign.*no transfer is pending/);
    });

    it('is kept when the server crashes right after it came', async () => {
      const task = await h.add(cpe, 'Download', { resourceId: 'any' });
      await h.run(cpe);
      const session = await h.open(cpe);
      await session.receive(transferComplete(await key(task)));
      h.crash();
      await h.run(cpe);
      expect(await status(task)).to.equal('SUCCESS');
    });
  });

  it('is complete at once on Status 0', async () => {
    cpe.transferStatus = 0;
    const task = await h.add(cpe, 'Download', { resourceId: 'any' });
    await h.run(cpe);
    expect(await status(task)).to.equal('SUCCESS');
  });

  describe('attempts', () => {
    it('fail on TransferComplete with a fault, are repeated at once as often as told, then ERROR', async () => {
      const task = await h.add(cpe, 'Download', { resourceId: 'any', retryCount: 1 });
      await h.run(cpe);
      const first = await key(task);
      await h.run(cpe, { transfers: [transferComplete(first, 9015, 'Cannot contact file server')] });
      const second = await key(task);
      expect(second).not.to.equal(first);
      expect(cpe.count('Download')).to.equal(2);
      await h.run(cpe, { transfers: [transferComplete(second, 9015, 'Cannot contact file server')] });
      const report = await h.report(task);
      expect(report).to.include({ status: 'ERROR', summary: '9015 Cannot contact file server' });
      expect(report.fault).to.include({ code: 9015, method: 'Download' });
      expect(report.details.find(({ name }) => name === 'attempts')?.value).to.equal('2');
    });

    it('fail on a refused request, and are repeated in the next session', async () => {
      cpe.script = (request) =>
        request.method === 'Download' && cpe.count('Download') === 1 ? new CpeFault(9010, 'Busy') : undefined;
      const task = await h.add(cpe, 'Download', { resourceId: 'any', retryCount: 2 });
      expect(await h.run(cpe)).to.deep.equal(['Download']);
      expect(await h.report(task)).to.include({ status: 'IN_PROGRESS', stage: 'prepare' });
      expect(await h.run(cpe)).to.deep.equal(['Download']);
      await h.run(cpe, { transfers: [transferComplete(await key(task))] });
      expect(await status(task)).to.equal('SUCCESS');
    });

    it('are not repeated when the device does not know the method', async () => {
      cpe.script = () => new CpeFault(9000, 'Method not supported');
      const task = await h.add(cpe, 'Download', { resourceId: 'any', retryCount: 5 });
      await h.run(cpe);
      expect(await status(task)).to.equal('ERROR 9000 Method not supported');
    });

    it('are given up after maxInformCount Informs or the time limit', async () => {
      const byCount = await h.add(cpe, 'Download', { resourceId: 'any', maxInformCount: 2, blocking: false });
      const byTime = await h.add(cpe, 'Download', { resourceId: 'any', timeLimit: 90, blocking: false });
      await h.run(cpe);
      await h.run(cpe);
      await h.run(cpe);
      expect(await status(byCount)).to.equal('ERROR no answer in 2 Informs');
      expect(await status(byTime)).to.equal('ERROR the time limit is over');
    });

    it('are given up by the job when no session comes, and the next one follows in the next session', async () => {
      const task = await h.add(cpe, 'Download', { resourceId: 'any', retryCount: 1, timeLimit: 60 });
      await h.run(cpe);
      h.clock.advance(61_000);
      // Other devices of this store may have runs that are overdue too.
      expect(await h.endOverdue()).to.be.at.least(1);
      expect(await h.report(task)).to.include({ status: 'IN_PROGRESS', stage: 'prepare', deadline: null });
      await h.run(cpe);
      expect(cpe.count('Download')).to.equal(2);
      h.clock.advance(61_000);
      await h.endOverdue();
      expect(await status(task)).to.equal('ERROR the time limit is over');
    });

    it('begin again after a bootstrap with retryOnBootstrap, without counting', async () => {
      const task = await h.add(cpe, 'Download', { resourceId: 'any', retryOnBootstrap: true });
      await h.run(cpe);
      expect(await h.run(cpe, { events: [event('0 BOOTSTRAP')] })).to.deep.equal(['Download']);
      await h.run(cpe, { transfers: [transferComplete(await key(task))] });
      expect(await h.report(task)).to.include({ status: 'SUCCESS', run: 1 });
    });
  });

  describe('FirmwareUpgrade', () => {
    it('is SUCCESS without Download when the version is installed already', async () => {
      install('2.0');
      const task = await h.add(cpe, 'FirmwareUpgrade', { resourceId: 'fw' });
      expect(await h.run(cpe)).to.deep.equal([]);
      expect(await status(task)).to.equal('SUCCESS already installed');
    });

    it('takes a changed version without TransferComplete as success when it verifies', async () => {
      const task = await h.add(cpe, 'FirmwareUpgrade', { resourceId: 'fw', versionChangeVerification: true });
      await h.run(cpe);
      install('2.0');
      await h.run(cpe, { events: [event('1 BOOT')] });
      expect(await status(task)).to.equal('SUCCESS');
      const { details } = await h.report(task);
      expect(details.find(({ name }) => name === 'note')?.value).to.match(/no TransferComplete/);
      expect(details.find(({ name }) => name === 'versionAfter')?.value).to.equal('2.0');
    });

    it('is ERROR "version unchanged" when TransferComplete changes nothing', async () => {
      const task = await h.add(cpe, 'FirmwareUpgrade', {
        resourceId: 'fw',
        versionChangeVerification: true,
        maxInformCount: 3,
      });
      await h.run(cpe);
      await h.run(cpe, { transfers: [transferComplete(await key(task))] });
      await h.run(cpe);
      await h.run(cpe);
      expect(await status(task)).to.equal('ERROR version unchanged');
    });

    it('without verification looks at the version only when TransferComplete never comes', async () => {
      const task = await h.add(cpe, 'FirmwareUpgrade', { resourceId: 'fw', maxInformCount: 2 });
      await h.run(cpe);
      install('2.0');
      await h.run(cpe, { events: [event('1 BOOT')] });
      expect(await status(task)).to.match(/^IN_PROGRESS/);
      await h.run(cpe);
      expect(await status(task)).to.equal('SUCCESS');
    });

    it('is ERROR without Download when there is no such file', async () => {
      const task = await h.add(cpe, 'FirmwareUpgrade', { resourceId: 'gone' });
      expect(await h.run(cpe)).to.deep.equal([]);
      expect(await status(task)).to.equal('ERROR There is no resource gone');
    });
  });

  describe('BackupConfiguration and RestoreConfiguration', () => {
    it('keep one backup in an interval, and as many as told', async () => {
      h.files.offers.splice(
        0,
        h.files.offers.length,
        ...h.files.offers.filter(({ id }) => !id.startsWith('backup')),
      );
      const task = await h.add(
        cpe,
        'BackupConfiguration',
        { intervalTime: 24, backupNumber: 2 },
        { automaticRestart: true },
      );
      const summaries: string[] = [];
      for (let day = 0; day < 3; day += 1) {
        await h.run(cpe);
        const commandKey = await key(task);
        h.files.arrive(commandKey, `backup-${day}`, h.clock.now());
        await h.run(cpe, { transfers: [transferComplete(commandKey)] });
        summaries.push((await h.report(task)).details.find(({ name }) => name === 'resource')?.value ?? '');
        await h.run(cpe);
        summaries.push(await status(task));
        h.clock.advance(86_400_000);
      }
      const again = 'SUCCESS Backup already created in specified interval.';
      expect(summaries).to.deep.equal(['backup-0', again, 'backup-1', again, 'backup-2', again]);
      expect(h.files.deleted).to.deep.equal(['backup-0']);
      expect(cpe.count('Upload')).to.equal(3);
    });

    it('hold up no later session when they repeat, though they wait blocking', async () => {
      const task = await h.add(cpe, 'BackupConfiguration', { intervalTime: 0 }, { automaticRestart: true });
      const next = await h.add(cpe, 'GetNames', {}, { priority: 20 });
      expect(await h.run(cpe)).to.deep.equal(['Upload']);
      expect((await h.report(task)).blocking).to.equal(true);
      expect(await h.run(cpe)).to.deep.equal(['GetParameterNames']);
      expect((await h.report(next)).status).to.equal('SUCCESS');
      expect((await h.report(task)).status).to.equal('IN_PROGRESS');
    });

    it('fail when the device reports success but no file came', async () => {
      const task = await h.add(cpe, 'BackupConfiguration', { intervalTime: 0 });
      await h.run(cpe);
      await h.run(cpe, { transfers: [transferComplete(await key(task))] });
      expect(await status(task)).to.match(/^ERROR .*no file has arrived/);
    });

    it('succeed when the file came but TransferComplete did not', async () => {
      const task = await h.add(cpe, 'BackupConfiguration', { intervalTime: 0 });
      await h.run(cpe);
      h.files.arrive(await key(task), 'backup-x', h.clock.now());
      await h.run(cpe);
      expect(await status(task)).to.equal('SUCCESS');
    });

    it('restore the newest backup within the dates, or say that there is none', async () => {
      h.files.add({ id: 'backup-old', createdAt: new Date('2025-06-01T00:00:00Z'), version: '0.9' });
      const task = await h.add(cpe, 'RestoreConfiguration', {
        fromDate: '2025.05.01 00:00:00',
        toDate: '2025.07.01 00:00:00',
      });
      await h.run(cpe);
      expect(cpe.asked[0]).to.include({
        method: 'Download',
        fileType: '3 Vendor Configuration File',
        targetFileName: 'backup-old.bin',
      });
      expect((await h.lines(task)).join()).to.match(/WARN The backup was made with software 0\.9/);
      await h.run(cpe, { transfers: [transferComplete(await key(task))] });
      const none = await h.add(cpe, 'RestoreConfiguration', { toDate: '2020.01.01' });
      await h.run(cpe);
      expect(await status(none)).to.match(/^ERROR There is no backup/);
    });

    it('count intervals from the reference time', () => {
      const at = (hours: number): Date => new Date(Date.UTC(2012, 0, 1, hours));
      const given = { referenceTime: '2012-01-01T00:00:00Z', intervalTime: 24 };
      expect(intervalStart(given, at(49))).to.deep.equal(at(48));
      expect(intervalStart(given, at(48))).to.deep.equal(at(48));
      expect(intervalStart(given, at(-1))).to.deep.equal(at(-24));
      expect(intervalStart({ ...given, intervalTime: 0 }, at(1))).to.equal(null);
    });
  });

  describe('Upload', () => {
    it('to another server needs TransferComplete alone and shows no password', async () => {
      const task = await h.add(cpe, 'Upload', {
        fileType: '4 Vendor Log File',
        configurationFileNumber: 2,
        isExternal: true,
        externalUrl: 'https://logs.example/put',
        externalUsername: 'u',
        externalPassword: 'topsecret',
      });
      await h.run(cpe);
      expect(cpe.asked[0]).to.include({
        fileType: '4 Vendor Log File 2',
        url: 'https://logs.example/put',
        password: 'topsecret',
      });
      expect((await h.lines(task)).join()).not.to.include('topsecret');
      await h.run(cpe, { transfers: [transferComplete(await key(task))] });
      expect(await status(task)).to.equal('SUCCESS');
    });
  });

  it('waits for its place among the simultaneous transfers with useQuota', async () => {
    const other = new FakeCpe('Device', `transfer-other-${count}`);
    await h.meet(other);
    const first = await h.add(cpe, 'Download', { resourceId: 'any', useQuota: true });
    const second = await h.add(other, 'Download', { resourceId: 'any', useQuota: true });
    await h.run(cpe);
    expect(await h.run(other)).to.deep.equal([]);
    expect(await h.report(second)).to.include({
      status: 'IN_PROGRESS',
      summary: 'waiting for quota',
      blocking: false,
    });
    await h.run(cpe, { transfers: [transferComplete(await key(first))] });
    expect(await h.run(other)).to.deep.equal(['Download']);
  });
});

describe('Reboot and FactoryReset', () => {
  let h: Harness;
  let cpe: FakeCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open();
  });
  after(() => h.close());
  beforeEach(async () => {
    cpe = new FakeCpe('InternetGatewayDevice', `boot-${(count += 1)}`);
    await h.meet(cpe);
  });

  it('end the session after the command and hold the list until the device is back', async () => {
    const task = await h.add(cpe, 'Reboot', {}, { priority: 1 });
    await h.add(cpe, 'GetNames');
    expect(await h.run(cpe)).to.deep.equal(['Reboot']);
    const { commandKey } = await h.report(task);
    h.clock.advance(30_000);
    expect(await h.run(cpe, { events: [event('1 BOOT'), event('M Reboot', commandKey!)] })).to.deep.equal([
      'GetParameterNames',
    ]);
    const { status, details } = await h.report(task);
    expect(status).to.equal('SUCCESS');
    expect(details.map(({ name }) => name)).to.deep.equal(['commandTime', 'returnTime', 'downtime']);
    expect(details[2]?.value).to.equal('90 s');
  });

  for (const [words, events, status, echoed] of [
    ['1 BOOT alone', ['1 BOOT'], 'SUCCESS', 'false'],
    ['0 BOOTSTRAP alone', ['0 BOOTSTRAP'], 'SUCCESS', 'false'],
    ['2 PERIODIC', ['2 PERIODIC'], 'IN_PROGRESS', undefined],
  ] as const)
    it(`take an Inform with ${words} as ${status}`, async () => {
      const task = await h.add(cpe, 'Reboot');
      await h.run(cpe);
      await h.run(cpe, { events: events.map((code) => event(code)) });
      const report = await h.report(task);
      expect(report.status).to.equal(status);
      expect(report.details.find(({ name }) => name === 'commandKeyEchoed')?.value).to.equal(echoed);
    });

  it('give up with WARNING after three Informs that know of no boot', async () => {
    const task = await h.add(cpe, 'Reboot');
    for (let session = 0; session < 4; session += 1) await h.run(cpe);
    expect(await h.report(task)).to.include({ status: 'WARNING', summary: 'no boot event' });
    expect(cpe.count('Reboot')).to.equal(1);
  });

  it('end with ERROR when the device comes back too late and knows of no boot', async () => {
    const task = await h.add(cpe, 'FactoryReset');
    await h.run(cpe);
    h.clock.advance(900_000);
    await h.run(cpe);
    expect(await h.report(task)).to.include({ status: 'ERROR', summary: 'device did not return' });
  });

  it('know a factory reset by its bootstrap, or by a mere boot', async () => {
    const task = await h.add(cpe, 'FactoryReset');
    await h.run(cpe);
    await h.run(cpe, { events: [event('1 BOOT')] });
    const { status, details } = await h.report(task);
    expect(status).to.equal('SUCCESS');
    expect(details.find(({ name }) => name === 'bootstrap')?.value).to.equal('false');
  });
});
