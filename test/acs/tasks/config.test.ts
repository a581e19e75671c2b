import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { z } from 'zod';
import { ValidationError } from '../../../common/errors.js';
import { parseConfig, writeConfig } from '../../../acs/tasks/config-schema.js';
import { configFromXml, configToXml } from '../../../acs/tasks/config-xml.js';
import { findTaskType, TASK_TYPES, taskTypeNamed } from '../../../acs/tasks/task-types.js';

function issuesOf(work: () => unknown): { pointer: string; message: string; code: string }[] {
  try {
    work();
  } catch (error) {
    if (error instanceof ValidationError) return [...error.issues];
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a configuration as XML', () => {
  const text = fc
    .string({ unit: 'grapheme-ascii' })
    .map((value) => value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, ''));
  const name = fc.stringMatching(/^[a-z][A-Za-z]{0,8}$/);

  it('comes back as it was written, whatever stands in the values', () => {
    const attributes = fc.dictionary(
      name.map((one) => `a${one}`),
      fc.oneof(text, fc.constant('\t\n\r&amp;<"\'>é€😀')),
      { maxKeys: 4 },
    );
    const config = fc
      .tuple(attributes, fc.array(attributes, { minLength: 1, maxLength: 3 }), fc.boolean())
      .map(([own, children, nested]) => (nested ? { ...own, child: children } : own));
    fc.assert(
      fc.property(config, (given) => {
        expect(configFromXml(configToXml(given))).to.deep.equal({ ...given });
      }),
    );
  });

  it('shows attributes and children as operators write them', () => {
    expect(configToXml({ useQuota: true, param: [{ name: 'A', value: 'x' }] })).to.equal(
      '<config useQuota="true">\n  <param name="A" value="x"/>\n</config>',
    );
  });

  for (const [words, xml, message] of [
    ['an unclosed element', '<config>\n  <param>\n</config>', /^Line 3, column \d+: .*param/],
    ['an attribute without value', '<config a/>', /^Line 1, column \d+/],
    ['another root', '<task/>', /<config>/],
    ['two roots', '<config/><config/>', /only one|Line 1/],
    ['text in an element', '<config>hello</config>', /has text/],
    ['a document type', '<!DOCTYPE config [<!ENTITY a "b">]><config/>', /^Line 1, column 1: a document type/],
    ['an unknown entity', '<config a="&foo;"/>', /&foo; is no entity/],
    ['nothing', '', /Start tag|Line 1/],
    ['a forbidden name', '<config __proto__="1"/>', /__proto__/],
  ] as const)
    it(`is refused with its place when it has ${words}`, () => {
      expect(issuesOf(() => configFromXml(xml))[0]?.message).to.match(message);
    });
});

describe('the configuration of each task type', () => {
  for (const type of TASK_TYPES) {
    it(`of ${type.name}: its example is valid and survives XML`, () => {
      const parsed = parseConfig(type, type.example);
      expect(parseConfig(type, writeConfig(type, parsed))).to.deep.equal(parsed);
      expect(parsed).to.deep.include(type.example);
    });

    it(`of ${type.name}: an unknown attribute is refused with what is allowed`, () => {
      const [issue] = issuesOf(() => parseConfig(type, { ...type.example, speed: 'fast' }));
      expect(issue).to.include({ pointer: '/config/speed', code: 'unknown-attribute' });
      expect(issue?.message).to.include(Object.keys(type.example)[0] ?? 'nothing');
    });

    it(`of ${type.name}: has a JSON Schema for forms`, () => {
      const schema = z.toJSONSchema(type.schema, { io: 'input' });
      expect(Object.keys(schema.properties ?? {})).to.include.members(Object.keys(type.example));
    });
  }

  for (const [type, config, pointer, message] of [
    ['SetValues', {}, '/config/param', /required/],
    ['SetValues', { param: [] }, '/config/param', /at least one/],
    ['SetValues', { param: [{ name: 'Device.X.' }] }, '/config/param/0/name', /no dot at its end/],
    ['SetValues', { param: [{ name: 'A', type: 'xsd:float' }] }, '/config/param/0/type', /./],
    [
      'SetValues',
      { param: [{ name: 'A', values: 'x' }] },
      '/config/param/0/values',
      /allowed: name, value, type/,
    ],
    ['GetValues', { parameter: [{ name: 'a b' }] }, '/config/parameter/0/name', /no parameter path/],
    ['AddObject', { objectName: 'Device.NAT.PortMapping' }, '/config/objectName', /dot at its end/],
    ['AddObject', { objectName: 'Device.NAT.PortMapping.1.' }, '/config/objectName', /without an instance/],
    ['DeleteObject', { objectName: 'Device.NAT.' }, '/config/objectName', /instance number/],
    ['FirmwareUpgrade', {}, '/config/resourceId', /required/],
    ['FirmwareUpgrade', { resourceId: 'r', protocol: 'ftp' }, '/config/protocol', /no FTP/],
    ['FirmwareUpgrade', { resourceId: 'r', retryCount: -1 }, '/config/retryCount', /./],
    ['FirmwareUpgrade', { resourceId: 'r', retryCount: 'many' }, '/config/retryCount', /./],
    [
      'FirmwareUpgrade',
      { resourceId: 'r', protocol: 'http', baseUrl: 'https://x' },
      '/config/protocol',
      /contradicts/,
    ],
    ['RestoreConfiguration', { resourceId: 'r', fromDate: '2026.01.01' }, '/config/resourceId', /either/],
    ['BackupConfiguration', { referenceTime: 'yesterday' }, '/config/referenceTime', /no date/],
    ['Reboot', { commandKey: 'x'.repeat(33) }, '/config/commandKey', /./],
  ] as const)
    it(`of ${type}: ${JSON.stringify(config)} is refused at ${pointer}`, () => {
      const issues = issuesOf(() => parseConfig(taskTypeNamed(type), config));
      expect(issues.map((issue) => issue.pointer)).to.include(pointer);
      expect(issues.find((issue) => issue.pointer === pointer)?.message).to.match(message);
    });

  it('takes text for numbers and booleans, as XML has nothing else', () => {
    const config = parseConfig(
      taskTypeNamed('FirmwareUpgrade'),
      '<config resourceId="r" retryCount="2" blocking="0" useQuota="true"/>',
    );
    expect(config).to.include({ retryCount: 2, blocking: false, useQuota: true, maxInformCount: 10 });
  });

  it('takes xsd: before a type, and numbers and booleans for values', () => {
    expect(
      parseConfig(taskTypeNamed('SetValues'), { param: { name: 'A', value: true, type: 'xsd:boolean' } }),
    ).to.deep.equal({ param: [{ name: 'A', value: 'true', type: 'boolean' }] });
  });

  it('finds types by short, long and qualified names', () => {
    for (const name of ['SetValues', 'SetValuesTask', 'setvalues', 'com.example.tasks.SetValuesTask'])
      expect(findTaskType(name)?.name).to.equal('SetValues');
    expect(findTaskType('Nonsense')).to.equal(null);
    expect(issuesOf(() => taskTypeNamed('Nonsense'))[0]?.message).to.include('SetValues');
  });

  it('is in the manual with examples that are valid, for every type', () => {
    const manual = readFileSync('docs/tasks.md', 'utf8');
    const types = manual.slice(manual.indexOf('## Types')).split(/^### /m).slice(1);
    const shown = new Set<string>();
    for (const section of types) {
      const names = (section.split('\n')[0] ?? '').split(' and ').filter((name) => findTaskType(name));
      const examples = [...section.matchAll(/```(xml|json)\n([\s\S]*?)```/g)].flatMap(
        ([, kind, text = '']) =>
          kind === 'json' ? [JSON.parse(text) as unknown] : text.trim().split(/\n(?=<config)/),
      );
      for (const example of examples)
        expect(
          names.some((name) => isValid(name, example)),
          `${names.join()}: ${String(example)}`,
        ).to.equal(true);
      if (examples.length >= 2) for (const name of names) shown.add(taskTypeNamed(name).name);
    }
    expect([...shown].toSorted()).to.deep.equal(TASK_TYPES.map(({ name }) => name).toSorted());
  });
});

function isValid(type: string, config: unknown): boolean {
  try {
    parseConfig(taskTypeNamed(type), config);
    return true;
  } catch {
    return false;
  }
}
