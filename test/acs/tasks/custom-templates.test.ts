import { expect } from 'chai';
import { SECRET_MASK } from '../../../acs/devices/secret-paths.js';
import type { TemplateOffer } from '../../../acs/tasks/ports/workflow-ports.js';
import { storedPorts } from '../../../acs/tasks/stored-ports.js';
import type { TaskRecord } from '../../../store/models/task.js';
import type { TemplateParameter } from '../../../store/models/template.js';
import { event, FakeCpe, transferComplete } from './fake-cpe.js';
import { Harness } from './harness.js';

const parameter = (name: string, more: Partial<TemplateParameter> = {}): TemplateParameter => ({
  ...{ name, label: '', type: 'string', default: '', required: true, help: '', min: null, max: null },
  ...{ unit: 'characters', pattern: '', choices: [], category: '', fileType: '' },
  ...more,
});

const workflow = (xml: string, parameters: TemplateParameter[] = []): TemplateOffer => ({
  type: 'XmlTask',
  config: { xml: `<config>${xml}</config>` },
  parameters,
});

describe('templates that run inside tasks', () => {
  let h: Harness;
  let cpe: FakeCpe;
  let count = 0;
  const templates = new Map<string, TemplateOffer>();

  before(async () => {
    h = await Harness.open();
    h.ports = { template: (name) => Promise.resolve(templates.get(name) ?? null) };
    h.crash();
    h.files.add({ id: 'old backup' });
  });
  after(() => h.close());
  beforeEach(async () => {
    templates.clear();
    cpe = new FakeCpe('Device', `custom-${(count += 1)}`);
    await h.meet(cpe);
  });

  const setProperty = (name: string, value: string): Promise<unknown> =>
    h.store.devices.updateOne({ _id: h.id(cpe) }, { $set: { [`properties.${name}`]: value } });
  const status = async (task: TaskRecord): Promise<string> => {
    const report = await h.report(task);
    return `${report.status} ${report.summary}`.trim();
  };
  const complete = async (task: TaskRecord): Promise<object> => ({
    events: [event('7 TRANSFER COMPLETE')],
    transfers: [transferComplete((await h.report(task)).commandKey ?? '')],
  });

  describe('in place of the procedure for backups', () => {
    it('get its values as task properties, and its report shows theirs', async () => {
      templates.set(
        'our backup',
        workflow(
          '<store target="kept" value="${task.property.backupNumber} of ${#intervalTime} h"/><finish message="saved elsewhere"/>',
          [parameter('backupNumber')],
        ),
      );
      await setProperty('customBackupTask', ' our backup ');
      const task = await h.add(cpe, 'BackupConfiguration', { intervalTime: 7, backupNumber: 3 });
      expect(await h.run(cpe)).to.deep.equal([]);
      expect(await status(task)).to.equal('SUCCESS saved elsewhere');
      const { details } = await h.report(task);
      expect(details).to.deep.include({ name: 'kept', value: '3 of 7 h' });
      expect(details).to.deep.include({ name: 'template', value: 'our backup' });
    });

    it('are found in the profile, wherever that has the property from', async () => {
      const { views } = storedPorts(h);
      const ports = h.ports;
      h.ports = {
        ...ports,
        views: {
          ...views,
          sv: () => Promise.resolve((name) => (name === 'customBackupTask' ? 'of group' : null)),
        },
      };
      h.crash();
      templates.set('of group', workflow('<finish status="WARNING" message="by the group"/>'));
      const task = await h.add(cpe, 'BackupConfiguration', {});
      await h.run(cpe);
      h.ports = ports;
      h.crash();
      expect(await status(task)).to.equal('WARNING by the group');
    });

    it('wait over sessions and servers as they would by themselves, and end the task', async () => {
      templates.set('upload', {
        type: 'Upload',
        config: { fileType: '2 Vendor Log File' },
        parameters: [],
      });
      await setProperty('customBackupTask', 'upload');
      const task = await h.add(cpe, 'BackupConfiguration', { intervalTime: 0 });
      expect(await h.run(cpe)).to.deep.equal(['Upload']);
      expect(cpe.asked.at(-1)).to.include({ fileType: '2 Vendor Log File' });
      expect(await h.report(task)).to.include({ status: 'IN_PROGRESS', stage: 'template', blocking: true });
      h.crash();
      const key = (await h.report(task)).commandKey ?? '';
      h.files.arrive(key, 'log-1', h.clock.now());
      await h.run(cpe, await complete(task));
      expect(await status(task)).to.equal('SUCCESS');
      expect((await h.report(task)).details).to.deep.include({ name: 'resource', value: 'log-1' });
    });

    it('fail by their deadline without a session', async () => {
      templates.set('upload', {
        type: 'Upload',
        config: { fileType: '2 Vendor Log File', timeLimit: 60 },
        parameters: [],
      });
      await setProperty('customBackupTask', 'upload');
      const task = await h.add(cpe, 'BackupConfiguration', { intervalTime: 0 });
      await h.run(cpe);
      h.clock.advance(3_600_000);
      await h.endOverdue();
      expect((await h.report(task)).status).to.equal('ERROR');
    });

    it('may use the standard procedure themselves', async () => {
      templates.set(
        'around',
        workflow(
          '<task class="BackupConfigurationTask"><config intervalTime="0"/></task><finish message="and more"/>',
        ),
      );
      await setProperty('customBackupTask', 'around');
      const task = await h.add(cpe, 'BackupConfiguration', {});
      expect(await h.run(cpe)).to.deep.equal(['Upload']);
      h.files.arrive((await h.report(task)).commandKey ?? '', 'backup-9', h.clock.now());
      await h.run(cpe, await complete(task));
      expect(await status(task)).to.equal('SUCCESS and more');
    });

    it('end the task when they are named and not there: what was replaced is not run all the same', async () => {
      await setProperty('customBackupTask', 'gone');
      const task = await h.add(cpe, 'BackupConfiguration', { intervalTime: 0 });
      expect(await h.run(cpe)).to.deep.equal([]);
      expect(await status(task)).to.equal('ERROR customBackupTask: not found: there is no template gone');
    });
  });

  it('in place of the procedure for restoring get which file, and between which dates', async () => {
    templates.set(
      'ours',
      workflow('<finish message="${task.property.resourceId} ${#toDate}"/>', [parameter('resourceId')]),
    );
    await setProperty('customRestoreTask', 'ours');
    const task = await h.add(cpe, 'RestoreConfiguration', { resourceId: 'old backup' });
    expect(await h.run(cpe)).to.deep.equal([]);
    expect(await status(task)).to.equal('SUCCESS old backup');
    await setProperty('customBackupTask', 'ours');
    await setProperty('customRestoreTask', '');
    const standard = await h.add(cpe, 'RestoreConfiguration', { resourceId: 'old backup' });
    expect(await h.run(cpe)).to.deep.equal(['Download']);
    expect((await h.report(standard)).stage).to.equal('waiting');
  });

  describe('in place of a firmware upgrade', () => {
    it('get the file that was ordered', async () => {
      templates.set(
        'our upgrade',
        workflow('<finish message="${task.property.resourceId} by ${task.property.protocol}"/>', [
          parameter('resourceId'),
          parameter('protocol'),
        ]),
      );
      await setProperty('firmwareUpdateTaskTemplateName', 'our upgrade');
      const task = await h.add(cpe, 'FirmwareUpgrade', { resourceId: 'fw-7', protocol: 'http' });
      expect(await h.run(cpe)).to.deep.equal([]);
      expect(await status(task)).to.equal('SUCCESS fw-7 by http');
    });

    it('leave upgrades that are steps of a workflow as they are', async () => {
      h.files.add({ id: 'fw-8' });
      templates.set('our upgrade', workflow('<finish status="ERROR" message="never"/>'));
      await setProperty('firmwareUpdateTaskTemplateName', 'our upgrade');
      const task = await h.add(
        cpe,
        'XmlTask',
        '<config><task class="FirmwareUpgradeTask"><config resourceId="fw-8"/></task></config>',
      );
      expect(await h.run(cpe)).to.deep.equal(['Download']);
      expect((await h.report(task)).status).to.equal('IN_PROGRESS');
    });
  });

  describe('as children of a workflow', () => {
    const run = async (xml: string): Promise<string> => {
      const task = await h.add(cpe, 'XmlTask', `<config>${xml}</config>`);
      await h.run(cpe);
      return status(task);
    };

    it('see their parameters as task properties: what was handed over, else the default', async () => {
      await setProperty('site', 'attic');
      templates.set(
        'say',
        workflow('<finish message="${task.property.who} in the ${#where}, ${#how ? \'unasked\'}"/>', [
          parameter('who'),
          parameter('where', { default: '${device.property.site}' }),
          parameter('how', { required: false }),
        ]),
      );
      expect(
        await run(
          '<store target="name" value="Ann"/><task template="say"><input var="name" alias="who"/><output var="x"/></task>',
        ),
      ).to.equal('SUCCESS');
      const [report] = await h.store.executions.find({ device: h.id(cpe) }).lean();
      expect(report?.details).to.deep.include({
        name: 'task 1 XmlTask',
        value: 'SUCCESS: Ann in the attic, unasked',
      });
    });

    it('of other types have them evaluated into their configuration', async () => {
      templates.set('read', {
        type: 'GetValues',
        config: { parameter: [{ name: 'Device.DeviceInfo.${task.property.what}' }] },
        parameters: [parameter('what', { default: 'UpTime' })],
      });
      expect(
        await run(
          '<task template="read"/><store target="what" value="HardwareVersion"/><task template="read"><input var="what"/></task>',
        ),
      ).to.equal('SUCCESS');
      expect(cpe.asked.flatMap((request) => ('names' in request ? request.names : []))).to.deep.equal([
        'Device.DeviceInfo.UpTime',
        'Device.DeviceInfo.HardwareVersion',
      ]);
    });

    it('are not begun without a parameter that is required, or with one that does not fit', async () => {
      templates.set(
        'say',
        workflow('<flush/>', [parameter('who'), parameter('age', { type: 'int', default: '1' })]),
      );
      expect(await run('<task template="say"/>')).to.match(/^ERROR child XmlTask: who: Needs a value/);
      expect(
        await run('<store target="age" value="old"/><task template="say"><input var="age"/></task>'),
      ).to.match(/who: Needs a value: who; age: Must be a whole number/);
    });

    it('keep a secret parameter out of reports and logs', async () => {
      templates.set(
        'say',
        workflow('<log message="it is ${#word}"/>', [
          parameter('word', { type: 'secret', default: 'open sesame' }),
        ]),
      );
      const task = await h.add(cpe, 'XmlTask', '<config><task template="say"/></config>');
      await h.run(cpe);
      expect((await h.lines(task)).join())
        .to.contain(`it is ${SECRET_MASK}`)
        .and.not.contain('sesame');
      expect(JSON.stringify((await h.report(task)).details)).not.to.contain('sesame');
    });

    it('never take for an expression what a device or a person has given', async () => {
      await setProperty('secretThing', 'the crown jewels');
      cpe.set('DeviceInfo.ProvisioningCode', "${sv.secretThing}${'", 'string');
      expect(
        await run(
          '<get key="DeviceInfo.ProvisioningCode" output="code"/><task class="SetValuesTask"><config><param name="Device.DeviceInfo.ProvisioningCode" value="x ${#code}" type="string"/></config></task>',
        ),
      ).to.equal('SUCCESS');
      expect(cpe.value('DeviceInfo.ProvisioningCode')).to.equal("x ${sv.secretThing}${'");
    });

    it('take what they leave out from the profile of the device', async () => {
      await setProperty('uploadTimeLimit', '120');
      const task = await h.add(
        cpe,
        'XmlTask',
        '<config><task class="UploadTask"><config fileType="2 Vendor Log File"/></task></config>',
      );
      await h.run(cpe);
      const { deadline, checkpoint } = await h.report(task);
      const { sentAt } = (checkpoint?.state as { child: { state: { sentAt: string } } }).child.state;
      expect((deadline?.getTime() ?? 0) - Date.parse(sentAt)).to.equal(120_000);
    });
  });

  describe('attributes that are left out', () => {
    it('are stored as expressions over the profile, so that it counts for later runs', async () => {
      const task = await h.add(cpe, 'Upload', { fileType: '2 Vendor Log File', maxInformCount: 3 });
      expect(task.config).to.include({
        timeLimit: '${sv.uploadTimeLimit.toInt ? 0}',
        protocol: '${sv.transferProtocol}',
        maxInformCount: 3,
      });
      await setProperty('transferProtocol', 'httpsWithAuth');
      await setProperty('preferredPublicURLBase', 'https://files.example:8443');
      await setProperty('uploadTimeLimit', '90');
      await h.run(cpe);
      expect(h.files.orders.at(-1)).to.include({
        ...{ scheme: 'https', withCredentials: true, baseUrl: 'https://files.example:8443' },
      });
      const { deadline, checkpoint } = await h.report(task);
      expect((deadline?.getTime() ?? 0) - Date.parse(String(checkpoint?.state.sentAt))).to.equal(90_000);
    });

    it('have the default of the type where the profile says nothing, or something that is no value', async () => {
      const names = await h.add(cpe, 'GetNames');
      await setProperty('gpnTraversal', 'perhaps');
      await h.run(cpe);
      expect((await h.report(names)).status).to.equal('SUCCESS');
      expect(cpe.asked[0]).to.include({ method: 'GetParameterNames', nextLevel: false });
      await setProperty('gpnTraversal', 'true');
      await h.add(cpe, 'GetNames');
      cpe.asked.length = 0;
      await h.run(cpe);
      expect(cpe.asked[0]).to.include({ method: 'GetParameterNames', nextLevel: true });
    });

    it('end the task when the profile names a protocol that this server has not', async () => {
      await setProperty('transferProtocol', 'ftp');
      const task = await h.add(cpe, 'Download', { resourceId: 'old backup' });
      expect(await h.run(cpe)).to.deep.equal([]);
      expect(await status(task)).to.match(/^ERROR expression protocol failed: ftp: this server has no FTP/);
    });
  });
});
