import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCpe, type Cpe } from '../cpe-simulator/index.js';
import { openTestStore, type TestStore } from '../store/store-fixture.js';
import { freePorts } from './free-ports.js';
import { inPath, NbiClient } from './nbi-client.js';
import { spawnServer, type ServerProcess } from './server-process.js';
import { until } from './until.js';

interface Execution {
  id: string;
  task: string;
  status: string;
  summary: string;
  stage: string | null;
  run: number;
}

const PASSWORD = 'correct horse battery';
const FIRMWARE = Buffer.concat([Buffer.from('PROVOST-FW 3.1.4\n'), Buffer.alloc(20_000, 3)]);

describe('A server that is killed', function () {
  this.timeout(120_000);
  let folder: string;
  let flags: string[];
  let console: string;
  let acsUrl: string;
  let server: ServerProcess | null = null;
  let database: TestStore | null = null;
  let cpe: Cpe;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'provost-crash-'));
    const [cwmp, files, http] = await freePorts(3);
    console = `http://127.0.0.1:${http}`;
    acsUrl = `http://127.0.0.1:${cwmp}/`;
    flags = [
      ...['--data-dir', folder, '--admin-password', PASSWORD, '--cwmp-authentication', 'none'],
      ...['--system-tasks', 'false', '--starting-templates', 'false'],
      ...['--cwmp-port', String(cwmp), '--files-port', String(files), '--http-port', String(http)],
      ...['--cwmp-host', '127.0.0.1', '--files-host', '127.0.0.1'],
    ];
    // On its own embedded store by default: then that is killed with the server.
    database = process.env.MONGODB_URI === undefined ? null : await openTestStore();
    if (database) flags.push('--mongodb-uri', database.uri);
    server = await spawnServer(flags);
  });
  afterEach(async () => {
    await cpe.stop();
    await server?.kill();
    await database?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const signIn = (): Promise<NbiClient> => new NbiClient(console).signIn('admin', PASSWORD);
  const executionOf = async (nbi: NbiClient, task: string): Promise<Execution | undefined> =>
    (await nbi.get<{ items: Execution[] }>(`/executions?task=${encodeURIComponent(task)}`)).items[0];
  const commands = (): string[] =>
    cpe.sessions
      .flatMap(({ rpcs }) => rpcs)
      .filter(({ by }) => by === 'ACS')
      .map(({ rpc }) => rpc);

  /** A CPE that has called in once, and its identity. */
  const knownCpe = async (serialNumber: string): Promise<string> => {
    // Twenty device seconds in one: the waits between its retries (TR-069 A6 §3.2.1.1) are kept, only quicker.
    cpe = createCpe({
      model: 'tr181',
      serialNumber,
      acsUrl,
      softwareVersion: '1.0.0',
      timeScale: 20,
      rebootTime: 20,
    });
    const first = cpe.waitFor('session');
    await cpe.start();
    await first;
    return `02A0C4-FN%2DGW1-${serialNumber}`;
  };

  it('between Download and TransferComplete ends the upgrade with SUCCESS after its start, and sends nothing twice', async () => {
    const device = await knownCpe('CRASH1');
    let nbi = await signIn();
    const form = new FormData();
    form.set('name', `Firmware ${folder}`);
    form.set('category', 'firmware');
    form.set('fileType', '1 Firmware Upgrade Image');
    form.set('file', new Blob([FIRMWARE]), 'fw.bin');
    const upload = await nbi.fetch('/resources', { method: 'POST', body: form });
    expect(upload.status, await upload.clone().text()).to.equal(201);
    const { id: resourceId } = (await upload.json()) as { id: string };
    const upgrade = await nbi.post<{ id: string }>('/tasks', {
      device,
      type: 'FirmwareUpgrade',
      config: { resourceId, versionChangeVerification: true },
    });
    const after = await nbi.post<{ id: string }>('/tasks', {
      device,
      type: 'GetValues',
      config: { parameter: [{ name: 'firmware.version' }] },
    });

    const fetched = cpe.waitFor('reboot', undefined, 30_000);
    await cpe.inform('2 PERIODIC');
    await fetched;
    await server?.kill();
    server = await spawnServer(flags);
    nbi = await signIn();

    const ended = await until(
      'the upgrade ends',
      async () => {
        const execution = await executionOf(nbi, after.id);
        return execution?.status === 'SUCCESS' ? await executionOf(nbi, upgrade.id) : null;
      },
      60_000,
    );
    expect(ended.status, ended.summary).to.equal('SUCCESS');
    expect(ended.run).to.equal(1);
    expect(cpe.softwareVersion).to.equal('3.1.4');
    expect(commands().filter((rpc) => rpc === 'Download')).to.have.length(1);
    expect(cpe.violations).to.deep.equal([]);
  });

  it('in the middle of a session keeps every task, and the next session goes on with the list', async () => {
    const device = await knownCpe('CRASH2');
    let nbi = await signIn();
    const add = async (value: string): Promise<string> =>
      (
        await nbi.post<{ id: string }>('/tasks', {
          device,
          type: 'SetValues',
          config: { param: [{ name: 'Device.WiFi.SSID.1.SSID', value, type: 'string' }] },
        })
      ).id;
    const tasks = [await add('first'), await add('second'), await add('third')];
    // The answer to the second task is still out when the server dies.
    const reached = cpe.waitFor('rpc', ({ rpc }) => rpc === 'SetParameterValues');
    cpe.addFault({ after: { message: 3 }, do: { delay: 8_000 } });
    void cpe.inform('2 PERIODIC');
    await reached;
    await until(
      'the first task ends',
      async () => (await executionOf(nbi, tasks[0] ?? ''))?.status === 'SUCCESS',
    );
    await server?.kill();
    server = await spawnServer(flags);
    nbi = await signIn();
    await until(
      'all tasks end',
      async () => {
        const all = await Promise.all(tasks.map((task) => executionOf(nbi, task)));
        return all.every((execution) => execution?.status === 'SUCCESS');
      },
      60_000,
    );
    expect(cpe.get('Device.WiFi.SSID.1.SSID')).to.equal('third');
    const { holder } = await nbi.get<{ holder: string | null }>(`/devices/${inPath(device)}/queue`);
    expect(holder).to.equal(null);
  });
});
