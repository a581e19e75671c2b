import { expect } from 'chai';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedStore, type EmbeddedStore } from '../../store/embedded/start.js';
import type { Cpe } from '../cpe-simulator/index.js';
import { until } from '../served/until.js';
import { ChaosServer, isAlive } from './chaos-server.js';
import { StoreProxy } from './store-proxy.js';

interface Execution {
  task: string;
  status: string;
  summary: string;
}

const CPES = 6;
const SSID = 'Device.WiFi.SSID.1.SSID';
const MAPPINGS = 'Device.NAT.PortMapping.';
const ENDED = ['SUCCESS', 'WARNING', 'ERROR'];

describe('A server whose MongoDB is away for a moment', function () {
  this.timeout(60_000);
  let folder: string;
  let store: EmbeddedStore;
  let proxy: StoreProxy;
  let server: ChaosServer;
  let cpes: Cpe[];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'provost-outage-'));
    // For the server it is a MongoDB like any other: it neither starts nor ends it.
    const socketPath = join(folder, 'mongod.sock');
    store = await startEmbeddedStore({ dataDir: join(folder, 'mongod'), socketPath });
    proxy = await StoreProxy.start(socketPath);
    const uri = `mongodb://127.0.0.1:${proxy.port}/provost?directConnection=true`;
    server = await ChaosServer.start(['--mongodb-uri', uri], join(folder, 'data'));
  });
  after(async () => {
    await server.stop();
    await proxy.stop();
    await store.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const meetCpes = async (prefix: string): Promise<void> => {
    cpes = Array.from({ length: CPES }, (_, at) =>
      // Retries come quickly: forty device seconds in one.
      server.cpe({ model: 'tr181', serialNumber: `${prefix}${at}`, timeScale: 40, rebootTime: 20 }),
    );
    await Promise.all(
      cpes.map(async (cpe) => {
        const first = cpe.waitFor('session');
        await cpe.start();
        await first;
      }),
    );
  };

  const sent = (cpe: Cpe, method: string): number =>
    cpe.sessions.flatMap(({ rpcs }) => rpcs).filter(({ by, rpc }) => by === 'ACS' && rpc === method).length;

  /** Adds tasks for all, lets all begin, and does something in the midst of it. */
  const work = async (prefix: string, interfere: () => void): Promise<string[]> => {
    const nbi = await server.signIn();
    const tasks: string[] = [];
    for (let at = 0; at < CPES; at += 1)
      for (const task of [
        { type: 'SetValues', config: { param: [{ name: SSID, value: `net ${at}`, type: 'string' }] } },
        { type: 'AddObject', config: { objectName: MAPPINGS } },
        { type: 'Reboot', config: {} },
        { type: 'GetValues', config: { parameter: [{ name: SSID }] } },
      ]) {
        const device = `02A0C4-FN%2DGW1-${prefix}${at}`;
        tasks.push((await nbi.post<{ id: string }>('/tasks', { device, ...task })).id);
      }
    const reached = cpes.map((cpe) => cpe.waitFor('rpc', ({ rpc }) => rpc === 'SetParameterValues'));
    for (const cpe of cpes) void cpe.inform('2 PERIODIC');
    await Promise.any(reached);
    interfere();
    return tasks;
  };

  const expectAllDone = async (tasks: readonly string[]): Promise<void> => {
    const nbi = await until('the console answers', () => server.signIn().catch(() => null));
    const ended = await until(
      'all tasks end',
      async () => {
        const { items } = await nbi.get<{ items: Execution[] }>('/executions?limit=1000');
        const found = new Map(items.map((execution) => [execution.task, execution]));
        return tasks.every((task) => ENDED.includes(found.get(task)?.status ?? '')) ? found : null;
      },
      30_000,
    );
    cpes.forEach((cpe, at) => {
      const [set, add, reboot, get] = tasks.slice(4 * at, 4 * at + 4).map((task) => ended.get(task));
      const all = JSON.stringify([set, add, reboot, get]);
      expect([set?.status, get?.status], all).to.deep.equal(['SUCCESS', 'SUCCESS']);
      // A command that may have gone out is not sent again to find out.
      expect(add?.status, all).to.equal(sent(cpe, 'AddObject') === 1 ? 'SUCCESS' : 'WARNING');
      expect(reboot?.status, all).to.equal(sent(cpe, 'Reboot') === 1 ? 'SUCCESS' : 'WARNING');
      expect(sent(cpe, 'AddObject')).to.be.at.most(1);
      expect(sent(cpe, 'Reboot')).to.be.at.most(1);
      expect(cpe.get(SSID)).to.equal(`net ${at}`);
      expect(cpe.violations).to.deep.equal([]);
    });
    expect(isAlive(server.process.pid)).to.equal(true);
  };

  it('finishes every task when all connections to it break once', async () => {
    await meetCpes('SHAKEN');
    await expectAllDone(await work('SHAKEN', () => proxy.shake()));
  });

  it('asks CPEs to come again while it is away, and goes on where it was when it is back', async () => {
    await meetCpes('AWAY');
    const tasks = await work('AWAY', () => proxy.cut());
    await Promise.any(
      cpes.map((cpe) =>
        until('a session is answered 503', () =>
          Promise.resolve(cpe.sessions.some(({ statuses }) => statuses.includes(503))),
        ),
      ),
    );
    expect(proxy.refused).to.be.greaterThan(0);
    proxy.mend();
    await expectAllDone(tasks);
  });
});
