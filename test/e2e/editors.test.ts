import { expect } from 'chai';
import { inPath, reasonToSkip, startConsole, until, type ServedConsole } from './served-console.js';

describe('Expressions and workflows in the console', function () {
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

  const editor = (type: string) => `${served.url}/devices/${inPath(served.device)}/tasks/new?type=${type}`;

  it('offers what may come next in a condition, says what it gives on the device, and where it is wrong', async () => {
    const page = await served.page();
    await page.goto(editor('Reboot'));
    await page.getByRole('button', { name: 'Add a condition' }).click();
    const field = page.getByLabel('Execution condition');
    await field.click();
    await page.keyboard.type('${device.softw');
    const offered = page.getByRole('option', { name: /softwareVersion/ }).first();
    await offered.waitFor();
    // For a moment after it has opened the list takes no key, so that nobody takes what they have not seen.
    await until('the suggestion is taken', async () => {
      await page.keyboard.press('Enter');
      return (await field.innerText()).includes('softwareVersion');
    });
    // The bracket that closes it was typed by the editor.
    expect((await field.innerText()).trim()).to.equal('${device.softwareVersion}');
    const said = page.locator('#setting-executionCondition-help[role=alert]');
    await said.getByText(/Boolean/).waitFor();
    await page.keyboard.type(" == '1.0.0'");
    await page.getByRole('status').filter({ hasText: served.device }).getByText('true').waitFor();
    expect(await said.count()).to.equal(0);
  });

  it('names wrong tags of a workflow while it is written, offers right ones, and shows its tags', async () => {
    const page = await served.page();
    await page.goto(editor('XmlTask'));
    await page.getByRole('button', { name: 'XML', exact: true }).click();
    const text = page.getByLabel('Task input');
    await text.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('<config>\n  <lock message="x"/>\n  <finish/>\n</config>');
    await page.getByText(/^2:\d+ .*lock/).waitFor();
    const tags = page.getByRole('tree', { name: 'Tags' });
    await tags.getByRole('treeitem', { name: /^lock/ }).click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('<lo');
    await page.getByRole('option', { name: /^log/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('<config>\n  <log message="${device.id}"/>\n</config>');
    await page.getByText(/^2:\d+/).waitFor({ state: 'detached' });
    expect(await tags.getByRole('treeitem').allInnerTexts()).to.have.length(2);
  });

  it('moves, copies, comments out, renames and removes tags in their tree, and writes their attributes', async () => {
    const config = '<config>\n  <log message="one"/>\n  <wait timeoutSeconds="5"/>\n  <flush/>\n</config>';
    const { id } = await served.system.nbi.post<{ id: string }>('/tasks', {
      device: served.device,
      type: 'XmlTask',
      active: false,
      config,
    });
    const page = await served.page();
    await page.goto(`${served.url}/tasks/${encodeURIComponent(id)}/edit`);
    await page.getByRole('button', { name: 'XML', exact: true }).click();
    const tree = page.getByRole('tree', { name: 'Tags' });
    const shown = async (): Promise<string> =>
      (await tree.getByRole('treeitem').allInnerTexts()).map((one) => one.split(/\s/)[0]).join(' ');
    const becomes = (wanted: string) =>
      until(`the tags are ${wanted}`, async () => (await shown()) === wanted);
    await becomes('config log wait flush');

    await tree.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    await tree.locator('[aria-selected=true]', { hasText: 'log' }).waitFor();
    await page.keyboard.press('Alt+ArrowDown');
    await becomes('config wait log flush');
    await page.keyboard.press('Control+d');
    await becomes('config wait log log flush');
    await page.keyboard.press('Control+/');
    await tree.locator('.commented').waitFor();
    await page.keyboard.press('Delete');
    await becomes('config wait log flush');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await becomes('config wait log log flush');
    expect(await tree.locator('.commented').count()).to.equal(0);
    await page.keyboard.press('F2');
    await page.getByLabel('New name of the tag').fill('comment');
    await page.keyboard.press('Enter');
    await becomes('config wait log comment flush');
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await becomes('config wait log flush');

    await tree
      .getByRole('treeitem', { name: /^flush/ })
      .dragTo(tree.getByRole('treeitem', { name: /^wait/ }), {
        targetPosition: { x: 20, y: 2 },
      });
    await becomes('config flush wait log');
    await tree.getByRole('treeitem', { name: 'config' }).click();
    await page.getByLabel('Add a tag in config').selectOption('if');
    await becomes('config flush wait log if');
    const form = page.getByRole('group', { name: 'Attributes of if' });
    await form.getByLabel('expr').fill('${#x < "&"}');
    await form.getByLabel('expr').press('Enter');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const saved = await until('the task is saved', async () => {
      const task = await served.system.nbi.get<{ version: number; config: unknown }>(
        `/tasks/${encodeURIComponent(id)}`,
      );
      return task.version > 1 ? JSON.stringify(task.config) : null;
    });
    expect(saved).to.match(/flush.*wait.*log.*if/s);
    expect(saved).to.contain('#x');
  });

  it('saves a task as a template, with its settings', async () => {
    const { id } = await served.system.nbi.post<{ id: string }>('/tasks', {
      device: served.device,
      type: 'SetValues',
      config: { param: [{ name: 'wifi.1.password', value: 'open sesame' }] },
      schedule: { start: '2100-01-01T00:00:00Z' },
      alerts: [{ type: 'wifi' }],
    });
    const page = await served.page();
    await page.goto(`${served.url}/tasks/${encodeURIComponent(id)}/edit`);
    await page.getByRole('button', { name: 'Save as template…' }).click();
    await page.getByRole('dialog').getByLabel('Name of the template').fill('Guest Wi-Fi');
    await page.getByRole('dialog').getByRole('button', { name: 'Save as template' }).click();
    await page.waitForURL('**/library/templates/*');
    const { items } = await served.system.nbi.get<{ items: { id: string; name: string }[] }>('/templates');
    const made = items.find(({ name }) => name === 'Guest Wi-Fi')!;
    const task = await served.system.nbi.post<{ alerts: object[] }>(`/templates/${made.id}/tasks`, {
      device: served.device,
    });
    expect(task.alerts).to.have.length(1);
  });

  it('evaluates in the sandbox, tells what it looked at, and finds a function of the language', async () => {
    const page = await served.page();
    await page.goto(`${served.url}/library/sandbox?device=${inPath(served.device)}`);
    await page.locator('#sandbox-expression').click();
    await page.keyboard.insertText("${device.softwareVersion + '/' + 7 * 6}");
    await page.keyboard.press('Control+Enter');
    const result = page.getByRole('status').filter({ hasText: 'String' });
    await result.getByText('1.0.0/42').waitFor();
    await result.getByText('device.softwareVersion').first().waitFor();
    await page.getByLabel('Find in the language').fill('parseRegex');
    await page
      .getByText(/parseRegex/)
      .first()
      .waitFor();
  });
});
