import { expect } from 'chai';
import { seedDevice, startNbi, type Nbi } from './harness.js';

interface Problem {
  code: string;
  detail: string;
  errors?: { pointer: string; code: string }[];
}

interface Page<T = Record<string, unknown>> {
  items: T[];
  next: string | null;
  total?: number;
}

const MASK = '••••••';

describe('NBI: groups', () => {
  let nbi: Nbi;
  before(async () => {
    nbi = await startNbi();
    await nbi.groups.queue.close();
  });
  after(() => nbi.close());

  const make = (name: string, more: Record<string, unknown> = {}) =>
    nbi.call('/groups', { body: { name, ...more } });
  const at = (name: string, rest = ''): string => `/groups/${encodeURIComponent(name)}${rest}`;
  const of = (device: string, rest = ''): string => `/devices/${encodeURIComponent(device)}${rest}`;

  describe('records', () => {
    it('are made, read, changed and deleted, with ETags and the names of what stands in the way', async () => {
      const made = await make('root.crud', { description: 'a', priority: 4 });
      expect(made.status).to.equal(201);
      expect(made.headers.location).to.equal('/api/v1/groups/root.crud');
      expect((await make('root.crud')).status).to.equal(409);
      expect((await make('root.crud.sub (1)')).status).to.equal(201);
      expect((await nbi.call(at('root.crud.sub (1)'))).body).to.include({
        ...{ parent: 'root.crud', segment: 'sub (1)', priority: null, effectivePriority: 4, kind: 'user' },
      });
      const etag = made.headers.etag ?? '';
      const patch = { method: 'PATCH', body: { description: 'b' }, headers: { 'if-match': etag } };
      expect((await nbi.call(at('root.crud'), patch)).body).to.include({ description: 'b', priority: 4 });
      expect((await nbi.call(at('root.crud'), patch)).status).to.equal(412);
      const put = await nbi.call(at('root.crud'), { method: 'PUT', body: { description: 'c' } });
      expect(put.body).to.include({ description: 'c', priority: null });
      expect((await nbi.call(at('root.put'), { method: 'PUT', body: {} })).status).to.equal(201);
      const refused = await nbi.call<Problem>(at('root.crud'), { method: 'DELETE' });
      expect([refused.status, refused.body.code]).to.deep.equal([409, 'in-use']);
      expect(refused.body.detail).to.include('root.crud.sub (1)');
      const manager = await nbi.userWith(['groups.manage', 'groups.view', 'api.groups']);
      const deletion = { method: 'DELETE', token: manager };
      expect((await nbi.call(at('root.crud', '?subgroups=true'), deletion)).status).to.equal(403);
      expect((await nbi.call(at('root.crud', '?subgroups=true'), { method: 'DELETE' })).status).to.equal(204);
      expect((await nbi.call(at('root.crud'))).status).to.equal(404);
    });

    it('are listed by name in pages, by parent, kind and part of the name', async () => {
      for (const name of ['root.l', 'root.l.a', 'root.l.b', 'root.l.b.x']) await make(name);
      const first = await nbi.call<Page<{ name: string }>>('/groups?q=root.l&limit=2&count=true');
      expect(first.body.total).to.equal(4);
      const second = await nbi.call<Page<{ name: string }>>(
        `/groups?q=root.l&limit=2&cursor=${first.body.next}`,
      );
      const names = [...first.body.items, ...second.body.items].map(({ name }) => name);
      expect(names).to.deep.equal(['root.l', 'root.l.a', 'root.l.b', 'root.l.b.x']);
      expect(second.body.next).to.equal(null);
      const children = await nbi.call<Page<{ name: string }>>('/groups?parent=root.l');
      expect(children.body.items.map(({ name }) => name)).to.deep.equal(['root.l.a', 'root.l.b']);
      const system = await nbi.call<Page<{ name: string }>>('/groups?kind=system');
      expect(system.body.items.map(({ name }) => name)).to.include('root.devicetypes');
    });

    it('refuse wrong names, and edits of what is the system’s', async () => {
      const wrong = await nbi.call<Problem>('/groups', { body: { name: 'root.a:b' } });
      expect([wrong.status, wrong.body.errors?.[0]?.pointer]).to.deep.equal([422, '/name']);
      const edit = { method: 'PATCH', body: { description: 'mine' } };
      expect((await nbi.call(at('root.incoming'), edit)).status).to.equal(409);
      expect((await nbi.call(at('root.cwmp'), { method: 'DELETE' })).status).to.equal(409);
    });

    it('out of the caller’s domain are not there, whatever is asked of them', async () => {
      await make('root.two', { domain: '/two/' });
      await make('root.one', { domain: '/one/' });
      const keys = ['groups', 'devices', 'api'];
      const token = await nbi.userWith(keys, { domain: '/one/' });
      const call = (path: string, options = {}) =>
        nbi.call<Page<{ name: string }>>(path, { token, ...options });
      expect((await call('/groups')).body.items.map(({ name }) => name)).to.deep.equal(['root.one']);
      const device = await seedDevice(nbi, 'DOM', { domain: '/one/' });
      for (const [path, options] of [
        [at('root.two'), {}],
        [at('root.two'), { method: 'PATCH', body: { description: 'x' } }],
        [at('root.two'), { method: 'DELETE' }],
        [at('root.two', '/members'), {}],
        [at('root.two', '/members'), { body: { devices: [device] } }],
        [at('root.two', '/profile'), {}],
        [at('root.two', '/effective-profile'), {}],
        [at('root.two', '/migrations'), {}],
        [at('root.two', '/statistics'), {}],
        [of(device, '/groups'), { body: { groups: ['root.two'] } }],
        [of(device), { method: 'PATCH', body: { groups: ['root', 'root.cwmp', 'root.two'] } }],
        ['/groups', { body: { name: 'root.two.mine' } }],
      ] as const)
        expect((await call(path, options)).status, path).to.equal(404);
      expect((await call('/groups', { body: { name: 'root.one.mine' } })).body).to.include({
        domain: '/one/',
      });
    });

    it('need their permissions', async () => {
      const token = await nbi.userWith(['groups.view', 'api']);
      const calls = {
        'groups.manage': () =>
          nbi.call<Problem & { requiredPermission: string }>('/groups', { token, body: { name: 'root.x' } }),
        'devices.groups': () =>
          nbi.call<Problem & { requiredPermission: string }>(at('root.cwmp', '/members'), {
            token,
            body: { search: {} },
          }),
        'groups.migrations': () =>
          nbi.call<Problem & { requiredPermission: string }>(at('root', '/migrations'), {
            token,
            body: { condition: '1', destination: 'root.x' },
          }),
        'groups.profiles': () =>
          nbi.call<Problem & { requiredPermission: string }>(at('root', '/profile'), {
            token,
            method: 'PATCH',
            body: {},
            headers: { 'if-match': '"0"' },
          }),
      };
      for (const [permission, call] of Object.entries(calls)) {
        const { status, body } = await call();
        expect([status, body.requiredPermission], permission).to.deep.equal([403, permission]);
      }
    });
  });

  describe('members', () => {
    it('join by identity and by search, are listed with those below, and leave', async () => {
      await make('root.m');
      await make('root.m.sub');
      const ids = [];
      for (const serial of ['M1', 'M2', 'M3']) ids.push(await seedDevice(nbi, serial, { model: 'MM' }));
      const [first = '', second = ''] = ids;
      const named = await nbi.call(at('root.m', '/members'), { body: { devices: [first, 'nobody'] } });
      expect(named.body).to.deep.equal({ changed: 1, missing: ['nobody'] });
      const search = { search: { filter: 'model eq "MM"' } };
      expect((await nbi.call(at('root.m.sub', '/members'), { body: search })).body).to.include({
        changed: 3,
      });
      const list = (rest: string) => nbi.call<Page<{ id: string }>>(at('root.m', `/members?${rest}`));
      expect((await list('')).body.items.map(({ id }) => id)).to.deep.equal([first]);
      expect((await list('subgroups=true&limit=2&count=true')).body).to.include({ total: 3 });
      expect((await nbi.call(at('root.m', '/statistics'))).body).to.include({ direct: 1, total: 3 });
      expect((await nbi.call(at('root.m', `/members/${first}`), { method: 'DELETE' })).status).to.equal(204);
      expect((await nbi.call(at('root.m', `/members/${first}`), { method: 'DELETE' })).status).to.equal(404);
      const leaving = { body: { devices: [second], subgroups: true } };
      expect((await nbi.call(at('root.m', '/members/remove'), leaving)).body).to.include({ changed: 1 });
      expect((await nbi.call(at('root.m', '/detach-all'), { body: { subgroups: true } })).body).to.include({
        changed: 2,
      });
      const { body } = await nbi.call<Page>(at('root.m', '/statistics?refresh=true'));
      expect(body).to.include({ direct: 0, total: 0 });
    });

    it('are told by device with who let it join', async () => {
      await make('root.g');
      const id = await seedDevice(nbi, 'G1');
      const joined = await nbi.call<Page>(of(id, '/groups'), { body: { groups: ['root.g'] } });
      expect(joined.status).to.equal(200);
      const { body } = await nbi.call<Page<{ name: string; direct: boolean; joined: { by: string } | null }>>(
        of(id, '/groups'),
      );
      const group = body.items.find(({ name }) => name === 'root.g');
      expect([group?.direct, group?.joined?.by]).to.deep.equal([true, 'admin']);
      expect((await nbi.call(of(id, '/groups/root.g'), { method: 'DELETE' })).status).to.equal(204);
      const activity = await nbi.call<Page<{ kind: string; by: string }>>(of(id, '/activity?limit=1'));
      expect(activity.body.items[0]).to.include({ kind: 'group.left', by: 'admin' });
      const older = await nbi.call<Page<{ kind: string }>>(of(id, `/activity?cursor=${activity.body.next}`));
      expect(older.body.items[0]).to.include({ kind: 'group.joined' });
    });
  });

  describe('migration rules', () => {
    it('are made, tried, run, changed and deleted', async () => {
      await make('root.mig');
      const id = await seedDevice(nbi, 'MIG');
      await nbi.call(of(id, '/groups'), { body: { groups: ['root.mig'] } });
      const draft = { condition: "${device.serialNumber == 'MIG'}", destination: 'root.migrated' };
      const dry = await nbi.call<Page>(at('root.mig', '/migrations/dry-run'), { body: draft });
      expect(dry.body).to.deep.include({ members: 1, matched: 1 });
      const made = await nbi.call<{ id: string }>(at('root.mig', '/migrations'), {
        body: { ...draft, remove: true },
      });
      expect(made.status).to.equal(201);
      const rule = at('root.mig', `/migrations/${made.body.id}`);
      expect((await nbi.call(`${rule}/dry-run`, { method: 'POST' })).body).to.include({ matched: 1 });
      expect((await nbi.call(`${rule}/run`, { method: 'POST' })).status).to.equal(202);
      await nbi.groups.runs.settled();
      expect((await nbi.call<{ run: object }>(rule)).body.run).to.include({ state: 'finished', moved: 1 });
      expect((await nbi.call<{ groups: string[] }>(of(id))).body.groups).to.include('root.migrated');
      expect((await nbi.call(`${rule}/run`, { method: 'DELETE' })).status).to.equal(409);
      const patched = await nbi.call(rule, { method: 'PATCH', body: { active: false, notes: 'later' } });
      expect(patched.body).to.include({ active: false, notes: 'later', version: 2 });
      expect((await nbi.call<Page>(at('root.mig', '/migrations'))).body.items).to.have.length(1);
      expect((await nbi.call(rule, { method: 'DELETE' })).status).to.equal(204);
      expect((await nbi.call(rule)).status).to.equal(404);
    });

    it('with a wrong expression are refused at their field', async () => {
      const body = { condition: '${device.nothing}', destination: 'root.x.' };
      const answer = await nbi.call<Problem>(at('root', '/migrations'), { body });
      expect(answer.status).to.equal(422);
      expect(answer.body.errors?.map(({ pointer }) => pointer)).to.deep.equal(['/condition', '/destination']);
    });
  });

  describe('profiles', () => {
    interface Profile {
      items: { name: string; value: string; secret: boolean; lock: string | null }[];
      version: number;
    }
    const etag = async (name: string) => (await nbi.call(at(name, '/profile'))).headers.etag ?? '';
    const patch = async (name: string, body: unknown, token?: string) =>
      nbi.call<Profile & Problem>(at(name, '/profile'), {
        ...{ method: 'PATCH', body, headers: { 'if-match': await etag(name) } },
        ...(token !== undefined && { token }),
      });

    it('ask for If-Match, keep secrets sealed and masked, and take masks back', async () => {
      await make('root.p');
      const blind = await nbi.call(at('root.p', '/profile'), { method: 'PATCH', body: {} });
      expect(blind.status).to.equal(428);
      const set = { key: { value: 'hush', secret: true }, plain: { value: '1', lock: 'groups' } };
      expect((await patch('root.p', set)).status).to.equal(200);
      const stored = JSON.stringify(await nbi.store.profiles.findById('root.p').lean());
      expect(stored).to.not.include('hush');
      const reader = await nbi.userWith(['groups.view', 'api']);
      const seen = await nbi.call<Profile>(at('root.p', '/profile'), { token: reader });
      expect(seen.body.items.map(({ name, value, lock }) => [name, value, lock])).to.deep.equal([
        ['key', MASK, null],
        ['plain', '1', 'groups'],
      ]);
      const put = await nbi.call<Profile>(at('root.p', '/profile'), {
        ...{ method: 'PUT', headers: { 'if-match': await etag('root.p') } },
        body: { key: { value: MASK } },
      });
      expect(put.body.items).to.have.length(1);
      expect(put.body.items[0]).to.include({ name: 'key', secret: true, value: 'hush' });
      const audit = await nbi.store.audit.find({ action: { $in: ['patchProfile', 'putProfile'] } }).lean();
      expect(JSON.stringify(audit)).to.include(MASK).and.not.include('hush');
    });

    it('let nobody lock without the permission, nor write names of the ACS or values that a descriptor forbids', async () => {
      await make('root.pl');
      const editor = await nbi.userWith(['groups.profiles', 'groups.view', 'api']);
      expect((await patch('root.pl', { a: { value: '1', lock: 'groups' } }, editor)).status).to.equal(403);
      expect((await patch('root.pl', { a: { value: '1' } }, editor)).status).to.equal(200);
      for (const [body, code] of [
        [{ 'sys.x': { value: '1' } }, 'read-only'],
        [{ periodicInformInterval: { value: 'often' } }, 'type'],
        [{ unheard: { lock: 'groups' } }, 'required'],
      ] as const) {
        const answer = await patch('root.pl', body);
        expect([answer.status, answer.body.errors?.[0]?.code]).to.deep.equal([422, code]);
      }
    });

    it('say beforehand how many devices a change would reach, and are copied', async () => {
      await make('root.pi');
      await make('root.pi.sub');
      await patch('root.pi.sub', { n: { value: 'sub' } });
      for (const [serial, group] of [
        ['PI1', 'root.pi'],
        ['PI2', 'root.pi'],
        ['PI3', 'root.pi.sub'],
      ] as const) {
        const id = await seedDevice(nbi, serial);
        await nbi.call(of(id, '/groups'), { body: { groups: [group] } });
        if (serial === 'PI2')
          await nbi.call(of(id, '/properties/n'), { method: 'PUT', body: { value: 'own' } });
      }
      const impact = (lock: string | null) =>
        nbi.call(at('root.pi', '/profile/impact'), { body: { n: { value: 'new', lock } } });
      expect((await impact(null)).body).to.include({ members: 3, devices: 1 });
      expect((await impact('groups')).body).to.include({ devices: 2 });
      expect((await impact('groups-and-devices')).body).to.include({ devices: 3 });
      const copied = await nbi.call<Profile>(at('root.pi', '/profile/copy'), {
        headers: { 'if-match': await etag('root.pi') },
        body: { from: 'root.pi.sub', names: ['n'] },
      });
      expect(copied.body.items[0]).to.include({ name: 'n', value: 'sub' });
    });

    it('are computed for groups and devices, with source, lock and losers', async () => {
      await make('root.pc');
      await patch('root', { where: { value: 'root' } });
      await patch('root.pc', { where: { value: 'group', lock: 'groups' } });
      const id = await seedDevice(nbi, 'PC');
      await nbi.call(of(id, '/groups'), { body: { groups: ['root.pc'] } });
      await nbi.call(of(id, '/properties'), { method: 'PATCH', body: { where: { value: 'device' } } });
      interface Effective {
        items: { name: string; value: string; source: object; losers: { value: string }[] }[];
      }
      const group = await nbi.call<Effective>(at('root.pc', '/effective-profile?q=where'));
      expect(group.body.items[0]).to.deep.include({
        value: 'group',
        source: { kind: 'group', group: 'root.pc' },
      });
      const device = await nbi.call<Effective>(of(id, '/profile?q=where'));
      expect(device.body.items[0]?.value).to.equal('device');
      expect(device.body.items[0]?.losers.map(({ value }) => value)).to.deep.equal(['group', 'root']);
      await patch('root', { where: null });
    });
  });

  describe('properties of devices', () => {
    interface Properties {
      items: { name: string; value: string; secret: boolean }[];
    }

    it('are set, replaced and removed; secrets need their own permission and are sealed', async () => {
      const id = await seedDevice(nbi, 'PROP');
      const operator = await nbi.userWith(['devices.properties', 'devices.read', 'devices.edit', 'api']);
      const secret = { method: 'PUT', body: { value: 'hush', secret: true } };
      expect((await nbi.call(of(id, '/properties/ppp'), { ...secret, token: operator })).status).to.equal(
        403,
      );
      expect((await nbi.call(of(id, '/properties/ppp'), secret)).body).to.include({
        value: 'hush',
        secret: true,
      });
      const plain = { method: 'PATCH', body: { 'a.b/c': { value: '1' } }, token: operator };
      expect((await nbi.call(of(id, '/properties'), plain)).status).to.equal(200);
      const list = await nbi.call<Properties>(of(id, '/properties'), { token: operator });
      expect(list.body.items).to.deep.equal([
        { name: 'a.b/c', value: '1', secret: false },
        { name: 'ppp', value: MASK, secret: true },
      ]);
      const shown = await nbi.call<{ properties: object }>(of(id), { token: operator });
      expect(shown.body.properties).to.deep.equal({ 'a.b/c': '1', ppp: MASK });
      const back = await nbi.call(of(id), {
        method: 'PATCH',
        token: operator,
        body: { properties: { ppp: MASK } },
      });
      expect(back.status).to.equal(200);
      const over = { method: 'PATCH', token: operator, body: { properties: { ppp: 'clear' } } };
      expect((await nbi.call(of(id), over)).status).to.equal(403);
      const stored = JSON.stringify(await nbi.store.devices.findById(id).lean());
      expect(stored).to.not.include('hush');
      const put = { method: 'PUT', body: { ppp: { value: MASK } } };
      expect((await nbi.call<Properties>(of(id, '/properties'), put)).body.items).to.deep.equal([
        { name: 'ppp', value: 'hush', secret: true },
      ]);
      expect((await nbi.call(of(id, '/properties/ppp'), { method: 'DELETE' })).status).to.equal(204);
      expect((await nbi.call(of(id, '/properties/ppp'))).status).to.equal(404);
      const audit = await nbi.store.audit.find({ object: id }).lean();
      expect(JSON.stringify(audit)).to.not.include('hush');
    });

    it('that begin with sys. or break their descriptor are refused', async () => {
      const id = await seedDevice(nbi, 'PROPX');
      const answer = await nbi.call<Problem>(of(id, '/properties'), {
        ...{ method: 'PATCH', body: { 'sys.a': { value: '1' }, latitude: { value: 'north' } } },
      });
      expect(answer.status).to.equal(422);
      expect(answer.body.errors?.map(({ pointer }) => pointer)).to.deep.equal(['/sys.a', '/latitude']);
      const old = await nbi.call(of(id), { method: 'PATCH', body: { properties: { 'sys.a': '1' } } });
      expect(old.status).to.equal(422);
    });

    it('are described by the ACS and by whom may for the whole installation', async () => {
      interface List {
        items: { name: string; predefined: boolean }[];
      }
      const list = await nbi.call<List>('/property-descriptors');
      expect(list.body.items.find(({ name }) => name === 'dialectName')).to.include({ predefined: true });
      const tenant = await nbi.userWith(['groups.profiles', 'api'], { domain: '/one/' });
      const put = { method: 'PUT', body: { allowed: ['gold', 'silver'], default: 'silver' } };
      expect((await nbi.call('/property-descriptors/plan', { ...put, token: tenant })).status).to.equal(403);
      expect((await nbi.call('/property-descriptors/plan', put)).status).to.equal(201);
      expect((await nbi.call('/property-descriptors/plan', put)).status).to.equal(200);
      const id = await seedDevice(nbi, 'PLAN');
      const wrong = { method: 'PUT', body: { value: 'tin' } };
      expect((await nbi.call(of(id, '/properties/plan'), wrong)).status).to.equal(422);
      const effective = await nbi.call<{ items: object[] }>(of(id, '/profile?q=plan'));
      expect(effective.body.items[0]).to.deep.include({
        value: 'silver',
        source: { kind: 'default', group: null },
      });
      const remove = { method: 'DELETE' };
      expect((await nbi.call('/property-descriptors/plan', remove)).status).to.equal(204);
      expect((await nbi.call('/property-descriptors/dialectName', remove)).status).to.equal(409);
    });
  });
});
