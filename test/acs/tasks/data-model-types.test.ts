import { expect } from 'chai';
import { CpeFault } from '../../../acs/cwmp/cpe-fault.js';
import type { AcsRequest } from '../../../acs/cwmp/messages.js';
import { ParameterTrees } from '../../../acs/devices/parameter-trees.js';
import type { ParameterTree } from '../../../acs/devices/parameter-tree.js';
import type { TaskRecord } from '../../../store/models/task.js';
import { FakeCpe } from './fake-cpe.js';
import { Harness } from './harness.js';

describe('data model tasks', () => {
  let h: Harness;
  let cpe: FakeCpe;
  let count = 0;
  before(async () => {
    h = await Harness.open();
  });
  after(() => h.close());
  beforeEach(() => meet('Device'));

  async function meet(root: 'Device' | 'InternetGatewayDevice'): Promise<void> {
    cpe = new FakeCpe(root, `data-${(count += 1)}`);
    await h.meet(cpe);
  }
  const tree = (): Promise<ParameterTree> =>
    new ParameterTrees(h.store, { clock: h.clock, cacheEntries: 1000 }).load({ _id: h.id(cpe) });
  const ask = async (type: string, config: unknown): Promise<TaskRecord> => {
    const task = await h.add(cpe, type, config);
    await h.run(cpe);
    return task;
  };
  const details = async (task: TaskRecord): Promise<Record<string, string>> =>
    Object.fromEntries((await h.report(task)).details.map(({ name, value }) => [name, value]));
  const sent = <M extends AcsRequest['method']>(method: M): Extract<AcsRequest, { method: M }>[] =>
    cpe.asked.filter((request): request is Extract<AcsRequest, { method: M }> => request.method === method);

  describe('SetValues', () => {
    it('sets all in one request whose ParameterKey is the execution', async () => {
      cpe.set('A.One', '1', 'unsignedInt');
      cpe.set('A.Two', '2', 'string');
      const task = await ask('SetValues', {
        param: [
          { name: 'Device.A.One', value: '007', type: 'xsd:unsignedInt' },
          { name: 'Root.A.Two', value: 'x', type: 'string' },
        ],
      });
      const report = await h.report(task);
      expect(sent('SetParameterValues')).to.deep.equal([
        {
          method: 'SetParameterValues',
          parameters: [
            { name: 'Device.A.One', value: '7', type: 'unsignedInt' },
            { name: 'Device.A.Two', value: 'x', type: 'string' },
          ],
          parameterKey: report._id,
        },
      ]);
      expect(report.status).to.equal('SUCCESS');
      expect((await tree()).value('Device.A.Two')).to.equal('x');
    });

    it('asks for types that are not known, once, and takes them from the data model afterwards', async () => {
      cpe.set('A.On', '0', 'boolean');
      await ask('SetValues', { param: [{ name: 'Device.A.On', value: '1' }] });
      await ask('SetValues', { param: [{ name: 'Device.A.On', value: '0' }] });
      expect(cpe.methods()).to.deep.equal(['GetParameterValues', 'SetParameterValues', 'SetParameterValues']);
      expect(sent('SetParameterValues').map(({ parameters }) => parameters[0]?.value)).to.deep.equal([
        'true',
        'false',
      ]);
    });

    it('ends with ERROR and sends nothing when a type stays unknown', async () => {
      const task = await ask('SetValues', { param: [{ name: 'Device.A.None', value: '1' }] });
      const report = await h.report(task);
      expect(report.status).to.equal('ERROR');
      expect(report.summary).to.match(/Device\.A\.None.*not known/);
      expect(cpe.count('SetParameterValues')).to.equal(0);
    });

    it('takes the last of several values for one parameter and says so', async () => {
      cpe.set('A.One', 'x');
      const task = await ask('SetValues', {
        param: ['a', 'b'].map((value) => ({ name: 'Device.A.One', value, type: 'string' })),
      });
      expect(cpe.value('A.One')).to.equal('b');
      expect((await h.lines(task)).join()).to.match(/WARN .*more than once/);
    });

    for (const [type, value, wire] of [
      ['boolean', ' TRUE ', 'true'],
      ['int', '-5', '-5'],
      ['unsignedLong', '18446744073709551615', '18446744073709551615'],
      ['dateTime', '2026-01-01T02:00:00+02:00', '2026-01-01T00:00:00Z'],
      ['dateTime', '2026-01-01T02:00:00', '2026-01-01T02:00:00Z'],
      ['dateTime', '0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
      ['base64', 'aGVs bG8=', 'aGVsbG8='],
      ['boolean', 'yes', null],
      ['int', '2147483648', null],
      ['unsignedInt', '-1', null],
      ['unsignedInt', '', null],
      ['dateTime', 'today', null],
      ['hexBinary', 'abc', null],
    ] as const)
      it(`${wire === null ? 'refuses' : 'sends'} ${type} "${value}"${wire === null ? '' : ` as "${wire}"`}`, async () => {
        cpe.set('A.V', '', type);
        const task = await ask('SetValues', { param: [{ name: 'Device.A.V', value, type }] });
        expect(sent('SetParameterValues')[0]?.parameters[0]?.value).to.equal(wire ?? undefined);
        expect((await h.report(task)).status).to.equal(wire === null ? 'ERROR' : 'SUCCESS');
      });

    it('says that values are pending when the device answers Status 1', async () => {
      cpe.set('A.One', 'x');
      cpe.setStatus = 1;
      const task = await ask('SetValues', { param: [{ name: 'Device.A.One', value: 'y', type: 'string' }] });
      expect(await details(task)).to.deep.equal({ parameters: '1', status: '1', pending: 'true' });
    });

    it('sends only what differs when it is told to, and secrets always, since they read as empty', async () => {
      cpe.set('A.One', 'same');
      cpe.set('A.Two', 'old');
      cpe.set('A.Password', '');
      const param = [
        ['One', 'same'],
        ['Two', 'new'],
        ['Password', ''],
      ].map(([name, value]) => ({ name: `Device.A.${name}`, value, type: 'string' }));
      const task = await ask('SetValues', { onlyChanged: true, param });
      expect(sent('SetParameterValues')[0]?.parameters.map(({ name }) => name)).to.deep.equal([
        'Device.A.Two',
        'Device.A.Password',
      ]);
      expect((await details(task)).parameters).to.equal('2');
      const again = await ask('SetValues', { onlyChanged: true, param: param.slice(0, 2) });
      expect((await h.report(again)).summary).to.equal('All values are as they should be');
      expect(cpe.count('SetParameterValues')).to.equal(1);
    });

    it('writes no secret into the log', async () => {
      cpe.set('WiFi.AccessPoint.1.Security.KeyPassphrase', '');
      const task = await ask('SetValues', {
        param: [{ name: 'Device.WiFi.AccessPoint.1.Security.KeyPassphrase', value: 'correct horse' }],
      });
      expect(cpe.value('WiFi.AccessPoint.1.Security.KeyPassphrase')).to.equal('correct horse');
      expect((await h.lines(task)).join('\n')).not.to.include('horse');
      expect(JSON.stringify((await h.report(task)).details)).not.to.include('horse');
    });

    for (const [root, ssid, password] of [
      ['Device', 'WiFi.SSID.1.SSID', 'WiFi.AccessPoint.1.Security.KeyPassphrase'],
      [
        'InternetGatewayDevice',
        'LANDevice.1.WLANConfiguration.1.SSID',
        'LANDevice.1.WLANConfiguration.1.PreSharedKey.1.KeyPassphrase',
      ],
    ] as const)
      it(`sets the Wi-Fi name and password by meaning on ${root}`, async () => {
        await meet(root);
        cpe.set(ssid, 'old');
        cpe.set(password, 'old');
        if (root === 'Device') cpe.set('WiFi.AccessPoint.1.SSIDReference', 'Device.WiFi.SSID.1');
        const task = await ask('SetValues', {
          param: [
            { name: 'wifi.1.ssid', value: 'Home' },
            { name: 'wifi.1.password', value: 'correct horse' },
          ],
        });
        expect((await h.report(task)).summary).to.equal('');
        expect([cpe.value(ssid), cpe.value(password)]).to.deep.equal(['Home', 'correct horse']);
        const device = await h.store.devices.findById(h.id(cpe)).lean();
        expect(JSON.stringify(device?.indexed)).to.include('Home');
      });
  });

  describe('GetValues', () => {
    it('reads in batches of 32 names', async () => {
      const parameter = Array.from({ length: 70 }, (_, index) => {
        cpe.set(`A.P${index}`, String(index));
        return { name: `Device.A.P${index}` };
      });
      const task = await ask('GetValues', { parameter });
      expect(sent('GetParameterValues').map(({ names }) => names.length)).to.deep.equal([32, 32, 6]);
      expect(Object.keys(await details(task))).to.have.length(70);
    });

    it('asks one by one after 9005, keeps what works and ends with WARNING', async () => {
      cpe.set('A.Good', 'g');
      const task = await ask('GetValues', {
        parameter: [{ name: 'Device.A.Good' }, { name: 'Device.A.Bad' }],
      });
      expect(sent('GetParameterValues').map(({ names }) => names.length)).to.deep.equal([2, 1, 1]);
      expect(await details(task)).to.deep.equal({
        'Device.A.Good': 'g',
        'Device.A.Bad (not read)': '9005 Invalid Parameter Name',
      });
      expect(await h.report(task)).to.include({ status: 'WARNING' });
    });

    it('keeps a report and a data model that fit into a document, however long the values are', async () => {
      const names = Array.from({ length: 40 }, (_, index) => `Long.P${index}`);
      for (const name of names) cpe.set(name, 'x'.repeat(500_000));
      const task = await ask('GetValues', { parameter: names.map((name) => ({ name: `Device.${name}` })) });
      const report = await h.report(task);
      expect(report.status).to.equal('SUCCESS');
      expect(JSON.stringify(report).length).to.be.within(1_000_000, 2_100_000);
      expect((await details(task)).truncated).to.equal('true');
      expect((await tree()).value('Device.Long.P39')).to.have.length(500_000);
    });

    it('ends with ERROR when no name works', async () => {
      const task = await ask('GetValues', { parameter: [{ name: 'Device.A.Bad' }, { name: 'Device.B.' }] });
      expect(await h.report(task)).to.include({ status: 'ERROR', summary: '9005 Invalid Parameter Name' });
    });

    it('takes names that are missing in the answer as not read, and does not ask again', async () => {
      cpe.set('A.One', '1');
      cpe.set('A.Two', '2');
      cpe.script = (request) =>
        request.method === 'GetParameterValues'
          ? {
              kind: 'response',
              response: {
                method: 'GetParameterValues',
                parameters: [{ name: 'Device.A.One', value: '1', type: 'string' }],
              },
            }
          : undefined;
      const task = await ask('GetValues', {
        parameter: [{ name: 'Device.A.One' }, { name: 'Device.A.Two' }],
      });
      expect(cpe.asked).to.have.length(1);
      expect(await details(task)).to.include({ 'Device.A.Two (not read)': 'missing in the answer' });
    });

    it('asks for names where a device cannot read partial paths', async () => {
      cpe.set('A.One', '1');
      cpe.set('A.B.Two', '2');
      cpe.script = (request) =>
        request.method === 'GetParameterValues' && request.names.some((name) => name.endsWith('.'))
          ? new CpeFault(9005, 'Invalid Parameter Name')
          : undefined;
      const task = await ask('GetValues', { parameter: [{ name: 'Device.A.' }] });
      expect(cpe.methods()).to.deep.equal(['GetParameterValues', 'GetParameterNames', 'GetParameterValues']);
      expect(await details(task)).to.deep.equal({ 'Device.A.': '2 values' });
      expect((await tree()).value('Device.A.B.Two')).to.equal('2');
    });

    it('reads parameters and partial paths in one request', async () => {
      for (const [name, value] of [
        ['A.One', '1'],
        ['B.Two', '2'],
        ['B.C.Three', '3'],
        ['D.Four', '4'],
      ] as const)
        cpe.set(name, value);
      const task = await ask('GetValues', {
        parameter: ['Device.B.', 'Device.A.One', 'Device.B.Two', 'Device.D.'].map((name) => ({ name })),
      });
      expect(sent('GetParameterValues').map(({ names }) => names)).to.deep.equal([
        ['Device.B.', 'Device.A.One', 'Device.B.Two', 'Device.D.'],
      ]);
      expect(await details(task)).to.deep.equal({
        'Device.A.One': '1',
        'Device.B.Two': '2',
        'Device.B.': '2 values',
        'Device.D.': '1 values',
      });
      const known = await tree();
      expect(
        ['A.One', 'B.Two', 'B.C.Three', 'D.Four'].map((name) => known.value(`Device.${name}`)),
      ).to.deep.equal(['1', '2', '3', '4']);
    });

    it('drops from the data model what a partial path in a list does not bring any more', async () => {
      cpe.set('A.One', '1');
      cpe.set('B.Gone', '2');
      cpe.set('B.Stays', '3');
      const parameter = [{ name: 'Device.A.One' }, { name: 'Device.B.' }];
      await ask('GetValues', { parameter });
      cpe.parameters.delete('Device.B.Gone');
      await ask('GetValues', { parameter });
      const known = await tree();
      expect([known.has('Device.B.Gone'), known.has('Device.B.Stays')]).to.deep.equal([false, true]);
    });

    it('asks for parameters together and for each partial path by itself after 9005', async () => {
      cpe.set('A.One', '1');
      cpe.set('A.Two', '2');
      cpe.set('B.Three', '3');
      const task = await ask('GetValues', {
        parameter: ['Device.A.One', 'Device.B.', 'Device.A.Two', 'Device.None.'].map((name) => ({ name })),
      });
      expect(sent('GetParameterValues').map(({ names }) => names)).to.deep.equal([
        ['Device.A.One', 'Device.B.', 'Device.A.Two', 'Device.None.'],
        ['Device.A.One', 'Device.A.Two'],
        ['Device.B.'],
        ['Device.None.'],
      ]);
      expect(await details(task)).to.deep.equal({
        'Device.A.One': '1',
        'Device.A.Two': '2',
        'Device.B.': '1 values',
        'Device.None. (not read)': '9005 Invalid Parameter Name',
      });
      expect((await h.report(task)).status).to.equal('WARNING');
    });

    it('believes that nothing is below a partial path only when it was asked for alone', async () => {
      cpe.set('A.One', '1');
      cpe.set('B.Two', '2');
      const parameter = [{ name: 'Device.A.One' }, { name: 'Device.B.' }];
      await ask('GetValues', { parameter });
      cpe.asked.length = 0;
      // Takes a list for one of parameters and leaves out the rest.
      cpe.script = (request) =>
        request.method === 'GetParameterValues' && request.names.length > 1
          ? {
              kind: 'response',
              response: {
                method: 'GetParameterValues',
                parameters: [{ name: 'Device.A.One', value: '1', type: 'string' }],
              },
            }
          : undefined;
      const task = await ask('GetValues', { parameter });
      expect(sent('GetParameterValues').map(({ names }) => names.length)).to.deep.equal([2, 1]);
      expect(await details(task)).to.deep.equal({ 'Device.A.One': '1', 'Device.B.': '1 values' });
      expect((await tree()).value('Device.B.Two')).to.equal('2');
    });

    it('asks for the names below a partial path that is echoed in a list', async () => {
      cpe.set('A.One', '1');
      cpe.set('B.Two', '2');
      cpe.script = (request) =>
        request.method === 'GetParameterValues' && request.names.includes('Device.B.')
          ? {
              kind: 'response',
              response: {
                method: 'GetParameterValues',
                parameters: [
                  { name: 'Device.A.One', value: '1', type: 'string' },
                  { name: 'Device.B.', value: '', type: 'string' },
                ],
              },
            }
          : undefined;
      const task = await ask('GetValues', { parameter: [{ name: 'Device.A.One' }, { name: 'Device.B.' }] });
      expect(cpe.methods()).to.deep.equal(['GetParameterValues', 'GetParameterNames', 'GetParameterValues']);
      expect(await details(task)).to.deep.equal({ 'Device.A.One': '1', 'Device.B.': '1 values' });
    });

    it('halves a batch whose answer would be too large', async () => {
      const parameter = Array.from({ length: 8 }, (_, index) => {
        cpe.set(`A.P${index}`, 'x');
        return { name: `Device.A.P${index}` };
      });
      cpe.script = (request) =>
        request.method === 'GetParameterValues' && request.names.length > 2
          ? new CpeFault(9004, 'Resources exceeded')
          : undefined;
      expect((await h.report(await ask('GetValues', { parameter }))).status).to.equal('SUCCESS');
      expect(sent('GetParameterValues').map(({ names }) => names.length)).to.deep.equal([
        8, 4, 2, 2, 4, 2, 2,
      ]);
    });

    it('reads the whole model without ever sending the empty path', async () => {
      await ask('GetValues', { parameter: [{ name: '' }] });
      expect(sent('GetParameterValues')[0]?.names).to.deep.equal(['Device.']);
    });
  });

  describe('GetNames', () => {
    beforeEach(() => {
      cpe.set('A.B.C', '1');
      cpe.set('A.D', '2');
    });

    it('asks once for the whole subtree unless told to go level by level', async () => {
      const task = await ask('GetNames', { objectName: 'Device.A.' });
      expect(sent('GetParameterNames')).to.deep.equal([
        { method: 'GetParameterNames', path: 'Device.A.', nextLevel: false },
      ]);
      expect(await details(task)).to.include({ objects: '1', parameters: '2' });
    });

    it('walks level by level, each object once', async () => {
      const task = await ask('GetNames', { objectName: 'Device.A.', recursive: true });
      expect(sent('GetParameterNames').map(({ path, nextLevel }) => [path, nextLevel])).to.deep.equal([
        ['Device.A.', true],
        ['Device.A.B.', true],
      ]);
      expect(await details(task)).to.include({ objects: '1', parameters: '2' });
    });

    it('does not go round in circles with a device that ignores NextLevel', async () => {
      const real = cpe.answer.bind(cpe);
      cpe.answer = (request) =>
        real(request.method === 'GetParameterNames' ? { ...request, nextLevel: false } : request);
      const task = await ask('GetNames', { recursive: true });
      expect((await h.report(task)).status).to.equal('SUCCESS');
      expect(cpe.count('GetParameterNames')).to.equal(1);
    });

    it('uses the root object of the Inform for an empty name, and drops what has vanished', async () => {
      await ask('GetNames', {});
      cpe.parameters.delete('Device.A.D');
      await ask('GetNames', {});
      expect(sent('GetParameterNames').map(({ path }) => path)).to.deep.equal(['Device.', 'Device.']);
      expect((await tree()).has('Device.A.D')).to.equal(false);
      expect((await tree()).has('Device.A.B.C')).to.equal(true);
    });
  });

  describe('AddObject and DeleteObject', () => {
    beforeEach(() =>
      cpe.table(
        'NAT.PortMapping.',
        { Enable: { value: 'false', type: 'boolean' }, ExternalPort: { value: '0', type: 'unsignedInt' } },
        [4],
      ),
    );

    it('takes a missing instance for success when it is told to', async () => {
      const objectName = 'Device.NAT.PortMapping.9.';
      const task = await ask('DeleteObject', { objectName, ignoreMissing: true });
      const report = await h.report(task);
      expect([report.status, report.summary]).to.deep.equal(['SUCCESS', `${objectName} is gone`]);
    });

    it('makes an instance, sets its first values and reads it', async () => {
      const task = await ask('AddObject', {
        objectName: 'Root.NAT.PortMapping.',
        with: [
          { key: 'ExternalPort', value: '8080', type: 'unsignedInt' },
          { key: 'Enable', value: '1' },
        ],
      });
      expect(await details(task)).to.deep.equal({
        instanceNumber: '5',
        path: 'Device.NAT.PortMapping.5.',
        status: '0',
      });
      expect([
        cpe.value('NAT.PortMapping.5.ExternalPort'),
        cpe.value('NAT.PortMapping.5.Enable'),
      ]).to.deep.equal(['8080', 'true']);
      expect((await tree()).value('Device.NAT.PortMapping.5.ExternalPort')).to.equal('8080');
    });

    it('names the instance that stays when its values are refused', async () => {
      const task = await ask('AddObject', {
        objectName: 'Device.NAT.PortMapping.',
        with: [{ key: 'ExternalPort', value: 'x', type: 'string' }],
      });
      const report = await h.report(task);
      expect(report).to.include({
        status: 'ERROR',
        summary: '9003 Invalid Arguments; Device.NAT.PortMapping.5. stays without values',
      });
      expect(report.fault?.parameters).to.have.length(1);
    });

    it('deletes it again when told to', async () => {
      await ask('AddObject', {
        objectName: 'Device.NAT.PortMapping.',
        deleteOnFailure: true,
        with: [{ key: 'ExternalPort', value: 'x', type: 'string' }],
      });
      expect(cpe.value('NAT.PortMapping.5.ExternalPort')).to.equal(undefined);
    });

    it('deletes an instance with all below it', async () => {
      await ask('GetNames', {});
      await ask('DeleteObject', { objectName: 'Device.NAT.PortMapping.4.' });
      expect((await tree()).has('Device.NAT.PortMapping.4.Enable')).to.equal(false);
      const again = await ask('DeleteObject', { objectName: 'Device.NAT.PortMapping.4.' });
      expect(await h.report(again)).to.include({
        status: 'ERROR',
        summary: '9005 Invalid Parameter Name: no such instance Device.NAT.PortMapping.4.',
      });
    });
  });

  describe('RefreshDataModel', () => {
    it('reads every name and value in few requests and drops what is not there any more', async () => {
      for (let index = 0; index < 300; index += 1) cpe.set(`Big.${index % 5}.P${index}`, String(index));
      await ask('RefreshDataModel', {});
      expect(cpe.asked.length).to.be.below(8);
      expect((await tree()).parameterCount).to.equal(cpe.parameters.size);
      cpe.parameters.delete('Device.Big.0.P0');
      cpe.set('Big.1.P1', 'changed');
      const task = await ask('RefreshDataModel', {});
      const known = await tree();
      expect(known.has('Device.Big.0.P0')).to.equal(false);
      expect(known.value('Device.Big.1.P1')).to.equal('changed');
      expect(await details(task)).to.include({ parameters: String(cpe.parameters.size) });
    });

    it('is complete or nothing: a fault on a part leaves what was known', async () => {
      cpe.set('A.One', 'old');
      await ask('RefreshDataModel', {});
      cpe.set('A.One', 'new');
      cpe.script = (request) =>
        request.method === 'GetParameterValues' ? new CpeFault(9002, 'Internal error') : undefined;
      const task = await ask('RefreshDataModel', {});
      expect(await h.report(task)).to.include({ status: 'ERROR', summary: '9002 Internal error' });
      expect((await tree()).value('Device.A.One')).to.equal('old');
    });

    it('waits for a later session when the quota is used up', async () => {
      const small = await Harness.open({ refreshesPerMinute: 1 });
      try {
        const other = new FakeCpe('Device', 'quota');
        await small.meet(other);
        const [first, second, free] = [
          await small.add(other, 'RefreshDataModel'),
          await small.add(other, 'RefreshDataModel'),
          await small.add(other, 'RefreshDataModel', { useQuota: false }),
        ];
        await small.run(other);
        expect((await small.report(first)).status).to.equal('SUCCESS');
        expect(await small.report(second)).to.include({
          status: 'IN_PROGRESS',
          summary: 'waiting for quota',
          blocking: false,
        });
        expect((await small.report(free)).status).to.equal('SUCCESS');
        await small.run(other);
        expect((await small.report(second)).status).to.equal('SUCCESS');
      } finally {
        await small.close();
      }
    });
  });
});
