import { expect } from 'chai';
import { ParameterTree } from '../../../acs/devices/parameter-tree.js';
import { ReplacedValues } from '../../../acs/tasks/replaced-values.js';
import { SecretBox } from '../../../common/secret-box.js';

const AT = new Date('2026-01-01T00:00:00Z');
const box = new SecretBox('a key for the tests alone');

function treeOf(values: Record<string, string>): ParameterTree {
  const tree = new ParameterTree();
  tree.apply({
    at: AT,
    values: Object.entries(values).map(([name, value]) => ({ name, value, type: 'string' })),
  });
  return tree;
}
const wish = (name: string) => ({ name, value: 'new', type: 'string' as const });

describe('the values that a run replaces', () => {
  it('are those of the first time when a parameter is set twice, also in an earlier session', () => {
    const first = new ReplacedValues(box);
    first.note(treeOf({ 'Device.A': 'one' }), [wish('Device.A')]);
    first.note(treeOf({ 'Device.A': 'new' }), [wish('Device.A')]);
    const later = new ReplacedValues(box, first.record);
    later.note(treeOf({ 'Device.A': 'newer', 'Device.B': 'two' }), [wish('Device.A'), wish('Device.B')]);
    expect(later.record.values.map(({ name, value }) => [name, value])).to.deep.equal([
      ['Device.A', 'one'],
      ['Device.B', 'two'],
    ]);
  });

  it('are 1,000 at most; the others are counted', () => {
    const replaced = new ReplacedValues(box);
    const names = Array.from({ length: 1_010 }, (_, index) => `Device.P${index}`);
    replaced.note(new ParameterTree(), names.map(wish));
    replaced.note(new ParameterTree(), names.map(wish));
    expect(replaced.record.values).to.have.length(1_000);
    expect(replaced.record.omitted).to.equal(10);
  });

  it('have no more than 256 KiB together; what is too long is named without its value', () => {
    const replaced = new ReplacedValues(box);
    const long = 'x'.repeat(100_000);
    replaced.note(treeOf({ 'Device.A': long, 'Device.B': long, 'Device.C': long, 'Device.D': 'short' }), [
      ...['Device.A', 'Device.B', 'Device.C', 'Device.D'].map(wish),
    ]);
    const { values } = replaced.record;
    expect(values.map(({ value }) => value?.length ?? null)).to.deep.equal([100_000, 100_000, null, 5]);
    expect(values[2]?.reason).to.equal('its value is too long to be kept');
    expect(JSON.stringify(replaced.record).length).to.be.below(262_144);
  });

  it('hold secrets only where the server can seal them', () => {
    const tree = treeOf({ 'Device.Users.User.1.Password': 'hush' });
    const sealed = new ReplacedValues(box);
    sealed.note(tree, [wish('Device.Users.User.1.Password')]);
    const [value] = sealed.record.values;
    expect(value?.sealed).to.equal(true);
    expect(box.open(value?.value ?? '')).to.equal('hush');
    const none = new ReplacedValues(null);
    none.note(tree, [wish('Device.Users.User.1.Password')]);
    expect(none.record.values[0]).to.deep.include({ value: null });
    expect(JSON.stringify(none.record)).not.to.include('hush');
  });

  it('are not what was read since the run had begun, where it was cut off and begins again', () => {
    const replaced = new ReplacedValues(box);
    replaced.note(treeOf({ 'Device.A': 'perhaps new' }), [wish('Device.A')], { before: AT });
    expect(replaced.record.values[0]).to.include({ value: null });
    expect(replaced.record.values[0]?.reason).to.match(/cut off/);
  });
});
