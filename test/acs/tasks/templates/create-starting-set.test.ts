import { expect } from 'chai';
import { createStartingSet } from '../../../../acs/tasks/templates/create-starting-set.js';
import { STARTING_SET } from '../../../../acs/tasks/templates/starting-set/starting-set.js';
import { TemplateService } from '../../../../acs/tasks/templates/template-service.js';
import { silentLog } from '../../../../common/log.js';
import { PERMISSIONS } from '../../../../nbi/access/permissions.js';
import { QUICK_FIX_ICONS } from '../../../../ui/texts/quick-fix-icons.js';
import { Harness } from '../harness.js';

const KEYS = STARTING_SET.map(({ key }) => key);

describe('the starting set of templates', () => {
  let h: Harness;
  let templates: TemplateService;
  beforeEach(async () => {
    h = await Harness.open();
    templates = new TemplateService(h.store, {
      ...{ clock: h.clock, events: h.events },
      check: (definition) => h.service.checkDefinition(definition),
    });
  });
  afterEach(() => h.close());
  const start = (wanted = STARTING_SET): Promise<string[]> =>
    createStartingSet({ store: h.store, templates, clock: h.clock, log: silentLog }, wanted);
  const names = async (): Promise<string[]> =>
    (await templates.list({ view: '/', limit: 100 })).items.map(({ name }) => name).toSorted();

  it('is created at the first start, in the domain of all', async () => {
    expect(await start()).to.deep.equal(KEYS);
    expect(await names()).to.deep.equal(STARTING_SET.map(({ template }) => String(template.name)).toSorted());
    expect(await templates.quickFix('Change Wi-Fi')).to.include({ domain: '/', user: 'system' });
  });

  it('stays as administrators leave it over further starts: edited, or deleted', async () => {
    await start();
    const reboot = await templates.named('Reboot');
    await templates.edit(reboot._id, { name: 'Restart', description: 'ours' }, { user: 'admin' });
    const ping = await templates.named('Ping');
    await templates.remove(ping._id, { user: 'admin', confirmed: true });
    const left = await names();
    expect(await start()).to.deep.equal([]);
    expect(await names()).to.deep.equal(left);
    expect(left).to.include('Restart').and.not.include('Reboot').and.not.include('Ping');
  });

  it('lets a template be that an administrator has called the same', async () => {
    const own = await templates.create(
      { name: 'Ping', domain: '/', type: 'GetNames', description: 'ours' },
      'admin',
    );
    expect(await start()).to.deep.equal(KEYS.filter((key) => key !== 'ping'));
    expect(await templates.get(own._id)).to.include({ description: 'ours', type: 'GetNames' });
    await templates.remove(own._id, { user: 'admin', confirmed: true });
    expect(await start()).to.deep.equal([]);
  });

  it('is made once by servers that start at the same time, and by one that starts after half a start', async () => {
    const made = (await Promise.all([start(), start(), start()])).flat();
    expect(made.toSorted()).to.deep.equal(KEYS.toSorted());
    await h.store.settings.deleteOne({ _id: 'templates.starting' });
    expect(await start()).to.deep.equal([]);
    expect(await names()).to.have.length(KEYS.length);
  });

  it('gets what a later version adds', async () => {
    const [first, ...rest] = STARTING_SET;
    await start(rest);
    expect(await start()).to.deep.equal([first?.key]);
  });

  it('has keys and names of its own, icons that there are, permissions that there are, and a help where a value is asked for', () => {
    expect(new Set(KEYS).size).to.equal(KEYS.length);
    for (const { template } of STARTING_SET) {
      const called = String(template.name);
      expect(template.description, called).to.be.a('string').and.not.equal('');
      for (const { name, label } of template.parameters ?? [])
        expect(label, `${called} ${name}`).to.be.a('string').and.not.equal('');
      const fix = template.quickFix;
      if (!fix) continue;
      expect(QUICK_FIX_ICONS, called).to.have.property(fix.icon ?? '');
      expect(['', ...PERMISSIONS], called).to.include(fix.permission ?? '');
    }
  });
});
