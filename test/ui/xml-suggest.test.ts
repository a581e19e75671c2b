import { expect } from 'chai';
import type { FormField } from '../../ui/logic/form-fields.js';
import { suggestConfigXml } from '../../ui/logic/xml-suggest.js';

const field = (name: string, more: Partial<FormField> = {}): FormField => ({
  ...{ name, title: name, help: '', kind: 'text', choices: [], required: false, byDefault: '' },
  ...more,
});
const shape = {
  fields: [field('useQuota', { kind: 'boolean', byDefault: 'true' })],
  lists: [
    {
      ...{ name: 'param', title: 'Parameters', required: true },
      fields: [
        field('name', { kind: 'path', required: true }),
        field('value'),
        field('type', { choices: ['', 'int', 'string'] }),
      ],
    },
  ],
};
const paths = [{ value: 'wifi.1.ssid', hint: 'text' }];

function labels(marked: string): string[] {
  const found = suggestConfigXml(shape, paths, marked.replace('|', ''), marked.indexOf('|'));
  return (found?.items ?? []).map(({ label }) => label);
}

describe('suggestions in the XML of a task', () => {
  it('are the children that the type has', () => {
    expect(labels('<|')).to.deep.equal(['config']);
    expect(labels('<config><|')).to.deep.equal(['param']);
    expect(labels('<config><param><|')).to.deep.equal([]);
  });

  it('bring required attributes along', () => {
    const found = suggestConfigXml(shape, paths, '<config><', 9);
    expect(found?.items[0]?.insert).to.equal('param name=""/>');
  });

  it('are the attributes that are not there yet', () => {
    expect(labels('<config |>')).to.deep.equal(['useQuota']);
    expect(labels('<config><param name="a" |/>')).to.deep.equal(['value', 'type']);
  });

  it('are the values of choices, ticks and paths', () => {
    expect(labels('<config useQuota="|">')).to.deep.equal(['true', 'false']);
    expect(labels('<config><param type="|"/>')).to.deep.equal(['int', 'string']);
    expect(labels('<config><param name="|"/>')).to.deep.equal(['wifi.1.ssid']);
    expect(labels('<config><param value="|"/>')).to.deep.equal([]);
  });

  it('close the innermost element', () => {
    expect(labels('<config><param></|')).to.deep.equal(['param']);
  });
});
