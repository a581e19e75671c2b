import { expect } from 'chai';
import { until } from '../served/until.js';
import { inPath, reasonToSkip, startConsole, type ServedConsole } from './served-console.js';

interface ServiceJson {
  key: string;
  state: string;
}

describe('Services in the console', function () {
  this.timeout(90_000);
  let served: ServedConsole;

  before(async function () {
    const reason = reasonToSkip();
    if (reason !== null) {
      if (this.test) this.test.title = `is skipped: ${reason}`;
      this.skip();
    }
    served = await startConsole();
    await served.system.nbi.post('/templates', {
      name: 'guests on',
      type: 'SetValues',
      config: {
        param: [{ name: 'Device.WiFi.SSID.1.SSID', value: '${task.property.ssid}', type: 'string' }],
      },
      parameters: [{ name: 'ssid', label: 'Network name', min: 1, max: 32 }],
    });
  });
  afterEach(() => (served as ServedConsole | undefined)?.closePages());
  after(() => (served as ServedConsole | undefined)?.stop());

  const states = async (): Promise<ServiceJson[]> =>
    (await served.system.nbi.get<{ items: ServiceJson[] }>(`/devices/${inPath(served.device)}/services`))
      .items;

  it('are made in the library, offered by a group, and activated on a device with their values', async () => {
    const page = await served.page();
    await page.goto(`${served.url}/library/services?new=1`);
    await page.getByLabel('Key', { exact: true }).fill('1st');
    await page.getByLabel('Caption', { exact: true }).fill('Guest Wi-Fi');
    await page.getByRole('button', { name: 'Add service' }).click();
    await page.locator('#service-key-help', { hasText: 'Must begin with a letter' }).waitFor();
    await page.getByLabel('Key', { exact: true }).fill('guests');
    await page.getByLabel('To activate').click();
    await page.getByRole('option', { name: 'guests on' }).click();
    await page.getByRole('button', { name: 'Add service' }).click();
    await page.getByText('Guest Wi-Fi is saved.').waitFor();

    await page.goto(`${served.url}/groups/root/services`);
    await page.getByRole('row', { name: 'Guest Wi-Fi' }).locator('.v-select').click();
    await page.getByRole('option', { name: 'Offered', exact: true }).click();
    await page.getByText('Guest Wi-Fi is now offered to the members of root.').waitFor();

    await page.goto(`${served.url}/devices/${inPath(served.device)}/services`);
    await page.getByText('Never activated here.').waitFor();
    const dialog = page.getByRole('dialog');
    const field = dialog.getByLabel('Network name');
    // A page that is still being read may be drawn anew under the first click.
    await until('the dialog is open', async () => {
      if (await field.isVisible()) return true;
      await page
        .getByRole('button', { name: 'Activate…' })
        .click({ timeout: 3_000 })
        .catch(() => undefined);
      return (await field.waitFor({ timeout: 3_000 }).catch(() => null)) === undefined ? true : null;
    });
    await field.fill('Guests');
    await dialog.getByRole('button', { name: /^Add/ }).click();
    await page.getByText('Activating').waitFor();
    expect(await states()).to.have.nested.property('[0].state', 'activating');
    await served.cpe.inform('2 PERIODIC');
    await page.getByText('Active', { exact: true }).waitFor();
    expect(served.cpe.get('Device.WiFi.SSID.1.SSID')).to.equal('Guests');
    await page.getByRole('button', { name: 'Deactivate…' }).waitFor();
  });
});
