import { expect } from 'chai';
import { complete, PLACES, T, type Place, type Suggestion } from '../../../acs/expressions/index.js';
import { WORLD } from './world.js';

const ANY = PLACES.taskAttribute(null, true);

/** Suggestions where `|` stands. */
function at(marked: string, place: Place = ANY): Suggestion[] {
  const offset = marked.indexOf('|');
  return complete(marked.slice(0, offset) + marked.slice(offset + 1), offset, place, WORLD);
}
const labels = (marked: string, place: Place = ANY): string[] => at(marked, place).map(({ label }) => label);

describe('Completion of expressions', () => {
  it('suggests contexts, utility objects, functions and keywords', () => {
    expect(labels('${|')).to.include.members([
      'device',
      'sv',
      'dm',
      'root',
      'date',
      'math',
      'list',
      'if',
      'true',
    ]);
    expect(labels('x ${de|} y')).to.deep.equal(['device']);
  });

  it('suggests only what the place has', () => {
    expect(labels('${|', PLACES.executionCondition)).to.not.include.members(['root']);
    expect(labels('${|', PLACES.resourceSearch)).to.include('resource').and.not.include('device');
    expect(labels('${#|', PLACES.executionCondition)).to.deep.equal([]);
  });

  it('suggests members of the type before the dot, with their documentation', () => {
    expect(labels('${device.mod|')).to.deep.equal(['modelName']);
    expect(labels("${'a'.tak|}")).to.deep.equal(['take', 'takeRight', 'takeWhile']);
    expect(labels('${list(1).su|')).to.deep.equal(['sum']);
    expect(labels("${list('a').su|")).to.deep.equal([]);
    const [take] = at("${'a'.take|");
    expect(take).to.include({ insert: 'take(', type: 'String', kind: 'method', from: 6, to: 10 });
    expect(take?.documentation).to.equal('take(count: Int): String\nThe first characters');
  });

  it('knows the types of lambda parameters', () => {
    expect(labels("${list('a').map(name => na|")).to.include('name');
    expect(labels("${list('a').map(x => x.trim|")).to.deep.equal(['trim']);
    expect(labels('${list(1).filter(_.toDou|')).to.deep.equal(['toDouble']);
    expect(labels('${list(1L).fold(0)((sum, x) => sum + x.toHex|')).to.deep.equal(['toHexString']);
  });

  it('suggests names of the data', () => {
    expect(labels('${device.property.si|')).to.include.members(['site', 'size']);
    expect(labels('${sv.down|')).to.deep.equal(['downloadTimeLimit']);
    expect(labels('${sv.odd|')).to.deep.equal(['odd.name']);
    expect(at('${sv.odd|')[0]?.insert).to.equal('`odd.name`');
    expect(labels('${sv.`odd|')).to.deep.equal(['odd.name']);
    expect(labels('${dm.LANDevice.any.WLAN|')).to.deep.equal(['WLANConfiguration']);
    expect(labels('${#n|')).to.deep.equal(['n', 'noise']);
    expect(labels('${res.pl|')).to.deep.equal(['plans']);
  });

  it('works before the rest is written, in conditions, operators and infix calls', () => {
    expect(labels('${if(device.sec|')).to.deep.equal(['secure']);
    expect(labels("${if(device.secure) device.modelN| else 'x'}")).to.deep.equal(['modelName']);
    expect(labels("${'a' + device.modelN|")).to.deep.equal(['modelName']);
    expect(labels("${1}${'}'}${device.modelN|")).to.deep.equal(['modelName']);
  });

  it('suggests nothing inside of texts and of literal text, and what the type has in a literal', () => {
    expect(labels("${'dev|")).to.deep.equal([]);
    expect(labels('dev|')).to.deep.equal([]);
    expect(labels('tr|', PLACES.executionCondition)).to.deep.equal(['true', 'false']);
    expect(labels('|', PLACES.taskAttribute(T.enumeration('Level', ['LOW', 'HIGH']), false))).to.deep.equal([
      'LOW',
      'HIGH',
    ]);
  });
});
