import { expect } from 'chai';
import type { QuickFixButton, TaskType, TemplateParameter } from '../../ui/api/types.js';
import { newParameter } from '../../ui/logic/template-draft.js';
import { byBranch, givenValues, initialValues, valueFaults, valueHelp } from '../../ui/logic/quick-fixes.js';

const parameter = (name: string, more: Partial<TemplateParameter> = {}): TemplateParameter => ({
  ...newParameter([]),
  name,
  ...more,
});
const button = (name: string, type: string) => ({ name, type }) as QuickFixButton;

describe('Quick fixes', () => {
  it('stand under the branch of their task type', () => {
    const types = [
      { name: 'Reboot', branch: 'Maintenance' },
      { name: 'SetValues', branch: 'Data model' },
    ] as TaskType[];
    const branches = byBranch(
      [button('Z', 'Reboot'), button('A', 'Reboot'), button('Wi-Fi', 'SetValues'), button('?', 'Gone')],
      types,
    );
    expect(branches.map((one) => [one.branch, one.buttons.map((b) => b.name)])).to.deep.equal([
      ['Data model', ['Wi-Fi']],
      ['Maintenance', ['A', 'Z']],
      ['Other', ['?']],
    ]);
  });

  it('are prefilled with literal defaults; secrets and expressions are left to the server', () => {
    const parameters = [
      parameter('ssid', { default: 'MyNet' }),
      parameter('key', { type: 'secret', default: '••••••' }),
      parameter('site', { default: '${sv.site}' }),
      parameter('on', { type: 'boolean' }),
    ];
    const values = initialValues(parameters);
    expect(values).to.deep.equal({ ssid: 'MyNet', key: '', site: '', on: 'false' });
    expect(givenValues(parameters, values)).to.deep.equal({ ssid: 'MyNet', on: 'false' });
    expect(valueHelp(parameters[2]!)).to.contain('${sv.site}');
  });

  it('name what is plainly wrong before the server is asked, at the pointers of its answers', () => {
    const parameters = [
      parameter('ssid', { min: 1, max: 4, unit: 'bytes' }),
      parameter('channel', { type: 'int', min: 1, max: 13 }),
      parameter('note', { required: false }),
      parameter('key', { type: 'secret' }),
    ];
    expect(valueFaults(parameters, { ssid: 'ää', channel: '11', key: 'x' })).to.deep.equal({});
    expect(valueFaults(parameters, { ssid: 'äää', channel: '14' })).to.deep.equal({
      '/parameters/ssid': 'At most 4 bytes.',
      '/parameters/channel': 'At most 13.',
      '/parameters/key': 'Give a value.',
    });
    expect(valueFaults(parameters, { ssid: 'a', channel: '1.5', key: 'x' })).to.have.property(
      '/parameters/channel',
    );
  });
});
