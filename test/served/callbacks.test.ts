import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { inPath } from './nbi-client.js';
import { startSystem, type ServedSystem } from './served-system.js';
import { until } from './until.js';

interface Told {
  signature: string;
  body: string;
}
interface Callback {
  lastDelivery: { state: string; run: number; attempts: number } | null;
}

describe('A callback of a task', function () {
  this.timeout(180_000);
  let system: ServedSystem;
  let receiver: Server;
  let url: string;
  const told: Told[] = [];

  before(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (piece: string) => (body += piece));
      request.on('end', () => {
        told.push({ signature: String(request.headers['provost-signature']), body });
        // It is busy at first.
        response.writeHead(told.length === 1 ? 503 : 204).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/oss`;
    system = await startSystem([
      ...['--callback-hosts', '127.0.0.1', '--outbound-private-networks', '127.0.0.1'],
    ]);
  });
  after(async () => {
    await (system as ServedSystem | undefined)?.stop();
    receiver.closeAllConnections();
    await new Promise((resolve) => receiver.close(resolve));
  });

  it('tells its receiver of the end of the run, again when it was busy, and shows so', async () => {
    const cpe = system.cpe({ model: 'tr181', serialNumber: 'CALLBACK' });
    await cpe.start();
    await cpe.sessionWith(() => true);
    const device = '02A0C4-FN%2DGW1-CALLBACK';
    const { id } = await system.nbi.post<{ id: string }>('/tasks', {
      ...{ device, type: 'GetValues', config: { parameter: [{ name: 'Device.DeviceInfo.' }] } },
      callbacks: [{ name: 'oss', url, secret: 'between us' }],
    });
    await cpe.inform('2 PERIODIC');
    await until('the receiver was told twice', () => Promise.resolve(told.length >= 2));
    const [first, second] = told as [Told, Told];
    expect(second.body).to.equal(first.body);
    const { type, data } = JSON.parse(second.body) as { type: string; data: Record<string, unknown> };
    expect(type).to.equal('execution.finished');
    expect(data).to.include({ task: id, device, status: 'SUCCESS', run: 1 });
    const [, seconds = '', mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(second.signature) ?? [];
    expect(mac).to.equal(
      createHmac('sha256', 'between us').update(`${seconds}.${second.body}`).digest('hex'),
    );
    const last = await until('the delivery is noted', async () => {
      const { lastDelivery } = await system.nbi.get<Callback>(`/tasks/${inPath(id)}/callbacks/oss`);
      return lastDelivery?.state === 'delivered' ? lastDelivery : null;
    });
    expect(last).to.include({ run: 1, attempts: 2 });
  });
});
