import { expect } from 'chai';
import fc from 'fast-check';
import { judge, MOST_RULES, type Rule, type Verdict } from '../../../../acs/devices/groups/judge.js';

interface TestRule extends Rule {
  /** The device must be a direct member of this group for the condition to hold; empty = always. */
  needs: string;
  to: string[];
}

let count = 0;
const rule = (group: string, to: string | string[], more: Partial<TestRule> = {}): TestRule => ({
  _id: `r${String((count += 1)).padStart(3, '0')}`,
  ...{ group, active: true, remove: false, subgroups: false, needs: '' },
  to: [to].flat(),
  ...more,
});

interface Scene {
  groups: string[];
  rules: TestRule[];
  priorities?: Record<string, number>;
  limit?: number;
}

function run({ groups, rules, priorities = {}, limit }: Scene) {
  const order: string[] = [];
  const result = judge<TestRule>({
    groups,
    rulesOf: (group) => rules.filter((one) => one.group === group),
    priorityOf: (group) => priorities[group] ?? 0,
    evaluate: (one, present): Verdict => {
      order.push(one._id);
      if (one.needs === '!') return { error: 'broken' };
      return { holds: one.needs === '' || present.includes(one.needs), destinations: one.to };
    },
    ...(limit !== undefined && { limit }),
  });
  return { ...result, order };
}

describe('The judgement of migration rules', () => {
  it('considers rules of direct groups, and of groups above only where they apply in subgroups', () => {
    const rules = [
      rule('root', 'root.no'),
      rule('root', 'root.yes', { subgroups: true }),
      rule('root.a', 'root.b'),
    ];
    expect(run({ groups: ['root.a'], rules }).groups).to.deep.equal(['root.a', 'root.yes', 'root.b']);
  });

  it('leaves inactive rules alone and gives the very same list back when nothing changes', () => {
    const groups = ['root.a'];
    const result = run({
      groups,
      rules: [rule('root.a', 'root.b', { active: false }), rule('root.a', 'root.a')],
    });
    expect(result.groups).to.equal(groups);
    expect(result.steps).to.deep.equal([]);
  });

  it('lets groups above go first, then higher priority, then the name', () => {
    const rules = [
      rule('root.a.x', []),
      rule('root.a', [], { subgroups: true }),
      rule('root.c', []),
      rule('root.b', []),
    ];
    const { order } = run({
      groups: ['root.a.x', 'root.c', 'root.b'],
      rules,
      priorities: { 'root.a.x': 9, 'root.c': 5, 'root.b': 5 },
    });
    expect(order).to.deep.equal([rules[3], rules[2], rules[1], rules[0]].map((one) => one?._id));
  });

  it('judges all rules of one group on the same state, then removes, then joins', () => {
    const rules = [
      rule('root.a', 'root.b', { remove: true }),
      // Would not hold if it saw the effect of the first one.
      rule('root.a', 'root.c', { needs: 'root.a' }),
      rule('root.a', 'root.d', { needs: 'root.b' }),
    ];
    expect(run({ groups: ['root.a'], rules }).groups).to.deep.equal(['root.b', 'root.c']);
  });

  it('evaluates rules of groups that were joined, and none of groups that were left', () => {
    const rules = [
      rule('root.a', 'root.n', { remove: true, subgroups: true }),
      rule('root.a.x', 'root.never'),
      rule('root.n', 'root.m'),
    ];
    const { groups } = run({ groups: ['root.a.x'], rules });
    expect(groups).to.deep.equal(['root.n', 'root.m']);
  });

  it('evaluates a rule once only, so that two groups that send a device to each other come to an end', () => {
    const rules = [rule('root.a', 'root.b', { remove: true }), rule('root.b', 'root.a', { remove: true })];
    const { groups, evaluated, stopped } = run({ groups: ['root.a'], rules });
    expect({ groups, evaluated, stopped }).to.deep.equal({
      groups: ['root.a'],
      evaluated: 2,
      stopped: false,
    });
  });

  it('removes from what lies below where the rule applies in subgroups, else from the group alone', () => {
    const groups = ['root.a', 'root.a.x', 'root.ab'];
    const removing = (subgroups: boolean) =>
      run({ groups, rules: [rule('root.a', 'root.z', { remove: true, subgroups })] }).groups;
    expect(removing(true)).to.deep.equal(['root.ab', 'root.z']);
    expect(removing(false)).to.deep.equal(['root.a.x', 'root.ab', 'root.z']);
  });

  it('never takes a device out of its device type', () => {
    const type = 'root.devicetypes.02A0C4.X1.1.1';
    const rules = [rule('root', 'root.z', { remove: true, subgroups: true })];
    expect(run({ groups: ['root', 'root.a', type], rules }).groups).to.deep.equal([type, 'root.z']);
  });

  it('leaves the device where it is when a rule fails, and lets the others of the group go on', () => {
    const broken = rule('root.a', 'root.b', { needs: '!', remove: true });
    const { groups, errors } = run({ groups: ['root.a'], rules: [broken, rule('root.a', 'root.c')] });
    expect(groups).to.deep.equal(['root.a', 'root.c']);
    expect(errors).to.deep.equal([{ rule: broken, message: 'broken' }]);
  });

  it('stops after 200 rules, before a group whose rules would go beyond', () => {
    const chain = Array.from({ length: 250 }, (_, at) => rule(`root.g${at}`, `root.g${at + 1}`));
    const { evaluated, stopped, groups } = run({ groups: ['root.g0'], rules: chain });
    expect({ evaluated, stopped, last: groups.at(-1) }).to.deep.equal({
      evaluated: MOST_RULES,
      stopped: true,
      last: 'root.g200',
    });
    const two = [rule('root.a', 'root.b'), rule('root.a', 'root.c')];
    expect(run({ groups: ['root.a'], rules: two, limit: 1 })).to.include({ evaluated: 0, stopped: true });
  });

  it('does what a plain reading of the laws does, whatever tree, rules and memberships', () => {
    const names = ['root', 'root.a', 'root.a.x', 'root.a.y', 'root.b', 'root.b.x', 'root.c'];
    const name = fc.constantFrom(...names);
    const rules = fc.array(
      fc.record({
        group: name,
        active: fc.boolean(),
        remove: fc.boolean(),
        subgroups: fc.boolean(),
        needs: fc.oneof(fc.constant(''), name, fc.constant('!')),
        to: fc.uniqueArray(name, { maxLength: 2 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { maxLength: 4 }),
        rules,
        fc.dictionary(name, fc.integer({ min: 0, max: 2 })),
        fc.integer({ min: 1, max: 12 }),
        (groups, drafts, priorities, limit) => {
          const all = drafts.map((one, at): TestRule => ({ _id: `r${String(at).padStart(3, '0')}`, ...one }));
          const found = run({ groups, rules: all, priorities, limit });
          const wanted = plain({ groups, rules: all, priorities, limit });
          expect([...found.groups].sort()).to.deep.equal([...wanted.groups].sort());
          expect(found.order).to.deep.equal(wanted.order);
          expect(found.stopped).to.equal(wanted.stopped);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

/** The laws word by word, without any care for speed. */
function plain({ groups, rules, priorities = {}, limit = 200 }: Scene) {
  let present = new Set(groups);
  const ran = new Set<string>();
  const order: string[] = [];
  const above = (name: string, other: string): boolean => other.startsWith(`${name}.`);
  const applies = (one: TestRule): boolean =>
    one.active &&
    !ran.has(one._id) &&
    (present.has(one.group) || (one.subgroups && [...present].some((group) => above(one.group, group))));
  for (;;) {
    const waiting = [...new Set(rules.filter(applies).map(({ group }) => group))];
    const free = waiting.filter((group) => !waiting.some((other) => above(other, group)));
    free.sort((a, b) => (priorities[b] ?? 0) - (priorities[a] ?? 0) || (a < b ? -1 : 1));
    const next = free[0];
    if (next === undefined) return { groups: [...present], order, stopped: false };
    const turn = rules.filter((one) => one.group === next && applies(one));
    if (order.length + turn.length > limit) return { groups: [...present], order, stopped: true };
    const before = new Set(present);
    const holding = turn.filter(({ needs }) => needs === '' || (needs !== '!' && before.has(needs)));
    for (const one of turn) {
      ran.add(one._id);
      order.push(one._id);
    }
    for (const one of holding.filter(({ remove }) => remove))
      present = new Set(
        [...present].filter((group) => group !== one.group && !(one.subgroups && above(one.group, group))),
      );
    for (const { to } of holding) for (const group of to) present.add(group);
  }
}
