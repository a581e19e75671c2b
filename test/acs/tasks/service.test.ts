import { expect } from 'chai';
import { ConflictError, NotFoundError, StaleError, ValidationError } from '../../../common/errors.js';
import { RunLog } from '../../../acs/tasks/run-log.js';
import { FakeCpe } from './fake-cpe.js';
import { taskStatistics } from '../../../acs/tasks/task-statistics.js';
import { Harness, OPERATOR } from './harness.js';

async function thrown(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}

describe('task definitions', () => {
  let h: Harness;
  let cpe: FakeCpe;
  let device: string;
  let count = 0;
  before(async () => {
    h = await Harness.open();
  });
  after(() => h.close());
  beforeEach(async () => {
    cpe = new FakeCpe('Device', `service-${(count += 1)}`);
    await h.meet(cpe);
    device = h.id(cpe);
  });
  const read = { parameter: [{ name: 'Device.DeviceInfo.' }] };

  it('get ids that are counted per device and never used again', async () => {
    const first = await h.add(cpe, 'GetValues', read);
    await h.service.remove(first._id, { actor: OPERATOR });
    const second = await h.add(cpe, 'GetValues', read);
    expect([first._id, second._id]).to.deep.equal([`d:${device}:1`, `d:${device}:2`]);
  });

  it('get new ids too after the device was deleted and came again', async () => {
    const first = await h.add(cpe, 'GetValues', read);
    await h.add(cpe, 'GetValues', read);
    await h.store.tasks.deleteMany({ device });
    await h.store.devices.deleteOne({ _id: device });
    await h.meet(cpe);
    expect(first._id).to.equal(`d:${device}:1`);
    expect((await h.add(cpe, 'GetValues', read))._id).to.equal(`d:${device}:3`);
  });

  it('skip numbers that imported tasks have', async () => {
    const first = await h.add(cpe, 'GetValues', read);
    await h.store.tasks.create({ ...first, _id: `d:${device}:2` });
    expect((await h.add(cpe, 'GetValues', read))._id).to.equal(`d:${device}:3`);
  });

  it('are made from few words, with defaults and the short type name', async () => {
    const task = await h.add(
      cpe,
      'com.example.GetValuesTask',
      '<config><parameter name="Device."/></config>',
      { name: 'mine' },
    );
    expect(task).to.deep.include({
      type: 'GetValues',
      config: { parameter: [{ name: 'Device.' }] },
      name: 'mine',
      anonymous: false,
      active: true,
      priority: 10,
      logLevel: 'INFO',
      domain: '/',
      user: 'operator',
      version: 1,
    });
    expect((await h.service.get(task._id)).name).to.equal('mine');
  });

  for (const [words, settings, pointer] of [
    ['a name that is too long', { name: 'x'.repeat(129) }, '/name'],
    ['no name although not anonymous', { anonymous: false }, '/name'],
    ['a negative interval', { minInterval: -1 }, '/minInterval'],
    ['an unknown log level', { logLevel: 'LOUD' }, '/logLevel'],
    [
      'a property twice',
      {
        properties: [
          { name: 'a', value: '1' },
          { name: 'a', value: '2' },
        ],
      },
      '/properties',
    ],
    ['a domain without slashes', { domain: 'org' }, '/domain'],
    ['a fraction as priority', { priority: 1.5 }, '/priority'],
  ] as const)
    it(`are refused with a pointer: ${words}`, async () => {
      const error = await thrown(h.add(cpe, 'GetValues', read, settings as never));
      expect(error).to.be.instanceOf(ValidationError);
      expect((error as ValidationError).issues[0]?.pointer).to.equal(pointer);
      expect(await h.store.tasks.countDocuments({ device })).to.equal(0);
    });

  it('are refused as transient where the type needs its report', async () => {
    const error = await thrown(h.add(cpe, 'Reboot', {}, { transientReport: true }));
    expect((error as ValidationError).issues[0]?.pointer).to.equal('/transientReport');
  });

  it('are refused for a device that does not exist', async () => {
    expect(await thrown(h.service.create({ device: 'X-Y', type: 'Reboot' }, OPERATOR))).to.be.instanceOf(
      NotFoundError,
    );
  });

  it('keep their place, report and creation time when edited, and refuse stale edits', async () => {
    const task = await h.add(cpe, 'GetValues', read);
    await h.run(cpe);
    const edited = await h.service.edit(
      task._id,
      { priority: 3, comment: 'c' },
      { actor: OPERATOR, version: 1 },
    );
    expect(edited).to.deep.include({ priority: 3, comment: 'c', version: 2, createdAt: task.createdAt });
    expect((await h.report(task)).status).to.equal('SUCCESS');
    expect(
      await thrown(h.service.edit(task._id, { priority: 4 }, { actor: OPERATOR, version: 1 })),
    ).to.be.instanceOf(StaleError);
    expect(await thrown(h.service.remove(task._id, { actor: OPERATOR, version: 1 }))).to.be.instanceOf(
      StaleError,
    );
    expect(
      await thrown(h.service.edit(task._id, { type: 'Reboot' } as never, { actor: OPERATOR })),
    ).to.be.instanceOf(ValidationError);
  });

  it('leave every change in the edition log, deletions too, with the whole definition', async () => {
    const task = await h.add(cpe, 'GetValues', read);
    await h.service.edit(task._id, { name: 'n' }, { actor: OPERATOR });
    await h.service.remove(task._id, { actor: OPERATOR });
    const { items } = await h.reports.editionLog({ task: task._id }, { limit: 10 });
    expect(items.map(({ kind }) => kind).toSorted()).to.deep.equal(['created', 'deleted', 'modified']);
    const modified = items.find(({ kind }) => kind === 'modified');
    expect([modified?.before?.name, modified?.after?.name]).to.deep.equal(['', 'n']);
    expect(await thrown(h.service.get(task._id))).to.be.instanceOf(NotFoundError);
  });

  it('are copied with a new id and no report', async () => {
    const task = await h.add(cpe, 'GetValues', read, { priority: 7, tags: ['t'] });
    await h.run(cpe);
    const copy = await h.service.copy(task._id, { name: 'copy' }, { user: 'other' });
    expect(copy).to.deep.include({ name: 'copy', anonymous: false, priority: 7, tags: ['t'], user: 'other' });
    expect(copy._id).not.to.equal(task._id);
    expect(await h.reports.ofTask(copy._id, device)).to.equal(null);
  });

  it('are restarted whatever their status, on their own device only', async () => {
    const task = await h.add(cpe, 'GetValues', read);
    await h.run(cpe);
    expect(await thrown(h.service.restart(task._id, { actor: OPERATOR, device: 'other' }))).to.be.instanceOf(
      ConflictError,
    );
    await h.service.restart(task._id, { actor: OPERATOR });
    expect(await h.report(task)).to.deep.include({
      status: 'NOT_STARTED',
      details: [],
      finishTime: null,
      run: 1,
    });
    await h.run(cpe);
    expect(await h.report(task)).to.include({ status: 'SUCCESS', run: 2 });
  });

  it('are never given the number of one that had it by name and is deleted', async () => {
    const named = await h.add(cpe, 'GetValues', read, { suffix: '2' });
    await h.service.remove(named._id, { actor: OPERATOR });
    const ids = [await h.add(cpe, 'GetValues', read), await h.add(cpe, 'GetValues', read)].map(
      ({ _id }) => _id,
    );
    expect(named._id.endsWith(':2')).to.equal(true);
    expect(ids).to.not.include(named._id);
  });

  it('are counted by type, in a domain and below it', async () => {
    for (const [name, active, domain] of [
      ['a', true, '/counted/'],
      ['b', false, '/counted/below/'],
      ['c', true, '/'],
    ] as const)
      await h.add(cpe, 'GetValues', read, { name, active, domain });
    expect(await taskStatistics(h.store, '/counted/')).to.deep.equal({
      ...{ total: 2, active: 1, stopped: 1 },
      types: [{ type: 'GetValues', total: 2, active: 1, stopped: 1 }],
    });
    expect((await taskStatistics(h.store, '/')).total).to.equal(await h.store.tasks.countDocuments());
  });

  it('say what happens to them: events for definition and run', async () => {
    h.published.length = 0;
    const task = await h.add(cpe, 'GetValues', read);
    await h.run(cpe);
    const types = h.published.map(({ type }) => type).filter((type) => /^(task|execution)/.test(type));
    expect(types).to.deep.equal(['task.created', 'execution.started', 'execution.finished']);
    expect(h.published.find(({ type }) => type === 'execution.finished')?.data).to.include({
      task: task._id,
      device,
      status: 'SUCCESS',
      run: 1,
    });
  });

  it('keep their reports in pages by change, the oldest first after a time', async () => {
    const since = h.clock.now();
    const tasks = [await h.add(cpe, 'GetValues', read), await h.add(cpe, 'GetNames')];
    await h.run(cpe);
    const first = await h.reports.find({ device, updatedSince: since, limit: 1 });
    const second = await h.reports.find({ device, updatedSince: since, limit: 1, cursor: first.next! });
    expect([first, second].map(({ items }) => items[0]?.task)).to.deep.equal(tasks.map(({ _id }) => _id));
    expect(second.next).to.equal(null);
    expect((await h.reports.find({ device, status: 'ERROR', limit: 5 })).items).to.deep.equal([]);
  });

  it('keep log lines of their level and above, in order and by page', async () => {
    const task = await h.add(cpe, 'GetValues', read, { logLevel: 'DEBUG' });
    await h.run(cpe);
    const { _id } = await h.report(task);
    const all = (await h.reports.logLines(_id)).items.map(({ line, level }) => `${line} ${level}`);
    expect(all).to.deep.equal(['1 INFO', '2 DEBUG', '3 DEBUG', '4 INFO']);
    const page = await h.reports.logLines(_id, { limit: 1, level: 'INFO' });
    expect(page).to.deep.include({ run: 1, next: 1 });
    expect(
      (await h.reports.logLines(_id, { after: 1, level: 'INFO' })).items.map(({ line }) => line),
    ).to.deep.equal([4]);
  });
});

describe('the log of a run', () => {
  const log = (maxLines: number, maxBytes: number, logged = { lines: 0, bytes: 0 }): RunLog =>
    new RunLog({
      execution: 'e',
      task: 't',
      device: 'd',
      run: 1,
      level: 'INFO',
      logged,
      maxLines,
      maxBytes,
      retentionDays: 1,
    });
  const at = new Date('2026-01-01T00:00:00Z');
  const write = (to: RunLog, lines: number): string[] => {
    for (let line = 1; line <= lines; line += 1) to.add(at, 'INFO', `line ${line}`);
    return to.take().map(({ text }) => text);
  };

  it('ends with one line "truncated" at the limit of lines, and says nothing more in later sessions', () => {
    const first = log(3, 1e6);
    expect(write(first, 6)).to.deep.equal(['line 1', 'line 2', 'line 3', 'truncated']);
    expect(write(log(3, 1e6, first.logged), 2)).to.deep.equal([]);
  });

  it('ends with one line "truncated" at the limit of bytes', () => {
    expect(write(log(100, 13), 4)).to.deep.equal(['line 1', 'line 2', 'truncated']);
  });

  it('leaves lines below its level out', () => {
    const one = log(10, 1e6);
    one.add(at, 'DEBUG', 'x');
    one.add(at, 'WARN', 'y');
    expect(one.take().map(({ text }) => text)).to.deep.equal(['y']);
  });
});
