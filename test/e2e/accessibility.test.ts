import { AxeBuilder } from '@axe-core/playwright';
import { expect } from 'chai';
import { inPath, reasonToSkip, startConsole, until, type ServedConsole } from './served-console.js';

/** Pages by what they are, with the text that says they are there. */
const PAGES: [name: string, path: string, ready: string][] = [
  ['the list of devices', '/devices', 'States change live'],
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
  ['the files', '/files', 'Upload file'],
  ['the system', '/system', 'Jobs'],
];

describe('Every page of the console', function () {
  this.timeout(120_000);
  let served: ServedConsole;
  let task = '';

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
    served.url + path.replace('{device}', inPath(served.device)).replace('{task}', encodeURIComponent(task));

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has no serious fault of accessibility in ${colorScheme} colours`, async () => {
      const page = await served.page({ colorScheme, viewport: { width: 1440, height: 900 } });
      const found: string[] = [];
      for (const [name, path, ready] of PAGES) {
        await page.goto(address(path));
        await page.getByText(ready).first().waitFor();
        await page.locator('.skeleton').first().waitFor({ state: 'detached' });
        const { violations } = await new AxeBuilder({ page }).analyze();
        for (const one of violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')) {
          found.push(`${name}: ${one.id} ${one.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
        }
      }
      expect(found).to.deep.equal([]);
    });
  }

  it('has nothing to scroll sideways at 390 px', async () => {
    const page = await served.page({ viewport: { width: 390, height: 844 }, hasTouch: true });
    const wide: string[] = [];
    for (const [name, path, ready] of PAGES) {
      await page.goto(address(path));
      await page.getByText(ready).first().waitFor({ state: 'attached' });
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      const over = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
      if (over > 0) wide.push(`${name}: ${over} px`);
    }
    expect(wide).to.deep.equal([]);
  });
});
