import { expect } from 'chai';
import fc from 'fast-check';
import { waveOf, type GateDevice } from '../../../../acs/tasks/rollouts/gate.js';
import { limitOf } from '../../../../acs/tasks/rollouts/limits-of-waves.js';
import { position } from '../../../../acs/tasks/rollouts/position.js';
import type { OpenedWave, Wave } from '../../../../store/models/rollout.js';
import { T0 } from './make-staged.js';

const TASK = { _id: 'g:root.g:1' };
const GROUPS = ['root.g.a', 'root.g.b', 'root.g.c'];

const fleet = (count: number, groupOf: (number: number) => string = () => 'root.g'): GateDevice[] =>
  Array.from({ length: count }, (_, number) => ({
    _id: `02A0C4-GW-${String(number).padStart(6, '0')}`,
    groups: [groupOf(number)],
  }));

/** As the service opens a wave, over devices in memory. */
function open(devices: readonly GateDevice[], opened: readonly OpenedWave[], wave: Wave): OpenedWave[] {
  const outside = devices.filter((device) => waveOf(TASK, { opened: [...opened] }, device) === null);
  const limit = limitOf(wave, opened, {
    total: devices.length,
    waiting: outside.map(({ _id }) => position(TASK._id, _id)),
    inGroup: wave.kind === 'group' ? outside.filter(({ groups }) => groups.includes(wave.group)).length : 0,
  });
  return [...opened, { wave, ...limit, at: T0, by: 'u' }];
}

const openAll = (devices: readonly GateDevice[], waves: readonly Wave[]): OpenedWave[] =>
  waves.reduce<OpenedWave[]>((opened, wave) => open(devices, opened, wave), []);

const wavesOf = (devices: readonly GateDevice[], opened: OpenedWave[]): (number | null)[] =>
  devices.map((device) => waveOf(TASK, { opened }, device));

const wave = fc.oneof(
  fc.record({ kind: fc.constant('percent' as const), percent: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ kind: fc.constant('count' as const), devices: fc.integer({ min: 1, max: 80 }) }),
  fc.record({ kind: fc.constant('group' as const), group: fc.constantFrom(...GROUPS) }),
);

describe('positions of devices', () => {
  it('are the same for ever, and others in another task', () => {
    expect(position('g:root:1', 'A')).to.equal(position('g:root:1', 'A'));
    expect(position('g:root:1', 'A')).to.not.equal(position('g:root:2', 'A'));
  });

  it('are spread evenly: each tenth of the range holds a tenth of 20,000 devices, give or take a tenth of that', () => {
    const tenths = new Array<number>(10).fill(0);
    for (const { _id } of fleet(20_000)) tenths[Math.floor(position(TASK._id, _id) * 10)]! += 1;
    for (const count of tenths) expect(count).to.be.within(1_800, 2_200);
  });
});

describe('limits of waves', () => {
  it('grow, let in just the devices that they say, and never take one back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200 }),
        fc.array(wave, { minLength: 1, maxLength: 6 }),
        (count, waves) => {
          const devices = fleet(count, (number) => ['root.g', ...GROUPS][number % 4]!);
          let opened: OpenedWave[] = [];
          let before = wavesOf(devices, opened);
          for (const next of waves) {
            const below = opened.at(-1)?.below ?? 0;
            opened = open(devices, opened, next);
            const last = opened.at(-1)!;
            expect(last.below).to.be.within(below, 1);
            const now = wavesOf(devices, opened);
            const index = opened.length - 1;
            expect(now.filter((one) => one === index)).to.have.length(last.devices);
            // Who was in a wave stays in it.
            for (const [at, one] of before.entries()) if (one !== null) expect(now[at]).to.equal(one);
            before = now;
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('meet a percentage to the device, rounded up, whatever waves came before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 8 }),
        (count, tenths) => {
          const waves = tenths.map((share): Wave => ({ kind: 'percent', percent: share / 10 }));
          const devices = fleet(count);
          let left = count;
          for (const { wave: one, devices: reached } of openAll(devices, waves)) {
            if (one.kind !== 'percent') continue;
            const share = (one.percent / 100) * count;
            expect(reached).to.be.within(Math.min(left, share) - 1e-6, Math.min(left, share + 1));
            left -= reached;
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('hold for devices that join later in the same proportion', () => {
    const [first] = open(fleet(5_000), [], { kind: 'percent', percent: 10 });
    const later = fleet(25_000).slice(5_000);
    const inside = wavesOf(later, [first!]).filter((one) => one === 0).length;
    expect(inside).to.be.within(1_800, 2_200);
  });

  it('count devices exactly, and all there are where fewer are left', () => {
    const devices = fleet(30);
    const opened = openAll(devices, [
      { kind: 'count', devices: 7 },
      { kind: 'count', devices: 100 },
    ]);
    expect(opened.map((one) => one.devices)).to.deep.equal([7, 23]);
    expect(opened[1]!.below).to.be.below(1);
  });

  it('let in no device twice: the members of a subgroup that came by position are not counted again', () => {
    const devices = fleet(100, (number) => (number < 20 ? 'root.g.a' : 'root.g'));
    const opened = openAll(devices, [
      { kind: 'percent', percent: 50 },
      { kind: 'group', group: 'root.g.a' },
      { kind: 'rest' },
    ]);
    expect(opened[0]!.devices).to.equal(50);
    expect(opened[1]!.devices).to.be.within(1, 19);
    expect(opened.reduce((all, one) => all + one.devices, 0)).to.equal(100);
    expect(opened.map(({ below }) => below)).to.deep.equal([opened[0]!.below, opened[0]!.below, 1]);
  });

  it('are open to everybody once the shares make 100 percent, also to who joins later', () => {
    const opened = openAll(fleet(10), [
      { kind: 'percent', percent: 33.3 },
      { kind: 'percent', percent: 66.7 },
    ]);
    expect(opened.map(({ devices, below }) => [devices, below < 1])).to.deep.equal([
      [4, true],
      [6, false],
    ]);
  });

  it('of an empty group are those of a share, so that devices that join later find a part of them let in', () => {
    expect(openAll([], [{ kind: 'percent', percent: 5 }])).to.deep.include.members([
      { wave: { kind: 'percent', percent: 5 }, below: 0.05, devices: 0, at: T0, by: 'u' },
    ]);
    expect(openAll([], [{ kind: 'count', devices: 5 }])[0]).to.include({ below: 0, devices: 0 });
  });
});
