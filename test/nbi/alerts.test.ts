import { expect } from 'chai';
import { Alerts, type AlertChange } from '../../acs/devices/alerts.js';
import { seedDevice, startNbi, type Nbi } from './harness.js';

type Json = Record<string, unknown>;
interface List extends Json {
  items: (Json & { type: string })[];
  next: string | null;
}

describe('NBI: alerts', () => {
  let nbi: Nbi;
  let device: string;
  let alerts: Alerts;
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute));
  before(async () => {
    nbi = await startNbi();
    device = await seedDevice(nbi, 'ALERTS');
    alerts = new Alerts(nbi.store, nbi.events);
    const common = { targetKind: 'device', target: device, device, task: 'd:x:1', domain: '/' } as const;
    const put = (type: string, minute: number, more: Partial<AlertChange> = {}): Promise<void> =>
      alerts.put({
        ...common,
        ...{ type, caption: `${type}!`, description: 'why', raised: true, severity: 1_000, at: at(minute) },
        ...more,
      });
    await put('noise', 1);
    await put('upgrade', 2, { severity: 2_000 });
    await put('gone', 3);
    await put('gone', 4, { raised: false });
    await put('tenant', 5, { targetKind: 'group', target: 'root.a', domain: '/org1/' });
  });
  after(() => nbi.close());

  const list = async (path: string, token?: string): Promise<List> =>
    (await nbi.call<List>(path, token === undefined ? {} : { token })).body;
  const types = (page: List): string[] => page.items.map(({ type }) => type);

  it('are listed for a device, the one that changed last first', async () => {
    const page = await list(`/devices/${encodeURIComponent(device)}/alerts`);
    expect(types(page)).to.deep.equal(['gone', 'upgrade', 'noise']);
    expect(page.items[1]).to.deep.include({
      ...{ raised: true, severity: 2_000, caption: 'upgrade!', description: 'why', targetKind: 'device' },
      raisedAt: at(2).toISOString(),
    });
    expect(page.items[0]).to.include({ raised: false, raisedAt: null });
  });

  it('are found by state, severity, type and target, page by page', async () => {
    expect(types(await list('/alerts?raised=true'))).to.deep.equal(['tenant', 'upgrade', 'noise']);
    expect(types(await list('/alerts?severity=2000'))).to.deep.equal(['upgrade']);
    expect(types(await list('/alerts?type=gone'))).to.deep.equal(['gone']);
    expect(types(await list('/alerts?target=root.a'))).to.deep.equal(['tenant']);
    const first = await list('/alerts?limit=3');
    expect(types(await list(`/alerts?limit=3&cursor=${first.next!}`))).to.deep.equal(['noise']);
  });

  it('are seen in their domain', async () => {
    const tenant = await nbi.userWith(['devices.read', 'api'], { domain: '/org1/' });
    expect(types(await list('/alerts', tenant))).to.deep.equal(['tenant']);
    const answer = await nbi.call(`/devices/${encodeURIComponent(device)}/alerts`, { token: tenant });
    expect(answer.status).to.equal(404);
  });

  it('of a task are a setting with defaults, checked', async () => {
    const body = { device, type: 'Reboot', alerts: [{ type: 'reboot-failed' }] };
    const made = await nbi.call<Json>('/tasks', { body });
    expect(made.body.alerts).to.deep.equal([
      { type: 'reboot-failed', caption: '', severity: 2_000, on: 'ERROR' },
    ]);
    for (const [wrong, pointer] of [
      [[{ type: '' }], '/alerts/0/type'],
      [[{ type: 'a', severity: -1 }], '/alerts/0/severity'],
      [[{ type: 'a', on: 'SUCCESS' }], '/alerts/0/on'],
      [[{ type: 'a' }, { type: 'a' }], '/alerts'],
    ] as const) {
      const answer = await nbi.call<{ errors: { pointer: string }[] }>('/tasks', {
        body: { ...body, alerts: wrong },
      });
      expect([answer.status, answer.body.errors[0]?.pointer]).to.deep.equal([422, pointer]);
    }
  });
});
