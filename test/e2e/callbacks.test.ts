import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { inPath, reasonToSkip, startConsole, type ServedConsole } from './served-console.js';

describe('Callbacks of tasks in the console', function () {
  this.timeout(120_000);
  let served: ServedConsole;
  let receiver: Server | undefined;
  let url: string;
  let told = 0;

  before(async function () {
    const reason = reasonToSkip();
    if (reason !== null) {
      if (this.test) this.test.title = `is skipped: ${reason}`;
      this.skip();
    }
    receiver = createServer((request, response) => {
      told += 1;
      request.resume();
      response.writeHead(204).end();
    });
    const server = receiver;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/told`;
    served = await startConsole([
      ...['--callback-hosts', '127.0.0.1', '--outbound-private-networks', '127.0.0.1'],
    ]);
  });
  after(async () => {
    await (served as ServedConsole | undefined)?.closePages();
    await (served as ServedConsole | undefined)?.stop();
    receiver?.closeAllConnections();
    receiver?.close();
  });

  it('are added on the task, say what became of the newest message, and are removed', async () => {
    const { id } = await served.system.nbi.post<{ id: string }>('/tasks', {
      ...{ device: served.device, type: 'GetValues', automaticRestart: true },
      config: { parameter: [{ name: 'Device.DeviceInfo.UpTime' }] },
    });
    const page = await served.page();
    await page.goto(`${served.url}/devices/${inPath(served.device)}/tasks?sel=${encodeURIComponent(id)}`);
    const details = page.getByRole('region', { name: 'Task details' });
    await details.getByRole('button', { name: 'Add a callback' }).click();
    await details.getByLabel('URL').fill('https://elsewhere.example.com/');
    await details.getByRole('button', { name: 'Add the callback' }).click();
    await details.getByText('elsewhere.example.com is not allowed by the administrator').waitFor();
    await details.getByLabel('URL').fill(url);
    await details.locator('#callback-name').fill('oss');
    await details.locator('#callback-secret').fill('between us');
    await details.getByRole('button', { name: 'Add the callback' }).click();
    await details.getByText('Nothing was sent yet.').waitFor();
    await details.getByText('signed, added').waitFor();
    await served.cpe.inform('2 PERIODIC');
    await details.getByText('Delivered').waitFor();
    expect(told).to.be.greaterThan(0);
    await details.getByRole('button', { name: 'Remove the callback oss' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await details.getByText('No URL is told how its runs end.').waitFor();
  });
});
