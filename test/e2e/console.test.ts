import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { inPath, reasonToSkip, signIn, startConsole, until, type ServedConsole } from './served-console.js';

interface Queue {
  entries: {
    position: number | null;
    status: string;
    task: { id: string; type: string; priority: number; version: number };
  }[];
}

describe('The console in a browser, against a whole server', function () {
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

  const base = () => `${served.url}/devices/${inPath(served.device)}`;
  const queue = () => served.system.nbi.get<Queue>(`/devices/${inPath(served.device)}/queue`);
  const add = (type: string, more: Record<string, unknown> = {}) =>
    served.system.nbi.post<{ id: string }>('/tasks', { device: served.device, type, ...more });
  const rows = (page: Page) => page.locator('table.grid tbody tr.clickable');

  async function clear(): Promise<void> {
    for (const { task } of (await queue()).entries) {
      const answer = await served.system.nbi.fetch(`/tasks/${inPath(task.id)}`, { method: 'DELETE' });
      expect(answer.status).to.equal(204);
    }
  }
  beforeEach(clear);

  /** Fills a combobox as a person does; leaving the field takes the text. */
  async function fillPath(page: Page, id: string, text: string): Promise<void> {
    await page.locator(`#${id}`).fill(text);
    await page.locator(`#${id}`).press('Tab');
  }

  async function newTask(page: Page, type: string): Promise<void> {
    await page.goto(`${base()}/tasks/new`);
    await page
      .getByRole('button', { name: new RegExp(`^${type}`) })
      .first()
      .click();
    await page.getByRole('button', { name: 'Add', exact: true }).waitFor();
  }

  async function addedAs(page: Page, type: string): Promise<void> {
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.waitForURL('**/tasks?sel=**');
    const found = (await queue()).entries.find((entry) => entry.task.type === type);
    expect(found, type).to.not.equal(undefined);
    await page.getByRole('region', { name: 'Task details' }).waitFor();
  }

  it('says the same for a wrong password and an unknown user, and leads to the page that was asked for', async () => {
    const page = await served.stranger();
    await page.goto(`${served.url}/system`);
    await page.waitForURL('**/sign-in?to=**');
    await signIn(page, 'wrong wrong wrong');
    await page.getByRole('alert').getByText('User name or password is wrong.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'System', exact: true }).waitFor();
  });

  it('keeps the page when the session ends, and goes on after signing in again', async () => {
    const page = await served.stranger();
    await page.goto(`${served.url}/sign-in`);
    await signIn(page);
    await page.goto(`${base()}/tasks/new?type=SetValues`);
    await page.locator('#setting-name').fill('kept');
    await page.context().clearCookies();
    await page.locator('#config-param-0-value').fill('x');
    await fillPath(page, 'config-param-0-name', 'wifi.1.ssid');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('heading', { name: 'Signed out' }).waitFor();
    await sheet.getByLabel('Password', { exact: true }).fill('correct horse battery');
    await sheet.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL('**/tasks?sel=**');
    expect((await queue()).entries).to.have.length(1);
  });

  it('finds a device by a part of its serial number in the list and in the palette', async () => {
    const page = await served.page();
    await page.goto(`${served.url}/devices`);
    const serial = served.device.split('-').at(-1) ?? '';
    await page.getByLabel('Search text').fill(serial.slice(-6));
    await page.waitForURL(`**/devices?q=**`);
    await page.getByRole('link', { name: served.device }).waitFor();
    await page.getByLabel('Search text').fill('no such device');
    await page.getByText('No device matches this 1 condition.').waitFor();
    await page.keyboard.press('Control+K');
    await page.getByRole('combobox', { name: /Search devices/ }).fill(serial.slice(-6));
    await page.locator('#palette-list').getByText(served.device).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Needs attention' }).waitFor();
  });

  it('adds a task of each kind by its form', async () => {
    const page = await served.page();
    await newTask(page, 'Set values');
    await fillPath(page, 'config-param-0-name', 'wifi.1.ssid');
    await page.locator('#config-param-0-value').fill('Kitchen & "bath" <1>');
    await addedAs(page, 'SetValues');
    await newTask(page, 'Get values');
    await fillPath(page, 'config-parameter-0-name', 'Device.DeviceInfo.');
    await addedAs(page, 'GetValues');
    await newTask(page, 'Get names');
    await addedAs(page, 'GetNames');
    await newTask(page, 'Add object');
    await fillPath(page, 'config-objectName', 'Device.NAT.PortMapping.');
    await addedAs(page, 'AddObject');
    await newTask(page, 'Delete object');
    await fillPath(page, 'config-objectName', 'Device.NAT.PortMapping.1.');
    await addedAs(page, 'DeleteObject');
    for (const [title, type] of [
      ['Refresh data model', 'RefreshDataModel'],
      ['Reboot', 'Reboot'],
      ['Factory reset', 'FactoryReset'],
      ['Back up configuration', 'BackupConfiguration'],
      ['Restore configuration', 'RestoreConfiguration'],
    ] as const) {
      await newTask(page, title);
      await addedAs(page, type);
    }
    const form = new FormData();
    form.append('category', 'firmware');
    form.append('name', 'box 2.0');
    form.append('fileType', '1 Firmware Upgrade Image');
    form.append('file', new Blob(['PROVOST-FW 2.0.0\n']), 'box.bin');
    expect((await served.system.nbi.fetch('/resources', { method: 'POST', body: form })).status).to.equal(
      201,
    );
    await newTask(page, 'Firmware upgrade');
    await page.locator('#config-resourceId').click();
    await page.getByRole('option', { name: /box 2\.0/ }).click();
    await addedAs(page, 'FirmwareUpgrade');
    const set = (await served.system.nbi.get<{ items: { config: unknown }[] }>('/tasks?type=SetValues'))
      .items[0];
    expect(set?.config).to.deep.include({
      param: [{ name: 'wifi.1.ssid', value: 'Kitchen & "bath" <1>', type: '' }],
    });
  });

  it('shows a message of the server at the field that it is about, and keeps what was typed', async () => {
    const page = await served.page();
    await newTask(page, 'Set values');
    await page.locator('#config-param-0-value').fill('typed');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.locator('#config-param-0-name-help[role=alert]').waitFor();
    expect(await page.locator('#config-param-0-value').inputValue()).to.equal('typed');
  });

  it('edits one text as form and as XML, and names the line that the form cannot show', async () => {
    const page = await served.page();
    await newTask(page, 'Set values');
    await fillPath(page, 'config-param-0-name', 'wifi.1.channel');
    await page.locator('#config-param-0-value').fill('11');
    await page.getByRole('button', { name: 'XML' }).click();
    const text = page.getByLabel('Task input');
    await text.waitFor();
    expect(await text.locator('.cm-line').allInnerTexts()).to.deep.equal([
      '<config>',
      '  <param name="wifi.1.channel" value="11"/>',
      '</config>',
    ]);
    await text.fill('<config>\n  <param name="wifi.1.channel" value="11">\n</config>');
    await page.getByRole('button', { name: 'Form', exact: true }).click();
    await page.getByRole('button', { name: /Fix line/ }).click();
    await text.fill('<config>\n  <param name="wifi.1.channel" value="6"/>\n</config>');
    await page.getByRole('button', { name: 'Form', exact: true }).click();
    expect(await page.locator('#config-param-0-value').inputValue()).to.equal('6');
  });

  it('keeps an unsaved task, without its secrets, for the next visit', async () => {
    const page = await served.page();
    await newTask(page, 'Set values');
    await fillPath(page, 'config-param-0-name', 'wifi.1.password');
    await page.locator('#config-param-0-value').fill('hidden treasure');
    await page.locator('#setting-comment').fill('half done');
    await page.getByRole('link', { name: 'Cancel' }).click();
    await page.getByText('This device has no task.').waitFor();
    expect(await page.evaluate<string>('JSON.stringify(Object.entries(localStorage))')).to.not.contain(
      'treasure',
    );
    await newTask(page, 'Set values');
    await page.getByRole('button', { name: 'Continue' }).click();
    expect(await page.locator('#setting-comment').inputValue()).to.equal('half done');
  });

  it('shows the tasks in the order of the server, numbered, whatever is searched for', async () => {
    await add('Reboot', { priority: 30 });
    await add('GetValues', { config: { parameter: [{ name: 'uptime' }] }, priority: 1 });
    await add('SetValues', { config: { param: [{ name: 'wifi.1.ssid', value: 'a' }] }, priority: 5 });
    await add('BackupConfiguration', { priority: 10 });
    const page = await served.page();
    await page.goto(`${base()}/tasks`);
    await rows(page).nth(3).waitFor();
    const shown = await rows(page).locator('.name').allInnerTexts();
    const wanted = (await queue()).entries.map((entry) => entry.task.type);
    expect(wanted).to.deep.equal(['GetValues', 'SetValues', 'BackupConfiguration', 'Reboot']);
    expect(shown.map((text) => text.trim().split(/\s/)[0])).to.deep.equal(wanted);
    await page.getByLabel('Find in list').fill('reboot');
    await page.getByText('1 of 4 shown').waitFor();
    expect(await rows(page).locator('.place').allInnerTexts()).to.deep.equal(['4']);
  });

  it('executes the list on one button, marks what really happened, and shows the report without a reload', async () => {
    await add('SetValues', { config: { param: [{ name: 'wifi.1.ssid', value: 'Kitchen' }] } });
    const page = await served.page();
    await page.goto(`${base()}/tasks`);
    await rows(page).first().click();
    await page.evaluate('window.here = true');
    await page.getByRole('button', { name: 'Execute tasks' }).click();
    await page
      .getByRole('region', { name: 'Report details' })
      .getByText('Success', { exact: true })
      .waitFor();
    for (const mark of ['accepted', 'came', 'answered', 'result']) {
      await page.locator('.marks li.done').getByText(mark, { exact: true }).waitFor();
    }
    await page
      .getByRole('region', { name: 'Log lines' })
      .getByText(/SSID = Kitchen/)
      .waitFor();
    expect(await page.evaluate('window.here')).to.equal(true);
  });

  it('shows a task that somebody else adds at once, in its place', async () => {
    await add('Reboot', { priority: 30 });
    const page = await served.page();
    await page.goto(`${base()}/tasks`);
    await rows(page).first().waitFor();
    await page.locator('.pill').getByText('Live').waitFor();
    await add('GetValues', { config: { parameter: [{ name: 'uptime' }] }, priority: 1 });
    await rows(page).nth(1).waitFor();
    expect((await rows(page).locator('.name').first().innerText()).trim()).to.equal('GetValues');
  });

  it('restarts a finished task after asking', async () => {
    const { id } = await add('GetValues', { config: { parameter: [{ name: 'uptime' }] }, connect: 'try' });
    const status = async () => (await queue()).entries.find((entry) => entry.task.id === id)?.status;
    await until('the task finished', async () => (await status()) === 'SUCCESS');
    const page = await served.page();
    await page.goto(`${base()}/tasks?sel=${encodeURIComponent(id)}`);
    await page.getByRole('button', { name: 'Restart', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('it runs in the next session').waitFor();
    await dialog.getByRole('button', { name: 'Restart task' }).click();
    await rows(page).getByText('Not started').waitFor();
    expect(await status()).to.equal('NOT_STARTED');
  });

  it('edits a task and keeps its place and type', async () => {
    const { id } = await add('SetValues', { config: { param: [{ name: 'wifi.1.ssid', value: 'old' }] } });
    const page = await served.page();
    await page.goto(`${base()}/tasks?sel=${encodeURIComponent(id)}`);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByRole('heading', { name: 'Edit task' }).waitFor();
    await page.locator('#config-param-0-value').fill('new');
    await page.locator('#setting-priority').fill('3');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('region', { name: 'Task details' }).getByText('new', { exact: true }).waitFor();
    const [entry] = (await queue()).entries;
    expect([entry?.task.id, entry?.task.priority]).to.deep.equal([id, 3]);
    await page.getByRole('button', { name: 'Edition log' }).click();
    await page.locator('.diff .added').getByText('priority: 3').waitFor();
  });

  it('deletes a task only when that is confirmed', async () => {
    const { id } = await add('Reboot');
    const page = await served.page();
    await page.goto(`${base()}/tasks?sel=${encodeURIComponent(id)}`);
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect((await queue()).entries).to.have.length(1);
    await page.getByRole('button', { name: 'Delete…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete task' }).click();
    await page.getByText('This device has no task.').waitFor();
    expect((await queue()).entries).to.have.length(0);
  });

  it('stages values in the parameter tree and sends them as one task', async () => {
    await add('RefreshDataModel', { connect: 'try' });
    await until('the data model is read', async () => (await queue()).entries[0]?.status === 'SUCCESS');
    await clear();
    const page = await served.page();
    await page.goto(`${base()}/parameters?q=SSID.1.SSID`);
    await page.getByRole('treeitem', { name: /SSID/ }).first().waitFor();
    await page.getByRole('button', { name: 'Set SSID', exact: true }).first().click();
    await page.getByLabel('New value').fill('Attic');
    await page.getByRole('button', { name: 'Add to review' }).click();
    await page.getByRole('button', { name: 'Review 1' }).click();
    await page.getByRole('button', { name: 'Save on device' }).click();
    await until('the task ended', async () => (await queue()).entries[0]?.status === 'SUCCESS');
    await page.getByText('Attic').first().waitFor();
  });

  it('can be used by keyboard alone, from the list of devices to the report of a task', async () => {
    await add('GetValues', { config: { parameter: [{ name: 'uptime' }] } });
    const page = await served.page();
    await page.goto(`${served.url}/devices`);
    await page.getByRole('link', { name: served.device }).waitFor();
    await page.keyboard.press('Control+K');
    await page.keyboard.type(served.device.split('-').at(-1) ?? '');
    await page.locator('#palette-list').getByText(served.device).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Needs attention' }).waitFor();
    await page.keyboard.press('2');
    await rows(page).first().waitFor();
    await rows(page).locator('[data-row]').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Task details' }).waitFor();
    await page.keyboard.press('x');
    await page
      .getByRole('region', { name: 'Report details' })
      .getByText('Success', { exact: true })
      .waitFor();
    await page.keyboard.press('e');
    await page.getByRole('heading', { name: 'Edit task' }).waitFor();
    await page.keyboard.press('Control+S');
    await page.getByRole('region', { name: 'Task details' }).waitFor();
    await page.keyboard.press('Shift+?');
    await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
  });
});
