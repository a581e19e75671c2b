import { expect } from 'chai';
import { seedDevice, startNbi, type Nbi } from './harness.js';

interface Entry extends Record<string, unknown> {
  id: string;
  at: string;
  version: number;
}

describe('NBI: scheduled connection requests', () => {
  const soon = '2100-01-01T02:00:00.000Z';
  const later = '2100-01-02T02:00:00.000Z';
  let nbi: Nbi;
  let path: string;
  before(async () => {
    nbi = await startNbi();
    path = `/devices/${encodeURIComponent(await seedDevice(nbi, 'CALLS', { domain: '/south/' }))}/scheduled-connections`;
  });
  after(() => nbi.close());

  it('are made, listed, moved by their version, and deleted', async () => {
    const made = await nbi.call<Entry>(path, { body: { at: soon } });
    expect(made.status, JSON.stringify(made.body)).to.equal(201);
    expect(made.body).to.include({ at: soon, by: 'admin' });
    const one = `${path}/${made.body.id}`;
    expect((await nbi.call<{ items: Entry[] }>(path)).body.items).to.deep.equal([made.body]);
    const match = { 'if-match': `"${made.body.version}"` };
    const moved = await nbi.call<Entry>(one, { method: 'PATCH', body: { at: later }, headers: match });
    expect(moved.body.at).to.equal(later);
    const stale = await nbi.call(one, { method: 'PATCH', body: { at: soon }, headers: match });
    expect(stale.status).to.equal(412);
    expect((await nbi.call(one, { method: 'DELETE' })).status).to.equal(204);
    expect((await nbi.call(one, { method: 'DELETE' })).status).to.equal(404);
  });

  it('refuse what is no time to come', async () => {
    for (const at of ['2020-01-01T00:00:00Z', 'tomorrow', 5, null]) {
      const { status, body } = await nbi.call<{ errors: { pointer: string }[] }>(path, { body: { at } });
      expect(status, String(at)).to.equal(422);
      expect(body.errors[0]?.pointer).to.equal('/at');
    }
  });

  it('are made by who may connect the device, and seen in its domain only', async () => {
    const reader = await nbi.userWith(['api', 'devices.read']);
    expect((await nbi.call(path, { token: reader })).status).to.equal(200);
    expect((await nbi.call(path, { token: reader, body: { at: soon } })).status).to.equal(403);
    const north = await nbi.userWith(['api', 'devices', 'device.connect'], { domain: '/north/' });
    expect((await nbi.call(path, { token: north })).status).to.equal(404);
    expect((await nbi.call(path, { token: north, body: { at: soon } })).status).to.equal(404);
  });
});
