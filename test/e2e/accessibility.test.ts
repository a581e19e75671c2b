import { AxeBuilder } from '@axe-core/playwright';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { inPath, reasonToSkip, startConsole, until, type ServedConsole } from './served-console.js';

/** Pages by what they are, with the text that says they are there; some with a button that shows more, and what it shows. */
const PAGES: [name: string, path: string, ready: string, press?: string, shows?: string][] = [
  ['the list of devices', '/devices', 'States change live'],
  ['the advanced search', '/devices?filter=model%20ne%20%22x%22', 'Refresh order', 'Advanced', 'form select'],
  [
    'the text of a workflow',
    '/devices/{device}/tasks/new?type=XmlTask',
    'Add and execute',
    'XML',
    '[role=treeitem]',
  ],
  ['the dashboard of a device', '/devices/{device}/dashboard', 'Needs attention'],
  ['the tasks of a device', '/devices/{device}/tasks?sel={task}', 'Report details'],
  ['the tasks of a device in the advanced view', '/devices/{device}/tasks?sel={task}&view=advanced', 'Task'],
  ['the parameters of a device', '/devices/{device}/parameters', 'Read all'],
  ['the connection of a device', '/devices/{device}/connection', 'What it takes'],
  ['the sessions of a device', '/devices/{device}/sessions', 'newest first'],
  ['the files of a device', '/devices/{device}/files', 'Back up now'],
  ['the choice of a task type', '/devices/{device}/tasks/new', 'What shall it do?'],
  ['the form of a task', '/devices/{device}/tasks/new?type=SetValues', 'Add and execute'],
  ['the edition log of a task', '/tasks/{task}/edition-log', 'Created'],
  ['the execution log of a task', '/tasks/{task}/executions', 'Execution log'],
  ['the settings of a task of a group', '/groups/root.lab/tasks/new?type=Reboot', 'Applies to subgroups'],
  ['the advance of a task to a group', '/tasks/{task}/advance', 'Create inactive'],
  ['the rehearsal of a task', '/tasks/{task}/rehearsal', 'Plays the task'],
  ['the rollouts', '/rollouts', '0 of 2'],
  [
    'the rollout of a group task',
    '/groups/root.lab/tasks?sel=g%3Aroot.lab%3A2',
    'The task is inactive: no device runs it, and no wave opens by itself',
  ],
  ['a campaign', '/campaigns?sel={campaign}', 'once through takes'],
  ['a new campaign', '/campaigns?new=1&group=root.lab', 'Begin the campaign'],
  ['all tasks', '/tasks', 'Newest first'],
  ['all tasks as a plain table', '/tasks?plain=1', 'Creation time'],
  ['the executions', '/executions', 'Without group tasks'],
  ['the edition history of all tasks', '/tasks/edition-log', 'Choose a task'],
  ['the edition history of a task', '/tasks/edition-log?task={task}', 'Created'],
  ['the tasks of a group with reports', '/groups/root.lab/tasks?sel=g%3Aroot.lab%3A1', 'Rerun all'],
  ['the pauses of a group task', '/groups/root.lab/tasks?sel=g%3Aroot.lab%3A1&pane=paused', 'paused nowhere'],
  [
    'the numbers of a group task',
    '/groups/root.lab/tasks?sel=g%3Aroot.lab%3A1&pane=statistics',
    'Statistics',
  ],
  ['the groups', '/groups', 'root'],
  ['the devices of a group', '/groups/root.lab/devices', 'Add device'],
  ['the profile of a group', '/groups/root.lab/profile', 'periodicInformInterval'],
  ['the values in effect in a group', '/groups/root.lab/profile?view=effective', 'Lost against it'],
  ['the migration rules of a group', '/groups/root.lab/migrations', 'root.bad'],
  ['a new migration rule', '/groups/root.lab/migrations?new=1', 'Dry run'],
  ['the quick fixes of a group', '/groups/root.lab/actions', 'Reboot on'],
  ['the quick fixes of a device', '/devices/{device}/actions', 'Maintenance'],
  ['the groups and properties of a device', '/devices/{device}/groups', 'Lost against it'],
  ['the templates', '/library/templates', 'Quick fixes only'],
  ['the task of a template', '/library/templates/{template}', 'Order and reporting'],
  ['the parameters of a template', '/library/templates/{template}?tab=parameters', 'Preview'],
  ['the button of a template', '/library/templates/{template}?tab=quick-fix', 'Prefer restart'],
  ['the uses of a template', '/library/templates/{template}?tab=uses', 'the quick fix'],
  ['the edition log of a template', '/library/templates/{template}?tab=editions', 'Created'],
  ['the schedules', '/library/schedules', 'Allows'],
  ['a built-in schedule', '/library/schedules?sel=weekends', 'made anew at each start'],
  ['a new schedule', '/library/schedules?new=1', 'Time zone of the week'],
  ['the history of a device', '/devices/{device}/history', 'No value of this device is traced'],
  ['import and export', '/library/transfer', 'A file of JSON'],
  ['the services', '/library/services', 'There is no service yet'],
  ['a new service', '/library/services?new=1', 'To deactivate'],
  ['the services of a group', '/groups/root.lab/services', 'There is no service'],
  ['the services of a device', '/devices/{device}/services', 'is offered no service'],
  ['the sandbox', '/library/sandbox', 'From tight to loose'],
  ['the files', '/files', 'Upload file'],
  ['the system', '/system', 'Jobs'],
];

describe('Every page of the console', function () {
  this.timeout(240_000);
  let served: ServedConsole;
  let task = '';
  let template = '';
  let campaign = '';

  before(async function () {
    const reason = reasonToSkip();
    if (reason !== null) {
      if (this.test) this.test.title = `is skipped: ${reason}`;
      this.skip();
    }
    served = await startConsole();
    const added = await served.system.nbi.post<{ id: string }>('/tasks', {
      device: served.device,
      type: 'SetValues',
      config: { param: [{ name: 'wifi.1.channel', value: '4711' }] },
      connect: 'try',
    });
    task = added.id;
    await served.joinGroup('root.lab');
    await served.system.nbi.post('/tasks', { group: 'root.lab', type: 'Reboot', active: false });
    const waves = [{ kind: 'count', devices: 1 }, { kind: 'rest' }];
    await served.system.nbi.post('/tasks', {
      ...{ group: 'root.lab', type: 'Reboot', active: false },
      rollout: { waves, stopRules: [{ on: 'errors', percent: 10, last: 10, minimum: 1 }] },
    });
    await served.system.nbi.post('/groups/root.lab/migrations', {
      condition: '1',
      destination: 'root.bad',
      active: false,
    });
    const made = await served.system.nbi.post<{ id: string }>('/templates', {
      name: 'Reboot',
      type: 'Reboot',
      parameters: [{ name: 'why', label: 'Why' }],
      quickFix: { name: 'Reboot', confirm: true, connect: 'ask', icon: 'restart' },
    });
    template = made.id;
    const planned = { group: 'root.lab', start: 'P1D', description: 'tomorrow' };
    campaign = (await served.system.nbi.post<{ id: string }>('/campaigns', planned)).id;
    const profile = await served.system.nbi.fetch('/groups/root.lab/profile', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'if-match': '"0"' },
      body: JSON.stringify({ periodicInformInterval: { value: '60', lock: 'groups' } }),
    });
    expect(profile.status).to.equal(200);
    await until('the task has run', async () => {
      const { items } = await served.system.nbi.get<{ items: { status: string }[] }>(
        `/executions?task=${encodeURIComponent(task)}`,
      );
      return items[0]?.status === 'ERROR' || items[0]?.status === 'SUCCESS';
    });
  });
  afterEach(() => (served as ServedConsole | undefined)?.closePages());
  after(() => (served as ServedConsole | undefined)?.stop());

  const address = (path: string) =>
    served.url +
    path
      .replace('{device}', inPath(served.device))
      .replace('{task}', encodeURIComponent(task))
      .replace('{template}', template)
      .replace('{campaign}', campaign);

  const showMore = async (page: Page, press?: string, shows?: string): Promise<void> => {
    if (press === undefined || shows === undefined) return;
    await page.getByRole('button', { name: press, exact: true }).click();
    await page.locator(shows).first().waitFor();
  };

  it('has no serious fault of accessibility, in light and in dark colours', async () => {
    const page = await served.page({ colorScheme: 'light', viewport: { width: 1440, height: 900 } });
    const found: string[] = [];
    const judge = async (name: string, axe: AxeBuilder): Promise<void> => {
      const { violations } = await axe.analyze();
      for (const one of violations.filter(({ impact }) => impact === 'serious' || impact === 'critical'))
        found.push(`${name}: ${one.id} ${one.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
    };
    for (const [name, path, ready, ...more] of PAGES) {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(address(path));
      await page.getByText(ready).first().waitFor();
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      await showMore(page, ...more);
      await judge(name, new AxeBuilder({ page }));
      // Only colours change with the scheme.
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('.v-theme--dark').first().waitFor();
      await judge(`${name}, dark`, new AxeBuilder({ page }).withRules(['color-contrast']));
    }
    expect(found).to.deep.equal([]);
  });

  it('has nothing to scroll sideways at 390 px', async () => {
    const page = await served.page({ viewport: { width: 390, height: 844 }, hasTouch: true });
    const wide: string[] = [];
    for (const [name, path, ready, ...more] of PAGES) {
      await page.goto(address(path));
      await page.getByText(ready).first().waitFor({ state: 'attached' });
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      await showMore(page, ...more);
      const over = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      if (over > 0) wide.push(`${name}: ${over} px`);
    }
    expect(wide).to.deep.equal([]);
  });
});
