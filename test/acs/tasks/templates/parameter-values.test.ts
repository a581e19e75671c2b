import { expect } from 'chai';
import {
  canonical,
  parameterProperties,
  type GivenValues,
} from '../../../../acs/tasks/templates/parameter-values.js';
import { ValidationError } from '../../../../common/errors.js';
import type { ParameterType, TemplateParameter } from '../../../../store/models/template.js';

const parameter = (name: string, more: Partial<TemplateParameter> = {}): TemplateParameter => ({
  ...{ name, label: '', type: 'string', default: '', required: true, help: '', min: null, max: null },
  ...{ unit: 'characters', pattern: '', choices: [], category: '', fileType: '' },
  ...more,
});

const given = (values: Record<string, unknown>, more: Partial<GivenValues> = {}): GivenValues => ({
  values,
  pointer: '/parameters',
  evaluateDefault: () => null,
  references: {
    resource: (id) => Promise.resolve(id === 'fw-1'),
    device: (id) => Promise.resolve(id === 'A-B-C'),
    group: (name) => Promise.resolve(name === 'root.lab'),
  },
  ...more,
});

async function refused(promise: Promise<unknown>): Promise<string[]> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ValidationError)
      return error.issues.map(({ pointer, code }) => `${pointer} ${code}`);
    throw error;
  }
  throw new Error('It was accepted');
}

describe('the values of a template’s parameters', () => {
  const choices = [
    { value: '2.4', label: '' },
    { value: '5', label: '5 GHz' },
  ];
  const accepted: [ParameterType, Partial<TemplateParameter>, string, string][] = [
    ['string', {}, 'Café', 'Café'],
    ['string', { max: 5, unit: 'bytes' }, 'Café', 'Café'],
    ['string', { pattern: '[A-Z]+' }, 'ABC', 'ABC'],
    ['multiline', {}, 'a\nb', 'a\nb'],
    ['secret', { min: 8 }, 'correct horse', 'correct horse'],
    ['int', {}, '+007', '7'],
    ['int', { min: -1 }, '-1', '-1'],
    ['decimal', {}, '2.50', '2.5'],
    ['boolean', {}, '1', 'true'],
    ['boolean', {}, 'false', 'false'],
    ['enum', { choices }, '5', '5'],
    ['enumList', { choices }, '5, 2.4', '5,2.4'],
    ['date', {}, '2026-11-25T23:00:00Z', '2026.11.25 23:00:00'],
    ['duration', {}, '20min', '20min'],
    ['dataModelKey', {}, 'Device.WiFi.SSID.1.SSID', 'Device.WiFi.SSID.1.SSID'],
    ['ip', {}, '2001:db8::1', '2001:db8::1'],
    ['mac', {}, '00:11:22:aa:bb:cc', '00:11:22:aa:bb:cc'],
  ];
  for (const [type, more, value, stored] of accepted)
    it(`stores ${JSON.stringify(value)} as ${type} in the form ${JSON.stringify(stored)}`, () => {
      expect(canonical(parameter('p', { type, ...more }), value)).to.equal(stored);
    });

  const refusals: [ParameterType, Partial<TemplateParameter>, string][] = [
    ['string', {}, 'two\nlines'],
    ['string', { max: 4, unit: 'bytes' }, 'Café'],
    ['string', { pattern: '[A-Z]+' }, 'ABc'],
    ['secret', { min: 8 }, 'short'],
    ['int', {}, '1.5'],
    ['int', { max: 5 }, '6'],
    ['decimal', {}, '1e3'],
    ['boolean', {}, 'yes'],
    ['enum', { choices }, '6'],
    ['enumList', { choices }, '5,6'],
    ['date', {}, 'tomorrow'],
    ['duration', {}, '20'],
    ['dataModelKey', {}, 'Device.WiFi.SSID.{i}.SSID'],
    ['ip', {}, '300.1.1.1'],
    ['mac', {}, '00:11'],
  ];
  for (const [type, more, value] of refusals)
    it(`refuses ${JSON.stringify(value)} as ${type}${JSON.stringify(more) === '{}' ? '' : ` with ${Object.keys(more).join(', ')}`}`, () => {
      expect(canonical(parameter('p', { type, ...more }), value)).to.have.property('wrong');
    });

  it('names every missing, unknown and wrong value at once', async () => {
    const parameters = [
      parameter('ssid'),
      parameter('channel', { type: 'int' }),
      parameter('note', { required: false }),
    ];
    expect(
      await refused(parameterProperties(parameters, given({ channel: 'x', colour: 'red' }))),
    ).to.deep.equal([
      '/parameters/colour unknown-parameter',
      '/parameters/ssid required',
      '/parameters/channel invalid',
    ]);
  });

  it('takes numbers, booleans and lists as JSON has them, and leaves optional ones out', async () => {
    const parameters = [
      parameter('channel', { type: 'int' }),
      parameter('on', { type: 'boolean' }),
      parameter('bands', { type: 'enumList', choices }),
      parameter('note', { required: false }),
    ];
    expect(
      await parameterProperties(parameters, given({ channel: 6, on: true, bands: ['2.4', '5'] })),
    ).to.deep.equal([
      { name: 'channel', value: '6' },
      { name: 'on', value: 'true' },
      { name: 'bands', value: '2.4,5' },
    ]);
  });

  it('evaluates a default for a device, and keeps it as an expression for a group', async () => {
    const parameters = [parameter('ssid', { default: "${sv.ssid ? 'x'}" })];
    expect(await parameterProperties(parameters, given({}, { evaluateDefault: () => 'Home' }))).to.deep.equal(
      [{ name: 'ssid', value: 'Home' }],
    );
    expect(await parameterProperties(parameters, given({}))).to.deep.equal([
      { name: 'ssid', value: "${sv.ssid ? 'x'}", expression: true },
    ]);
  });

  it('checks what a default was evaluated to', async () => {
    const parameters = [parameter('channel', { type: 'int', default: '${sv.channel}' })];
    expect(
      await refused(parameterProperties(parameters, given({}, { evaluateDefault: () => 'auto' }))),
    ).to.deep.equal(['/parameters/channel invalid']);
  });

  it('never evaluates what a person types', async () => {
    const parameters = [parameter('ssid'), parameter('key', { type: 'secret' })];
    expect(
      await parameterProperties(parameters, given({ ssid: '${device.id}', key: '${sv.admin}' })),
    ).to.deep.equal([
      { name: 'ssid', value: '${device.id}' },
      { name: 'key', value: '${sv.admin}', secret: true },
    ]);
  });

  it('refuses files, devices and groups that do not exist in reach', async () => {
    const parameters = [
      parameter('image', { type: 'resource' }),
      parameter('from', { type: 'device' }),
      parameter('to', { type: 'group' }),
    ];
    expect(
      await refused(parameterProperties(parameters, given({ image: 'fw-2', from: 'X', to: 'root.x' }))),
    ).to.deep.equal([
      '/parameters/image not-found',
      '/parameters/from not-found',
      '/parameters/to not-found',
    ]);
    expect(
      await parameterProperties(parameters, given({ image: 'fw-1', from: 'A-B-C', to: 'root.lab' })),
    ).to.have.length(3);
  });

  it('takes a name that objects have by birth for an unknown parameter', async () => {
    const values = JSON.parse('{"__proto__": "x", "constructor": "y"}') as Record<string, unknown>;
    expect(await refused(parameterProperties([], given(values)))).to.deep.equal([
      '/parameters/__proto__ unknown-parameter',
      '/parameters/constructor unknown-parameter',
    ]);
  });
});
