import { expect } from 'chai';
import { FormData, request } from 'undici';
import { ValidationError } from '../../common/errors.js';
import { ADMIN, seedDevice, startNbi, type Nbi } from './harness.js';

/** What no domain looks like. */
const WRONG = ['/org1', 'org1/', 'org1', '//', ''];

interface Problem {
  code: string;
  errors: { pointer: string }[];
}
interface Page {
  items: Record<string, string>[];
}

describe('domains in the northbound interface', () => {
  let nbi: Nbi;
  let device: string;
  const devices = new Map<string, string>();
  before(async () => {
    nbi = await startNbi();
    device = await seedDevice(nbi, 'D0');
    devices.set('/', device);
    // Two whose names begin alike.
    for (const domain of ['/org1/', '/org1/a/', '/org10/']) {
      const name = domain.replaceAll('/', '-');
      const id = await seedDevice(nbi, `D${name}`, { domain });
      devices.set(domain, id);
      await nbi.call('/users', { body: { login: `user${name}`, domain } });
      await nbi.call('/tasks', { body: { device: id, type: 'Reboot', domain, anonymous: false, name } });
      await resource(name, domain);
    }
  });
  after(() => nbi.close());

  async function resource(name: string, domain: string): Promise<{ status: number; body: Problem }> {
    const form = new FormData();
    form.append('category', 'firmware');
    form.append('name', name);
    form.append('domain', domain);
    form.append('file', new Blob(['x']), `${name}.bin`);
    const token = await nbi.login(ADMIN.login, ADMIN.password);
    const answer = await request(`${nbi.base}/api/v1/resources`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
    });
    return { status: answer.statusCode, body: (await answer.body.json()) as Problem };
  }

  for (const domain of WRONG) {
    const pointers = ({ body }: { body: Problem }): string[] => body.errors.map(({ pointer }) => pointer);
    const objects = {
      user: () => nbi.call<Problem>('/users', { body: { login: 'wrong', domain } }),
      'user who is changed': () =>
        nbi.call<Problem>('/users/user-org1-', {
          method: 'PATCH',
          body: { domain },
          headers: { 'if-match': '*' },
        }),
      device: () =>
        nbi.call<Problem>('/devices', {
          body: { oui: '02A0C4', productClass: 'GW', serialNumber: 'WRONG', domain },
        }),
      'device that is changed': () =>
        nbi.call<Problem>(`/devices/${device}`, {
          method: 'PATCH',
          body: { domain },
          headers: { 'if-match': '*' },
        }),
      task: () => nbi.call<Problem>('/tasks', { body: { device, type: 'Reboot', domain } }),
      file: () => resource('wrong', domain),
    };
    for (const [what, send] of Object.entries(objects))
      it(`refuses "${domain}" for a ${what}, and points to it`, async () => {
        const answer = await send();
        expect(answer.status).to.equal(422);
        expect(pointers(answer)).to.include('/domain');
      });
  }

  it('refuses a user of a wrong one that is made past the interface', async () => {
    const made = nbi.server.accounts.create({ login: 'direct', domain: '/org1' });
    expect(await made.catch((error: unknown) => error)).to.be.instanceOf(ValidationError);
  });

  for (const domain of ['/org1/', '/org1', 'org1'])
    it(`finds by domain=${domain} what is in /org1/ and below it, and nothing of /org10/`, async () => {
      const found = async (path: string, field: string): Promise<string[]> => {
        const { body } = await nbi.call<Page>(`${path}?domain=${encodeURIComponent(domain)}&limit=100`);
        return body.items.map((item) => item[field] ?? '').sort();
      };
      expect(await found('/users', 'login')).to.deep.equal(['user-org1-', 'user-org1-a-']);
      expect(await found('/tasks', 'name')).to.deep.equal(['-org1-', '-org1-a-']);
      expect(await found('/devices', 'domain')).to.deep.equal(['/org1/', '/org1/a/']);
    });

  for (const domain of ['/org1/', '/org1'])
    it(`shows a user of ${domain} what is in /org1/ and below it, and nothing of /org10/`, async () => {
      const token = await nbi.userWith(['api', 'devices', 'tasks', 'admin', 'resources'], {
        domain: '/org1/',
      });
      const login = (await nbi.call<{ login: string }>('/me', { token })).body.login;
      // As an older version may have stored it.
      await nbi.store.users.updateOne({ _id: login }, { $set: { domain } });
      const found = async (path: string, field: string): Promise<string[]> => {
        const { body } = await nbi.call<Page>(`${path}?limit=100`, { token });
        return body.items.map((item) => item[field] ?? '').sort();
      };
      expect(await found('/devices', 'domain')).to.deep.equal(['/org1/', '/org1/a/']);
      expect(await found('/tasks', 'name')).to.deep.equal(['-org1-', '-org1-a-']);
      expect(await found('/resources', 'name')).to.deep.equal(['-org1-', '-org1-a-']);
      expect(await found('/users', 'login')).to.include.members(['user-org1-', 'user-org1-a-']);
      expect(await found('/users', 'login')).not.to.include('user-org10-');
      for (const [of, status] of [
        ['/org1/a/', 200],
        ['/org10/', 404],
        ['/', 404],
      ] as const) {
        const id = encodeURIComponent(devices.get(of) ?? '');
        expect((await nbi.call(`/devices/${id}`, { token })).status).to.equal(status);
      }
      await nbi.store.users.deleteOne({ _id: login });
    });
});
