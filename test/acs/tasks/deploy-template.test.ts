import { expect } from 'chai';
import { SessionSupersededError, ValidationError } from '../../../common/errors.js';
import { TaskFailure } from '../../../acs/tasks/outcome.js';
import type { TaskRecord } from '../../../store/models/task.js';
import { event, FakeCpe, transferComplete } from './fake-cpe.js';
import { Harness } from './harness.js';

describe('DeployConfigurationTemplate', () => {
  let h: Harness;
  let cpe: FakeCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open();
    h.templates = {
      // Stands in for the expression language: knows one name.
      evaluate: (text, { device, task }) => {
        if (text.includes('${boom}')) return Promise.reject(new TaskFailure('Line 1: boom is not known'));
        return Promise.resolve(
          text.replaceAll('${device.serialNumber}', `${device.serialNumber} of ${task.domain}`),
        );
      },
    };
    h.crash();
    h.files.texts.set('template', 'serial=${device.serialNumber}');
    h.files.texts.set('plain', 'a=$1');
    h.files.texts.set('broken', '${boom}');
  });
  after(() => h.close());
  beforeEach(async () => {
    cpe = new FakeCpe('Device', `deploy-${(count += 1)}`);
    await h.meet(cpe);
  });
  const deploy = (resourceId: string, more: object = {}): Promise<TaskRecord> =>
    h.add(cpe, 'DeployConfigurationTemplateTask', { resourceId, ...more });
  const complete = async (task: TaskRecord, faultCode = 0): Promise<void> => {
    const key = (await h.report(task)).commandKey!;
    await h.run(cpe, {
      events: [event('7 TRANSFER COMPLETE')],
      transfers: [transferComplete(key, faultCode, faultCode ? 'failed' : '')],
    });
  };
  const made = (): string[] => [...h.files.temporary.values()].map(({ text }) => text);

  it('fills the template in for the device, sends it as type 3, and removes the file at the end', async () => {
    const task = await deploy('template');
    expect(await h.run(cpe)).to.deep.equal(['Download']);
    expect(cpe.asked[0]).to.include({
      fileType: '3 Vendor Configuration File',
      targetFileName: 'device.cfg',
    });
    expect(made()).to.deep.equal([`serial=deploy-${count} of /`]);
    await complete(task);
    const report = await h.report(task);
    expect(report.status).to.equal('SUCCESS');
    expect(report.details).to.deep.include({ name: 'template', value: 'template' });
    expect(made()).to.deep.equal([]);
  });

  it('sends a text without expressions as it is', async () => {
    const task = await deploy('plain');
    await h.run(cpe);
    expect(made()).to.deep.equal(['a=$1']);
    await complete(task);
  });

  it('keeps the file when it is told to', async () => {
    const task = await deploy('plain', { removeTemporaryFiles: false });
    await h.run(cpe);
    await complete(task);
    expect((await h.report(task)).status).to.equal('SUCCESS');
    expect(made()).to.deep.equal(['a=$1']);
    h.files.temporary.clear();
  });

  it('ends with ERROR before anything is sent when an expression cannot be evaluated', async () => {
    const task = await deploy('broken');
    expect(await h.run(cpe)).to.deep.equal([]);
    expect((await h.report(task)).summary).to.equal('Line 1: boom is not known');
    expect(made()).to.deep.equal([]);
  });

  it('ends with ERROR when there is no such template', async () => {
    const task = await deploy('nothing');
    await h.run(cpe);
    expect((await h.report(task)).summary).to.equal('There is no resource nothing');
  });

  it('removes the file when the transfer has failed for good, and not before', async () => {
    const task = await deploy('template', { retryCount: 1 });
    await h.run(cpe);
    await complete(task, 9010);
    expect(made().length).to.equal(1);
    await complete(task, 9010);
    expect((await h.report(task)).summary).to.equal('9010 failed');
    expect(made()).to.deep.equal([]);
  });

  it('removes the file when the time is over although no session came', async () => {
    const task = await deploy('template');
    await h.run(cpe);
    h.clock.advance(3_700_000);
    await h.endOverdue();
    expect((await h.report(task)).status).to.equal('ERROR');
    expect(made()).to.deep.equal([]);
  });

  it('makes one file, not two, when the server crashed before it could note the first', async () => {
    const task = await deploy('template');
    const offer = h.files.offerDownload.bind(h.files);
    h.files.offerDownload = () => Promise.reject(new SessionSupersededError('cut off'));
    await h.run(cpe).catch(() => undefined);
    h.files.offerDownload = offer;
    h.crash();
    expect(made().length).to.equal(1);
    await h.run(cpe);
    expect(made().length).to.equal(1);
    await complete(task);
    expect((await h.report(task)).status).to.equal('SUCCESS');
    expect(made()).to.deep.equal([]);
  });

  it('removes the file when no URL can be made for it', async () => {
    const task = await deploy('template');
    const offer = h.files.offerDownload.bind(h.files);
    h.files.offerDownload = () => Promise.reject(ValidationError.of('/protocol', 'no https here', 'no'));
    await h.run(cpe);
    h.files.offerDownload = offer;
    expect((await h.report(task)).status).to.equal('ERROR');
    expect(made()).to.deep.equal([]);
  });

  it('says so when the server evaluates no expressions', async () => {
    const templates = h.templates;
    h.templates = null;
    h.crash();
    const task = await deploy('template');
    await h.run(cpe);
    expect((await h.report(task)).summary).to.equal('This server does not evaluate expressions');
    h.templates = templates;
    h.crash();
  });
});
