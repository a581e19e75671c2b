import { expect } from 'chai';
import { reasonToSkip, startConsole, type ServedConsole } from './served-console.js';

interface Campaign {
  id: string;
  group: string;
  phase: string;
  perMinute: number;
  appliesToSubgroups: boolean;
}

describe('Campaigns in the console', function () {
  this.timeout(150_000);
  let served: ServedConsole;

  before(async function () {
    const reason = reasonToSkip();
    if (reason !== null) {
      if (this.test) this.test.title = `is skipped: ${reason}`;
      this.skip();
    }
    served = await startConsole();
    await served.joinGroup('root.region.north');
  });
  afterEach(() => (served as ServedConsole | undefined)?.closePages());
  after(() => (served as ServedConsole | undefined)?.stop());

  const all = async () => (await served.system.nbi.get<{ items: Campaign[] }>('/campaigns')).items;

  it('are begun from a group, followed to their end, and deleted', async () => {
    const page = await served.page();
    page.setDefaultTimeout(60_000);
    await page.goto(`${served.url}/groups/root.region.north/devices`);
    await page.getByRole('link', { name: 'Campaigns' }).click();
    await page.getByText('No campaign asks devices to connect.').waitFor();
    await page.getByRole('button', { name: 'New campaign' }).click();
    const form = page.getByRole('form', { name: 'New campaign' });
    await form.getByText('Reaches 1 device; asking them once takes').waitFor();
    await form.locator('#campaign-description').fill('north, once');
    await form.locator('#campaign-per-minute').fill('0');
    await form.getByRole('button', { name: 'Begin the campaign' }).click();
    await form.locator('#campaign-per-minute-help.error').waitFor();
    await form.locator('#campaign-per-minute').fill('120');
    await form.getByRole('button', { name: 'Begin the campaign' }).click();
    const panel = page.getByRole('region', { name: 'Campaign' });
    await panel.getByText('Asks the devices of root.region.north once').waitFor();
    await panel.getByText('Finished', { exact: true }).waitFor();
    await panel.getByText('100 %', { exact: true }).waitFor();
    await panel.getByRole('row').filter({ hasText: served.device }).getByText('Contacted').waitFor();
    const [made] = await all();
    expect(made).to.include({ group: 'root.region.north', phase: 'finished', perMinute: 120 });
    await page.getByRole('button', { name: 'Delete north, once' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete campaign' }).click();
    await page.getByText('The campaign is deleted.').waitFor();
    expect(await all()).to.deep.equal([]);
  });

  it('are planned, edited, suspended and resumed', async () => {
    const { id } = await served.system.nbi.post<Campaign>('/campaigns', {
      ...{ group: 'root.region', description: 'tomorrow', start: 'P1D' },
    });
    const page = await served.page();
    page.setDefaultTimeout(60_000);
    await page.goto(`${served.url}/campaigns?sel=${id}`);
    const panel = page.getByRole('region', { name: 'Campaign' });
    await panel.getByText('Planned', { exact: true }).waitFor();
    await panel.getByRole('button', { name: 'Suspend' }).click();
    await panel.getByText('Suspended by admin').waitFor();
    await panel.getByRole('button', { name: 'Edit' }).click();
    const form = page.getByRole('form', { name: 'Edit campaign' });
    await form.getByLabel('Applies to subgroups').check();
    await form.getByRole('button', { name: 'Save' }).click();
    await panel.getByText('root.region and its subgroups').waitFor();
    await panel.getByRole('button', { name: 'Resume' }).click();
    await panel.getByText('Planned', { exact: true }).waitFor();
    const [kept] = await all();
    expect(kept).to.include({ id, phase: 'planned', appliesToSubgroups: true });
  });
});
