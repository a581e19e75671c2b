import { expect } from 'chai';
import { SECRET_MASK } from '../../acs/devices/secret-paths.js';
import { seedDevice, startNbi, type Nbi } from './harness.js';

type Json = Record<string, unknown>;
interface File {
  kind: string;
  items: Json[];
}
interface Result extends Json {
  items: { name: string; outcome: string; message: string; errors: { pointer: string }[] }[];
}

describe('NBI: import and export', () => {
  let here: Nbi;
  let there: Nbi;
  const template = {
    name: 'Wi-Fi name',
    type: 'SetValues',
    config: { param: [{ name: 'wifi.1.password', value: 'open sesame' }] },
    settings: { priority: 3 },
    parameters: [{ name: 'ssid', label: 'Name' }],
    quickFix: { name: 'Rename Wi-Fi', connect: 'always' },
  };
  before(async () => {
    here = await startNbi();
    there = await startNbi();
    expect((await here.call('/templates', { body: template })).status).to.equal(201);
    await here.call('/schedules', { body: { description: 'mornings', zone: 'Europe/Berlin' } });
  });
  after(async () => {
    await here.close();
    await there.close();
  });

  const exported = async (nbi: Nbi, kind: string, token?: string): Promise<File> =>
    (await nbi.call<File>(`/transfer/${kind}`, token === undefined ? {} : { token })).body;
  const imported = async (nbi: Nbi, kind: string, items: Json[], query = ''): Promise<Result> => {
    const answer = await nbi.call<Result>(`/transfer/${kind}${query}`, { body: { items } });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    return answer.body;
  };
  const outcomes = ({ items }: Result) => items.map(({ name, outcome }) => [name, outcome]);

  it('moves templates with their secrets, and their buttons apart from them', async () => {
    const templates = await exported(here, 'templates');
    expect(templates.items[0]).to.not.have.property('quickFix');
    const fixes = await exported(here, 'quick-fixes');
    expect(fixes.items).to.deep.include.members([
      {
        ...{ name: 'Rename Wi-Fi', template: 'Wi-Fi name', confirm: false, connect: 'always' },
        ...{ permission: '', preferRestart: false, icon: '' },
      },
    ]);
    const early = await imported(there, 'quick-fixes', fixes.items);
    expect(early.items[0]).to.deep.include({
      outcome: 'refused',
      message: 'There is no template Wi-Fi name; import it first',
    });
    expect(outcomes(await imported(there, 'templates', templates.items))).to.deep.equal([
      ['Wi-Fi name', 'added'],
    ]);
    expect(outcomes(await imported(there, 'quick-fixes', fixes.items))).to.deep.equal([
      ['Rename Wi-Fi', 'added'],
    ]);
    const stored = await there.store.templates.findOne({ name: 'Wi-Fi name' }).lean();
    expect(stored?.config).to.deep.equal({
      param: [{ name: 'wifi.1.password', type: '', value: 'open sesame' }],
    });
    expect(stored?.quickFix).to.include({ name: 'Rename Wi-Fi' });
  });

  it('changes nothing when it comes a second time, and says so', async () => {
    for (const kind of ['templates', 'quick-fixes', 'schedules']) {
      const { items } = await exported(there, kind);
      const again = await imported(there, kind, items);
      expect(again, kind).to.include({ added: 0, updated: 0, refused: 0, unchanged: items.length });
    }
  });

  it('keeps the ids of schedules, to which tasks refer, and leaves out those that are built in', async () => {
    const { items } = await exported(here, 'schedules');
    expect(items).to.have.length(1);
    await imported(there, 'schedules', items);
    expect((await exported(there, 'schedules')).items).to.deep.equal(items);
  });

  it('says what it would do before it does it', async () => {
    const { items } = await exported(here, 'templates');
    const changed = [
      { ...items[0], description: 'for all' },
      { ...items[0], name: 'another one' },
    ];
    const dry = await imported(there, 'templates', changed, '?dryRun=true');
    expect(dry).to.include({ dryRun: true, added: 1, updated: 1 });
    expect(await there.store.templates.findOne({ name: 'another one' })).to.equal(null);
    const added = await imported(there, 'templates', changed, '?mode=add');
    expect(outcomes(added)).to.deep.equal([
      ['Wi-Fi name', 'skipped'],
      ['another one', 'added'],
    ]);
    const updated = await imported(there, 'templates', changed, '?mode=update');
    expect(outcomes(updated)).to.deep.equal([
      ['Wi-Fi name', 'updated'],
      ['another one', 'unchanged'],
    ]);
  });

  it('refuses an item that is wrong with the place, and takes the others', async () => {
    const [good] = (await exported(here, 'templates')).items;
    const result = await imported(there, 'templates', [
      { ...good, name: 'bad type', type: 'Nothing' },
      { ...good, name: 'bad config', config: { param: [{ nam: 'x' }] } },
      { name: '' },
      { ...good, name: 'good' },
    ]);
    expect(outcomes(result).map(([, outcome]) => outcome)).to.deep.equal([
      ...['refused', 'refused', 'refused'],
      'added',
    ]);
    expect(result.items[1]?.errors[0]?.pointer).to.match(/^\/config\/param\/0/);
    expect(result.items[2]?.errors[0]?.pointer).to.equal('/name');
    const schedule = await imported(there, 'schedules', [{ id: 'a b' }, { id: 'x', map: '0'.repeat(168) }]);
    expect(schedule).to.include({ refused: 2 });
    for (const start of [true, 7, {}, 'soon']) {
      const odd = await imported(there, 'schedules', [{ id: 'odd', start }]);
      expect(odd.items[0]?.errors[0]?.pointer).to.equal('/start');
    }
  });

  it('masks secrets for those who may not see them; a mask brings nothing with it', async () => {
    const token = await here.userWith(['admin.transfer', 'api']);
    const { items } = await exported(here, 'templates', token);
    expect(JSON.stringify(items)).to.contain(SECRET_MASK).and.to.not.contain('open sesame');
    const fresh = await imported(there, 'templates', [{ ...items[0], name: 'fresh' }]);
    expect(fresh.items[0]).to.include({ outcome: 'refused' });
    // Where the value is stored, its mask stands for it.
    const known = await imported(there, 'templates', [{ ...items[0], description: 'known' }]);
    expect(known.items[0]).to.include({ outcome: 'updated' });
    const stored = await there.store.templates.findOne({ name: 'Wi-Fi name' }).lean();
    expect(JSON.stringify(stored?.config)).to.contain('open sesame');
  });

  it('moves services behind the templates that they name', async () => {
    await here.call('/services', { body: { key: 'wifi', caption: 'Wi-Fi', activate: 'Wi-Fi name' } });
    const { items } = await exported(here, 'services');
    expect(items).to.deep.include.members([
      {
        ...{ key: 'wifi', caption: 'Wi-Fi', activate: 'Wi-Fi name', deactivate: '', configure: '' },
        ...{ domain: '/', description: '', icon: '', status: '', homeGroup: null },
      },
    ]);
    expect(outcomes(await imported(there, 'services', items))).to.deep.equal([['wifi', 'added']]);
    expect(outcomes(await imported(there, 'services', items))).to.deep.equal([['wifi', 'unchanged']]);
    const renamed = await imported(there, 'services', [{ key: 'wifi', caption: 'W-LAN' }]);
    expect(outcomes(renamed)).to.deep.equal([['wifi', 'updated']]);
    expect((await there.call('/services/wifi')).body).to.include({
      caption: 'W-LAN',
      activate: 'Wi-Fi name',
    });
    const wrong = await imported(
      there,
      'services',
      [{ key: 'other', caption: 'x', activate: 'nothing' }],
      '?dryRun=true',
    );
    expect(wrong.items[0]).to.deep.include({ outcome: 'refused' });
    expect(wrong.items[0]?.errors[0]?.pointer).to.equal('/activate');
  });

  it('moves tasks with their ids, which numbers given later skip', async () => {
    for (const nbi of [here, there]) {
      const member = await seedDevice(nbi, `MEMBER${nbi === here ? 1 : 2}`);
      await nbi.store.devices.updateOne({ _id: member }, { $set: { groups: ['root.moved'] } });
    }
    const made = await here.call('/tasks', {
      body: {
        ...{
          group: 'root.moved',
          type: 'SetValues',
          bloodline: 'wifi',
          priority: 7,
          appliesToSubgroups: true,
        },
        config: { param: [{ name: 'wifi.1.ssid', value: 'Home' }] },
        ...{
          schedule: { zone: 'Europe/Berlin', map: 'f'.repeat(168) },
          executionCondition: "${device.oui == 'X'}",
        },
        rollout: { waves: [{ kind: 'percent', percent: 10 }, { kind: 'rest' }] },
      },
    });
    expect(made.status, JSON.stringify(made.body)).to.equal(201);
    const id = String(made.body.id);
    expect(id).to.equal('g:root.moved:1');
    const device = await seedDevice(here, 'MOVED');
    await here.call('/tasks', { body: { device, type: 'Reboot', config: {} } });
    const { items } = await exported(here, 'tasks');
    const mine = items.filter(({ group }) => group === 'root.moved');
    expect(mine).to.have.length(1);
    const first = await imported(there, 'tasks', items);
    const byName = new Map(outcomes(first).map(([name, outcome]) => [name, outcome]));
    expect(byName.get(id)).to.equal('added');
    // The other installation does not know the device.
    expect(byName.get(`d:${device}:1`)).to.equal('refused');
    const stored = await there.call(`/tasks/${encodeURIComponent(id)}`);
    const original = await here.call(`/tasks/${encodeURIComponent(id)}`);
    for (const name of ['config', 'bloodline', 'priority', 'schedule', 'executionCondition', 'rollout'])
      expect(stored.body[name], name).to.deep.equal(original.body[name]);
    expect(outcomes(await imported(there, 'tasks', mine))).to.deep.equal([[id, 'unchanged']]);
    const next = await there.call('/tasks', { body: { group: 'root.moved', type: 'Reboot', config: {} } });
    expect(next.body.id).to.equal('g:root.moved:2');
    const changed = await imported(there, 'tasks', [{ id, type: 'SetValues', comment: 'changed' }]);
    expect(outcomes(changed)).to.deep.equal([[id, 'updated']]);
    expect((await there.call(`/tasks/${encodeURIComponent(id)}`)).body).to.include({
      comment: 'changed',
      bloodline: 'wifi',
    });
  });

  it('refuses what is no task, with the place', async () => {
    for (const [item, pointer] of [
      [{ type: 'Reboot' }, '/id'],
      [{ id: 'x:y', type: 'Reboot' }, '/id'],
      [{ id: 'g:root.moved:9', group: 'root.other', type: 'Reboot' }, '/group'],
      [{ id: 'g:root.nowhere:9', type: 'Reboot' }, '/group'],
      [{ id: 'g:root.moved:9' }, '/type'],
      [{ id: 'g:root.moved:9', type: 'Nothing' }, '/type'],
      [{ id: 'g:root.moved:9', type: 'SetValues', config: { param: [] } }, '/config/param'],
      [{ id: 'g:root.moved:9', type: 'Reboot', priority: 'high' }, '/priority'],
      [{ id: 'g:root.moved:9', type: 'Reboot', executionCondition: '${' }, '/executionCondition'],
      [{ id: 'g:root.moved:9', type: 'Reboot', version: 3 }, '/version'],
      [{ id: 'g:root.moved:1', type: 'Reboot' }, '/type'],
    ] as const)
      for (const query of ['?dryRun=true', '']) {
        const { items } = await imported(there, 'tasks', [item], query);
        expect(items[0]?.outcome, JSON.stringify(item)).to.equal('refused');
        expect(
          items[0]?.errors.map((one) => one.pointer),
          JSON.stringify(items),
        ).to.include(pointer);
      }
  });

  it('needs the permission of its kind, and stays in the domain of the caller', async () => {
    const schedules = await here.userWith(['admin.transfer.schedules', 'api']);
    expect((await here.call('/transfer/schedules', { token: schedules })).status).to.equal(200);
    const refused = await here.call<{ requiredPermission: string }>('/transfer/templates', {
      token: schedules,
    });
    expect([refused.status, refused.body.requiredPermission]).to.deep.equal([
      403,
      'admin.transfer.templates',
    ]);
    const tenant = await here.userWith(['admin.transfer', 'api'], { domain: '/org1/' });
    expect((await exported(here, 'templates', tenant)).items).to.deep.equal([]);
    const foreign = await here.call<Result>('/transfer/templates', {
      body: {
        items: [
          { ...template, quickFix: undefined, name: 'mine', domain: '/' },
          { ...template, quickFix: undefined, description: 'theirs' },
        ],
      },
      token: tenant,
    });
    expect(foreign.body).to.include({ refused: 2 });
    const wrong = await here.call('/transfer/templates', { body: { kind: 'schedules', items: [] } });
    expect(wrong.status).to.equal(422);
    expect((await here.call('/transfer/users')).status).to.equal(400);
  });
});
