import { expect } from 'chai';
import { inPath, reasonToSkip, startConsole, type ServedConsole } from './served-console.js';

describe('The connection of a device in the console', function () {
  this.timeout(90_000);
  let served: ServedConsole;

  before(async function () {
    const reason = reasonToSkip();
    if (reason !== null) {
      if (this.test) this.test.title = `is skipped: ${reason}`;
      this.skip();
    }
    served = await startConsole();
  });
  afterEach(() => (served as ServedConsole | undefined)?.closePages());
  after(() => (served as ServedConsole | undefined)?.stop());

  it('sets a time at which the device is asked to connect, moves it, and deletes it', async () => {
    const path = `/devices/${inPath(served.device)}/scheduled-connections`;
    const times = async (): Promise<string[]> =>
      (await served.system.nbi.get<{ items: { at: string }[] }>(path)).items.map(({ at }) => at);
    const page = await served.page();
    await page.goto(`${served.url}/devices/${inPath(served.device)}/connection`);
    const panel = page.getByRole('region', { name: 'Scheduled requests' });
    await panel.getByText('No time is set for this device.').waitFor();
    await panel.getByRole('button', { name: 'Add a time' }).click();
    await panel.getByLabel('Ask the device at').fill('2020-01-01T10:00');
    await panel.getByRole('button', { name: 'Add', exact: true }).click();
    await panel.getByRole('alert').waitFor();
    await panel.getByLabel('Ask the device at').fill('2100-01-01T10:00');
    await panel.getByRole('button', { name: 'Add', exact: true }).click();
    await panel.getByText('The device is asked to connect at 2100.01.01').waitFor();
    const [first] = await times();
    await panel.getByRole('button', { name: /^Move the request/ }).click();
    await panel.getByLabel('Ask the device at').fill('2100-01-02T10:00');
    await panel.getByRole('button', { name: 'Move', exact: true }).click();
    await panel.getByText('The device is asked to connect at 2100.01.02').waitFor();
    const [moved] = await times();
    expect(new Date(moved ?? '').getTime() - new Date(first ?? '').getTime()).to.equal(86_400_000);
    await panel.getByRole('button', { name: /^Delete the request/ }).click();
    await panel.getByText('No time is set for this device.').waitFor();
    expect(await times()).to.be.empty;
  });
});
