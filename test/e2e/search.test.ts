import { expect } from 'chai';
import { reasonToSkip, startConsole, type ServedConsole } from './served-console.js';

describe('Advanced search in the console', function () {
  this.timeout(90_000);
  let served: ServedConsole;

  before(async function () {
    const reason = reasonToSkip();
    if (reason !== null) {
      if (this.test) this.test.title = `is skipped: ${reason}`;
      this.skip();
    }
    served = await startConsole();
    const { nbi } = served.system;
    await nbi.post('/devices', { oui: '02A0C4', productClass: 'GW', serialNumber: 'SHOP', tags: ['shop'] });
    await nbi.post('/tasks', { device: served.device, type: 'Reboot', name: 'tonight', priority: 7 });
    await nbi.post('/tasks', {
      device: served.device,
      type: 'GetNames',
      name: 'names',
      priority: 1,
      config: { objectName: 'Device.' },
    });
  });
  afterEach(() => (served as ServedConsole | undefined)?.closePages());
  after(() => (served as ServedConsole | undefined)?.stop());

  it('finds devices by conditions and by an expression, saves the search and finds it again', async () => {
    const page = await served.page();
    await page.goto(`${served.url}/devices`);
    const rows = page.getByRole('region', { name: 'Devices' }).locator('tbody tr');
    await page.getByText('02A0C4-GW-SHOP').waitFor();
    await page.getByRole('button', { name: 'Advanced' }).click();
    const panel = page.getByRole('region', { name: 'Advanced search' });
    await panel.getByRole('button', { name: 'Add condition' }).click();
    await panel.getByLabel('Property').selectOption({ label: 'Tag' });
    await panel.getByLabel('Value').fill('shop');
    await panel.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByRole('button', { name: 'tag contains "shop"' }).waitFor();
    await page.waitForURL(/filter=tag/);
    await rows.nth(1).waitFor({ state: 'detached' });
    expect(await rows.allInnerTexts()).to.have.length(1);

    await panel.getByLabel('Expression filter').check();
    const editor = panel.getByRole('textbox', { name: 'Expression' });
    await editor.fill('${device.serialNumber.toLowerCase() == 1}');
    await panel.getByRole('alert').first().waitFor();
    await editor.fill('${device.serialNumber.toLowerCase() == "shop"}');
    await panel.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByText('1 device was looked at one by one').waitFor();
    expect(await rows.allInnerTexts()).to.have.length(1);

    await panel.getByRole('button', { name: 'Save search…' }).click();
    await panel.getByLabel('Name', { exact: true }).fill('Shops');
    await panel.getByRole('button', { name: 'Save', exact: true }).click();
    await panel.getByText('Saved as Shops.').waitFor();
    await panel.getByRole('button', { name: 'Clear', exact: true }).click();
    await rows.nth(1).waitFor();
    await panel.getByRole('button', { name: 'Search history' }).click();
    expect(await panel.getByRole('listitem').count()).to.equal(2);
    await panel.getByRole('button', { name: 'Saved searches' }).click();
    await panel.getByRole('listitem').getByRole('button', { name: 'Search', exact: true }).click();
    await page.waitForURL(/expression=/);
    await rows.nth(1).waitFor({ state: 'detached' });
    expect(await panel.getByLabel('Value').inputValue()).to.equal('shop');
  });

  it('finds tasks, executions and members in the same way', async () => {
    const page = await served.page();
    await page.goto(`${served.url}/tasks`);
    const panel = page.getByRole('region', { name: 'Advanced search' });
    const ask = async (property: string, value: string, operator?: string): Promise<void> => {
      await page.getByRole('button', { name: 'Advanced' }).click();
      await panel.getByRole('button', { name: 'Add condition' }).click();
      await panel.getByLabel('Property').selectOption({ label: property });
      if (operator !== undefined) await panel.getByLabel('Operator').selectOption({ label: operator });
      const field = panel.getByLabel('Value');
      if ((await panel.locator('select[aria-label=Value]').count()) === 1)
        await field.selectOption({ label: value });
      else await field.fill(value);
      await panel.getByRole('button', { name: 'Search', exact: true }).click();
    };
    await page.getByText('names', { exact: true }).waitFor();
    await ask('Priority', '5', '>');
    await page.getByText('names', { exact: true }).waitFor({ state: 'detached' });
    await page.getByText('tonight', { exact: true }).waitFor();

    await page.goto(`${served.url}/executions`);
    await ask('Status', 'finished with an error');
    await page.getByText('No execution matches.').waitFor();

    await page.goto(`${served.url}/groups/root/devices`);
    await page.getByText('02A0C4-GW-SHOP').waitFor();
    await ask('Tag', 'nobody has it');
    await page.getByText('No member matches.').waitFor();
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByText('02A0C4-GW-SHOP').waitFor();
  });
});
