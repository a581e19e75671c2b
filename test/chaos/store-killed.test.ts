import { expect } from 'chai';
import type { Cpe } from '../cpe-simulator/index.js';
import type { NbiClient } from '../served/nbi-client.js';
import { until } from '../served/until.js';
import { ChaosServer } from './chaos-server.js';

interface Execution {
  id: string;
  task: string;
  status: string;
}

const CPES = 20;
const SSID = 'Device.WiFi.SSID.1.SSID';
const ENDED = ['SUCCESS', 'WARNING', 'ERROR'];
/** Those that must not be sent twice. */
const ONCE = ['Reboot', 'AddObject', 'Download', 'Upload', 'FactoryReset'];

describe('A server whose embedded store is killed', function () {
  this.timeout(90_000);
  let server: ChaosServer;

  beforeEach(async () => {
    server = await ChaosServer.start();
  });
  afterEach(() => server.stop());

  const startCpes = async (): Promise<Cpe[]> => {
    const cpes = Array.from({ length: CPES }, (_, at) =>
      // Retries come quickly: forty device seconds in one.
      server.cpe({ model: 'tr181', serialNumber: `STORE${at}`, timeScale: 40, rebootTime: 20 }),
    );
    await Promise.all(
      cpes.map(async (cpe) => {
        const first = cpe.waitFor('session');
        await cpe.start();
        await first;
      }),
    );
    return cpes;
  };

  /** Ids of the tasks; all that the interface has acknowledged. */
  const addTasks = async (nbi: NbiClient): Promise<string[]> => {
    const ids: string[] = [];
    for (let at = 0; at < CPES; at += 1) {
      const device = `02A0C4-FN%2DGW1-STORE${at}`;
      for (const task of [
        { type: 'SetValues', config: { param: [{ name: SSID, value: `net ${at}`, type: 'string' }] } },
        { type: 'Reboot', config: {} },
        { type: 'GetValues', config: { parameter: [{ name: SSID }] } },
      ])
        ids.push((await nbi.post<{ id: string }>('/tasks', { device, ...task })).id);
    }
    return ids;
  };

  const executions = async (nbi: NbiClient): Promise<Map<string, Execution>> => {
    const { items } = await nbi.get<{ items: Execution[] }>('/executions?limit=1000');
    return new Map(items.map((execution) => [execution.task, execution]));
  };

  const sent = (cpe: Cpe): string[] =>
    cpe.sessions
      .flatMap(({ rpcs }) => rpcs)
      .filter(({ by }) => by === 'ACS')
      .map(({ rpc }) => rpc);

  it('ends at once with code 1 and says why; nothing acknowledged is lost, and nothing is done twice', async () => {
    const cpes = await startCpes();
    const tasks = await addTasks(await server.signIn());
    const reached = cpes.slice(0, 5).map((cpe) => cpe.waitFor('rpc', ({ rpc }) => ONCE.includes(rpc)));
    for (const cpe of cpes) void cpe.inform('2 PERIODIC');
    // In the middle of it: some are restarting, some are in a session, some have not begun.
    await Promise.any(reached);
    const killedAt = Date.now();
    process.kill(server.storePid, 'SIGKILL');
    expect(await server.process.exited).to.equal(1);
    expect(Date.now() - killedAt).to.be.lessThan(3_000);
    const fatal = server.process
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{"level":60'))
      .map((line) => (JSON.parse(line) as { msg: string }).msg);
    expect(fatal).to.deep.equal(['The embedded store ended by itself (SIGKILL)']);

    await server.again();
    const nbi = await server.signIn();
    await until(
      'all tasks end',
      async () => {
        // A device that did not get the command will not restart; its next Informs tell.
        await Promise.allSettled(
          cpes.filter((cpe) => !sent(cpe).includes('Reboot')).map((cpe) => cpe.inform('2 PERIODIC')),
        );
        const ended = await executions(nbi);
        return tasks.every((task) => ENDED.includes(ended.get(task)?.status ?? ''));
      },
      40_000,
    );
    const ended = await executions(nbi);
    cpes.forEach((cpe, at) => {
      const restarts = sent(cpe).filter((rpc) => ONCE.includes(rpc));
      expect(restarts.length, String(restarts)).to.be.at.most(1);
      // Whether the command had gone out when the store died cannot be known; it is never sent again to find out.
      const [set, reboot, get] = tasks.slice(3 * at, 3 * at + 3).map((task) => ended.get(task)?.status);
      expect([set, reboot, get]).to.deep.equal([
        'SUCCESS',
        restarts.length === 1 ? 'SUCCESS' : 'WARNING',
        'SUCCESS',
      ]);
      expect(cpe.get(SSID)).to.equal(`net ${at}`);
      expect(cpe.violations).to.deep.equal([]);
    });
  });
});
