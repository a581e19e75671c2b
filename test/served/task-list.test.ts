import { expect } from 'chai';
import type { Cpe } from '../cpe-simulator/index.js';
import { inPath } from './nbi-client.js';
import { startSystem, type ServedSystem } from './served-system.js';
import { until } from './until.js';

interface Task {
  id: string;
  priority: number;
  type: string;
}
interface Execution {
  id: string;
  task: string;
  status: string;
  summary: string;
  details: { name: string; value: string }[];
}
interface Queue {
  holder: string | null;
  entries: {
    position: number;
    due: boolean;
    holds: boolean;
    status: string;
    reason: { code: string } | null;
    task: Task;
    execution: Execution | null;
  }[];
}
interface SessionWithRpcs {
  id: string;
  startedAt: string;
  rpcs: { from: string; message: string; task: string | null }[];
}

const FIRMWARE = Buffer.concat([Buffer.from('PROVOST-FW 2.0.0\n'), Buffer.alloc(50_000, 7)]);

describe('A whole server with one CPE that calls in over HTTP', function () {
  this.timeout(60_000);

  for (const model of ['tr181', 'tr098'] as const) {
    describe(`of the data model ${model}`, () => {
      let system: ServedSystem;
      let cpe: Cpe;
      let device: string;
      const tasks: Task[] = [];

      const executions = async (): Promise<Execution[]> =>
        (await system.nbi.get<{ items: Execution[] }>(`/executions?device=${encodeURIComponent(device)}`))
          .items;
      const queue = (): Promise<Queue> => system.nbi.get<Queue>(`/devices/${inPath(device)}/queue`);
      const addTask = async (task: Record<string, unknown>): Promise<Task> => {
        const added = await system.nbi.post<Task>('/tasks', { device, ...task });
        tasks.push(added);
        return added;
      };

      before(async () => {
        system = await startSystem();
        cpe = system.cpe({ model, serialNumber: 'FN0000000001', softwareVersion: '1.0.0', rebootTime: 0.2 });
        const first = cpe.waitFor('session');
        await cpe.start();
        expect((await first).ok).to.equal(true);
        const devices = await system.nbi.get<{ items: { id: string }[] }>('/devices?serial=FN0000000001');
        device = devices.items[0]?.id ?? '';
      });
      after(() => system.stop());

      it('registers the unknown CPE at its first Inform', async () => {
        const shown = await system.nbi.get(`/devices/${inPath(device)}`);
        expect(shown).to.include({ serialNumber: 'FN0000000001', softwareVersion: '1.0.0', managed: true });
        expect((shown.lastInform as { events: string[] }).events).to.include('0 BOOTSTRAP');
      });

      it('lists tasks in the order of execution, whatever the order in which they were added', async () => {
        const form = new FormData();
        form.set('name', 'Firmware 2.0.0');
        form.set('category', 'firmware');
        form.set('fileType', '1 Firmware Upgrade Image');
        form.set('version', '2.0.0');
        form.set('file', new Blob([FIRMWARE]), 'fw-2.0.0.bin');
        const upload = await system.nbi.fetch('/resources', { method: 'POST', body: form });
        expect(upload.status, await upload.clone().text()).to.equal(201);
        const { id: resourceId } = (await upload.json()) as { id: string };

        await addTask({
          type: 'FirmwareUpgrade',
          priority: 20,
          config: { resourceId, versionChangeVerification: true },
        });
        await addTask({
          type: 'SetValues',
          priority: 5,
          config: { param: [{ name: 'wifi.1.password', value: 'a new passphrase' }] },
        });
        await addTask({ type: 'BackupConfiguration', priority: 10, config: {} });
        await addTask({ type: 'Reboot', priority: 30, config: {} });
        await addTask({
          type: 'GetValues',
          priority: 1,
          config: { parameter: [{ name: 'firmware.version' }, { name: 'wifi.1.ssid' }] },
        });

        const { entries } = await queue();
        expect(entries.map(({ task }) => task.priority)).to.deep.equal([1, 5, 10, 20, 30]);
        expect(entries.map(({ position }) => position)).to.deep.equal([1, 2, 3, 4, 5]);
        expect(entries.map(({ due }) => due)).to.deep.equal([true, true, true, true, true]);
      });

      it('works the list off in that order, across the transfers and the restart of the upgrade', async () => {
        await cpe.inform('2 PERIODIC');
        await until(
          'all five tasks end',
          async () => {
            const all = await executions();
            return (
              all.length === 5 &&
              all.every(({ status }) => status !== 'IN_PROGRESS' && status !== 'NOT_STARTED')
            );
          },
          40_000,
        );
        const byTask = new Map((await executions()).map((execution) => [execution.task, execution]));
        for (const task of tasks)
          expect(byTask.get(task.id)?.status, `${task.type}: ${byTask.get(task.id)?.summary ?? ''}`).to.equal(
            'SUCCESS',
          );
      });

      it('records the RPCs of the tasks in exactly that order', async () => {
        const { items } = await system.nbi.get<{ items: SessionWithRpcs[] }>(
          `/devices/${inPath(device)}/sessions`,
        );
        const rpcs: { message: string; task: string }[] = [];
        for (const { id } of items.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt))) {
          const session = await system.nbi.get<SessionWithRpcs>(`/devices/${inPath(device)}/sessions/${id}`);
          for (const { from, message, task } of session.rpcs)
            if (from === 'acs' && task !== null) rpcs.push({ message, task });
        }
        const sorted = tasks.toSorted((a, b) => a.priority - b.priority).map(({ id }) => id);
        const order = rpcs.map(({ task }) => sorted.indexOf(task));
        expect(order, JSON.stringify(rpcs)).to.deep.equal([...order].sort((a, b) => a - b));
        expect(new Set(order).size).to.equal(5);
        const commands = rpcs
          .map(({ message }) => message)
          .filter((name) => ['Upload', 'Download', 'Reboot'].includes(name));
        expect(commands).to.deep.equal(['Upload', 'Download', 'Reboot']);
      });

      it('did what the tasks said: new password, new firmware, restarted', () => {
        const path =
          model === 'tr181'
            ? 'Device.WiFi.AccessPoint.1.Security.KeyPassphrase'
            : 'InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.KeyPassphrase';
        expect(cpe.get(path)).to.equal('a new passphrase');
        expect(cpe.softwareVersion).to.equal('2.0.0');
      });

      it('has the values read in the report, and the backup as the CPE sent it', async () => {
        const all = await executions();
        const of = (type: string): Execution | undefined =>
          all.find(({ task }) => task === tasks.find((other) => other.type === type)?.id);
        const values = of('GetValues')?.details.map(({ value }) => value) ?? [];
        expect(values).to.include('1.0.0');
        const { items } = await system.nbi.get<{ items: { id: string; size: number }[] }>(
          `/resources?category=config.backup&device=${encodeURIComponent(device)}`,
        );
        expect(items).to.have.length(1);
        const content = await system.nbi.fetch(`/resources/${items[0]?.id ?? ''}/content`);
        const received = Buffer.from(await content.arrayBuffer());
        const sent = uploads.get(cpe);
        expect(sent, 'the CPE sent no file').to.not.equal(undefined);
        expect(received.equals(sent ?? Buffer.alloc(0))).to.equal(true);
      });

      it('shows the list as finished, and why none of it would run again', async () => {
        const { entries, holder } = await queue();
        expect(holder).to.equal(null);
        expect(entries.map(({ task }) => task.priority)).to.deep.equal([1, 5, 10, 20, 30]);
        expect(entries.map(({ reason }) => reason?.code)).to.deep.equal(Array(5).fill('finished'));
      });

      it('never did against TR-069 what a CPE can see, and wrote only envelopes that fit the schemas', () => {
        expect(cpe.violations).to.deep.equal([]);
        expect(system.invalidEnvelopes).to.deep.equal([]);
      });

      const uploads = new Map<Cpe, Buffer>();
      before(() => {
        cpe.on('transfer', ({ kind, content }) => {
          if (kind === 'Upload' && content) uploads.set(cpe, content);
        });
      });
    });
  }
});
