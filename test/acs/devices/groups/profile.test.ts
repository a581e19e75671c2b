import { expect } from 'chai';
import fc from 'fast-check';
import {
  computedProfile,
  effectiveValue,
  type ProfileInput,
} from '../../../../acs/devices/groups/profile.js';
import { GroupTree } from '../../../../acs/devices/groups/group-tree.js';
import type { GroupSetting, LockReach } from '../../../../store/models/profile.js';

type Values = Record<string, Record<string, string | [string, LockReach]>>;

const setting = (given: string | [string, LockReach]): GroupSetting => ({
  value: typeof given === 'string' ? given : given[0],
  lock: typeof given === 'string' ? null : given[1],
  ...{ secret: false, editedAt: new Date(0), editedBy: 'ann' },
});

interface Scene {
  direct: string[];
  values: Values;
  own?: Record<string, string>;
  priorities?: Record<string, number>;
  defaults?: Record<string, string>;
}

function input({ direct, values, own = {}, priorities = {}, defaults = {} }: Scene): ProfileInput {
  return {
    groups: new GroupTree().memberships(direct).all,
    settingsOf: (group) =>
      new Map(Object.entries(values[group] ?? {}).map(([name, given]) => [name, setting(given)])),
    priorityOf: (group) => priorities[group] ?? 0,
    own: new Map(Object.entries(own).map(([name, value]) => [name, { value, secret: false }])),
    defaultOf: (name) => (defaults[name] === undefined ? null : { value: defaults[name], secret: false }),
  };
}

const value = (name: string, scene: Scene): string | null =>
  effectiveValue(name, input(scene))?.value ?? null;

describe('The computed profile', () => {
  const direct = ['root.cwmp'];

  it('is what the example of the specification says', () => {
    const values: Values = { root: { a: '1', b: '1' }, 'root.cwmp': { b: '2' } };
    const all = (scene: Scene) => [value('a', scene), value('b', scene)];
    expect(all({ direct, values })).to.deep.equal(['1', '2']);
    expect(all({ direct, values, own: { a: 'x' } })).to.deep.equal(['x', '2']);
    const locked: Values = { ...values, root: { a: '1', b: ['1', 'groups'] } };
    expect(all({ direct, values: locked, own: { a: 'x' } })).to.deep.equal(['x', '1']);
  });

  it('lets a lock beat the device’s own value only where it reaches to devices', () => {
    const own = { b: 'own' };
    const locked = (reach: LockReach): Scene => ({ direct, own, values: { root: { b: ['top', reach] } } });
    expect(value('b', locked('groups'))).to.equal('own');
    expect(value('b', locked('groups-and-devices'))).to.equal('top');
  });

  it('takes the lock nearest the root', () => {
    const values: Values = {
      'root.a': { n: ['upper', 'groups'] },
      'root.a.x': { n: ['lower', 'groups-and-devices'] },
      'root.a.x.y': { n: 'deep' },
    };
    expect(value('n', { direct: ['root.a.x.y'], values })).to.equal('upper');
    expect(value('n', { direct: ['root.a.x.y'], values, own: { n: 'own' } })).to.equal('own');
  });

  it('decides between branches by priority, depth, device type, alphabet', () => {
    const type = 'root.devicetypes.O.M';
    const of = (groups: string[], priorities: Record<string, number> = {}) =>
      value('n', {
        direct: groups,
        priorities,
        values: Object.fromEntries(groups.map((group) => [group, { n: group }])),
      });
    expect(of(['root.a.deep', 'root.b'], { 'root.b': 1 })).to.equal('root.b');
    expect(of(['root.a', 'root.b.deep'])).to.equal('root.b.deep');
    expect(of(['root.a.b.c', type])).to.equal(type);
    expect(of(['root.b', 'root.a'])).to.equal('root.a');
  });

  it('lets the deepest of a branch win, whatever the priorities on it', () => {
    const values: Values = { 'root.a': { n: 'upper' }, 'root.a.x': { n: 'lower' } };
    expect(value('n', { direct: ['root.a.x'], values, priorities: { 'root.a': 9 } })).to.equal('lower');
  });

  it('warns of a tie that only the alphabet decided, unless both say the same', () => {
    const values = (b: string): Values => ({ 'root.a': { n: '1' }, 'root.b': { n: b } });
    const tie = (b: string) =>
      effectiveValue('n', input({ direct: ['root.a', 'root.b'], values: values(b) }))?.tie;
    expect([tie('2'), tie('1')]).to.deep.equal([true, false]);
  });

  it('falls back to the installation’s default, and names all that lost', () => {
    const defaults = { n: 'default', m: 'm' };
    const profile = computedProfile(
      input({ direct, defaults, values: { root: { n: 'root' } }, own: { n: 'own' } }),
      ['n', 'm'],
    );
    expect([...profile.keys()]).to.deep.equal(['m', 'n']);
    expect(profile.get('m')).to.deep.include({ value: 'm', source: { kind: 'default' }, losers: [] });
    expect(profile.get('n')?.losers.map((loser) => loser.value)).to.deep.equal(['root', 'default']);
  });

  it('is what a plain reading of the rules says, whatever groups, locks and priorities', () => {
    const names = ['root', 'root.a', 'root.a.x', 'root.b', 'root.b.x', 'root.b.x.y', 'root.devicetypes.O'];
    const name = fc.constantFrom(...names);
    const given = fc.oneof(
      fc.constantFrom('1', '2', '3'),
      fc.tuple(fc.constantFrom('1', '2', '3'), fc.constantFrom('groups', 'groups-and-devices')),
    ) as fc.Arbitrary<string | [string, LockReach]>;
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { maxLength: 3 }),
        fc.dictionary(name, fc.record({ n: given }), { maxKeys: 5 }),
        fc.option(fc.constantFrom('own', '1')),
        fc.dictionary(name, fc.integer({ min: 0, max: 2 })),
        fc.option(fc.constant('default')),
        (groups, values, own, priorities, fallback) => {
          const scene: Scene = {
            ...{ direct: groups, values, priorities },
            ...(own !== null && { own: { n: own } }),
            ...(fallback !== null && { defaults: { n: fallback } }),
          };
          const found = effectiveValue('n', input(scene));
          expect(found?.value ?? null).to.equal(plain(scene));
          const group = found?.source.kind === 'group' ? found.source.group : null;
          if (group !== null) expect(setting(values[group]?.n ?? '').value).to.equal(found?.value);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

/** groups-profiles.md §6, 1 to 4, word by word. */
function plain({ direct, values, own, priorities = {}, defaults }: Scene): string | null {
  const member = (group: string): boolean =>
    direct.some((one) => one === group || one.startsWith(`${group}.`));
  const holders = Object.entries(values)
    .filter(([group, { n }]) => member(group) && n !== undefined)
    .map(([group, { n }]) => ({ group, ...setting(n ?? '') }));
  const depth = (group: string): number => group.split('.').length;
  const better = (a: string, b: string): boolean => {
    const [pa, pb] = [priorities[a] ?? 0, priorities[b] ?? 0];
    if (pa !== pb) return pa > pb;
    if (depth(a) !== depth(b)) return depth(a) > depth(b);
    const [ta, tb] = [a, b].map((one) => one.startsWith('root.devicetypes'));
    return ta === tb ? a < b : Boolean(ta);
  };
  const locks = holders.filter(({ lock }) => lock !== null);
  const top = Math.min(...locks.map(({ group }) => depth(group)));
  const lock = best(
    locks.filter(({ group }) => depth(group) === top),
    better,
  );
  if (lock && (lock.lock === 'groups-and-devices' || own?.n === undefined)) return lock.value;
  if (own?.n !== undefined) return own.n;
  const deepest = holders.filter(
    ({ group }) => !holders.some((other) => other.group.startsWith(`${group}.`)),
  );
  return best(deepest, better)?.value ?? defaults?.n ?? null;
}

function best<T extends { group: string }>(
  all: T[],
  better: (a: string, b: string) => boolean,
): T | undefined {
  return all.find((one) => all.every((other) => other === one || better(one.group, other.group)));
}
