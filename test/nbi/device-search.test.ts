import { expect } from 'chai';
import { seedDevice, startNbi, type Nbi } from './harness.js';

type Json = Record<string, unknown>;
interface List extends Json {
  items: { id: string }[];
  next: string | null;
  total?: number;
  notice?: string;
}
interface Problem extends Json {
  errors: { pointer: string; code: string; message: string }[];
}

/** What only looking at each device can tell. */
const ROW_BY_ROW = "${dm.WiFi.SSID.get('1').SSID.value == 'home'}";

describe('NBI: searching devices by expressions', () => {
  let nbi: Nbi;
  let ids: Record<'a' | 'b' | 'c', string>;

  before(async () => {
    nbi = await startNbi();
    ids = {
      a: await seedDevice(nbi, 'A', { model: 'X1' }),
      b: await seedDevice(nbi, 'B', { model: 'X2' }),
      c: await seedDevice(nbi, 'C', { model: 'X2', domain: '/south/' }),
    };
    await nbi.store.devices.updateOne(
      { _id: ids.b },
      { $set: { 'properties.site': 'north', 'properties.adminPassword': 'sesame' } },
    );
    await nbi.trees.save({ _id: ids.c }, [
      { at: new Date(), values: [{ name: 'Device.WiFi.SSID.1.SSID', value: 'cafe', type: 'string' }] },
    ]);
    await nbi.call('/groups', { body: { name: 'root.shops' } });
    await nbi.call('/groups/root.shops/members', { body: { devices: [ids.b, ids.c] } });
  });
  after(() => nbi.close());

  const listed = async (path: string, fields: Json, token?: string): Promise<List> => {
    const { status, body } = await nbi.call<List>(path, { body: fields, ...(token && { token }) });
    expect(status, JSON.stringify(body)).to.equal(200);
    return body;
  };
  const found = async (expression: string, more: Json = {}): Promise<string[]> => {
    const { items } = await listed('/devices/search', { expression, sort: 'identity', ...more });
    return items.map(({ id }) => id);
  };
  const refused = async (path: string, fields: Json): Promise<Problem['errors']> => {
    const { status, body } = await nbi.call<Problem>(path, { body: fields });
    expect(status, JSON.stringify(body)).to.be.oneOf([400, 422]);
    return body.errors;
  };

  it('finds by what the store can decide, without a word on how', async () => {
    const list = await listed('/devices/search', { expression: "${device.modelName == 'X2'}", count: true });
    expect(list.items).to.have.length(2);
    expect(list.total).to.equal(2);
    expect(list).not.to.have.property('notice');
    expect(await found("${device.property.site == 'north'}")).to.deep.equal([ids.b]);
    expect(await found("${device.isInDirectGroup('root.shops')}")).to.deep.equal([ids.b, ids.c]);
  });

  it('finds by parts of texts, which the store decides too', async () => {
    for (const [test, wanted] of [
      ["startsWith('X')", ['a', 'b', 'c']],
      ["endsWith('2')", ['b', 'c']],
      ["contains('1')", ['a']],
    ] as const) {
      const list = await listed('/devices/search', {
        expression: `\${device.modelName.${test}}`,
        sort: 'identity',
      });
      expect(list.items.map(({ id }) => id)).to.deep.equal(wanted.map((name) => ids[name]));
      expect(list).not.to.have.property('notice');
    }
  });

  it('finds by values of the data model, looking at each device that is left', async () => {
    const list = await listed('/devices/search', {
      expression: ROW_BY_ROW,
      filter: 'domain eq "/"',
      sort: 'identity',
      count: true,
    });
    expect(list.items.map(({ id }) => id)).to.deep.equal([ids.a, ids.b]);
    expect(list.total).to.equal(2);
    expect(list.notice).to.match(/^2 devices were looked at one by one/);
  });

  it('finds by groups that it is in, their ancestors too', async () => {
    expect(await found("${device.isInGroup('root')}", { filter: 'model eq "X2"' })).to.deep.equal([
      ids.b,
      ids.c,
    ]);
  });

  it('goes on behind the page before in every order', async () => {
    for (const sort of ['identity', '-identity', '-lastVisit', 'software', 'ip,-model']) {
      const seen: string[] = [];
      let cursor: string | null | undefined;
      do {
        const page: List = await listed('/devices/search', {
          ...{ expression: "${!dm.WiFi.SSID.get('1').SSID.value.isEmpty()}", sort, limit: 1 },
          ...(cursor && { cursor }),
        });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.next;
      } while (cursor !== null);
      expect([...seen].sort(), sort).to.deep.equal([ids.a, ids.b, ids.c].sort());
    }
  });

  it('takes them in the address, in exports and for the members of a group', async () => {
    const query = new URLSearchParams({ expression: ROW_BY_ROW, fields: 'identity' }).toString();
    const csv = await nbi.call<string>(`/devices?${query}`, { headers: { accept: 'text/csv' } });
    expect(csv.body.trim().split(/\r?\n/)).to.have.length(3);
    const members = await nbi.call<List>(`/groups/root.shops/members?${query}`);
    expect(members.body.items.map(({ id }) => id)).to.deep.equal([ids.b]);
    const posted = await listed('/groups/root/members/search', { expression: ROW_BY_ROW, subgroups: true });
    expect(posted.items).to.have.length(2);
    const long = Array.from({ length: 400 }, (_, at) => `serial eq "S${at}-${'x'.repeat(30)}"`).join(' or ');
    expect((await listed('/groups/root.shops/members/search', { filter: long })).items).to.be.empty;
  });

  it('shows the fields that were chosen', async () => {
    const { items } = await listed('/devices/search', {
      expression: "${device.modelName == 'X1'}",
      fields: 'model,parameters.Device.WiFi.SSID.1.SSID',
    });
    expect(items).to.deep.equal([
      { id: ids.a, model: 'X1', parameters: { 'Device.WiFi.SSID.1.SSID': 'home' } },
    ]);
  });

  it('tells no secret, neither of properties nor of parameters', async () => {
    for (const guess of [
      "${device.property.adminPassword == 'sesame'}",
      "${device.hasProperty('adminPassword')}",
      "${device.getProperty('adminPassword', '') != ''}",
      "${dm.WiFi.AccessPoint.get('1').Security.KeyPassphrase.value.startsWith('top')}",
    ])
      expect(await found(guess), guess).to.be.empty;
  });

  it('sees no further than the caller does', async () => {
    const south = await nbi.userWith(['api', 'devices', 'groups'], { domain: '/south/' });
    const list = await listed('/devices/search', { expression: '${true}' }, south);
    expect(list.items.map(({ id }) => id)).to.deep.equal([ids.c]);
  });

  it('tells nothing of the data model to who may not read it', async () => {
    const reader = await nbi.userWith(['api', 'devices.read', 'groups.view']);
    const asked = [
      ['/devices/search', { expression: ROW_BY_ROW }],
      ['/groups/root/members/search', { expression: ROW_BY_ROW }],
      ['/devices/search', { fields: 'identity,parameters.Device.WiFi.SSID.1.SSID' }],
      ['/groups/root/members/search', { fields: 'parameters.Device.WiFi.SSID.1.SSID' }],
    ] as const;
    for (const [path, body] of asked) {
      const answer = await nbi.call(path, { body, token: reader });
      expect(answer.status, JSON.stringify(body)).to.equal(403);
      expect(answer.body.requiredPermission).to.equal('device.tree');
    }
    const plain = await listed('/devices/search', { expression: "${device.modelName == 'X1'}" }, reader);
    expect(plain.items).to.have.length(1);
  });

  it('looks at more devices than fit into memory at once, and pages through them', async () => {
    const many = Array.from({ length: 70 }, (_, at) => `M${String(at).padStart(2, '0')}`);
    for (const serialNumber of many)
      await nbi.inventory.create(
        { oui: '02A0C4', productClass: 'GW', serialNumber, description: 'many' },
        'test',
      );
    const expression =
      "${dm.WiFi.SSID.get('1').SSID.value == null && device.serialNumber.toLowerCase().endsWith('5')}";
    const list = await listed('/devices/search', {
      ...{ expression, filter: 'description eq "many"', sort: 'identity', count: true },
    });
    expect(list.items).to.have.length(7);
    expect(list.total).to.equal(7);
    expect(list.notice).to.match(/^70 devices were looked at/);
  });

  it('refuses what is no expression of a search, with the place', async () => {
    for (const [expression, message] of [
      ['${device.modelName}', /Boolean/],
      ['${device.modelName ==}', /column/],
      ["${task.name == 'x'}", /task/],
    ] as const) {
      const [error] = await refused('/devices/search', { expression });
      expect(error?.pointer, expression).to.equal('/expression');
      expect(error?.message).to.match(message);
      expect(await refused('/filters', { list: 'devices', name: 'bad', expression })).to.have.length(1);
    }
  });

  it('keeps them in saved filters; campaigns take those that the store can decide', async () => {
    const saved = async (name: string, expression: string): Promise<string> => {
      const { status, body } = await nbi.call<{ id: string }>('/filters', {
        body: { list: 'devices', name, expression },
      });
      expect(status, JSON.stringify(body)).to.equal(201);
      return body.id;
    };
    const x2 = await saved('x2', "${device.modelName == 'X2'}");
    const home = await saved('home', ROW_BY_ROW);
    const { items } = await listed('/devices/search', { savedFilter: home, filter: 'model eq "X2"' });
    expect(items.map(({ id }) => id)).to.deep.equal([ids.b]);
    const campaign = await nbi.call<{ id: string }>('/campaigns', {
      body: { group: 'root.shops', filter: x2 },
    });
    expect(campaign.status, JSON.stringify(campaign.body)).to.equal(201);
    const [error] = await refused('/campaigns', { group: 'root.shops', filter: home });
    expect(error).to.include({ pointer: '/filter', code: 'unfit-filter' });
    expect(error?.message).to.match(/home.*device by device/);
  });

  it('searches tasks and reports by long filters too', async () => {
    const task = await nbi.call<{ id: string }>('/tasks', { body: { device: ids.a, type: 'Reboot' } });
    const long = Array.from({ length: 400 }, (_, at) => `name eq "N${at}-${'x'.repeat(30)}"`).join(' or ');
    const tasks = await listed('/tasks/search', {
      filter: `type eq "Reboot" or ${long}`,
      fields: 'id',
      count: true,
    });
    expect(tasks).to.deep.equal({ items: [{ id: task.body.id }], next: null, total: 1 });
    const reports = await listed('/executions/search', { filter: 'status eq "ERROR"', limit: 5 });
    expect(reports.items).to.be.empty;
    expect((await refused('/tasks/search', { filter: 'nonsense eq 1' }))[0]?.message).to.match(/no field/);
    expect(await refused('/executions/search', { limit: 0 })).to.have.length(1);
  });
});
