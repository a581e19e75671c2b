import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { reasonToSkip, startConsole, type ServedConsole } from './served-console.js';

describe('Import and export in the console', function () {
  this.timeout(90_000);
  let served: ServedConsole;

  before(async function () {
    const reason = reasonToSkip();
    if (reason !== null) {
      if (this.test) this.test.title = `is skipped: ${reason}`;
      this.skip();
    }
    served = await startConsole();
    await served.system.nbi.post('/templates', { name: 'Restart', type: 'Reboot' });
  });
  afterEach(() => (served as ServedConsole | undefined)?.closePages());
  after(() => (served as ServedConsole | undefined)?.stop());

  it('exports templates, shows what an import would do, and does it', async () => {
    const page = await served.page({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${served.url}/library/transfer`);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Templates', exact: true }).click(),
    ]);
    const file = JSON.parse(await readFile(await download.path(), 'utf8')) as {
      kind: string;
      items: Record<string, unknown>[];
    };
    expect(file.items).to.have.length(1);
    const changed = [
      { ...file.items[0], description: 'for everybody' },
      { ...file.items[0], name: 'Restart at night' },
      { ...file.items[0], name: 'Broken', type: 'Nothing' },
    ];
    await page.locator('#transfer-file').setInputFiles({
      name: 'templates.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ ...file, items: changed })),
    });
    await page.getByText(/Would add 1, update 1; .* refused 1/).waitFor();
    await page.getByRole('button', { name: 'Import 2 templates' }).click();
    await page.getByText('Added 1, updated 1, refused 1.').waitFor();
    const { items } = await served.system.nbi.get<{ items: { name: string }[] }>('/templates');
    expect(items.map(({ name }) => name)).to.have.members(['Restart', 'Restart at night']);
    await page.locator('#transfer-file').setInputFiles({
      name: 'notes.json',
      mimeType: 'application/json',
      buffer: Buffer.from('[]'),
    });
    await page.getByRole('alert').getByText('notes.json: it is no export').waitFor();
  });
});
