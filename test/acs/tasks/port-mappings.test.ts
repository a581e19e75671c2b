import { expect } from 'chai';
import { CpeFault } from '../../../acs/cwmp/cpe-fault.js';
import type { PortMappings } from '../../../acs/tasks/types/port-mapping-backup.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import type { ExecutionRecord } from '../../../store/models/execution.js';
import { Harness } from './harness.js';
import { SimulatedCpe } from './simulated-cpe.js';

const MODELS = [
  ['tr181', 'Device.NAT.PortMapping.', ['NAT.PortMapping.'], 'Description', 'ExternalPort'],
  [
    'tr098',
    'InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.PortMapping.',
    [
      'WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.PortMapping.',
      'WANDevice.1.WANConnectionDevice.1.WANPPPConnection.1.PortMapping.',
    ],
    'PortMappingDescription',
    'ExternalPort',
  ],
] as const;

describe('port mapping tasks', () => {
  let h: Harness;
  let cpe: SimulatedCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open();
  });
  after(() => h.close());
  afterEach(() => expect(cpe.violations).to.deep.equal([]));

  async function meet(model: 'tr181' | 'tr098'): Promise<void> {
    cpe = new SimulatedCpe(model, `nat${(count += 1)}`);
    await h.run(cpe);
  }
  const ask = async (type: string, config: object = {}): Promise<ExecutionRecord> => {
    const task = await h.add(cpe, type, config);
    await h.run(cpe);
    return h.report(task);
  };
  const kept = async (): Promise<PortMappings> => {
    const device = await h.store.devices.findById(h.id(cpe)).lean<DeviceRecord>();
    return JSON.parse(device!.properties.portMappingBackup!) as PortMappings;
  };

  for (const [model, table, tables, text, port] of MODELS)
    describe(`on ${model}`, () => {
      beforeEach(() => meet(model));
      const texts = (): (string | undefined)[] =>
        cpe.model.instanceNumbers(table).map((number) => cpe.model.peek(`${table}${number}.${text}`));

      it('the backup keeps the writable values of all tables', async () => {
        const report = await ask('PortMappingBackupTask');
        expect([report.status, report.summary]).to.deep.equal(['SUCCESS', '1 port mappings']);
        const backup = await kept();
        expect(backup.tables.map((one) => one.table)).to.deep.equal(tables);
        const [row] = backup.tables[0]!.rows;
        expect(row).to.deep.include({ [port]: { value: '8080', type: 'unsignedInt' } });
        expect(row).not.to.have.property('Status');
      });

      it('the restore deletes what differs, makes what is missing and leaves alone what is right', async () => {
        const second = cpe.model.addObject(table);
        cpe.model.assign(`${table}${second}.${text}`, 'game');
        await ask('PortMappingBackup');
        cpe.model.assign(`${table}1.${port}`, '9');
        const third = cpe.model.addObject(table);
        cpe.model.assign(`${table}${third}.${text}`, 'intruder');
        const report = await ask('PortMappingRestore');
        expect(report.summary).to.equal('1 made, 2 deleted, 1 left as they were');
        expect(texts()).to.deep.equal(['game', 'web camera']);
        const made = cpe.model.instanceNumbers(table).at(-1)!;
        expect(cpe.model.peek(`${table}${made}.${port}`)).to.equal('8080');
        expect((await ask('PortMappingRestore')).summary).to.equal('0 made, 0 deleted, 2 left as they were');
      });

      it('both keep to the table that is named', async () => {
        const report = await ask('PortMappingBackup', {
          objectName: table,
          propertyName: 'portMappingBackup',
        });
        expect(report.status).to.equal('SUCCESS');
        expect((await kept()).tables.length).to.equal(1);
        cpe.model.deleteObject(`${table}1.`);
        const restored = await ask('PortMappingRestore', { objectName: table });
        expect(restored.summary).to.equal('1 made, 0 deleted, 0 left as they were');
      });

      it('the restore after a factory reset brings everything back', async () => {
        cpe.model.assign(`${table}1.${text}`, 'mine');
        await ask('PortMappingBackup');
        cpe.reset();
        expect((await ask('PortMappingRestore')).status).to.equal('SUCCESS');
        expect(texts()).to.deep.equal(['mine']);
      });
    });

  describe('when something is wrong', () => {
    beforeEach(() => meet('tr181'));
    const TABLE = 'Device.NAT.PortMapping.';

    it('the restore ends with ERROR without a property, or with one that is no backup', async () => {
      expect((await ask('PortMappingRestore')).summary).to.equal(
        'The device has no property portMappingBackup',
      );
      for (const value of ['{', '{"tables":1}']) {
        await h.store.devices.updateOne(
          { _id: h.id(cpe) },
          { $set: { 'properties.portMappingBackup': value } },
        );
        expect((await ask('PortMappingRestore')).summary).to.match(/is no backup of port mappings$/);
      }
      expect(cpe.count('DeleteObject')).to.equal(0);
    });

    it('the backup ends with ERROR and keeps what it has when the device has no such table', async () => {
      await ask('PortMappingBackup');
      const before = await kept();
      cpe.script = (request) =>
        request.method === 'GetParameterNames' ? new CpeFault(9005, 'Invalid parameter name') : undefined;
      expect((await ask('PortMappingBackup')).summary).to.equal('The device has no table of port mappings');
      expect(await kept()).to.deep.equal(before);
    });

    it('the backup ends with ERROR when a value cannot be read, since it would have a hole', async () => {
      cpe.script = (request) =>
        request.method === 'GetParameterValues' && request.names.some((name) => name.endsWith('InternalPort'))
          ? new CpeFault(9005, 'Invalid parameter name')
          : undefined;
      expect((await ask('PortMappingBackup')).summary).to.match(/InternalPort could not be read/);
    });

    it('the restore warns when a table is gone', async () => {
      await ask('PortMappingBackup');
      cpe.script = (request) =>
        request.method === 'GetParameterNames' ? new CpeFault(9005, 'Invalid parameter name') : undefined;
      expect((await ask('PortMappingRestore')).status).to.equal('WARNING');
    });

    it('the restore takes a row away again that the device refuses to fill', async () => {
      await ask('PortMappingBackup');
      cpe.model.deleteObject(`${TABLE}1.`);
      cpe.script = ({ method }) =>
        method === 'SetParameterValues' ? new CpeFault(9003, 'Invalid arguments') : undefined;
      const report = await ask('PortMappingRestore');
      expect([report.status, report.summary]).to.deep.equal(['ERROR', '9003 Invalid arguments']);
      expect(cpe.model.instanceNumbers(TABLE)).to.deep.equal([]);
    });

    for (const at of [1, 2, 3, 4, 5])
      it(`the restore comes to the same end when the server crashes after its request number ${at}`, async () => {
        await ask('PortMappingBackup');
        cpe.model.assign(`${TABLE}1.Description`, 'other');
        const task = await h.add(cpe, 'PortMappingRestore');
        await h.run(cpe, { cut: { at, when: 'after', how: 'crash' } });
        await h.run(cpe);
        expect((await h.report(task)).status).to.equal('SUCCESS');
        const numbers = cpe.model.instanceNumbers(TABLE);
        expect(numbers.map((number) => cpe.model.peek(`${TABLE}${number}.Description`))).to.deep.equal([
          'web camera',
        ]);
      });

    it('the restore ends with ERROR when the connection is lost', async () => {
      await ask('PortMappingBackup');
      const task = await h.add(cpe, 'PortMappingRestore');
      await h.run(cpe, { cut: { at: 1, when: 'before', how: 'disconnected' } });
      expect((await h.report(task)).summary).to.equal('connection lost during GetParameterNames');
    });
  });
});
