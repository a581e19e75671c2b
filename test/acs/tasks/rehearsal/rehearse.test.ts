import { expect } from 'chai';
import { dataModelView } from '../../../../acs/devices/device-view.js';
import { newDeviceRecord } from '../../../../acs/devices/device-record.js';
import type { DeviceView } from '../../../../acs/expressions/index.js';
import type { ExpressionViews } from '../../../../acs/tasks/expression-conditions.js';
import { ParameterTree } from '../../../../acs/devices/parameter-tree.js';
import type { FileOffer } from '../../../../acs/tasks/file-desk.js';
import { rehearse, type Rehearsal, type RehearsalInput } from '../../../../acs/tasks/rehearsal/rehearse.js';
import { taskTypeNamed } from '../../../../acs/tasks/task-types.js';
import { makeTask } from '../make-task.js';
import type { TaskConfig } from '../../../../store/models/task.js';
import type { DeviceRecord } from '../../../../store/models/device.js';

const NOW = new Date('2026-11-25T12:00:00Z');
const READ = new Date('2026-11-25T11:00:00Z');

const IMAGE: FileOffer = {
  ...{ id: 'fw-2', name: 'fw-2', fileName: 'fw-2.bin', fileType: '1 Firmware Upgrade Image', version: '2.0' },
  ...{ size: 1_000, sha256: '', models: [], createdAt: READ },
};

const views: ExpressionViews = {
  device: ({ _id: id, softwareVersion, properties }) =>
    Promise.resolve({
      ...{ id, softwareVersion, rootObject: 'Device.', properties: new Map(Object.entries(properties)) },
    } as unknown as DeviceView),
  sv: () => Promise.resolve(() => null),
  dataModel: (known, root) => dataModelView(known, root),
  reveal: (sealed) => sealed,
  zone: 'UTC',
};

function device(): DeviceRecord {
  return newDeviceRecord({
    ...{ _id: '00AABB-GW-S1', oui: '00AABB', productClass: 'GW', serialNumber: 'S1', createdAt: READ },
    ...{ root: 'Device', softwareVersion: '1.0', periodicInformInterval: 300 },
  });
}

function tree(): ParameterTree {
  const known = new ParameterTree();
  const parameter = (name: string, value: string, type = 'string', writable = true): void => {
    known.apply({
      at: READ,
      names: [{ name: `Device.${name}`, writable }],
      values: [{ name: `Device.${name}`, value, type }],
    });
  };
  parameter('DeviceInfo.SoftwareVersion', '1.0', 'string', false);
  parameter('WiFi.SSID.1.SSID', 'Home');
  parameter('WiFi.SSID.1.Enable', 'true', 'boolean');
  parameter('WiFi.SSID.1.Status', 'Up', 'string', false);
  parameter('NAT.PortMapping.1.ExternalPort', '80', 'unsignedInt');
  known.apply({
    at: READ,
    names: [
      { name: 'Device.NAT.PortMapping.', writable: true },
      { name: 'Device.NAT.PortMapping.1.', writable: true },
      { name: 'Device.WiFi.SSID.1.BSSID', writable: false },
    ],
  });
  return known;
}

function rehearsed(type: string, config: unknown, more: Partial<RehearsalInput> = {}): Promise<Rehearsal> {
  return rehearse({
    ...{ type: taskTypeNamed(type), device: device(), tree: tree(), now: NOW, scope: 'whole' },
    ...{ templates: null, environments: null },
    ports: { views },
    undo: { replacedBy: () => Promise.resolve({ nothing: 'has replaced nothing' }) },
    task: makeTask('d:00AABB-GW-S1:1', { device: '00AABB-GW-S1', type, config: config as TaskConfig }),
    files: {
      findResource: (id) => Promise.resolve(id === IMAGE.id ? IMAGE : null),
      newestBackup: () => Promise.resolve(null),
      backups: () => Promise.resolve([]),
      readText: () => Promise.resolve(null),
    },
    ...more,
  });
}

const methods = ({ exchanges }: Rehearsal): string[] => exchanges.map(({ request }) => request.method);
const set = (name: string, value: string): object => ({ param: [{ name, value }] });

describe('a rehearsal', () => {
  it('says what a task would send now, and what it would change', async () => {
    const result = await rehearsed('SetValues', set('Device.WiFi.SSID.1.SSID', 'Guest'), {
      scope: 'first-session',
    });
    expect(result).to.include({ end: 'SUCCESS', sessions: 1 });
    expect(result.exchanges.map(({ request, assumed }) => ({ ...request, assumed }))).to.containSubset([
      { method: 'SetParameterValues', assumed: false, parameters: [{ value: 'Guest', type: 'string' }] },
    ]);
    expect(result.changes).to.deep.equal([
      { path: 'Device.WiFi.SSID.1.SSID', before: 'Home', after: 'Guest' },
    ]);
  });

  it('leaves the stored data model as it is', async () => {
    const stored = tree();
    const version = stored.version;
    await rehearsed('SetValues', set('Device.WiFi.SSID.1.SSID', 'Guest'), { tree: stored });
    await rehearsed('DeleteObject', { objectName: 'Device.NAT.PortMapping.1.' }, { tree: stored });
    expect(stored.version).to.equal(version);
    expect(stored.value('Device.WiFi.SSID.1.SSID')).to.equal('Home');
  });

  it('refuses as the device would: what is read-only, unknown or of another type', async () => {
    const readOnly = await rehearsed('SetValues', set('Device.WiFi.SSID.1.Status', 'Down'));
    expect(readOnly.end).to.equal('ERROR');
    expect(readOnly.exchanges.at(-1)?.answer).to.containSubset({
      kind: 'fault',
      code: 9003,
      parameters: [{ path: 'Device.WiFi.SSID.1.Status', code: 9008 }],
    });
    const mistyped = await rehearsed('SetValues', {
      param: [{ name: 'Device.WiFi.SSID.1.SSID', value: '5', type: 'unsignedInt' }],
    });
    expect(mistyped.exchanges.at(-1)?.answer).to.containSubset({ parameters: [{ code: 9006 }] });
    const unknown = await rehearsed('GetValues', { parameter: [{ name: 'Device.WiFi.SSID.9.SSID' }] });
    expect(unknown.end).to.equal('ERROR');
    expect(unknown.exchanges.at(-1)?.answer).to.include({ kind: 'fault', code: 9005 });
  });

  it('marks requests that follow from an answer, and names what it had to guess', async () => {
    const result = await rehearsed('AddObject', {
      objectName: 'Device.NAT.PortMapping.',
      with: [{ key: 'ExternalPort', value: '8080' }],
    });
    expect(result.end).to.equal('SUCCESS');
    // The instances are listed first, so that none is made twice after a crash.
    expect(methods(result).slice(0, 3)).to.deep.equal([
      'GetParameterNames',
      'AddObject',
      'SetParameterValues',
    ]);
    expect(result.exchanges.map(({ assumed }) => assumed).slice(0, 3)).to.deep.equal([false, true, true]);
    expect(result.exchanges[1]?.guesses.join()).to.contain('the new instance');
    expect(result.changes).to.deep.include({
      path: 'Device.NAT.PortMapping.2.ExternalPort',
      before: null,
      after: '8080',
    });
  });

  it('names a value that was never read', async () => {
    const result = await rehearsed('GetValues', { parameter: [{ name: 'Device.WiFi.SSID.1.BSSID' }] });
    expect(result.exchanges[0]?.guesses).to.deep.equal([
      'the value of Device.WiFi.SSID.1.BSSID, which was never read',
    ]);
  });

  it('goes on over the restarts of the device until the task ends', async () => {
    const result = await rehearsed('Reboot', {});
    expect(result).to.include({ end: 'SUCCESS', sessions: 2 });
    expect(methods(result)).to.deep.equal(['Reboot']);
  });

  it('plays a firmware upgrade to the new version without serving a file', async () => {
    const result = await rehearsed('FirmwareUpgrade', {
      resourceId: 'fw-2',
      versionChangeVerification: true,
    });
    expect(result.end, result.summary).to.equal('SUCCESS');
    expect(methods(result)).to.deep.equal(['Download']);
    expect(result.exchanges[0]?.guesses).to.deep.equal(['that the download succeeds']);
    expect(result.changes).to.deep.equal([
      { path: 'Device.DeviceInfo.SoftwareVersion', before: '1.0', after: '2.0' },
    ]);
  });

  it('ends a dry run where the task would wait', async () => {
    const result = await rehearsed('FirmwareUpgrade', { resourceId: 'fw-2' }, { scope: 'first-session' });
    expect(result).to.include({ end: 'parked', sessions: 1 });
    expect(result.summary).to.contain('TransferComplete');
  });

  it('says what would be stored beside the data model', async () => {
    const result = await rehearsed('BackupConfiguration', { intervalTime: 0 });
    expect(result.end, result.summary).to.equal('SUCCESS');
    expect(result.acts.join()).to.contain('would be stored');
  });

  it('plays workflows: live queries, waits over sessions, and what would be done besides in words', async () => {
    const workflow = `<config>
  <foreach query="\${root.WiFi.SSID.any.valueOf('Enable').is('true')}" in="true">
    <set key="SSID" value="Guest"/>
  </foreach>
  <wait inProgressMessage="for the next visit"/>
  <get key="Device.WiFi.SSID.1.SSID" output="name"/>
  <alert type="renamed" description="now \${#name}"/>
  <finish message="\${#name}"/>
</config>`;
    const result = await rehearsed('XmlTask', workflow);
    expect(result, result.summary).to.include({ end: 'SUCCESS', summary: 'Guest', sessions: 2 });
    expect(methods(result)).to.include('SetParameterValues');
    expect(result.changes).to.deep.equal([
      { path: 'Device.WiFi.SSID.1.SSID', before: 'Home', after: 'Guest' },
    ]);
    expect(result.acts.join()).to.contain('the alert renamed');
    const first = await rehearsed('XmlTask', workflow, { scope: 'first-session' });
    expect(first).to.include({ end: 'parked', summary: 'for the next visit' });
  });

  it('takes the place of a limiter as given, and says that it did', async () => {
    const result = await rehearsed(
      'XmlTask',
      '<config><limiter name="upgrades" maxConcurrentExecutions="5" executionExpirationTime="2h"/><finish message="went on"/></config>',
    );
    expect(result).to.include({ end: 'SUCCESS', summary: 'went on' });
    expect(result.acts).to.deep.equal(['a place of the limiter upgrades would be taken, if one is free']);
  });

  it('refuses a configuration that is not valid before anything else', async () => {
    let refused: unknown;
    await rehearsed('SetValues', { param: [] }).catch((error: unknown) => (refused = error));
    expect(refused).to.have.property('code', 'validation');
  });
});
