import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { inPath, reasonToSkip, startConsole, type ServedConsole } from './served-console.js';

interface TaskJson {
  id: string;
  type: string;
  group: string | null;
  template: string | null;
  appliesToSubgroups: boolean;
}

describe('Groups, templates and quick fixes in the console', function () {
  this.timeout(90_000);
  let served: ServedConsole;

  before(async function () {
    const reason = reasonToSkip();
    if (reason !== null) {
      if (this.test) this.test.title = `is skipped: ${reason}`;
      this.skip();
    }
    served = await startConsole();
    for (const name of ['root.region', 'root.region.north'])
      await served.system.nbi.post('/groups', { name });
  });
  afterEach(() => (served as ServedConsole | undefined)?.closePages());
  after(() => (served as ServedConsole | undefined)?.stop());

  const get = <T>(path: string) => served.system.nbi.get<T>(path);
  const tasks = async () => (await get<{ items: TaskJson[] }>('/tasks?limit=1000')).items;
  const join = () =>
    served.system.nbi.post('/groups/root.region.north/members', { devices: [served.device] });
  const groupPage = (tab: string, name = 'root.region.north') => `${served.url}/groups/${name}/${tab}`;
  const agree = (page: Page, name: string | RegExp) =>
    page.getByRole('dialog').getByRole('button', { name }).click();
  /** A code field has the label only when it has come. */
  const write = async (page: Page, label: string, text: string) => {
    const field = page.getByLabel(label, { exact: true });
    await field.fill(text);
  };

  it('walks the tree by keyboard, adds a subgroup, and says why a group is not deleted', async () => {
    const page = await served.page();
    await page.goto(`${served.url}/groups`);
    const root = page.getByRole('treeitem', { name: 'root, System group' });
    await root.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('treeitem', { name: 'north, User group' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'root.region' }).waitFor();
    await page.getByRole('button', { name: 'Add subgroup' }).click();
    await page.getByLabel('Name', { exact: true }).fill('so.uth');
    await page
      .getByRole('region', { name: 'New subgroup' })
      .getByRole('button', { name: 'Add subgroup' })
      .click();
    await page.getByText('make the level above first').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('south');
    await page
      .getByRole('region', { name: 'New subgroup' })
      .getByRole('button', { name: 'Add subgroup' })
      .click();
    await page.waitForURL('**/groups/root.region.south/devices');
    await page.getByRole('treeitem', { name: 'south, User group' }).waitFor();
    await page.goto(groupPage('devices', 'root.region'));
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByText('Delete…', { exact: true }).click();
    await agree(page, 'Delete group');
    await page.getByRole('alert').getByText('in use').waitFor();
    expect(await get('/groups/root.region')).to.include({ name: 'root.region' });
  });

  it('adds a device to a group and removes it, with the number in the button', async () => {
    const page = await served.page();
    await page.goto(groupPage('devices'));
    await page.getByText('No device is in this group.').waitFor();
    await page.getByRole('button', { name: 'Add device' }).click();
    await page.locator('#new-member').fill(served.device.slice(0, 6));
    await page.getByRole('option', { name: served.device }).click();
    await page.getByRole('button', { name: 'Add 1 device' }).click();
    await page.getByText('is in this group now').waitFor();
    await page.getByLabel(`Choose ${served.device}`).check();
    await page.getByRole('button', { name: 'Remove 1 device…' }).click();
    await agree(page, 'Remove 1 device');
    await page.getByText('1 device removed.').waitFor();
    const { items } = await get<{ items: unknown[] }>('/groups/root.region.north/members');
    expect(items).to.have.length(0);
  });

  it('stages values of a profile, tells whom they reach, saves them, and shows what is in effect', async () => {
    await join();
    const page = await served.page();
    await page.goto(groupPage('profile'));
    await page.getByText('This group sets no value.').waitFor();
    await page.getByRole('button', { name: 'Add value' }).click();
    await page.locator('#setting-of-name').fill('site');
    await page.locator('#setting-of-value').fill('north');
    await page.getByRole('button', { name: 'Stage the value' }).click();
    await page.getByText('1 of 1 member would').waitFor();
    await page.getByRole('button', { name: 'Save for 1 device' }).click();
    await page.getByText('1 device has another value now').waitFor();
    const profile = await get<{ items: { name: string; value: string }[] }>(
      '/groups/root.region.north/profile',
    );
    expect(profile.items[0]).to.include({ name: 'site', value: 'north' });
    await page.getByRole('button', { name: 'In effect' }).click();
    await page.getByRole('cell', { name: 'north', exact: true }).waitFor();
    await page.goto(`${served.url}/devices/${inPath(served.device)}/groups`);
    await page.getByRole('region', { name: 'Computed profile' }).getByText('site').waitFor();

    await page.goto(`${served.url}/groups/root/profile`);
    await page.getByRole('button', { name: 'Copy from…' }).click();
    await page.locator('#copy-from').fill('root.region.north');
    await page.locator('#copy-from').press('Tab');
    await page.getByRole('checkbox', { name: /^site/ }).check();
    await page.getByRole('button', { name: 'Stage 1 value' }).click();
    await page.locator('tr.added', { hasText: 'site' }).waitFor();
    await page.getByRole('button', { name: /^Save for/ }).click();
    await page.getByText(/^Saved\./).waitFor();
    const copied = await get<{ items: { name: string; value: string }[] }>('/groups/root/profile');
    expect(copied.items.find((one) => one.name === 'site')).to.include({ value: 'north' });
  });

  it('tries a migration rule before it is saved, marks a wrong expression, and runs the rule', async () => {
    await join();
    const page = await served.page();
    await page.goto(groupPage('migrations'));
    await page.getByRole('button', { name: 'New rule' }).click();
    await write(page, 'Condition', '${device.');
    await write(page, 'Destination', 'root.moved');
    await page.getByRole('button', { name: 'Dry run' }).click();
    await page.locator('#rule-condition-help[role=alert]').waitFor();
    await write(page, 'Condition', '1');
    await page.getByRole('button', { name: 'Dry run' }).click();
    await page.getByText('1 member tried: 1 fit. Nothing was moved.').waitFor();
    await page.getByText('is made then').waitFor();
    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByText('The rule is saved.').waitFor();
    await page.getByRole('button', { name: /^Run now/ }).click();
    await agree(page, 'Run for 1 member');
    await page.getByText('Last run: 1 of 1 member looked at').waitFor();
    const { items } = await get<{ items: { id: string }[] }>('/groups/root.moved/members');
    expect(items.map((one) => one.id)).to.deep.equal([served.device]);
  });

  it('makes a template with a parameter and a button, and names what refers to it before it is deleted', async () => {
    const page = await served.page();
    await page.goto(`${served.url}/library/templates`);
    await page.getByRole('link', { name: 'New template' }).click();
    await page.getByRole('button', { name: 'Set values' }).first().click();
    await page.getByLabel('Name', { exact: true }).fill('Wi-Fi name');
    await page.locator('#config-param-0-name').fill('wifi.1.ssid');
    await page.locator('#config-param-0-name').press('Tab');
    await page.locator('#config-param-0-value').fill('${task.property.ssid}');
    await page.getByRole('button', { name: /^Parameters/ }).click();
    await page.getByText('Preview of the dialog').waitFor();
    await page.getByRole('button', { name: 'Add parameter' }).click();
    await page.locator('#parameter-name').fill('ssid');
    await page.locator('#parameter-label').fill('New network name');
    await page.getByRole('button', { name: 'Quick fix' }).click();
    await page.getByLabel(/^Offer it as a quick fix/).check();
    await page.getByRole('button', { name: 'wifi', exact: true }).click();
    await page.getByRole('button', { name: 'Add template' }).click();
    await page.getByText('The template is added.').waitFor();
    const [made] = (await get<{ items: Record<string, unknown>[] }>('/templates')).items;
    expect(made).to.deep.include({ name: 'Wi-Fi name', type: 'SetValues', settings: {} });
    expect(made?.quickFix).to.include({ name: 'Wi-Fi name', icon: 'wifi', connect: 'ask' });
    await page.getByRole('button', { name: 'Edition log' }).click();
    await page.getByText('Created', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('dialog').getByText('1 thing refers to it').waitFor();
    await agree(page, 'Delete all the same');
    await page.getByText('There is no template.').waitFor();
  });

  describe('with a quick fix', () => {
    before(() =>
      served.system.nbi.post('/templates', {
        name: 'Change Wi-Fi',
        type: 'SetValues',
        config: { param: [{ name: 'wifi.1.ssid', value: '${task.property.ssid}' }] },
        parameters: [
          { name: 'ssid', label: 'New network name', min: 1, max: 32, unit: 'bytes', default: 'MyNet' },
          { name: 'key', label: 'New key', type: 'secret', min: 8, max: 63 },
        ],
        quickFix: { name: 'Change Wi-Fi', connect: 'ask', icon: 'wifi' },
      }),
    );

    it('asks on a device for its parameters, and shows the status of its task below the button', async () => {
      const page = await served.page();
      await page.goto(`${served.url}/devices/${inPath(served.device)}/actions`);
      await page.getByRole('button', { name: 'Change Wi-Fi…' }).click();
      const dialog = page.getByRole('dialog');
      expect(await dialog.getByLabel('New network name').inputValue()).to.equal('MyNet');
      await dialog.getByLabel('New network name').fill('Home');
      await dialog.getByRole('button', { name: 'Run now' }).click();
      await dialog.getByText('Give a value.').waitFor();
      await dialog.getByLabel('New key', { exact: true }).fill('correct horse');
      expect(await dialog.getByLabel('New key', { exact: true }).getAttribute('type')).to.equal('password');
      await dialog.getByRole('button', { name: 'Run now' }).click();
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('status').getByText('Success').waitFor();
      const [task] = (await tasks()).filter((one) => one.group === null);
      expect(task).to.include({ type: 'SetValues' });
      expect(task?.template).to.be.a('string');
    });

    it('says on a group how many devices it reaches, and adds a task of the group', async () => {
      await join();
      const page = await served.page();
      await page.goto(groupPage('actions'));
      await page.getByRole('button', { name: /^Change Wi-Fi on 1 device/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('New key', { exact: true }).fill('correct horse');
      await dialog.getByRole('button', { name: 'Run now on 1 device' }).waitFor();
      await dialog.getByLabel(/^Also subgroups/).check();
      await dialog.getByRole('button', { name: 'Add on 1 device' }).click();
      await page.getByText('Added for 1 device').waitFor();
      const [task] = (await tasks()).filter((one) => one.group === 'root.region.north');
      expect(task).to.include({ type: 'SetValues', appliesToSubgroups: true });
    });
  });
});
