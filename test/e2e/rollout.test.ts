import { expect } from 'chai';
import { FaultyFleet } from '../served/faulty-fleet.js';
import { inPath, reasonToSkip, startConsole, type ServedConsole } from './served-console.js';

describe('A rollout in the console', function () {
  this.timeout(90_000);
  let served: ServedConsole;
  let fleet: FaultyFleet;

  before(async function () {
    const reason = reasonToSkip();
    if (reason !== null) {
      if (this.test) this.test.title = `is skipped: ${reason}`;
      this.skip();
    }
    served = await startConsole();
    fleet = new FaultyFleet(served.system, 40);
    await fleet.start();
  });
  afterEach(() => (served as ServedConsole | undefined)?.closePages());
  after(() => (served as ServedConsole | undefined)?.stop());

  it('is planned in the task editor, stops by its rule, says why, and goes on with a reason', async () => {
    const page = await served.page({ viewport: { width: 1440, height: 900 } });
    await page.goto(`${served.url}/groups/root.cwmp/tasks/new?type=GetNames`);
    await page.locator('#config-objectName').fill('Device.DeviceInfo.');
    await page.getByRole('button', { name: 'In waves' }).click();
    await page.locator('#setting-rollout-waves-0-devices').fill('0');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    // Refused at its field, and nothing that was typed is lost.
    await page.getByRole('region', { name: 'Rollout' }).getByRole('alert').first().waitFor();
    await page.locator('#setting-rollout-waves-0-devices').fill('30');
    await page.locator('#setting-rollout-stopRules-0-minimum').fill('10');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.waitForURL('**/tasks?sel=**');
    const pane = page.getByRole('region', { name: /^Task g:root\.cwmp/ });
    await pane.getByText('1 of 4 waves open').waitFor();
    await pane.getByText('Waits for the end of the soak time').waitFor();

    await fleet.callIn();
    const why = pane.getByRole('status').filter({ hasText: 'Stopped by a rule' });
    await why.getByText(/\d+ of the last \d+ results .* ended with ERROR/).waitFor();
    await pane.getByText(/^Stopped by the rules, \d+ of \d+ results/).waitFor();

    await pane.getByRole('button', { name: 'Continue…' }).click();
    const dialog = page.getByRole('dialog');
    const go = dialog.getByRole('button', { name: 'Continue', exact: true });
    expect(await go.isDisabled()).to.equal(true);
    await dialog.getByLabel('Why it goes on').fill('one model, left out now');
    await go.click();
    await pane.getByText('Continued by admin: one model, left out now').waitFor();
    await why.waitFor({ state: 'detached' });
  });

  it('is found in the list of rollouts, and from the device that waits for its wave', async () => {
    const page = await served.page({ viewport: { width: 390, height: 844 } });
    await page.goto(`${served.url}/rollouts`);
    await page.getByRole('cell', { name: '1 of 4' }).waitFor();
    await page.getByRole('link', { name: 'GetNames' }).click();
    await page.getByText('1 of 4 waves open').waitFor();
    await page.goto(`${served.url}/devices/${inPath(served.device)}/tasks`);
    await page
      .getByText(/no wave of its rollout has reached this device|Success|Runs in the next session/)
      .waitFor();
  });
});
