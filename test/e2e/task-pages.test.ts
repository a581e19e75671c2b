import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { inPath, reasonToSkip, startConsole, until, type ServedConsole } from './served-console.js';

interface TaskJson {
  id: string;
  type: string;
  name: string;
  group: string | null;
  active: boolean;
  version: number;
  priority: number;
  schedule: { ref?: string; map?: string; zone?: string } | null;
  expiry: string | null;
  automaticRestart: boolean;
  appliesToSubgroups: boolean;
  bloodline: string;
}

describe('Tasks, schedules and groups in the console', function () {
  this.timeout(90_000);
  const GROUP = 'root.lab';
  let served: ServedConsole;

  before(async function () {
    const reason = reasonToSkip();
    if (reason !== null) {
      if (this.test) this.test.title = `is skipped: ${reason}`;
      this.skip();
    }
    served = await startConsole();
    await served.joinGroup(`${GROUP}.north`);
  });
  beforeEach(async () => {
    for (const { id } of await tasks()) {
      const answer = await served.system.nbi.fetch(`/tasks/${inPath(id)}`, { method: 'DELETE' });
      expect(answer.status).to.equal(204);
    }
  });
  afterEach(() => (served as ServedConsole | undefined)?.closePages());
  after(() => (served as ServedConsole | undefined)?.stop());

  const base = () => `${served.url}/devices/${inPath(served.device)}`;
  const tasks = async () => (await served.system.nbi.get<{ items: TaskJson[] }>('/tasks?limit=1000')).items;
  const add = (type: string, more: Record<string, unknown> = {}) =>
    served.system.nbi.post<TaskJson>('/tasks', { device: served.device, type, ...more });
  const addToGroup = (type: string, more: Record<string, unknown> = {}) =>
    served.system.nbi.post<TaskJson>('/tasks', { group: GROUP, appliesToSubgroups: true, type, ...more });
  const groupPage = (id: string, more = '') =>
    `${served.url}/groups/${GROUP}/tasks?sel=${encodeURIComponent(id)}${more}`;
  const deviceRow = (page: Page, type: string) =>
    page.locator('table.grid tbody tr.clickable').filter({ hasText: type });

  it('sets schedule, repetition, expiry and order by the form, and reads them back into it', async () => {
    const page = await served.page();
    await page.goto(`${base()}/tasks/new?type=GetValues`);
    await page.locator('#config-parameter-0-name').fill('uptime');
    await page.locator('#config-parameter-0-name').press('Tab');
    await page.getByRole('button', { name: 'Once and repeat' }).click();
    await page.getByRole('button', { name: 'Own', exact: true }).click();
    const week = page.getByRole('application', { name: 'Allowed times of the week' });
    await page.getByRole('button', { name: 'None' }).click();
    await page.getByText('Allow at least one quarter').waitFor();
    await week.focus();
    await page.keyboard.press('Shift+PageDown');
    await page.keyboard.press('Space');
    await page.getByText('Mon 00:00–01:15').waitFor();
    await page.getByRole('button', { name: 'After', exact: true }).click();
    await page.locator('#setting-expiry').fill('2');
    await page.locator('#setting-bloodline').fill('uptime');
    await page.locator('#setting-bloodline').press('Tab');
    await page.locator('#setting-priority').fill('-4');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.waitForURL('**/tasks?sel=**');
    const [task] = await tasks();
    expect(task).to.include({ automaticRestart: true, bloodline: 'uptime', priority: -4 });
    expect(task?.schedule?.map).to.equal(`f8${'0'.repeat(166)}`);
    expect(new Date(task?.expiry ?? 0).getTime()).to.be.closeTo(Date.now() + 2 * 3_600_000, 120_000);
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByText('Mon 00:00–01:15').waitFor();
    expect(await page.locator('#setting-bloodline').inputValue()).to.equal('uptime');
    await page.getByRole('button', { name: 'Save and restart' }).click();
    await page.waitForURL('**/tasks?sel=**');
    const [saved] = await tasks();
    expect(saved?.schedule).to.deep.equal(task?.schedule);
    expect(saved?.expiry?.slice(0, 19)).to.equal(task?.expiry?.slice(0, 19));
  });

  it('shows what the server says of a condition at its field, and keeps the text', async () => {
    const page = await served.page();
    await page.goto(`${base()}/tasks/new?type=Reboot`);
    await page.getByRole('button', { name: 'Add a condition' }).click();
    const field = page.getByLabel('Execution condition');
    await field.fill('${device.');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page
      .locator('#setting-executionCondition-help[role=alert]')
      .getByText(/column \d+/)
      .waitFor();
    expect((await field.innerText()).trim()).to.equal('${device.');
    expect(await tasks()).to.have.length(0);
  });

  it('adds a task to a group, and shows it on the device with a way back to the group', async () => {
    const page = await served.page();
    await page.goto(`${served.url}/groups/${GROUP}/tasks`);
    await page.getByText('This group has no task.').waitFor();
    await page.keyboard.press('n');
    await page.getByRole('button', { name: /^Reboot/ }).click();
    await page.getByLabel('Applies to subgroups').check();
    await page.getByRole('button', { name: 'Predefined' }).click();
    await page.locator('#setting-schedule-ref').press('ArrowDown');
    await page.getByRole('option', { name: /nights-home/ }).click();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.waitForURL('**/tasks?sel=**');
    await page.getByRole('region', { name: 'Group tasks' }).getByText('+ subgroups').waitFor();
    const [task] = await tasks();
    expect(task).to.deep.include({
      group: GROUP,
      appliesToSubgroups: true,
      schedule: { ref: 'nights-home' },
    });
    await page.goto(`${base()}/tasks?sel=${encodeURIComponent(task?.id ?? '')}`);
    await deviceRow(page, 'Reboot').getByText(GROUP).waitFor();
    expect(await page.getByRole('button', { name: 'Edit', exact: true }).count()).to.equal(0);
    await page.getByRole('button', { name: 'Open in group', exact: true }).click();
    await page.waitForURL(`**/groups/${GROUP}/tasks?sel=**`);
  });

  it('pauses a group task on one device and resumes it, by one key', async () => {
    const { id } = await addToGroup('Reboot', { schedule: { start: '2100-01-01T00:00:00Z' } });
    const page = await served.page();
    await page.goto(`${base()}/tasks?sel=${encodeURIComponent(id)}`);
    await deviceRow(page, 'Reboot').getByText('its schedule has not begun').waitFor();
    await page.getByRole('button', { name: 'Pause here', exact: true }).waitFor();
    await page.keyboard.press('p');
    await deviceRow(page, 'Reboot').getByText('Paused on this device').waitFor();
    await page.getByText('Do not run here (1)').waitFor();
    await page.goto(groupPage(id, '&pane=paused'));
    await page.getByRole('link', { name: served.device }).waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('It is paused nowhere.').waitFor();
    await page.locator('#pause-group').fill('root.other');
    await page.getByRole('button', { name: 'Pause on this group' }).click();
    await page.locator('#pause-group-help[role=alert]').waitFor();
    await page.locator('#pause-group').fill(`${GROUP}.north`);
    await page.getByRole('button', { name: 'Pause on this group' }).click();
    await page.getByRole('link', { name: `${GROUP}.north` }).waitFor();
    await page.goto(`${base()}/tasks`);
    await page.getByText(`Paused for the group ${GROUP}.north`).waitFor();
  });

  it('says by which task of its bloodline a group task is overridden', async () => {
    await addToGroup('Reboot', { bloodline: 'restart' });
    const { id } = await add('Reboot', { bloodline: 'restart', schedule: { start: '2100-01-01T00:00:00Z' } });
    const page = await served.page();
    await page.goto(`${base()}/tasks`);
    const suffix = id.split(':').at(-1) ?? '';
    await page.getByText(`Overridden by d:…:${suffix} (device task, number 1, bloodline restart)`).waitFor();
  });

  it('forecasts the list for another time, which stays in the address', async () => {
    await add('Reboot', { schedule: { start: '2100-01-01T00:00:00Z' } });
    const page = await served.page();
    await page.goto(`${base()}/tasks`);
    await deviceRow(page, 'Reboot').getByText('its schedule has not begun').waitFor();
    await page.getByLabel('Session at').fill('2100-01-02T00:00');
    await page.getByLabel('Session at').press('Tab');
    await deviceRow(page, 'Reboot').getByText('Runs in the next session').waitFor();
    await page.waitForURL('**?at=2100-01-0**');
    await page.getByRole('button', { name: 'Now', exact: true }).click();
    await deviceRow(page, 'Reboot').getByText('its schedule has not begun').waitFor();
  });

  it('runs a group task again where it failed, and tells progress and reports', async () => {
    const { id } = await addToGroup('SetValues', {
      config: { param: [{ name: 'wifi.1.channel', value: '4711' }] },
    });
    await served.cpe.inform();
    const failed = () =>
      served.system.nbi.get<{ byStatus: { ERROR: number } }>(`/tasks/${inPath(id)}/statistics`);
    await until('the task failed', async () => (await failed()).byStatus.ERROR === 1);
    const page = await served.page();
    await page.goto(groupPage(id));
    await page.getByRole('img', { name: 'Of 1: 1 error' }).waitFor();
    await page.getByLabel('Error', { exact: true }).check();
    await page.getByRole('link', { name: served.device }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Identities' }).click(),
    ]);
    expect(await readFile(await download.path(), 'utf8')).to.equal(`${served.device}\n`);
    await page.getByRole('button', { name: 'Add devices to group…' }).click();
    await page.locator('#join-group').fill('root.nowhere');
    await page.locator('#join-group').press('Tab');
    await page.getByRole('button', { name: 'Add the devices of this list' }).click();
    await page.getByRole('form', { name: 'Add devices to a group' }).getByRole('alert').waitFor();
    await served.system.nbi.post('/groups', { name: 'root.failed' });
    await page.locator('#join-group').fill('root.failed');
    await page.locator('#join-group').press('Tab');
    await page.getByRole('button', { name: 'Add the devices of this list' }).click();
    await page.getByText('1 device joined root.failed.').waitFor();
    await page.getByRole('button', { name: 'Statistics' }).click();
    await page.getByRole('region', { name: 'By summary' }).getByText('9003').waitFor();
    await page.getByRole('button', { name: 'Rerun failed: 1' }).click();
    await page.getByRole('dialog').getByText('1 device').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Rerun on 1' }).click();
    await until('it counts as not started', async () => (await failed()).byStatus.ERROR === 0);
  });

  it('reruns on more than a hundred devices only when their number is typed', async () => {
    const { id } = await addToGroup('Reboot', { active: false });
    const page = await served.page();
    await page.route('**/device-count', async (route) => {
      const answer = await route.fetch();
      const task = (await answer.json()) as object;
      await route.fulfill({
        response: answer,
        json: { ...task, deviceCount: { count: 1_204, at: new Date().toISOString() } },
      });
    });
    await page.goto(groupPage(id));
    await page.getByRole('button', { name: 'Rerun all…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('on 1,204 devices?').waitFor();
    const go = dialog.getByRole('button', { name: 'Rerun on 1,204' });
    expect(await go.isDisabled()).to.equal(true);
    await dialog.getByLabel('Type 1204 to go on').fill('1205');
    expect(await go.isDisabled()).to.equal(true);
    await dialog.getByLabel('Type 1204 to go on').fill('1,204');
    await go.click();
    await until('it was rerun', async () => {
      const task = await served.system.nbi.get<{ lastRestartTime: string | null }>(`/tasks/${inPath(id)}`);
      return task.lastRestartTime !== null;
    });
  });

  it('finds tasks by one column, with the filters in the address, and exports all of them', async () => {
    for (let i = 0; i < 3; i += 1) await add('Reboot', { name: `night ${i}`, comment: 'restart' });
    await add('GetValues', { config: { parameter: [{ name: 'uptime' }] }, active: false });
    const page = await served.page();
    await page.goto(`${served.url}/tasks`);
    await page.getByLabel('Search text').fill('night');
    await page.waitForURL('**/tasks?q=night');
    await until('three rows', async () => (await page.locator('tbody tr.clickable').count()) === 3);
    await page.getByRole('button', { name: 'Search Comment' }).click();
    await page.getByText('No task matches.').waitFor();
    await page.goBack();
    await until('three rows', async () => (await page.locator('tbody tr.clickable').count()) === 3);
    await page.getByRole('button', { name: 'Count', exact: true }).click();
    await page.getByText(/3 tasks match, counted/).waitFor();
    await page.goto(`${served.url}/tasks?active=false`);
    await page.getByRole('button', { name: /inactive/ }).waitFor();
    await page.getByText('GetValues').waitFor();
    expect(await page.locator('tbody tr.clickable').count()).to.equal(1);
    await page.goto(`${served.url}/tasks`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ]);
    const text = await readFile(await download.path(), 'utf8');
    expect(text.trim().split('\r\n')).to.have.length(5);
    await page.getByRole('button', { name: 'Plain table' }).click();
    await page.waitForURL('**/tasks?plain=1');
    await until('four rows', async () => (await page.locator('table.grid tbody tr').count()) === 4);
  });

  it('lists the executions by status, and leads to the runs of one', async () => {
    const { id } = await add('GetValues', { config: { parameter: [{ name: 'uptime' }] }, connect: 'try' });
    await until('the task ran', async () => {
      const { items } = await served.system.nbi.get<{ items: { status: string }[] }>(
        `/executions?task=${inPath(id)}`,
      );
      return items[0]?.status === 'SUCCESS';
    });
    const page = await served.page();
    await page.goto(`${served.url}/executions?status=warning`);
    await page.getByText('No execution matches.').waitFor();
    await page.getByRole('button', { name: 'Success' }).click();
    await page.getByRole('link', { name: 'Runs' }).first().click();
    await page.getByRole('heading', { name: 'Run 1' }).waitFor();
  });

  it('restores a definition of the past, and records that', async () => {
    const { id } = await add('Reboot', { priority: 7 });
    const answer = await served.system.nbi.fetch(`/tasks/${inPath(id)}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ priority: 3 }),
    });
    expect(answer.status).to.equal(200);
    const page = await served.page();
    await page.goto(`${served.url}/tasks/edition-log?task=${encodeURIComponent(id)}`);
    await page.locator('.diff .added').getByText('priority: 3').waitFor();
    expect(await page.getByRole('button', { name: 'Restore…' }).count()).to.equal(0);
    await page.getByRole('row', { name: /Created/ }).click();
    await page.getByRole('button', { name: 'To the present one' }).click();
    await page.locator('.diff .removed').getByText('priority: 7').waitFor();
    await page.getByRole('button', { name: 'Restore…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
    await page.getByText('holds again').waitFor();
    expect((await tasks())[0]).to.include({ id, priority: 7 });
    await until('the change is listed', async () => (await page.locator('tbody tr.clickable').count()) === 3);
  });

  it('makes a schedule, names who uses it when it cannot be deleted, and deletes it then', async () => {
    const page = await served.page();
    await page.goto(`${served.url}/library/schedules`);
    await page.getByText('built in').first().waitFor();
    await page.keyboard.press('n');
    await page.locator('#schedule-description').fill('lunch');
    await page.locator('#schedule-zone').fill('Europe/Berlin');
    await page.getByRole('option', { name: 'Europe/Berlin' }).click();
    await page.getByText('always').first().waitFor();
    await page.getByRole('button', { name: 'Add schedule' }).click();
    await page.getByText('lunch is saved.').waitFor();
    const { items } = await served.system.nbi.get<{
      items: { id: string; description: string; zone: string }[];
    }>('/schedules');
    const lunch = items.find((one) => one.description === 'lunch');
    expect(lunch?.zone).to.equal('Europe/Berlin');
    const { id } = await add('Reboot', { schedule: { ref: lunch?.id } });
    await page.goto(`${served.url}/library/schedules?sel=${lunch?.id ?? ''}`);
    await page.getByRole('button', { name: 'Save for 1 task' }).waitFor();
    const remove = async () => {
      await page.getByRole('button', { name: 'Delete…' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete schedule' }).click();
    };
    await remove();
    await page.getByRole('alert').getByText(id).waitFor();
    await served.system.nbi.fetch(`/tasks/${inPath(id)}`, { method: 'DELETE' });
    await remove();
    await page.getByText('lunch is deleted.').waitFor();
  });

  it('advances a proved task to a group: the number first, the copy inactive', async () => {
    const { id } = await add('Reboot', { bloodline: 'restart' });
    const page = await served.page();
    await page.goto(`${base()}/tasks?sel=${encodeURIComponent(id)}`);
    await page.getByRole('button', { name: 'More actions of Reboot' }).click();
    await page.getByText('Advance to group…').click();
    await page.locator('#advance-group').fill('root.nowhere');
    await page.locator('#advance-group-help[role=alert]').waitFor();
    await page.locator('#advance-group').fill(GROUP);
    await page.getByText(`Reaches 0 devices of ${GROUP}`).waitFor();
    await page.getByLabel('Applies to subgroups').check();
    await page.getByRole('button', { name: 'Create inactive for 1' }).click();
    await page.waitForURL(`**/groups/${GROUP}/tasks?sel=**`);
    const copy = (await tasks()).find((one) => one.group === GROUP);
    expect(copy).to.include({ active: false, bloodline: 'restart', appliesToSubgroups: true });
  });
});
