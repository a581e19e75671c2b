import { expect } from 'chai';
import fc from 'fast-check';
import {
  ALWAYS,
  allowedHours,
  daySpans,
  NEVER,
  paint,
  slotAllowed,
  SLOTS_A_DAY,
  type SlotRange,
} from '../../ui/logic/week-map.js';

const slot = fc.nat({ max: SLOTS_A_DAY - 1 });
const day = fc.nat({ max: 6 });
const range: fc.Arbitrary<SlotRange> = fc.record({ fromDay: day, toDay: day, fromSlot: slot, toSlot: slot });
const within = (one: number, a: number, b: number): boolean => one >= Math.min(a, b) && one <= Math.max(a, b);

describe('the map of a week', () => {
  it('is painted in rectangles, whichever corner one begins at, and nowhere else', () => {
    fc.assert(
      fc.property(range, fc.boolean(), fc.constantFrom(ALWAYS, NEVER), (painted, allowed, before) => {
        const map = paint(before, painted, allowed);
        expect(map).to.match(/^[0-9a-f]{168}$/);
        for (let d = 0; d < 7; d += 1)
          for (let s = 0; s < SLOTS_A_DAY; s += 1) {
            const inside =
              within(d, painted.fromDay, painted.toDay) && within(s, painted.fromSlot, painted.toSlot);
            expect(slotAllowed(map, d, s)).to.equal(inside ? allowed : before === ALWAYS);
          }
      }),
      { numRuns: 50 },
    );
  });

  it('reads digits as the server writes them: the first quarter is the highest bit', () => {
    const map = `8${NEVER.slice(1)}`;
    expect([0, 1, 2, 3].map((one) => slotAllowed(map, 0, one))).to.deep.equal([true, false, false, false]);
  });

  it('says the spans of a day and the hours of the week', () => {
    const nights = paint(
      paint(NEVER, { fromDay: 0, toDay: 6, fromSlot: 0, toSlot: 23 }, true),
      {
        ...{ fromDay: 0, toDay: 0, fromSlot: 76, toSlot: 95 },
      },
      true,
    );
    expect(daySpans(nights, 0)).to.deep.equal(['00:00–06:00', '19:00–24:00']);
    expect(daySpans(nights, 1)).to.deep.equal(['00:00–06:00']);
    expect(allowedHours(nights)).to.equal(47);
    expect(daySpans(NEVER, 3)).to.deep.equal([]);
    expect(daySpans(ALWAYS, 3)).to.deep.equal(['00:00–24:00']);
  });
});
