import { expect } from 'chai';
import { seedDevice, startNbi, type Nbi } from './harness.js';

describe('NBI: searches by what is secret', () => {
  let nbi: Nbi;
  let reader: string;
  let trusted: string;
  before(async () => {
    nbi = await startNbi();
    const device = await seedDevice(nbi, 'SECRET');
    await nbi.store.devices.updateOne(
      { _id: device },
      { $set: { 'properties.adminPassword': 'open sesame', 'properties.site': 'A' } },
    );
    reader = await nbi.userWith(['api', 'devices', 'groups']);
    trusted = await nbi.userWith(['api', 'devices', 'groups', 'secrets.view']);
  });
  after(() => nbi.close());

  const filter = (text: string): string => `/devices?filter=${encodeURIComponent(text)}`;
  const asked = [
    filter('property["adminPassword"] startsWith "o"'),
    filter('not (property["adminPassword"] startsWith "o") or model eq "X1"'),
    filter('property["site"] eq "A" and property["adminPassword"] matches "o.*"'),
    '/devices?property.adminPassword=open%20sesame',
    `/groups/root/members?filter=${encodeURIComponent('property["adminPassword"] contains "s"')}`,
  ];

  for (const path of asked)
    it(`tell nothing to those who may not see it: ${decodeURIComponent(path)}`, async () => {
      const refused = await nbi.call(path, { token: reader });
      expect(refused.status, JSON.stringify(refused.body)).to.equal(403);
      expect(refused.body.requiredPermission).to.equal('secrets.view');
      expect((await nbi.call(path, { token: trusted })).status).to.equal(200);
    });

  it('leave other properties to everybody', async () => {
    const found = await nbi.call<{ items: unknown[] }>(filter('property["site"] eq "A"'), { token: reader });
    expect(found.body.items).to.have.length(1);
  });
});
