import { expect } from 'chai';
import { CpeFault } from '../../../acs/cwmp/cpe-fault.js';
import { FakeCpe, event, transferComplete } from './fake-cpe.js';
import { end, Harness, OPERATOR, type SessionPlan } from './harness.js';

describe('when things go wrong', () => {
  let h: Harness;
  let cpe: FakeCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open();
    h.files.add({ id: 'fw', version: '2.0' });
  });
  after(() => h.close());
  beforeEach(async () => {
    cpe = new FakeCpe('Device', `fail-${(count += 1)}`);
    cpe.table('NAT.PortMapping.', { Enable: { value: 'false', type: 'boolean' } }, [1, 2]);
    cpe.set('WiFi.Name', 'old');
    await h.meet(cpe);
  });
  const set = { param: [{ name: 'Device.WiFi.Name', value: 'new', type: 'string' }] };

  it('ends with ERROR and the code and text of a fault', async () => {
    const task = await h.add(cpe, 'SetValues', {
      param: [{ name: 'Device.DeviceInfo.UpTime', value: '1', type: 'unsignedInt' }],
    });
    await h.run(cpe);
    const report = await h.report(task);
    expect(report).to.include({ status: 'ERROR', summary: '9003 Invalid Arguments' });
    expect(report.fault).to.deep.equal({
      code: 9003,
      text: 'Invalid Arguments',
      method: 'SetParameterValues',
      parameters: [{ path: 'Device.DeviceInfo.UpTime', code: 9008, text: 'Non-writable Parameter' }],
    });
  });

  for (const [reason, summary] of [
    ['disconnected', 'connection lost during SetParameterValues'],
    ['timeout', 'no answer during SetParameterValues'],
    ['superseded', 'connection lost during SetParameterValues'],
    ['protocol-error', 'unusable answer during SetParameterValues'],
  ] as const)
    it(`ends with ERROR "${summary}" when the session ends: ${reason}`, async () => {
      const task = await h.add(cpe, 'SetValues', set);
      const rest = await h.add(cpe, 'GetNames');
      await h.run(cpe, { cut: { at: 1, when: 'after', how: reason } });
      expect(await h.report(task)).to.include({ status: 'ERROR', summary });
      expect(await h.reports.ofTask(rest._id, h.id(cpe))).to.equal(null);
      expect(await h.run(cpe)).to.deep.equal(['GetParameterNames']);
    });

  describe('with resumeAfterDisconnect', () => {
    const lost = { cut: { at: 1, when: 'after', how: 'disconnected' } } as const;

    it('goes on in the next session, so many times and no more', async () => {
      const task = await h.add(cpe, 'SetValues', set, { resumeAfterDisconnect: 2 });
      for (const disconnects of [1, 2]) {
        expect(await h.run(cpe, lost)).to.deep.equal(['SetParameterValues']);
        expect(await h.report(task)).to.include({ status: 'IN_PROGRESS', run: 1, disconnects });
      }
      await h.run(cpe, lost);
      expect(await h.report(task)).to.include({
        status: 'ERROR',
        summary: 'connection lost during SetParameterValues',
      });
      expect(await h.lines(task)).to.include(
        'WARN The connection is lost; goes on in a later session (2 of 2)',
      );
    });

    it('ends well where the device answers at last, and begins to count anew with the next run', async () => {
      const task = await h.add(cpe, 'SetValues', set, { resumeAfterDisconnect: 1, automaticRestart: true });
      await h.run(cpe, lost);
      await h.run(cpe);
      expect(await h.report(task)).to.include({ status: 'SUCCESS', run: 1 });
      await h.run(cpe, lost);
      expect(await h.report(task)).to.include({ status: 'IN_PROGRESS', run: 2, disconnects: 1 });
      await h.run(cpe);
      expect(await h.report(task)).to.include({ status: 'SUCCESS', run: 2 });
    });

    it('sends no command twice: what was sent is settled by its CommandKey', async () => {
      const task = await h.add(
        cpe,
        'FirmwareUpgrade',
        { resourceId: 'fw', versionChangeVerification: false },
        { resumeAfterDisconnect: 3 },
      );
      await h.run(cpe, lost);
      const { commandKey } = await h.report(task);
      await h.run(cpe, {
        events: [event('7 TRANSFER COMPLETE'), event('M Download', commandKey!)],
        transfers: [transferComplete(commandKey!)],
      });
      expect((await h.report(task)).status).to.equal('SUCCESS');
      expect(cpe.count('Download')).to.equal(1);
    });

    it('is nothing for an answer that cannot be understood', async () => {
      const task = await h.add(cpe, 'SetValues', set, { resumeAfterDisconnect: 2 });
      await h.run(cpe, { cut: { at: 1, when: 'after', how: 'protocol-error' } });
      expect(await h.report(task)).to.include({
        status: 'ERROR',
        summary: 'unusable answer during SetParameterValues',
      });
    });

    it('is nothing for a task that keeps no report', async () => {
      await h.add(cpe, 'SetValues', set, { resumeAfterDisconnect: 2, transientReport: true });
      await h.run(cpe, lost);
      expect(await h.run(cpe)).to.deep.equal(['SetParameterValues']);
    });
  });

  it('marks nothing when the connection is lost while no task runs; all wait', async () => {
    const task = await h.add(cpe, 'SetValues', set);
    const session = await h.open(cpe);
    await session.close(end('disconnected', null));
    expect(await h.reports.ofTask(task._id, h.id(cpe))).to.equal(null);
    expect(await h.run(cpe)).to.deep.equal(['SetParameterValues']);
    expect(await h.report(task)).to.include({ status: 'SUCCESS', run: 1 });
  });

  it('lets a run go to its end that is deactivated meanwhile; the next session does not begin it', async () => {
    const task = await h.add(
      cpe,
      'GetValues',
      { parameter: [{ name: 'Device.WiFi.Name' }] },
      { automaticRestart: true },
    );
    let edited = false;
    await h.run(cpe, {
      between: async () => {
        if (edited) return;
        edited = true;
        await h.service.edit(task._id, { active: false }, { actor: OPERATOR });
      },
    });
    expect(await h.report(task)).to.include({ status: 'SUCCESS', run: 1 });
    expect(await h.run(cpe)).to.deep.equal([]);
  });

  it('ends with ERROR on an unexpected answer, goes on, and lets the device go after two in a row', async () => {
    cpe.script = (request) =>
      request.method === 'GetParameterValues' ? { kind: 'unexpected', reason: 'an empty POST' } : undefined;
    const read = { parameter: [{ name: 'Device.WiFi.Name' }] };
    const [first, second, third] = [
      await h.add(cpe, 'GetValues', read),
      await h.add(cpe, 'GetValues', read),
      await h.add(cpe, 'GetNames'),
    ];
    await h.run(cpe);
    for (const task of [first, second])
      expect(await h.report(task)).to.include({
        status: 'ERROR',
        summary: 'unexpected answer to GetParameterValues: an empty POST',
      });
    expect(await h.reports.ofTask(third._id, h.id(cpe))).to.equal(null);
  });

  it('takes a lost connection after Reboot as expected', async () => {
    const task = await h.add(cpe, 'Reboot');
    await h.run(cpe, { cut: { at: 1, when: 'after', how: 'disconnected' } });
    expect(await h.report(task)).to.include({ status: 'IN_PROGRESS', blocking: true });
    await h.run(cpe, { events: [event('1 BOOT')] });
    expect((await h.report(task)).status).to.equal('SUCCESS');
    expect(cpe.count('Reboot')).to.equal(1);
  });

  for (const [how, what] of [
    ['shutdown', 'is shut down'],
    ['internal-error', 'loses its store'],
  ] as const)
    it(`is no failure of the task when the server ${what} in its midst`, async () => {
      const task = await h.add(cpe, 'SetValues', set);
      await h.run(cpe, { cut: { at: 1, when: 'before', how } });
      expect((await h.report(task)).status).to.equal('IN_PROGRESS');
      await h.run(cpe);
      expect(await h.report(task)).to.include({ status: 'SUCCESS', run: 1 });
    });

  it('lets parked tasks survive a boot that is not theirs and a bootstrap', async () => {
    const task = await h.add(cpe, 'FirmwareUpgrade', { resourceId: 'fw', maxInformCount: 5 });
    await h.run(cpe);
    const { commandKey } = await h.report(task);
    await h.run(cpe, { events: [event('1 BOOT')] });
    await h.run(cpe, { events: [event('0 BOOTSTRAP'), event('1 BOOT')] });
    expect(await h.report(task)).to.include({ status: 'IN_PROGRESS', commandKey });
  });

  it('starts what repeats on bootstrap anew, a parked run is cut off', async () => {
    const parked = await h.add(
      cpe,
      'FirmwareUpgrade',
      { resourceId: 'fw' },
      { repeatOnBootstrap: true, priority: 5 },
    );
    await h.run(cpe);
    expect((await h.report(parked)).status).to.equal('IN_PROGRESS');
    await h.run(cpe, { events: [event('0 BOOTSTRAP')] });
    expect(await h.report(parked)).to.include({ status: 'IN_PROGRESS', run: 2 });
    const { items } = await h.reports.history({ task: parked._id, limit: 5 });
    expect(items[0]).to.include({ run: 1, summary: 'restarted by bootstrap' });
  });

  it('does not reset a factory reset by the bootstrap that it waits for', async () => {
    const reset = await h.add(cpe, 'FactoryReset', {}, { repeatOnBootstrap: true });
    await h.run(cpe);
    await h.run(cpe, { events: [event('0 BOOTSTRAP'), event('1 BOOT')] });
    expect(await h.report(reset)).to.include({ status: 'SUCCESS', run: 1 });
    expect(cpe.count('FactoryReset')).to.equal(1);
  });

  it('freezes a deactivated run, releases the list, and resumes it when it is active again', async () => {
    const holder = await h.add(cpe, 'FirmwareUpgrade', { resourceId: 'fw' }, { priority: 1 });
    const other = await h.add(cpe, 'SetValues', set);
    await h.run(cpe);
    await h.run(cpe);
    expect(await h.reports.ofTask(other._id, h.id(cpe))).to.equal(null);
    await h.service.edit(holder._id, { active: false }, { actor: OPERATOR });
    await h.run(cpe);
    expect((await h.report(other)).status).to.equal('SUCCESS');
    const { commandKey } = await h.report(holder);
    await h.run(cpe, { transfers: [transferComplete(commandKey!)] });
    expect((await h.report(holder)).status).to.equal('IN_PROGRESS');
    await h.service.edit(holder._id, { active: true }, { actor: OPERATOR });
    await h.run(cpe);
    expect((await h.report(holder)).status).to.equal('SUCCESS');
  });

  it('releases the list when the holder is deleted', async () => {
    const holder = await h.add(cpe, 'Reboot', {}, { priority: 1 });
    await h.add(cpe, 'SetValues', set);
    await h.run(cpe);
    await h.service.remove(holder._id, { actor: OPERATOR });
    expect(await h.run(cpe)).to.deep.equal(['SetParameterValues']);
    const { items } = await h.reports.history({ task: holder._id, limit: 5 });
    expect(items[0]).to.include({ status: 'ERROR', summary: 'deleted' });
  });

  it('ends an overdue run behind any number of frozen ones', async () => {
    const task = await h.add(cpe, 'Reboot');
    await h.run(cpe);
    const own = await h.store.executions.findOne({ task: task._id }).lean();
    if (!own?.deadline) throw new Error('The run is not parked');
    const earlier = new Date(own.deadline.getTime() - 1_000);
    const frozen = Array.from({ length: 1_000 }, (_, i) => ({
      ...own,
      _id: `frozen-${i}`,
      task: `d:frozen:${i}`,
      device: 'frozen',
      deadline: earlier,
    }));
    await h.store.executions.insertMany(frozen);
    h.clock.advance(901_000);
    await h.endOverdue();
    expect((await h.report(task)).status).to.equal('ERROR');
    await h.store.executions.deleteMany({ device: 'frozen' });
  });

  it('ends an overdue parked run although no session comes, and only once', async () => {
    const task = await h.add(cpe, 'Reboot');
    await h.run(cpe);
    expect(await h.endOverdue()).to.equal(0);
    h.clock.advance(901_000);
    expect(await h.endOverdue()).to.equal(1);
    expect(await h.endOverdue()).to.equal(0);
    expect(await h.report(task)).to.include({
      status: 'ERROR',
      summary: 'device did not return',
      blocking: false,
    });
    expect((await h.reports.history({ task: task._id, limit: 5 })).items).to.have.length(1);
  });

  for (const [type, config, requests] of [
    ['SetValues', { param: [{ name: 'Device.WiFi.Name', value: 'new' }] }, 2],
    ['GetValues', { parameter: [{ name: 'Device.WiFi.Name' }, { name: 'Device.NAT.' }] }, 2],
    ['GetNames', { recursive: true }, 8],
    ['AddObject', { objectName: 'Device.NAT.PortMapping.', with: [{ key: 'Enable', value: 'true' }] }, 5],
    ['DeleteObject', { objectName: 'Device.NAT.PortMapping.2.' }, 1],
    ['RefreshDataModel', {}, 2],
    ['Reboot', {}, 1],
    ['FactoryReset', {}, 1],
    ['FirmwareUpgrade', { resourceId: 'fw' }, 1],
    ['Upload', { fileType: '2 Vendor Log File' }, 1],
    ['BackupConfiguration', {}, 1],
  ] as const) {
    for (let at = 1; at <= requests; at += 1)
      for (const when of ['before', 'after'] as const)
        it(`survives a crash of the server ${when} request ${at} of ${type}, and does nothing twice`, async () => {
          const task = await h.add(cpe, type, config);
          const plan: SessionPlan = { cut: { at, when, how: 'crash' } };
          await h.run(cpe, plan);
          const survivors: SessionPlan = { events: [event('0 BOOTSTRAP'), event('1 BOOT')] };
          const key = (await h.report(task)).commandKey;
          if (key && type !== 'Reboot' && type !== 'FactoryReset') {
            h.files.arrive(key, `backup-${key}`, h.clock.now());
            survivors.transfers = [transferComplete(key)];
          }
          await h.run(cpe, survivors);
          const report = await h.report(task);
          expect(report).to.include({ status: 'SUCCESS', run: 1 }, JSON.stringify(report));
          for (const method of ['AddObject', 'Reboot', 'FactoryReset', 'Download', 'Upload'])
            expect(cpe.count(method)).to.be.at.most(1);
          if (type === 'AddObject') {
            const made = new Set(
              [...cpe.parameters.keys()].flatMap((name) => /PortMapping\.(\d+)\./.exec(name)?.[1] ?? []),
            );
            expect([...made].toSorted()).to.deep.equal(['1', '2', '3']);
          }
          expect((await h.reports.history({ task: task._id, limit: 5 })).items).to.have.length(1);
        });
  }

  it('treats a Download that was never answered for as a failed attempt when its limit is over', async () => {
    const task = await h.add(cpe, 'FirmwareUpgrade', { resourceId: 'fw', maxInformCount: 2 });
    await h.run(cpe, { cut: { at: 1, when: 'before', how: 'crash' } });
    await h.run(cpe);
    expect((await h.report(task)).status).to.equal('IN_PROGRESS');
    await h.run(cpe);
    expect(await h.report(task)).to.include({ status: 'ERROR', summary: 'no answer in 2 Informs' });
    expect(cpe.count('Download')).to.equal(0);
  });

  it('keeps a fault of the server itself out of the list: the next task runs', async () => {
    const task = await h.add(cpe, 'FirmwareUpgrade', { resourceId: 'fw' }, { priority: 1 });
    const next = await h.add(cpe, 'SetValues', set);
    const original = h.files.offerDownload.bind(h.files);
    h.files.offerDownload = () => Promise.reject(new Error('disk full'));
    await h.run(cpe);
    h.files.offerDownload = original;
    expect(await h.report(task)).to.include({ status: 'ERROR', summary: 'internal error: disk full' });
    expect((await h.report(next)).status).to.equal('SUCCESS');
  });

  it('does not press a device with a method that it does not know', async () => {
    cpe.script = (request) =>
      request.method === 'FactoryReset' ? new CpeFault(9000, 'Method not supported') : undefined;
    const task = await h.add(cpe, 'FactoryReset');
    await h.run(cpe);
    expect(await h.report(task)).to.include({ status: 'ERROR', summary: '9000 Method not supported' });
  });
});
