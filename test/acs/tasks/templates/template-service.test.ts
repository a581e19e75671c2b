import { expect } from 'chai';
import { TemplateService, type TemplateInput } from '../../../../acs/tasks/templates/template-service.js';
import { TemplateTasks } from '../../../../acs/tasks/templates/template-tasks.js';
import { ConflictError, NotFoundError, StaleError, ValidationError } from '../../../../common/errors.js';
import { SecretBox } from '../../../../common/secret-box.js';
import type { TemplateRecord } from '../../../../store/models/template.js';
import { FakeCpe } from '../fake-cpe.js';
import { Harness, OPERATOR } from '../harness.js';

async function thrown(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}

const references = {
  resource: () => Promise.resolve(true),
  device: () => Promise.resolve(true),
  group: () => Promise.resolve(true),
};
const everything = { view: '/', limit: 100 };

describe('templates', () => {
  let h: Harness;
  let templates: TemplateService;
  let made: TemplateTasks;
  let device: string;
  let count = 0;
  const box = new SecretBox('a key for tests only');
  before(async () => {
    h = await Harness.open();
    templates = new TemplateService(h.store, {
      ...{ clock: h.clock, events: h.events },
      check: (definition) => h.service.checkDefinition(definition),
    });
    made = new TemplateTasks({
      store: h.store,
      tasks: h.service,
      seal: (plain) => box.seal(plain),
      evaluateDefaults: (parameters) =>
        Promise.resolve(new Map(parameters.map(({ name }) => [name, `evaluated ${name}`]))),
    });
    const cpe = new FakeCpe('Device', 'templates');
    await h.meet(cpe);
    device = h.id(cpe);
  });
  after(() => h.close());
  beforeEach(() => (count += 1));

  const wifi = (more: Partial<TemplateInput> = {}): TemplateInput => ({
    name: `Wi-Fi ${count}`,
    domain: '/',
    type: 'SetValues',
    config: { param: [{ name: 'wifi.1.ssid', value: 'fixed' }] },
    parameters: [{ name: 'ssid', max: 32 }],
    ...more,
  });
  const create = (more: Partial<TemplateInput> = {}): Promise<TemplateRecord> =>
    templates.create(wifi(more), 'admin');

  it('are found by id and by name, and listed by name', async () => {
    const template = await create({ description: 'for the kitchen' });
    expect((await templates.get(template._id)).name).to.equal(template.name);
    expect((await templates.named(template.name))._id).to.equal(template._id);
    const { items } = await templates.list({ ...everything, search: 'KITCHEN' });
    expect(items.map(({ _id }) => _id)).to.deep.equal([template._id]);
    expect(await thrown(templates.get('none'))).to.be.instanceOf(NotFoundError);
  });

  it('are paged without skipping or doubling one', async () => {
    for (let each = 1; each <= 5; each += 1) await create({ name: `page ${count} ${each}` });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<TemplateService['list']>> = await templates.list({
        ...{ view: '/', limit: 2, search: `page ${count}` },
        ...(cursor === null ? {} : { cursor }),
      });
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.next;
    } while (cursor !== null);
    expect(seen).to.deep.equal([1, 2, 3, 4, 5].map((each) => `page ${count} ${each}`));
  });

  it('have names of their own, and so have their quick fixes', async () => {
    await create({ quickFix: { name: `fix ${count}` } });
    expect(await thrown(create())).to.be.instanceOf(ConflictError);
    expect(await thrown(create({ name: 'another', quickFix: { name: `fix ${count}` } }))).to.be.instanceOf(
      ConflictError,
    );
    expect((await templates.quickFix(`fix ${count}`)).name).to.equal(`Wi-Fi ${count}`);
  });

  it('may be many without a quick fix', async () => {
    await create();
    await create({ name: `second ${count}` });
  });

  it('are refused with a pointer to each wrong place', async () => {
    const pointers = async (more: object): Promise<string[]> => {
      const error = await thrown(create(more));
      expect(error).to.be.instanceOf(ValidationError);
      return (error as ValidationError).issues.map(({ pointer }) => pointer);
    };
    expect(await pointers({ type: 'Nothing' })).to.deep.equal(['/type']);
    expect(await pointers({ config: { param: [] } })).to.deep.equal(['/config/param']);
    expect(await pointers({ settings: { minInterval: -1 } })).to.deep.equal(['/settings/minInterval']);
    expect(await pointers({ settings: { active: false } })).to.deep.equal(['/settings/active']);
    expect(await pointers({ settings: { colour: 'red' } })).to.deep.equal(['/settings/colour']);
    expect(await pointers({ parameters: [{ name: 'a b' }] })).to.deep.equal(['/parameters/0/name']);
    expect(await pointers({ parameters: [{ name: 'a' }, { name: 'a' }] })).to.deep.equal([
      '/parameters/1/name',
    ]);
    expect(await pointers({ parameters: [{ name: 'a', type: 'enum' }] })).to.deep.equal([
      '/parameters/0/choices',
    ]);
    expect(await pointers({ parameters: [{ name: 'a', type: 'int', default: 'x' }] })).to.deep.equal([
      '/parameters/0/default',
    ]);
    expect(await pointers({ parameters: [{ name: 'a', pattern: '(a+)+b' }] })).to.deep.equal([
      '/parameters/0/pattern',
    ]);
    expect(await pointers({ quickFix: { name: '' } })).to.deep.equal(['/quickFix/name']);
  });

  it('are edited by the version that was read, and every edition is kept', async () => {
    const template = await create();
    const edited = await templates.edit(template._id, { description: 'new' }, { user: 'admin', version: 1 });
    expect(edited).to.include({ description: 'new', version: 2, type: 'SetValues' });
    expect(
      await thrown(templates.edit(template._id, { description: 'x' }, { user: 'admin', version: 1 })),
    ).to.be.instanceOf(StaleError);
    await templates.remove(template._id, { user: 'admin', confirmed: false });
    const editions = await h.store.editionLogs.find({ task: `t:${template._id}` }).sort({ at: 1, _id: 1 });
    expect(editions.map(({ kind }) => kind)).to.deep.equal(['created', 'modified', 'deleted']);
  });

  it('are not deleted while something refers to them, unless that is confirmed', async () => {
    const template = await create({ quickFix: { name: `fix ${count}` } });
    await h.store.devices.updateOne(
      { _id: device },
      { $set: { properties: { customBackupTask: template.name } } },
    );
    const refused = await thrown(templates.remove(template._id, { user: 'admin', confirmed: false }));
    expect(refused).to.include({ code: 'in-use' });
    expect((refused as Error).message)
      .to.contain(`quick fix fix ${count}`)
      .and.contain(device);
    await templates.remove(template._id, { user: 'admin', confirmed: true });
    expect(await thrown(templates.get(template._id))).to.be.instanceOf(NotFoundError);
    await h.store.devices.updateOne({ _id: device }, { $set: { properties: {} } });
  });

  it('can be used below their domain and in it, and above it too', async () => {
    const names = async (view: string): Promise<string[]> =>
      (await templates.list({ view, limit: 100, search: `seen ${count}` })).items.map(({ name }) => name);
    await create({ name: `seen ${count} root` });
    await create({ name: `seen ${count} org`, domain: '/org/' });
    await create({ name: `seen ${count} north`, domain: '/org/north/' });
    await create({ name: `seen ${count} other`, domain: '/other/' });
    expect(await names('/org/')).to.have.members(
      ['root', 'org', 'north'].map((one) => `seen ${count} ${one}`),
    );
    expect(await names('/org/north/')).to.have.members(
      ['root', 'org', 'north'].map((one) => `seen ${count} ${one}`),
    );
    expect(await names('/org/south/')).to.have.members(['root', 'org'].map((one) => `seen ${count} ${one}`));
  });

  describe('make tasks', () => {
    it('that are copies: settings, configuration, parameters as properties, the template’s id', async () => {
      const template = await create({ settings: { priority: 3, comment: 'made' } });
      const input = await made.input(template, { target: { device }, values: { ssid: 'Home' } }, references);
      const task = await h.service.create(input, OPERATOR);
      expect(task).to.deep.include({
        priority: 3,
        comment: 'made',
        type: 'SetValues',
        template: template._id,
      });
      expect(task.properties).to.deep.equal([{ name: 'ssid', value: 'Home' }]);
      await templates.edit(template._id, { config: { param: [{ name: 'a.b', value: 'x' }] } }, { user: 'a' });
      expect((await h.service.get(task._id)).config).to.deep.equal(template.config);
    });

    it('in which what the user says wins over the template, and the template over the type', async () => {
      const template = await create({ settings: { priority: 3, minInterval: 60 }, parameters: [] });
      const input = await made.input(
        template,
        { target: { device }, values: {}, overrides: { priority: 7 } },
        references,
      );
      expect(await h.service.create(input, OPERATOR)).to.include({
        ...{ priority: 7, minInterval: 60, logLevel: 'INFO' },
      });
    });

    it('with secrets sealed', async () => {
      const template = await create({ parameters: [{ name: 'key', type: 'secret', min: 8 }] });
      const input = await made.input(
        template,
        { target: { device }, values: { key: 'correct horse' } },
        references,
      );
      const task = await h.service.create(input, OPERATOR);
      expect(JSON.stringify(await h.store.tasks.findById(task._id).lean())).to.not.contain('correct horse');
      expect(box.open(task.properties[0]?.value ?? '')).to.equal('correct horse');
    });

    it('with defaults evaluated for a device and kept as expressions for a group', async () => {
      const template = await create({ parameters: [{ name: 'ssid', default: '${sv.ssid}' }] });
      const forDevice = await made.input(template, { target: { device }, values: {} }, references);
      expect(forDevice.properties).to.deep.equal([{ name: 'ssid', value: 'evaluated ssid' }]);
      const forGroup = await made.input(template, { target: { group: 'root' }, values: {} }, references);
      expect(forGroup.properties).to.deep.equal([{ name: 'ssid', value: '${sv.ssid}', expression: true }]);
    });

    it('only when all parameters are there', async () => {
      const template = await create();
      const before = await h.store.tasks.countDocuments({});
      const error = await thrown(made.input(template, { target: { device }, values: {} }, references));
      expect((error as ValidationError).issues[0]).to.include({
        pointer: '/parameters/ssid',
        code: 'required',
      });
      expect(await h.store.tasks.countDocuments({})).to.equal(before);
    });
  });

  describe('pressed as quick fixes', () => {
    const press = (template: TemplateRecord, ssid: string) =>
      made.press(template, { target: { device }, values: { ssid } }, { actor: OPERATOR, references });

    it('add a task each time', async () => {
      const template = await create({ quickFix: { name: `fix ${count}` } });
      const first = await press(template, 'a');
      const second = await press(template, 'b');
      expect([first.restarted, second.restarted]).to.deep.equal([false, false]);
      expect(second.task._id).to.not.equal(first.task._id);
    });

    it('restart the task of the last time where they prefer that: new values, old place', async () => {
      const template = await create({ quickFix: { name: `fix ${count}`, preferRestart: true } });
      const first = await press(template, 'a');
      await templates.edit(template._id, { settings: { priority: 2 } }, { user: 'admin' });
      const second = await press(await templates.get(template._id), 'b');
      expect(second).to.include({ restarted: true });
      expect(second.task).to.deep.include({
        ...{ _id: first.task._id, createdAt: first.task.createdAt, priority: 2 },
        properties: [{ name: 'ssid', value: 'b' }],
      });
    });

    it('are none without the fields of a quick fix', async () => {
      expect(await thrown(press(await create(), 'a'))).to.be.instanceOf(ConflictError);
    });
  });
});
