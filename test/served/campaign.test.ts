import { expect } from 'chai';
import type { Cpe } from '../cpe-simulator/index.js';
import { inPath } from './nbi-client.js';
import { startSystem, type ServedSystem } from './served-system.js';
import { until } from './until.js';

const COUNT = 6;
const GROUP = 'root.campaign';

interface Campaign {
  id: string;
  phase: string;
  finished: { reason: string } | null;
}
interface Progress {
  planned: number;
  contacted: number;
  failed: number;
  skipped: number;
  percent: number;
}
interface CampaignDevice {
  device: string;
  state: string;
  reason: string;
  requests: number;
}

describe('A campaign over a group of simulated CPEs', function () {
  this.timeout(240_000);
  let system: ServedSystem;
  let identities: string[];
  let task: string;

  before(async () => {
    system = await startSystem();
    const cpes: Cpe[] = Array.from({ length: COUNT }, (_, index) =>
      system.cpe({ model: 'tr181', serialNumber: `CAMP${index}` }),
    );
    for (const cpe of cpes) {
      await cpe.start();
      await cpe.sessionWith(() => true);
    }
    identities = cpes.map((_, index) => `02A0C4-FN%2DGW1-CAMP${index}`);
    await system.nbi.post('/groups', { name: GROUP });
    await system.nbi.post(`/groups/${GROUP}/members`, { devices: identities });
    ({ id: task } = await system.nbi.post<{ id: string }>('/tasks', {
      ...{ group: GROUP, type: 'GetValues' },
      config: { parameter: [{ name: 'Device.DeviceInfo.UpTime' }] },
    }));
    const unmanaged = await system.nbi.fetch(`/devices/${inPath(identities[0]!)}/management`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ managed: false }),
    });
    expect(unmanaged.ok).to.equal(true);
  });
  after(() => (system as ServedSystem | undefined)?.stop());

  it('has each of them come and run its list, and passes over the one that is not managed', async () => {
    const { id } = await system.nbi.post<Campaign>('/campaigns', {
      ...{ group: GROUP, perMinute: 600 },
    });
    const ended = await until(
      'the campaign is finished',
      async () => {
        const campaign = await system.nbi.get<Campaign>(`/campaigns/${id}`);
        return campaign.phase === 'finished' ? campaign : null;
      },
      120_000,
    );
    expect(ended.finished).to.include({ reason: 'done' });
    const progress = await system.nbi.get<Progress>(`/campaigns/${id}/progress`);
    expect(progress).to.include({ planned: COUNT, contacted: COUNT - 1, failed: 0, skipped: 1 });
    const { items } = await system.nbi.get<{ items: CampaignDevice[] }>(`/campaigns/${id}/devices`);
    expect(items.map(({ state }) => state)).to.deep.equal([
      'skipped',
      ...Array<string>(COUNT - 1).fill('contacted'),
    ]);
    expect(items.map(({ requests }) => requests)).to.deep.equal([0, ...Array<number>(COUNT - 1).fill(1)]);
    expect(items[0]!.reason).to.equal('unmanaged');
    const query = `task=${encodeURIComponent(task)}&status=SUCCESS`;
    const reports = await system.nbi.get<{ items: { device: string }[] }>(`/executions?${query}`);
    expect(reports.items.map(({ device }) => device).sort()).to.deep.equal(identities.slice(1));
    for (const device of identities.slice(1)) {
      const requests = await system.nbi.get<{ items: { user: string }[] }>(
        `/devices/${inPath(device)}/connection-requests`,
      );
      expect(requests.items.filter(({ user }) => user === `campaign ${id}`)).to.have.length(1);
    }
  });
});
