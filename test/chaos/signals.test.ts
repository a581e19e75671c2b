import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inform } from '../acs/cwmp/envelopes.js';
import type { Cpe } from '../cpe-simulator/index.js';
import { until } from '../served/until.js';
import { ChaosServer, isAlive } from './chaos-server.js';
import { post, RawConnection } from './raw-connection.js';

interface Execution {
  task: string;
  status: string;
}

const DEVICE = '02A0C4-FN%2DGW1-SIGNAL';
const SSID = 'Device.WiFi.SSID.1.SSID';

describe('A server that gets a signal in the middle of its work', function () {
  this.timeout(60_000);
  let server: ChaosServer;
  let cpe: Cpe;

  beforeEach(async () => {
    server = await ChaosServer.start();
    cpe = server.cpe({ model: 'tr181', serialNumber: 'SIGNAL', timeScale: 20 });
    const first = cpe.waitFor('session');
    await cpe.start();
    await first;
  });
  afterEach(() => server.stop());

  const addTasks = async (...values: string[]): Promise<string[]> => {
    const nbi = await server.signIn();
    const ids: string[] = [];
    for (const value of values) {
      const config = { param: [{ name: SSID, value, type: 'string' }] };
      const task = { device: DEVICE, type: 'SetValues', config };
      ids.push((await nbi.post<{ id: string }>('/tasks', task)).id);
    }
    return ids;
  };
  const statuses = async (tasks: readonly string[]): Promise<(string | undefined)[]> => {
    const { items } = await (await server.signIn()).get<{ items: Execution[] }>('/executions');
    return tasks.map((task) => items.find((execution) => execution.task === task)?.status);
  };

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`${signal}: serves the task at hand to its end, ends with 0, and goes on with the next one later`, async () => {
      const tasks = await addTasks('first', 'second');
      const reached = cpe.waitFor('rpc', ({ rpc }) => rpc === 'SetParameterValues');
      // The CPE thinks about the first task while the server is told to end.
      cpe.addFault({ after: { message: 2 }, do: { delay: 1_500 } });
      const session = cpe.inform('2 PERIODIC');
      await reached;
      const store = server.storePid;
      server.process.signal(signal);
      const began = Date.now();
      expect(await server.process.exited).to.equal(0);
      expect(Date.now() - began).to.be.lessThan(10_000);
      expect((await session).ok).to.equal(true);
      expect(cpe.get(SSID)).to.equal('first');
      expect(isAlive(store)).to.equal(false);
      for (const name of ['store.lock', 'store.sock'])
        expect(existsSync(join(server.folder, name)), name).to.equal(false);

      await server.again();
      expect(await statuses(tasks)).to.deep.equal(['SUCCESS', undefined]);
      await cpe.inform('2 PERIODIC');
      expect(await statuses(tasks)).to.deep.equal(['SUCCESS', 'SUCCESS']);
    });
  }

  it('does not wait longer than ten seconds for CPEs that say no more, nor for uploads that stand still', async () => {
    const silent = await RawConnection.open(server.ports.cwmp);
    await silent.send(post(inform({ serial: 'SILENT' }))).until((received) => received.includes('</'));
    const half = await RawConnection.open(server.ports.cwmp);
    half.send('POST / HTTP/1.1\r\nHost: acs\r\nContent-Length: 100\r\n\r\nhalf');
    const console = await RawConnection.open(server.ports.http);
    console.send('POST /api/v1/auth/session HTTP/1.1\r\nHost: acs\r\nContent-Length: 100\r\n\r\n{');
    const file = await RawConnection.open(server.ports.files);
    file.send('PUT /u/abcdefghijklmnopqrstuv/x HTTP/1.1\r\nHost: acs\r\nContent-Length: 100\r\n\r\nhalf');
    server.process.signal('SIGTERM');
    const began = Date.now();
    expect(await server.process.exited).to.equal(0);
    expect(Date.now() - began).to.be.lessThan(10_000);
    await Promise.all([silent, half, console, file].map((connection) => connection.end()));
  });

  it('ends at once at the second signal, and the next start needs no repair', async () => {
    const [task = ''] = await addTasks('kept');
    const silent = await RawConnection.open(server.ports.cwmp);
    await silent.send(post(inform({ serial: 'SILENT' }))).until((received) => received.includes('</'));
    const store = server.storePid;
    const began = Date.now();
    server.process.signal('SIGTERM');
    // The first one has been heard when new sessions are turned away.
    await until('it is ending', async () => {
      const stranger = await RawConnection.open(server.ports.cwmp);
      stranger.send(post(inform({ serial: 'NEW' })));
      const answer = await stranger.until((received) => received.includes('\r\n\r\n'));
      stranger.close();
      return answer.includes(' 503 ');
    });
    server.process.signal('SIGTERM');
    expect(await server.process.exited).to.equal(130);
    expect(Date.now() - began).to.be.lessThan(4_000);
    await until('the store has ended too', () => Promise.resolve(!isAlive(store)));
    await server.again();
    await cpe.inform('2 PERIODIC');
    expect(await statuses([task])).to.deep.equal(['SUCCESS']);
  });

  it('SIGKILL: takes its store along, leaves nothing that hinders the next start, and loses nothing', async () => {
    const tasks = await addTasks('first', 'second');
    const store = server.storePid;
    await server.process.kill();
    await until('the store has ended too', () => Promise.resolve(!isAlive(store)));
    await server.again();
    expect(server.storePid).to.not.equal(store);
    await cpe.inform('2 PERIODIC');
    expect(await statuses(tasks)).to.deep.equal(['SUCCESS', 'SUCCESS']);
  });
});
