import { expect } from 'chai';
import type { Group } from '../../ui/api/types.js';
import {
  ancestors,
  foundRows,
  joinedText,
  memberOf,
  segmentFault,
  treeRows,
} from '../../ui/logic/group-tree.js';
import { typedReach } from '../../ui/logic/reach.js';

const group = (name: string, subgroups = 0): Group =>
  ({
    name,
    parent: name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : null,
    segment: name.split('.').at(-1),
    subgroups,
  }) as Group;

describe('The tree of groups', () => {
  it('names the groups above one, the root first', () => {
    expect(ancestors('root.region.north')).to.deep.equal(['root', 'root.region']);
    expect(ancestors('root')).to.deep.equal([]);
  });

  it('shows the children of open groups alone, with level and place among their siblings', () => {
    const children = new Map([
      ['root', [group('root.a', 1), group('root.b')]],
      ['root.a', [group('root.a.x')]],
    ]);
    const closed = treeRows([group('root', 2)], children, new Set(['root']));
    expect(closed.map((row) => [row.group.name, row.level, row.position, row.siblings])).to.deep.equal([
      ['root', 1, 1, 1],
      ['root.a', 2, 1, 2],
      ['root.b', 2, 2, 2],
    ]);
    const open = treeRows([group('root', 2)], children, new Set(['root', 'root.a']));
    expect(open.map((row) => row.group.name)).to.deep.equal(['root', 'root.a', 'root.a.x', 'root.b']);
  });

  it('shows what was found below the groups above it, and tells the two apart', () => {
    const rows = foundRows([group('root.a.x')], [group('root', 2), group('root.a', 1)]);
    expect(rows.map((row) => [row.group.name, row.level, row.hit])).to.deep.equal([
      ['root', 1, false],
      ['root.a', 2, false],
      ['root.a.x', 3, true],
    ]);
  });

  it('refuses what may not be in a name, and says which character', () => {
    expect(segmentFault('Nord 1_(a)+-')).to.equal('');
    expect(segmentFault('Müller')).to.equal('');
    expect(segmentFault(' ')).to.contain('name');
    expect(segmentFault('a:b')).to.contain('“:”');
    expect(segmentFault('a.b')).to.contain('dot');
    expect(segmentFault('x'.repeat(65))).to.contain('64');
  });

  it('says by which group a device is a member, and how it joined', () => {
    expect(memberOf(['root.a'], 'root.a')).to.equal('directly');
    expect(memberOf(['root.a.x', 'root.ab', 'root.a.y'], 'root.a')).to.equal('x, y');
    expect(joinedText({ actor: 'user', by: 'admin' })).to.equal('by admin');
    expect(joinedText({ actor: 'rule', by: '6b' })).to.equal('by a migration rule');
  });

  it('asks for the number from 101 devices on', () => {
    expect(typedReach(100)).to.deep.equal({});
    expect(typedReach(101)).to.deep.equal({ typed: '101' });
  });
});
