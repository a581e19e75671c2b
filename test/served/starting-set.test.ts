import { expect } from 'chai';
import type { Cpe } from '../cpe-simulator/index.js';
import { inPath } from './nbi-client.js';
import { startSystem, type ServedSystem } from './served-system.js';
import { until } from './until.js';

interface Execution {
  task: string;
  status: string;
  summary: string;
  details: { name: string; value: string }[];
}
interface Template {
  id: string;
  name: string;
}

const PATHS = {
  tr098: {
    ssid: (n: number) => `InternetGatewayDevice.LANDevice.1.WLANConfiguration.${n}.SSID`,
    key: (n: number) => `InternetGatewayDevice.LANDevice.1.WLANConfiguration.${n}.KeyPassphrase`,
    channel: (n: number) => `InternetGatewayDevice.LANDevice.1.WLANConfiguration.${n}.Channel`,
    automatic: (n: number) => `InternetGatewayDevice.LANDevice.1.WLANConfiguration.${n}.AutoChannelEnable`,
    server: 'InternetGatewayDevice.ManagementServer.',
  },
  tr181: {
    ssid: (n: number) => `Device.WiFi.SSID.${n}.SSID`,
    key: (n: number) => `Device.WiFi.AccessPoint.${n}.Security.KeyPassphrase`,
    channel: (n: number) => `Device.WiFi.Radio.${n}.Channel`,
    automatic: (n: number) => `Device.WiFi.Radio.${n}.AutoChannelEnable`,
    server: 'Device.ManagementServer.',
  },
} as const;

const image = (version: string): Buffer =>
  Buffer.concat([Buffer.from(`PROVOST-FW ${version}\n`), Buffer.alloc(20_000, 7)]);

describe('The starting set of templates, on a real server', function () {
  this.timeout(120_000);

  for (const model of ['tr098', 'tr181'] as const)
    describe(`with a CPE of the data model ${model}`, () => {
      const paths = PATHS[model];
      let system: ServedSystem;
      let cpe: Cpe;
      let device: string;
      let templates: Template[];

      before(async () => {
        system = await startSystem(['--starting-templates', 'true']);
        cpe = system.cpe({ model, serialNumber: 'FN0000000007', softwareVersion: '1.0.0', rebootTime: 0.2 });
        const first = cpe.waitFor('session');
        await cpe.start();
        expect((await first).ok).to.equal(true);
        const devices = await system.nbi.get<{ items: { id: string }[] }>('/devices?serial=FN0000000007');
        device = devices.items[0]?.id ?? '';
        templates = (await system.nbi.get<{ items: Template[] }>('/templates?limit=100')).items;
      });
      after(() => system.stop());
      afterEach(() => {
        expect(cpe.violations).to.deep.equal([]);
        expect(system.invalidEnvelopes).to.deep.equal([]);
      });

      /** The last run of a task, when it has ended. */
      const ended = (task: string): Promise<Execution> =>
        until(
          `the end of ${task}`,
          async () => {
            const path = `/executions?device=${encodeURIComponent(device)}`;
            const { items } = await system.nbi.get<{ items: Execution[] }>(path);
            const found = items.find((one) => one.task === task);
            return found && !['NOT_STARTED', 'IN_PROGRESS'].includes(found.status) ? found : null;
          },
          60_000,
        );
      const press = async (name: string, parameters: Record<string, unknown> = {}): Promise<Execution> => {
        const path = `/devices/${inPath(device)}/actions/quick-fix/${encodeURIComponent(name)}`;
        const { id } = await system.nbi.post<{ id: string }>(path, { parameters, connect: 'try' });
        return ended(id);
      };
      const make = async (name: string, parameters: Record<string, unknown>): Promise<string> => {
        const template = templates.find((one) => one.name === name);
        const path = `/templates/${template?.id ?? name}/tasks`;
        return (await system.nbi.post<{ id: string }>(path, { device, parameters, connect: 'try' })).id;
      };
      const run = async (name: string, parameters: Record<string, unknown> = {}): Promise<Execution> =>
        ended(await make(name, parameters));
      const upload = async (version: string): Promise<string> => {
        const form = new FormData();
        form.set('name', `Firmware ${version}`);
        form.set('category', 'firmware');
        form.set('fileType', '1 Firmware Upgrade Image');
        form.set('version', version);
        form.set('file', new Blob([image(version)]), `fw-${version}.bin`);
        const answer = await system.nbi.fetch('/resources', { method: 'POST', body: form });
        expect(answer.status, await answer.clone().text()).to.equal(201);
        return ((await answer.json()) as { id: string }).id;
      };
      const detail = (execution: Execution, name: string): string | undefined =>
        execution.details.find((one) => one.name === name)?.value;
      const version = async (): Promise<unknown> =>
        (await system.nbi.get(`/devices/${inPath(device)}`)).softwareVersion;

      it('reads the data model', async () => {
        expect(await press('Refresh data model')).to.include({ status: 'SUCCESS' });
      });

      it('gives all networks another name and password', async () => {
        const execution = await press('Change Wi-Fi', { ssid: 'Żabka i łoś', key: 'correct horse' });
        expect(execution).to.include({ status: 'SUCCESS', summary: '2 networks changed' });
        for (const n of [1, 2]) expect(cpe.get(paths.ssid(n))).to.equal('Żabka i łoś');
        for (const n of [1, 2]) expect(cpe.get(paths.key(n))).to.equal('correct horse');
        expect(JSON.stringify(execution)).not.to.contain('correct horse');
      });

      it('gives the networks of one band another name, and lets the password be', async () => {
        expect(await press('Change Wi-Fi', { ssid: 'Five', band: '5GHz' })).to.include({
          status: 'SUCCESS',
          summary: '1 networks changed',
        });
        expect([1, 2].map((n) => cpe.get(paths.ssid(n)))).to.deep.equal(['Żabka i łoś', 'Five']);
        expect(cpe.get(paths.key(2))).to.equal('correct horse');
        expect(await press('Change Wi-Fi', { ssid: 'Six', band: '6GHz' })).to.include({
          status: 'WARNING',
          summary: 'the device has no enabled network of this band',
        });
        expect((await press('Change Wi-Fi')).status).to.equal('ERROR');
      });

      it('refuses a name that is too long and a password that is too short, before anything is made', async () => {
        const path = `/devices/${inPath(device)}/actions/quick-fix/${encodeURIComponent('Change Wi-Fi')}`;
        const answer = await system.nbi.fetch(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ parameters: { ssid: 'ż'.repeat(17), key: 'short' } }),
        });
        expect(answer.status).to.equal(422);
        const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
        expect(errors.map(({ pointer }) => pointer)).to.deep.equal(['/parameters/ssid', '/parameters/key']);
      });

      it('sets the channel of a band, and gives the choice back to the device', async () => {
        expect((await press('Change Wi-Fi channel', { band: '2.4GHz', channel: 11 })).status).to.equal(
          'SUCCESS',
        );
        expect(cpe.get(paths.channel(1))).to.equal('11');
        expect(cpe.get(paths.automatic(1))).to.be.oneOf(['0', 'false']);
        expect(cpe.get(paths.automatic(2))).to.be.oneOf(['1', 'true']);
        expect((await press('Change Wi-Fi channel', { band: '2.4GHz', channel: 0 })).status).to.equal(
          'SUCCESS',
        );
        expect(cpe.get(paths.automatic(1))).to.be.oneOf(['1', 'true']);
        expect((await press('Change Wi-Fi channel', { band: '6GHz' })).status).to.equal('WARNING');
      });

      it('pings from the device', async () => {
        const execution = await press('Ping', { host: 'www.example.org', repetitions: 3 });
        expect(execution.status, execution.summary).to.equal('SUCCESS');
        expect(detail(execution, 'successCount')).to.equal('3');
      });

      it('reads what support asks first', async () => {
        const execution = await press('Read diagnostics');
        expect(execution.status, execution.summary).to.equal('SUCCESS');
        expect(execution.summary).to.match(model === 'tr098' ? /^WAN Connected, / : /^WAN Up, /);
        for (const name of ['uptime', 'memoryFree', 'wanAddress', 'hosts', 'wifi1Name', 'wifi1Channel'])
          expect(detail(execution, name), name).to.be.a('string').and.not.equal('');
      });

      it('traces a parameter in each session', async () => {
        const task = await make('Trace a parameter', { parameter: 'uptime', alias: 'up' });
        const execution = await ended(task);
        expect(execution.status, execution.summary).to.equal('SUCCESS');
        expect(detail(execution, 'up')).to.match(/^\d+$/);
        await system.nbi.fetch(`/tasks/${inPath(task)}`, { method: 'DELETE' });
      });

      it('gives the device its own phase of the periodic Informs', async () => {
        expect((await run('Spread periodic Informs', { interval: 600 })).status).to.equal('SUCCESS');
        expect(cpe.get(`${paths.server}PeriodicInformInterval`)).to.equal('600');
        const phase = Date.parse(cpe.get(`${paths.server}PeriodicInformTime`) ?? '');
        const since = (phase - Date.parse('2020-01-01T00:00:00Z')) / 1_000;
        expect(since).to.be.within(1, 599);
      });

      it('backs up and gives the backup back', async () => {
        expect((await press('Back up now')).status).to.equal('SUCCESS');
        const again = await press('Back up now');
        expect(again.status).to.equal('SUCCESS');
        await press('Change Wi-Fi', { ssid: 'After the backup' });
        const restored = await press('Restore backup', { backup: detail(again, 'resource') });
        expect(restored.status, restored.summary).to.equal('SUCCESS');
        expect([1, 2].map((n) => cpe.get(paths.ssid(n)))).to.deep.equal(['Żabka i łoś', 'Five']);
        await press('Change Wi-Fi', { ssid: 'After that' });
        expect((await press('Restore backup')).status).to.equal('SUCCESS');
        expect(cpe.get(paths.ssid(2))).to.equal('Five');
      });

      it('keeps a change that does no harm, and takes back one that does', async () => {
        const change = { parameter: 'wifi.1.ssid', minutes: 0 };
        const kept = await run('Backup before change', { ...change, value: 'Kept' });
        expect(kept.status, kept.summary).to.equal('SUCCESS');
        expect(cpe.get(paths.ssid(1))).to.equal('Kept');
        const taken = await run('Backup before change', { ...change, value: 'Bad', expected: 'Never' });
        expect(taken.status, taken.summary).to.equal('WARNING');
        expect(taken.summary).to.match(
          /^wan.status is (Up|Connected): the configuration of before is restored$/,
        );
        expect(cpe.get(paths.ssid(1))).to.equal('Kept');
      });

      it('restarts', async () => {
        expect((await press('Reboot')).status).to.equal('SUCCESS');
      });

      it('upgrades the firmware', async () => {
        const execution = await press('Upgrade firmware', { image: await upload('2.0.0') });
        expect(execution.status, execution.summary).to.equal('SUCCESS');
        expect(await version()).to.equal('2.0.0');
      });

      it('upgrades in stages, and goes back to the old image when the device is not well with the new one', async () => {
        const parameters = { minutes: 0, simultaneous: 1 };
        const good = await run('Staged firmware upgrade', {
          ...{ ...parameters, image: await upload('3.0.0'), version: '3.0.0' },
        });
        expect(good.status, good.summary).to.equal('SUCCESS');
        expect(good.summary).to.match(/^now 3.0.0, wan.status is (Up|Connected)$/);
        const bad = await make('Staged firmware upgrade', {
          ...{ ...parameters, image: await upload('4.0.0'), version: '4.0.0', expected: 'Never' },
          rollback: await upload('2.9.9'),
        });
        const execution = await ended(bad);
        expect(execution.status, execution.summary).to.equal('ERROR');
        expect(execution.summary).to.match(/ with 4.0.0: back to 2.9.9 \(was 3.0.0\)$/);
        expect(await version()).to.equal('2.9.9');
        const { properties } = await system.nbi.get<{ properties: Record<string, string> }>(
          `/devices/${inPath(device)}`,
        );
        expect(properties.firmwareRolledBack).to.equal('4.0.0');
      });

      it('refurbishes: the device is as new, here too', async () => {
        const execution = await press('Refurbish', { retained: 'firmwareRolledBack' });
        expect(execution.status, execution.summary).to.equal('SUCCESS');
        const { properties } = await system.nbi.get<{ properties: Record<string, string> }>(
          `/devices/${inPath(device)}`,
        );
        expect(properties.firmwareRolledBack).to.equal('4.0.0');
        expect(cpe.get(paths.ssid(1))).not.to.equal('Kept');
      });

      it('sets back to factory settings', async () => {
        await press('Change Wi-Fi', { ssid: 'Gone soon' });
        expect((await press('Factory reset')).status).to.equal('SUCCESS');
        expect(cpe.get(paths.ssid(1))).not.to.equal('Gone soon');
      });
    });
});
