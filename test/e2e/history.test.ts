import { expect } from 'chai';
import { inPath, reasonToSkip, startConsole, type ServedConsole } from './served-console.js';

const CHANNEL = 'Device.WiFi.Radio.1.Channel';

describe('The history of a device in the console', function () {
  this.timeout(90_000);
  let served: ServedConsole;

  before(async function () {
    const reason = reasonToSkip();
    if (reason !== null) {
      if (this.test) this.test.title = `is skipped: ${reason}`;
      this.skip();
    }
    served = await startConsole();
    await served.system.nbi.post('/tasks', {
      device: served.device,
      type: 'ParameterValueTracer',
      config: { parameter: [{ name: CHANNEL, alias: 'channel' }] },
      automaticRestart: true,
    });
    for (const channel of ['1', '6', '11', '3']) {
      served.cpe.setValue(CHANNEL, channel);
      await served.cpe.inform();
    }
  });
  afterEach(() => (served as ServedConsole | undefined)?.closePages());
  after(() => (served as ServedConsole | undefined)?.stop());

  it('shows what a task has traced, as a chart and as a table, newest first', async () => {
    const page = await served.page({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${served.url}/devices/${inPath(served.device)}/history`);
    await page.getByRole('img', { name: 'channel: 4 values from 1 to 11' }).waitFor();
    const values = page.getByRole('region', { name: 'Traced values' });
    const cells = await values.locator('tbody td:nth-child(2)').allInnerTexts();
    expect(cells.map((text) => text.trim())).to.deep.equal(['3', '11', '6', '1']);
  });

  it('shows the WAN addresses that it had, or who keeps them', async () => {
    const page = await served.page({ viewport: { width: 390, height: 844 } });
    await page.goto(`${served.url}/devices/${inPath(served.device)}/history`);
    await page
      .getByRole('region', { name: 'WAN addresses' })
      .getByText(/ipTrackerSetup keeps them|now/)
      .first()
      .waitFor();
  });
});
