import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { Cpe } from '../cpe-simulator/index.js';
import { inPath, reasonToSkip, startConsole, until, type ServedConsole } from './served-console.js';

const GROUP = 'root.street';
const SSID = 'Device.WiFi.SSID.1.SSID';

interface TaskJson {
  id: string;
  type: string;
  group: string | null;
  active: boolean;
  bloodline: string;
}

describe('From one device to its street and back, in the console', function () {
  this.timeout(120_000);
  let served: ServedConsole;
  let neighbour: Cpe;
  let oldName: string;

  before(async function () {
    const reason = reasonToSkip();
    if (reason !== null) {
      if (this.test) this.test.title = `is skipped: ${reason}`;
      this.skip();
    }
    served = await startConsole();
    await served.joinGroup(GROUP);
    neighbour = served.system.cpe({ model: 'tr181', serialNumber: 'FN0000000002', softwareVersion: '1.0.0' });
    await neighbour.start();
    const other = await until('the second CPE in the inventory', async () => {
      const { items } = await served.system.nbi.get<{ items: { id: string; contact: { state: string } }[] }>(
        '/devices',
      );
      return items.find(({ id, contact }) => id !== served.device && contact.state === 'on-time')?.id;
    });
    const joined = await served.system.nbi.fetch(`/devices/${inPath(other)}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ groups: [GROUP] }),
    });
    expect(joined.status).to.equal(200);
    for (const device of [served.device, other])
      await served.system.nbi.post('/tasks', { device, type: 'RefreshDataModel' });
    await Promise.all([served.cpe.inform(), neighbour.inform()]);
    oldName = served.cpe.get(SSID)!;
  });
  afterEach(() => (served as ServedConsole | undefined)?.closePages());
  after(() => (served as ServedConsole | undefined)?.stop());

  const list = () => `${served.url}/devices/${inPath(served.device)}/tasks`;
  const tasks = async (type: string) =>
    (await served.system.nbi.get<{ items: TaskJson[] }>('/tasks?limit=1000')).items.filter(
      (one) => one.type === type,
    );
  const rehearsal = (page: Page) => page.getByRole('region', { name: 'Rehearsal' });

  it('changes the Wi-Fi name on one device, after a dry run that says what would be sent', async () => {
    const page = await served.page();
    await page.goto(`${list()}/new?type=SetValues`);
    await page.locator('#config-param-0-name').fill('wifi.1.ssid');
    await page.locator('#config-param-0-name').press('Tab');
    await page.locator('#config-param-0-value').fill('Street party');
    await page.locator('#setting-bloodline').fill('wifi name');
    await page.locator('#setting-bloodline').press('Tab');
    await rehearsal(page).getByRole('button', { name: 'Rehearse' }).click();
    await rehearsal(page).getByText('SetParameterValues').waitFor();
    const change = rehearsal(page).getByRole('row').filter({ hasText: SSID });
    await change.getByText(oldName).waitFor();
    await change.getByText('Street party').waitFor();
    expect(served.cpe.get(SSID)).to.equal(oldName);
    expect(await tasks('SetValues')).to.have.length(0);
    await page.getByRole('button', { name: 'Add and execute' }).click();
    await until('the device has the new name', () =>
      Promise.resolve(served.cpe.get(SSID) === 'Street party'),
    );
  });

  it('rehearses it on a neighbour and advances it to the group', async () => {
    const [proved] = await tasks('SetValues');
    const page = await served.page();
    await page.goto(`${list()}?sel=${encodeURIComponent(proved!.id)}`);
    await page.getByRole('button', { name: 'More actions of SetValues' }).click();
    await page.getByText('Advance to group…').click();
    await page.locator('#advance-group').fill(GROUP);
    await page.getByText(`Reaches 2 devices of ${GROUP}`).waitFor();
    await page.locator('#rehearsal-device').fill('FN0000000002');
    await page.getByRole('option', { name: /FN0000000002/ }).click();
    await rehearsal(page).getByRole('button', { name: 'Rehearse' }).click();
    await rehearsal(page).getByText('Would end with success').waitFor();
    await rehearsal(page).getByRole('row').filter({ hasText: 'Street party' }).waitFor();
    await page.getByRole('button', { name: 'Create inactive for 2' }).click();
    await page.waitForURL(`**/groups/${GROUP}/tasks?sel=**`);
    await page.getByRole('button', { name: 'Activate', exact: true }).click();
    await until('the copy is active', async () =>
      (await tasks('SetValues')).some(({ group, active }) => group === GROUP && active),
    );
    await Promise.all([served.cpe.inform(), neighbour.inform()]);
    expect(neighbour.get(SSID)).to.equal('Street party');
    // Its bloodline keeps the device on which it was proved from running it twice.
    const copy = (await tasks('SetValues')).find(({ group }) => group === GROUP)!;
    await page.goto(`${served.url}/groups/${GROUP}/tasks?sel=${encodeURIComponent(copy.id)}`);
    await page.getByText('1 success').first().waitFor();
  });

  it('undoes it on the device where it began', async () => {
    const [proved] = await tasks('SetValues').then((all) => all.filter(({ group }) => group === null));
    const page = await served.page();
    await page.goto(`${list()}?sel=${encodeURIComponent(proved!.id)}`);
    await page.getByRole('button', { name: 'Undo…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Add undo task' }).click();
    await until('the device has its old name again', () => Promise.resolve(served.cpe.get(SSID) === oldName));
    expect(neighbour.get(SSID)).to.equal('Street party');
    await page.getByText('UndoSetValues').first().waitFor();
  });

  it('undoes it for the group, by a task that is inactive until it is activated', async () => {
    const copy = (await tasks('SetValues')).find(({ group }) => group === GROUP)!;
    const page = await served.page();
    await page.goto(`${served.url}/groups/${GROUP}/tasks?sel=${encodeURIComponent(copy.id)}`);
    await page.getByRole('button', { name: 'Deactivate', exact: true }).click();
    await page.getByRole('button', { name: 'Activate', exact: true }).waitFor();
    await page.getByRole('button', { name: 'More actions of SetValues' }).click();
    await page.getByText('Undo…', { exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Add undo task' }).click();
    await page
      .getByRole('region', { name: /^Task g:.*/ })
      .getByText('UndoSetValues')
      .waitFor();
    await neighbour.inform();
    expect(neighbour.get(SSID)).to.equal('Street party');
    await page.getByRole('button', { name: 'Activate', exact: true }).click();
    await until('the undo is active', async () =>
      (await tasks('UndoSetValues')).some(({ group, active }) => group === GROUP && active),
    );
    await neighbour.inform();
    expect(neighbour.get(SSID)).to.not.equal('Street party');
  });
});
