import { expect } from 'chai';
import { seedDevice, startNbi, type Nbi } from './harness.js';

type Json = Record<string, unknown>;
interface List extends Json {
  items: Json[];
  next: string | null;
}

describe('NBI: histories over all tasks', () => {
  let nbi: Nbi;
  let device: string;
  let north: string;
  const read = { type: 'GetValues', config: { parameter: [{ name: 'Device.' }] } };

  before(async () => {
    nbi = await startNbi();
    device = await seedDevice(nbi, 'H1');
    north = await seedDevice(nbi, 'H2', { domain: '/north/' });
  });
  after(() => nbi.close());

  const add = async (body: Json): Promise<string> => {
    const answer = await nbi.call('/tasks', { body: { ...read, ...body } });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    return String(answer.body.id);
  };
  const list = async (path: string, token?: string): Promise<List> => {
    const { status, body } = await nbi.call<List>(path, token === undefined ? {} : { token });
    expect(status, JSON.stringify(body)).to.equal(200);
    return body;
  };
  const keys = ['tasks.view', 'api.tasks', 'api.executions'];

  describe('of definitions', () => {
    let task: string;
    let template: string;

    before(async () => {
      task = await add({ device, name: 'first' });
      await nbi.call(`/tasks/${encodeURIComponent(task)}`, { method: 'PATCH', body: { priority: 3 } });
      await add({ group: 'root', name: 'for all' });
      await add({ device: north, domain: '/north/' });
      const made = await nbi.call('/templates', { body: { name: 'Read all', ...read } });
      template = String(made.body.id);
      await nbi.call(`/tasks/${encodeURIComponent(task)}`, { method: 'DELETE' });
    });
    const changes = ({ items }: List) => items.map(({ kind, task: of }) => `${String(kind)} ${String(of)}`);

    it('tells every change, the newest first, deletions and templates too', async () => {
      expect(changes(await list('/tasks/edition-log'))).to.deep.equal([
        `deleted ${task}`,
        `created t:${template}`,
        `created d:${north}:1`,
        'created g:root:1',
        `modified ${task}`,
        `created ${task}`,
      ]);
    });

    it('is narrowed by object, target, user, kind and period, and paged', async () => {
      const cases: [string, number][] = [
        ['object=template', 1],
        ['object=task', 5],
        [`device=${device}`, 3],
        ['group=root', 1],
        ['kind=modified', 1],
        [`task=${encodeURIComponent(task)}&kind=deleted`, 1],
        ['user=admin', 6],
        ['user=nobody', 0],
        ['to=2020-01-01T00:00:00Z', 0],
        ['from=2020-01-01T00:00:00Z', 6],
      ];
      for (const [query, count] of cases)
        expect((await list(`/tasks/edition-log?${query}`)).items.length, query).to.equal(count);
      const first = await list('/tasks/edition-log?limit=4');
      const second = await list(`/tasks/edition-log?limit=4&cursor=${first.next ?? ''}`);
      expect([first.items.length, second.items.length, second.next]).to.deep.equal([4, 2, null]);
    });

    it('shows a tenant what its domain holds, also of what was written before domains were kept', async () => {
      const token = await nbi.userWith(keys, { domain: '/north/' });
      const mine = [`created d:${north}:1`];
      expect(changes(await list('/tasks/edition-log', token))).to.deep.equal(mine);
      await nbi.store.editionLogs.collection.updateMany({}, { $unset: { domain: '' } });
      expect(changes(await list('/tasks/edition-log', token))).to.deep.equal(mine);
    });

    it('exports as CSV', async () => {
      const { body } = await nbi.call<string>('/tasks/edition-log?kind=deleted', {
        headers: { accept: 'text/csv' },
      });
      const [head, line] = body.split('\r\n');
      expect(head).to.equal('at,user,kind,task,device,group,before,after');
      expect(line).to.contain(`,admin,deleted,${task},${device},,`);
    });
  });

  describe('of runs', () => {
    before(async () => {
      const run = (id: string, on: string, status: 'SUCCESS' | 'ERROR', at: string) => ({
        ...{ _id: id, execution: id, task: `d:${on}:9`, device: on, type: 'GetValues', taskName: '', run: 1 },
        ...{ startTime: new Date(at), finishTime: new Date(new Date(at).getTime() + 4_200), status },
        ...{ summary: status === 'ERROR' ? '9002 Internal error' : '', fault: null, details: [] },
        expiresAt: new Date('2100-01-01T00:00:00Z'),
      });
      await nbi.store.executionLogs.create([
        run('aaaaaaaaaaaaaaaaaaaaaaa1', device, 'SUCCESS', '2026-01-01T10:00:00Z'),
        run('aaaaaaaaaaaaaaaaaaaaaaa2', device, 'ERROR', '2026-01-02T10:00:00Z'),
        run('aaaaaaaaaaaaaaaaaaaaaaa3', north, 'SUCCESS', '2026-01-03T10:00:00Z'),
      ]);
    });
    const runs = ({ items }: List) => items.map(({ device: on, status }) => [on, status]);

    it('lists them over all devices, or of one, by status and period', async () => {
      expect(runs(await list('/executions/history'))).to.deep.equal([
        [north, 'SUCCESS'],
        [device, 'ERROR'],
        [device, 'SUCCESS'],
      ]);
      expect(runs(await list(`/executions/history?device=${device}&status=ERROR,WARNING`))).to.deep.equal([
        [device, 'ERROR'],
      ]);
      const period = 'from=2026-01-01T00:00:00Z&to=2026-01-02T10:00:00Z';
      expect(runs(await list(`/executions/history?${period}`))).to.deep.equal([[device, 'SUCCESS']]);
    });

    it('shows a tenant its own devices alone', async () => {
      const token = await nbi.userWith(keys, { domain: '/north/' });
      expect(runs(await list('/executions/history', token))).to.deep.equal([[north, 'SUCCESS']]);
    });

    it('exports them', async () => {
      const { body } = await nbi.call<string>('/executions/history?status=ERROR', {
        headers: { accept: 'text/csv' },
      });
      expect(body.split('\r\n')[1]).to.equal(
        `${device},d:${device}:9,GetValues,,1,2026-01-02T10:00:00.000Z,2026-01-02T10:00:04.200Z,PT4.2S,ERROR,9002 Internal error`,
      );
    });
  });

  describe('of a device', () => {
    const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));

    before(async () => {
      await nbi.store.addressUses.create([
        { device, address: '10.0.0.1', from: at(1), to: at(5) },
        { device, address: '10.0.0.2', from: at(5), to: null },
        { device: north, address: '10.9.0.1', from: at(1), to: null },
      ]);
      const expiresAt = new Date('2100-01-01T00:00:00Z');
      await nbi.store.valueSamples.create([
        ...[1, 2, 3].map((hour) => ({
          device,
          name: 'load',
          at: at(hour),
          value: String(hour * 10),
          expiresAt,
        })),
        { device, name: 'wifi.1.password', at: at(2), value: 'top secret', expiresAt },
      ]);
    });

    it('tells its addresses, newest first', async () => {
      const first = await list(`/devices/${device}/ip-history?limit=1`);
      expect(first.items).to.deep.equal([{ address: '10.0.0.2', from: at(5).toISOString(), to: null }]);
      const second = await list(`/devices/${device}/ip-history?limit=1&cursor=${first.next ?? ''}`);
      expect(second.items.map(({ address, to }) => [address, to])).to.deep.equal([
        ['10.0.0.1', at(5).toISOString()],
      ]);
      expect(second.next).to.equal(null);
    });

    it('tells samples of one series or of all, in a period', async () => {
      const values = async (query: string) =>
        (await list(`/devices/${device}/value-history?${query}`)).items.map(({ value }) => value);
      expect(await values('name=load')).to.deep.equal(['30', '20', '10']);
      const period = `from=${at(2).toISOString()}&to=${at(3).toISOString()}`;
      expect(await values(`name=load&${period}`)).to.deep.equal(['20']);
      expect((await values('')).length).to.equal(4);
    });

    it('names what is traced, page by page', async () => {
      const first = await list(`/devices/${device}/value-history/names?limit=1`);
      expect(first.items).to.deep.equal([{ name: 'load', at: at(3).toISOString(), value: '30' }]);
      const second = await list(`/devices/${device}/value-history/names?cursor=${first.next ?? ''}`);
      expect(second.items.map(({ name }) => name)).to.deep.equal(['wifi.1.password']);
    });

    it('hides secret values from who may not see them, in exports too', async () => {
      const keys = ['device.tree', 'devices.export', 'api.devices'];
      const token = await nbi.userWith(keys);
      const path = `/devices/${device}/value-history?name=wifi.1.password`;
      expect((await list(path, token)).items[0]?.value).to.equal('••••••');
      expect((await list(path)).items[0]?.value).to.equal('top secret');
      const { body } = await nbi.call<string>(path, { token, headers: { accept: 'text/csv' } });
      expect(body).to.equal(`name,at,value\r\nwifi.1.password,${at(2).toISOString()},••••••\r\n`);
    });

    it('is not there for who does not see the device', async () => {
      const token = await nbi.userWith(['devices.read', 'device.tree', 'api.devices'], { domain: '/north/' });
      for (const what of ['ip-history', 'value-history', 'value-history/names'])
        expect((await nbi.call(`/devices/${device}/${what}`, { token })).status, what).to.equal(404);
    });

    it('refuses a foreign cursor', async () => {
      const { next } = await list(`/devices/${device}/value-history?limit=1`);
      const answer = await nbi.call(`/devices/${device}/ip-history?cursor=${next ?? ''}`);
      expect(answer.status).to.equal(400);
    });
  });
});
