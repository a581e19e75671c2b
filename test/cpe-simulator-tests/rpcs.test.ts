import { expect } from 'chai';
import { rpcs } from './fake-acs.js';
import { Bench, faultCode, listOf, parameterFaults, textAt } from './support.js';

const radio = 'Device.WiFi.Radio.1.';
const mappings = 'Device.NAT.PortMapping.';

describe('The RPCs of the simulated CPE', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await Bench.open();
  });

  afterEach(() => bench.close());

  describe('GetParameterNames', () => {
    it('with an empty path answers the whole tree with its root, or the root alone for the next level', async () => {
      const cpe = await bench.booted();
      const [all, next] = await bench.ask(cpe, rpcs.getNames('', 0), rpcs.getNames('', 1));
      expect(Object.keys(listOf(all, 'Writable'))).to.include.members([
        'Device.',
        `${radio}SSID`.replace('SSID', 'Channel'),
      ]);
      expect(Object.keys(listOf(all, 'Writable')).length).to.be.greaterThan(300);
      expect(listOf(next, 'Writable')).to.deep.equal({ 'Device.': '0' });
    });

    it('with a partial path answers the object and all below, or its children alone for the next level', async () => {
      const cpe = await bench.booted();
      const [all, next] = await bench.ask(
        cpe,
        rpcs.getNames('Device.Users.', 0),
        rpcs.getNames('Device.Users.', 1),
      );
      expect(Object.keys(listOf(all, 'Writable'))).to.include.members([
        'Device.Users.',
        'Device.Users.User.',
        'Device.Users.User.1.',
        'Device.Users.User.1.Username',
      ]);
      expect(listOf(next, 'Writable')).to.deep.equal({
        'Device.Users.UserNumberOfEntries': '0',
        'Device.Users.User.': '1',
      });
    });

    it('with a full name answers it alone, and refuses the next level with 9003', async () => {
      const cpe = await bench.booted();
      const [one, bad] = await bench.ask(
        cpe,
        rpcs.getNames(`${radio}Channel`, 0),
        rpcs.getNames(`${radio}Channel`, 1),
      );
      expect(listOf(one, 'Writable')).to.deep.equal({ [`${radio}Channel`]: '1' });
      expect(faultCode(bad)).to.equal(9003);
    });

    it('refuses unknown paths, and objects without their dot, with 9005', async () => {
      const cpe = await bench.booted();
      const answers = await bench.ask(cpe, rpcs.getNames('Device.None.', 0), rpcs.getNames('Device.WiFi', 0));
      expect(answers.map(faultCode)).to.deep.equal([9005, 9005]);
    });

    it('calls a table writable where AddObject works and an instance where DeleteObject does', async () => {
      const cpe = await bench.booted();
      const [answer] = await bench.ask(cpe, rpcs.getNames('Device.', 0));
      const writable = listOf(answer, 'Writable');
      expect(writable).to.include({
        [mappings]: '1',
        [`${mappings}1.`]: '1',
        'Device.Hosts.Host.': '0',
        'Device.Hosts.Host.1.': '0',
        'Device.NAT.': '0',
        [`${mappings}1.Status`]: '0',
      });
    });
  });

  describe('GetParameterValues', () => {
    it('answers full names, partial paths and the whole tree', async () => {
      const cpe = await bench.booted();
      const [full, partial, all] = await bench.ask(
        cpe,
        rpcs.getValues('Device.DeviceInfo.SerialNumber', `${radio}Channel`),
        rpcs.getValues('Device.Users.'),
        rpcs.getValues(''),
      );
      expect(listOf(full)['Device.DeviceInfo.SerialNumber']).to.equal('FN0000000001');
      expect(Object.keys(listOf(partial))).to.have.length(6);
      expect(Object.keys(listOf(all)).length).to.equal(cpe.parameterCount);
    });

    it('faults with 9005 as a whole when one name is unknown', async () => {
      const cpe = await bench.booted();
      const [answer] = await bench.ask(cpe, rpcs.getValues(`${radio}Channel`, 'Device.None'));
      expect(faultCode(answer)).to.equal(9005);
    });

    it('answers an empty table with an empty list', async () => {
      const cpe = await bench.booted();
      const [answer] = await bench.ask(cpe, rpcs.getValues('Device.DHCPv4.Server.Pool.1.StaticAddress.'));
      expect(answer?.name).to.equal('GetParameterValuesResponse');
      expect(listOf(answer)).to.deep.equal({});
    });

    it('shows hidden values as empty texts, whatever was written', async () => {
      const cpe = await bench.booted();
      const path = 'Device.WiFi.AccessPoint.1.Security.KeyPassphrase';
      const [, answer] = await bench.ask(
        cpe,
        rpcs.setValues({ [path]: ['string', 'correct horse'] }),
        rpcs.getValues(path),
      );
      expect(listOf(answer)).to.deep.equal({ [path]: '' });
      expect(cpe.get(path)).to.equal('correct horse');
    });
  });

  describe('SetParameterValues', () => {
    it('changes nothing when one parameter is bad, and names every bad one with its own code', async () => {
      const cpe = await bench.booted();
      const ssid = 'Device.WiFi.SSID.1.SSID';
      const before = cpe.get(ssid);
      const [answer] = await bench.ask(
        cpe,
        rpcs.setValues({
          [ssid]: ['string', 'new name'],
          'Device.None': ['string', 'x'],
          [`${radio}Enable`]: ['string', '1'],
          [`${radio}Channel`]: ['unsignedInt', '14'],
          'Device.DeviceInfo.SerialNumber': ['string', 'x'],
        }),
      );
      expect(faultCode(answer)).to.equal(9003);
      expect(parameterFaults(answer)).to.deep.equal({
        'Device.None': 9005,
        [`${radio}Enable`]: 9006,
        [`${radio}Channel`]: 9007,
        'Device.DeviceInfo.SerialNumber': 9008,
      });
      expect(cpe.get(ssid)).to.equal(before);
    });

    const refused: readonly [string, string, string, string][] = [
      ['an SSID of no characters', 'Device.WiFi.SSID.1.SSID', 'string', ''],
      ['an SSID of 33 characters', 'Device.WiFi.SSID.1.SSID', 'string', 'x'.repeat(33)],
      [
        'a passphrase of 7 characters',
        'Device.WiFi.AccessPoint.1.Security.KeyPassphrase',
        'string',
        'x'.repeat(7),
      ],
      [
        'a passphrase of 64 characters',
        'Device.WiFi.AccessPoint.1.Security.KeyPassphrase',
        'string',
        'x'.repeat(64),
      ],
      ['a boolean "yes"', `${radio}Enable`, 'boolean', 'yes'],
      ['a negative unsignedInt', `${radio}BeaconPeriod`, 'unsignedInt', '-1'],
      ['an unsignedInt above 32 bits', `${radio}BeaconPeriod`, 'unsignedInt', '4294967296'],
      ['a word outside the enumeration', 'Device.NAT.PortMapping.1.Protocol', 'string', 'tcp'],
      ['a port above 65535', 'Device.NAT.PortMapping.1.ExternalPort', 'unsignedInt', '65536'],
      ['an interval of 0', 'Device.ManagementServer.PeriodicInformInterval', 'unsignedInt', '0'],
      ['a broken address', 'Device.DHCPv4.Server.Pool.1.MinAddress', 'string', '192.168.1.256'],
      ['a broken time', 'Device.ManagementServer.PeriodicInformTime', 'dateTime', '2026-13-01T00:00:00Z'],
      ['another state than Requested', 'Device.IP.Diagnostics.IPPing.DiagnosticsState', 'string', 'Complete'],
    ];
    for (const [what, path, type, value] of refused) {
      it(`refuses ${what} with 9007`, async () => {
        const cpe = await bench.booted();
        const [answer] = await bench.ask(cpe, rpcs.setValues({ [path]: [type, value] }));
        expect(parameterFaults(answer)).to.deep.equal({ [path]: 9007 });
      });
    }

    it('takes words and digits for booleans and reads them back as digits', async () => {
      const cpe = await bench.booted();
      const [, answer] = await bench.ask(
        cpe,
        rpcs.setValues({
          [`${radio}Enable`]: ['boolean', 'false'],
          [`${radio}AutoChannelEnable`]: ['boolean', '1'],
        }),
        rpcs.getValues(`${radio}Enable`, `${radio}AutoChannelEnable`, `${radio}Status`),
      );
      expect(listOf(answer)).to.deep.equal({
        [`${radio}Enable`]: '0',
        [`${radio}AutoChannelEnable`]: '1',
        [`${radio}Status`]: 'Down',
      });
    });

    it('keeps the ParameterKey of the last call that succeeded, and of no other', async () => {
      const cpe = await bench.booted();
      await bench.ask(
        cpe,
        rpcs.setValues({ [`${radio}DTIMPeriod`]: ['unsignedInt', '3'] }, 'good'),
        rpcs.setValues({ [`${radio}DTIMPeriod`]: ['unsignedInt', 'x'] }, 'bad'),
      );
      expect(cpe.get('Device.ManagementServer.ParameterKey')).to.equal('good');
    });

    it('refuses a list that names a parameter twice with 9003', async () => {
      const cpe = await bench.booted();
      const entry = `<ParameterValueStruct><Name>${radio}DTIMPeriod</Name><Value xsi:type="xsd:unsignedInt">3</Value></ParameterValueStruct>`;
      const [answer] = await bench.ask(
        cpe,
        `<cwmp:SetParameterValues><ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[2]">${entry}${entry}</ParameterList><ParameterKey></ParameterKey></cwmp:SetParameterValues>`,
      );
      expect(faultCode(answer)).to.equal(9003);
    });
  });

  describe('AddObject and DeleteObject', () => {
    it('make instances with defaults of their own and never use a number again', async () => {
      const cpe = await bench.booted();
      const [first, , second] = await bench.ask(
        cpe,
        rpcs.addObject(mappings, 'k1'),
        rpcs.deleteObject(`${mappings}2.`),
        rpcs.addObject(mappings),
      );
      expect(textAt(first?.rpc, 'InstanceNumber')).to.equal('2');
      expect(textAt(second?.rpc, 'InstanceNumber')).to.equal('3');
      expect(cpe.get(`${mappings}3.Enable`)).to.equal('0');
      expect(cpe.get(`${mappings}3.ExternalPort`)).to.equal('0');
      expect(cpe.get('Device.NAT.PortMappingNumberOfEntries')).to.equal('2');
      expect(cpe.get(`${mappings}2.Enable`)).to.equal(undefined);
    });

    it('take the children along, and start child tables empty', async () => {
      const cpe = await bench.booted();
      const pool = 'Device.DHCPv4.Server.Pool.';
      await bench.ask(
        cpe,
        rpcs.addObject(pool),
        rpcs.addObject(`${pool}2.StaticAddress.`),
        rpcs.deleteObject(`${pool}2.`),
      );
      expect(cpe.get(`${pool}2.StaticAddress.1.Yiaddr`)).to.equal(undefined);
      const [added] = await bench.ask(cpe, rpcs.addObject('Device.WiFi.AccessPoint.'));
      const number = textAt(added?.rpc, 'InstanceNumber') ?? '';
      expect(cpe.get(`Device.WiFi.AccessPoint.${number}.AssociatedDeviceNumberOfEntries`)).to.equal('0');
    });

    it('refuse what cannot be: no dot and instance numbers 9003, unknown tables 9005, full tables 9004', async () => {
      const cpe = await bench.booted();
      const answers = await bench.ask(
        cpe,
        rpcs.addObject('Device.NAT.PortMapping'),
        rpcs.addObject(`${mappings}1.`),
        rpcs.addObject('Device.None.'),
        rpcs.addObject('Device.Hosts.Host.'),
        rpcs.deleteObject(mappings),
        rpcs.deleteObject(`${mappings}99.`),
      );
      expect(answers.map(faultCode)).to.deep.equal([9003, 9003, 9005, 9005, 9003, 9005]);
      const fill = Array.from({ length: 32 }, () => rpcs.addObject(mappings));
      expect((await bench.ask(cpe, ...fill)).map(faultCode).at(-1)).to.equal(9004);
    });
  });

  it('GetParameterAttributes shows what SetParameterAttributes set, and forced notification cannot be turned off', async () => {
    const cpe = await bench.booted();
    const [, answer, forced, denied, lightweight] = await bench.ask(
      cpe,
      rpcs.setAttributes('Device.Users.', 1),
      rpcs.getAttributes('Device.Users.User.1.Username'),
      rpcs.setAttributes('Device.DeviceInfo.SoftwareVersion', 0),
      rpcs.setAttributes('Device.DeviceInfo.UpTime', 2),
      rpcs.setAttributes('Device.Users.', 3),
    );
    expect(listOf(answer, 'Notification')).to.deep.equal({ 'Device.Users.User.1.Username': '1' });
    expect([forced, denied, lightweight].map(faultCode)).to.deep.equal([9009, 9009, 9009]);
  });

  it('GetRPCMethods lists what works, and what does not is answered with 9000', async () => {
    const cpe = await bench.booted();
    const [methods, unknown] = await bench.ask(cpe, rpcs.methods, '<cwmp:SetVouchers></cwmp:SetVouchers>');
    expect(methods?.body).to.contain('<string>SetParameterValues</string>').and.not.to.contain('SetVouchers');
    expect(faultCode(unknown)).to.equal(9000);
  });

  it('ScheduleInform refuses a delay of 0 and keeps several calls apart', async () => {
    const cpe = await bench.booted({ timeScale: 100 });
    const both = cpe.waitFor('session', ({ events }) => events.some(({ commandKey }) => commandKey === 'b'));
    const one = cpe.waitFor('session', ({ events }) => events.some(({ commandKey }) => commandKey === 'a'));
    const [bad] = await bench.ask(
      cpe,
      rpcs.scheduleInform(0, 'x'),
      rpcs.scheduleInform(2, 'a'),
      rpcs.scheduleInform(9, 'b'),
    );
    expect(faultCode(bad)).to.equal(9003);
    expect((await one).events.map(({ code }) => code)).to.deep.equal(['3 SCHEDULED', 'M ScheduleInform']);
    await both;
  });

  it('the ping test runs after the session and ends in 8 DIAGNOSTICS COMPLETE', async () => {
    for (const [model, object] of [
      ['tr181', 'Device.IP.Diagnostics.IPPing.'],
      ['tr098', 'InternetGatewayDevice.IPPingDiagnostics.'],
    ] as const) {
      const cpe = await bench.booted({ model, timeScale: 50 });
      const done = cpe.waitFor('session', ({ events }) =>
        events.some(({ code }) => code === '8 DIAGNOSTICS COMPLETE'),
      );
      await bench.ask(
        cpe,
        rpcs.setValues({
          [`${object}Host`]: ['string', 'example.org'],
          [`${object}DiagnosticsState`]: ['string', 'Requested'],
        }),
      );
      await done;
      expect(cpe.get(`${object}DiagnosticsState`)).to.equal('Complete');
      expect(Number(cpe.get(`${object}AverageResponseTime`))).to.be.greaterThan(0);
    }
  });

  for (const [model, root] of [
    ['tr181', 'Device.'],
    ['tr098', 'InternetGatewayDevice.'],
  ] as const)
    it(`runs the other tests of ${root} the same way, with rows for hops and answers`, async () => {
      const cpe = await bench.booted({ model, timeScale: 200 });
      const below = (tr181: string, tr098: string): string => root + (model === 'tr181' ? tr181 : tr098);
      const trace = below('IP.Diagnostics.TraceRoute.', 'TraceRouteDiagnostics.');
      const lookup = below('DNS.Diagnostics.NSLookupDiagnostics.', 'NSLookupDiagnostics.');
      const download = below('IP.Diagnostics.DownloadDiagnostics.', 'DownloadDiagnostics.');
      const upload = below('IP.Diagnostics.UploadDiagnostics.', 'UploadDiagnostics.');
      const loopback = below(
        'ATM.Diagnostics.F5Loopback.',
        'WANDevice.1.WANConnectionDevice.1.WANATMF5LoopbackDiagnostics.',
      );
      const wanted: Record<string, Record<string, [string, string]>> = {
        [trace]: { Host: ['string', 'example.org'] },
        [lookup]: { HostName: ['string', 'example.org'], NumberOfRepetitions: ['unsignedInt', '3'] },
        [download]: { DownloadURL: ['string', 'http://example.org/10MB'] },
        [upload]: { UploadURL: ['string', 'http://down.invalid/'] },
        [loopback]: { NumberOfRepetitions: ['unsignedInt', '4'] },
      };
      const sets = Object.entries(wanted).map(([object, values]) =>
        rpcs.setValues(
          Object.fromEntries([
            ...Object.entries(values).map(([name, value]) => [object + name, value] as const),
            [`${object}DiagnosticsState`, ['string', 'Requested'] as [string, string]],
          ]),
        ),
      );
      const done = cpe.waitFor('session', () =>
        Object.keys(wanted).every((object) => cpe.get(`${object}DiagnosticsState`) !== 'Requested'),
      );
      await bench.ask(cpe, ...sets);
      await done;
      const states = Object.keys(wanted).map((object) => cpe.get(`${object}DiagnosticsState`));
      const good = model === 'tr181' ? 'Complete' : 'Completed';
      expect(states).to.deep.equal(['Complete', 'Complete', good, 'Error_InitConnectionFailed', 'Complete']);
      expect(cpe.get(`${lookup}ResultNumberOfEntries`)).to.equal('3');
      expect(cpe.get(`${lookup}Result.3.HostNameReturned`)).to.equal('example.org');
      expect(Number(cpe.get(`${trace}RouteHopsNumberOfEntries`))).to.be.within(3, 10);
      expect(cpe.get(`${download}EOMTime`)).to.match(/\.\d{6}Z$/);
    });

  it('works alike on a TR-098 device of some 400 parameters', async () => {
    const cpe = await bench.booted({ model: 'tr098' });
    expect(cpe.parameterCount).to.be.within(350, 450);
    const path = 'InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.SSID';
    const [set, get] = await bench.ask(
      cpe,
      rpcs.setValues({ [path]: ['string', 'château'] }),
      rpcs.getValues(path),
    );
    expect(textAt(set?.rpc, 'Status')).to.equal('0');
    expect(listOf(get)).to.deep.equal({ [path]: 'château' });
  });

  it('can have any number of further parameters', async () => {
    const cpe = await bench.booted({ serialNumber: 'S', fillerParameters: 1234 });
    const plain = bench.cpe({ serialNumber: 'S' });
    expect(plain.parameterCount).to.be.within(350, 500);
    expect(cpe.parameterCount).to.equal(plain.parameterCount + 1234);
  });
});
