import { expect } from 'chai';
import { seedDevice, startNbi, type Nbi } from './harness.js';

type Json = Record<string, unknown>;
interface Problem extends Json {
  code: string;
  detail: string;
  errors: { pointer: string; code: string }[];
}
interface Campaign extends Json {
  id: string;
  version: number;
  phase: string;
  phaseText: string;
}

const GROUP = 'root.campaigns';

describe('NBI: campaigns', () => {
  let nbi: Nbi;
  let devices: string[];
  before(async () => {
    nbi = await startNbi();
    await nbi.call('/groups', { body: { name: GROUP } });
    devices = [];
    for (let number = 1; number <= 3; number += 1) devices.push(await seedDevice(nbi, `C${number}`));
    await nbi.call(`/groups/${GROUP}/members`, { body: { devices } });
  });
  after(() => nbi.close());

  const make = async (more: Json = {}): Promise<Campaign> => {
    const { status, body } = await nbi.call<Campaign>('/campaigns', { body: { group: GROUP, ...more } });
    expect(status, JSON.stringify(body)).to.equal(201);
    return body;
  };
  const act = (id: string, what: string, token?: string) =>
    nbi.call<Campaign & Problem>(`/campaigns/${id}/${what}`, {
      method: 'POST',
      ...(token !== undefined && { token }),
    });

  it('are made with their defaults, read back and listed, the newest first', async () => {
    const made = await nbi.call<Campaign>('/campaigns', { body: { group: GROUP, description: 'one' } });
    expect(made.status).to.equal(201);
    expect(made.headers.location).to.equal(`/api/v1/campaigns/${made.body.id}`);
    expect(made.body).to.deep.include({
      ...{ group: GROUP, appliesToSubgroups: false, filter: null, execute: 'once', end: null },
      ...{ interval: null, perMinute: 60, schedule: null, scheduleText: 'always', minimumLastVisit: null },
      ...{ retries: { attempts: 3, pause: 'PT15M' }, onlyIfTasksWait: false, success: { kind: 'session' } },
      ...{ stopWhen: { percent: 50, after: 100 }, phase: 'running', active: true, progress: null },
      ...{ user: 'admin', domain: '/' },
    });
    const read = await nbi.call<Campaign>(`/campaigns/${made.body.id}`);
    expect(read.body).to.deep.equal(made.body);
    const more = await make({ description: 'two', execute: 'continuously', interval: 'PT2H' });
    expect(more.interval).to.equal('PT2H');
    const { body } = await nbi.call<{ items: Campaign[]; next: string | null }>('/campaigns?limit=1');
    expect(body.items.map(({ description }) => description)).to.deep.equal(['two']);
    const next = await nbi.call<{ items: Campaign[] }>(`/campaigns?limit=1&cursor=${body.next!}`);
    expect(next.body.items.map(({ description }) => description)).to.deep.equal(['one']);
    const none = await nbi.call<{ items: Campaign[] }>('/campaigns?group=root.else&phase=running,waiting');
    expect(none.body.items).to.deep.equal([]);
  });

  it('are changed by their version, suspended, resumed, deleted', async () => {
    const { id } = await make();
    const stale = await nbi.call<Problem>(`/campaigns/${id}`, {
      method: 'PATCH',
      body: { perMinute: 5 },
      headers: { 'if-match': '"9"' },
    });
    expect([stale.status, stale.body.code]).to.deep.equal([412, 'stale']);
    const edited = await nbi.call<Campaign>(`/campaigns/${id}`, {
      method: 'PATCH',
      body: { perMinute: 5, start: 'PT1H', stopWhen: null },
    });
    expect(edited.body).to.include({ perMinute: 5, phase: 'planned', version: 2, stopWhen: null });
    const suspended = await act(id, 'suspend');
    expect(suspended.body).to.include({ phase: 'suspended', phaseText: 'Suspended by admin', active: false });
    expect((await act(id, 'suspend')).body.code).to.equal('conflict');
    expect((await act(id, 'resume')).body).to.include({ phase: 'planned', active: true });
    expect((await act(id, 'resume')).status).to.equal(409);
    expect((await nbi.call(`/campaigns/${id}`, { method: 'DELETE' })).status).to.equal(204);
    expect((await nbi.call(`/campaigns/${id}`)).status).to.equal(404);
  });

  it('tell their progress and their devices, as a list and as CSV', async () => {
    const { id } = await make({ perMinute: 12 });
    // One look may ask one device at this pace.
    await nbi.campaignRunner.look(new Date());
    const progress = await nbi.call(`/campaigns/${id}/progress`);
    expect(progress.body).to.include({ planned: 3, contacted: 0, requested: 1, pending: 2, percent: 0 });
    expect(progress.body.shortest).to.equal('PT1M');
    expect((await nbi.call<Campaign>(`/campaigns/${id}`)).body.progress).to.deep.equal(progress.body);
    const { body } = await nbi.call<{ items: Json[]; next: string }>(`/campaigns/${id}/devices?limit=2`);
    expect(body.items.map(({ device, state }) => [device, state])).to.deep.equal([
      [devices[0], 'requested'],
      [devices[1], 'pending'],
    ]);
    const rest = await nbi.call<{ items: Json[] }>(`/campaigns/${id}/devices?limit=2&cursor=${body.next}`);
    expect(rest.body.items.map(({ device }) => device)).to.deep.equal([devices[2]]);
    const asked = await nbi.call<{ items: Json[] }>(`/campaigns/${id}/devices?state=requested,failed`);
    expect(asked.body.items).to.have.length(1);
    const csv = await nbi.call<string>(`/campaigns/${id}/devices`, { headers: { accept: 'text/csv' } });
    const lines = csv.body.trim().split('\r\n');
    expect(lines[0]).to.match(/^device,state,attempts,requests,contacts,reason,requestedAt/);
    expect(lines).to.have.length(4);
    expect(lines[1]).to.match(new RegExp(`^${devices[0]!},requested,1,1,0,`));
    const plain = await nbi.userWith(['groups.view', 'api']);
    const refused = await nbi.call<Json>(`/campaigns/${id}/devices`, {
      headers: { accept: 'text/csv' },
      token: plain,
    });
    expect([refused.status, refused.body.requiredPermission]).to.deep.equal([403, 'devices.export']);
    await nbi.call(`/campaigns/${id}`, { method: 'DELETE' });
  });

  it('refuse what is wrong with a pointer to it', async () => {
    for (const [body, pointer] of [
      [{ group: 'root.nowhere' }, '/group'],
      [{ group: GROUP, perMinute: 0 }, '/perMinute'],
      [{ group: GROUP, end: 'P-1D' }, '/end'],
      [{ group: GROUP, success: { kind: 'task', task: 'g:none:1' } }, '/success/task'],
      [{ group: GROUP, filter: 'none' }, '/filter'],
      [{ group: GROUP, speed: 1 }, '/speed'],
    ] as const) {
      const answer = await nbi.call<Problem>('/campaigns', { body });
      expect(answer.status, JSON.stringify(answer.body)).to.equal(422);
      expect(answer.body.errors[0]?.pointer).to.equal(pointer);
    }
  });

  it('keep the schedule and the filter that they use, and say when the filter has gone', async () => {
    const schedule = await nbi.call<Json>('/schedules', { body: { description: 'nights' } });
    const filter = await nbi.call<Json>('/filters', {
      body: { list: 'devices', name: 'x1', filter: 'model eq "X1"' },
    });
    const { id } = await make({ schedule: { ref: schedule.body.id }, filter: filter.body.id });
    const kept = await nbi.call<Problem>(`/schedules/${String(schedule.body.id)}`, { method: 'DELETE' });
    expect([kept.status, kept.body.code]).to.deep.equal([409, 'in-use']);
    expect(kept.body.detail).to.include(`the campaigns ${id}`);
    expect((await nbi.call(`/campaigns/${id}/progress`)).body).to.include({ planned: 3 });
    await nbi.call(`/filters/${String(filter.body.id)}`, { method: 'DELETE' });
    const gone = await nbi.call<Problem>(`/campaigns/${id}/progress`);
    expect([gone.status, gone.body.detail]).to.deep.equal([409, 'The saved filter is gone']);
    await nbi.call(`/campaigns/${id}`, { method: 'DELETE' });
  });

  it('are managed with their permission only, and seen in their domain only', async () => {
    const { id } = await make();
    const viewer = await nbi.userWith(['groups.view', 'api']);
    expect((await nbi.call(`/campaigns/${id}`, { token: viewer })).status).to.equal(200);
    const refused = await act(id, 'suspend', viewer);
    expect([refused.status, refused.body.requiredPermission]).to.deep.equal([403, 'campaigns.manage']);
    const stranger = await nbi.userWith(['tasks.view', 'api']);
    expect((await nbi.call('/campaigns', { token: stranger })).status).to.equal(403);
    const elsewhere = await nbi.userWith(['campaigns', 'groups', 'api'], { domain: '/b/' });
    for (const path of ['', '/progress', '/devices'])
      expect((await nbi.call(`/campaigns/${id}${path}`, { token: elsewhere })).status).to.equal(404);
    expect((await act(id, 'suspend', elsewhere)).status).to.equal(404);
    const seen = await nbi.call<{ items: Json[] }>('/campaigns', { token: elsewhere });
    expect(seen.body.items).to.deep.equal([]);
    const aimed = await nbi.call<Problem>('/campaigns', { token: elsewhere, body: { group: GROUP } });
    expect([aimed.status, aimed.body.errors[0]?.pointer]).to.deep.equal([422, '/group']);
  });
});
