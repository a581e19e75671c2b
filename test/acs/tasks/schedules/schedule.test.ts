import { expect } from 'chai';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { BUILT_IN_SCHEDULES } from '../../../../acs/tasks/schedules/built-in.js';
import {
  allowed,
  inWords,
  nextAllowed,
  nextRefused,
  scheduleRefusal,
} from '../../../../acs/tasks/schedules/schedule.js';
import { ALWAYS_MAP, isWeekMap, weekMapOf } from '../../../../acs/tasks/schedules/week-map.js';
import type { ScheduleSpan } from '../../../../store/models/schedule.js';

const QUARTER = 15 * 60_000;
const schedule = (fields: Partial<ScheduleSpan> = {}): ScheduleSpan => ({
  description: '',
  start: null,
  end: null,
  zone: 'UTC',
  map: ALWAYS_MAP,
  ...fields,
});
const at = (local: string, zone: string): Date => DateTime.fromISO(local, { zone }).toJSDate();
const from0200 = weekMapOf(() => [{ from: 8, to: 12 }]);

describe('a schedule', () => {
  it('allows the slots of its map on the clocks of its zone, to the quarter of an hour', () => {
    const monday = schedule({
      zone: 'Asia/Kathmandu',
      map: weekMapOf((day) => (day === 0 ? [{ from: 37, to: 38 }] : [])),
    });
    const local = (time: string): boolean => allowed(monday, at(time, 'Asia/Kathmandu'));
    expect(local('2026-03-02T09:15:00')).to.equal(true);
    expect(local('2026-03-02T09:29:59.999')).to.equal(true);
    expect(local('2026-03-02T09:30:00')).to.equal(false);
    expect(local('2026-03-02T09:14:59.999')).to.equal(false);
    expect(local('2026-03-03T09:15:00')).to.equal(false);
  });

  it('includes its start, excludes its end, and looks at the dates before the slot', () => {
    const one = schedule({
      start: new Date('2026-01-05T10:00:00Z'),
      end: new Date('2026-01-06T10:00:00Z'),
      map: from0200,
    });
    const code = (time: string) => scheduleRefusal(one, new Date(time))?.code;
    expect(code('2026-01-05T09:59:59.999Z')).to.equal('not-yet');
    expect(code('2026-01-05T10:00:00Z')).to.equal('outside-schedule');
    expect(code('2026-01-06T02:00:00Z')).to.equal(undefined);
    expect(code('2026-01-06T10:00:00Z')).to.equal('schedule-ended');
    expect(scheduleRefusal(one, new Date('2026-01-01T00:00:00Z'))).to.deep.equal({
      code: 'not-yet',
      at: new Date('2026-01-06T02:00:00Z'),
    });
    expect(nextAllowed(one, new Date('2026-01-06T03:00:00Z'))).to.equal(null);
  });

  it('skips a slot that does not come on the day on which clocks go forward', () => {
    const berlin = schedule({ zone: 'Europe/Berlin', map: weekMapOf(() => [{ from: 8, to: 9 }]) });
    const after = nextAllowed(berlin, at('2026-03-28T03:00:00', 'Europe/Berlin'));
    expect(DateTime.fromJSDate(after!, { zone: 'Europe/Berlin' }).toISO()).to.equal(
      '2026-03-30T02:00:00.000+02:00',
    );
  });

  it('has the hour twice that comes twice on the day on which clocks go back', () => {
    const berlin = schedule({ zone: 'Europe/Berlin', map: from0200 });
    expect(nextAllowed(berlin, new Date('2026-10-25T00:00:00Z'))?.toISOString()).to.equal(
      '2026-10-25T00:00:00.000Z',
    );
    expect(nextRefused(berlin, new Date('2026-10-25T00:00:00Z'))?.toISOString()).to.equal(
      '2026-10-25T02:00:00.000Z',
    );
  });

  it('opens an hour earlier on the day on which clocks go forward', () => {
    const berlin = schedule({ zone: 'Europe/Berlin', map: weekMapOf(() => [{ from: 16, to: 20 }]) });
    expect(nextAllowed(berlin, new Date('2026-03-29T00:30:00Z'))?.toISOString()).to.equal(
      '2026-03-29T02:00:00.000Z',
    );
  });

  it('never opens when its map is empty', () => {
    expect(nextAllowed(schedule({ map: '0'.repeat(168) }), new Date())).to.equal(null);
  });

  it('refuses a zone that is none', () => {
    expect(() => allowed(schedule({ zone: 'Mars/Base', map: from0200 }), new Date())).to.throw(/Mars/);
  });

  it('is told in words', () => {
    const { 'nights-enterprise': nights, 'nights-enterprise-weekends': both, weekends } = BUILT_IN_SCHEDULES;
    const utc = (span: ScheduleSpan | undefined): string => inWords({ ...span!, zone: 'UTC' });
    expect(utc(nights)).to.equal('daily 00:00–06:00 and 19:00–24:00; UTC');
    expect(utc(both)).to.equal('Mon–Fri 00:00–06:00 and 19:00–24:00, Sat–Sun all day; UTC');
    expect(utc(weekends)).to.equal('Sat–Sun all day; UTC');
    expect(inWords(null)).to.equal('always');
    expect(inWords(schedule())).to.equal('always');
    expect(inWords(schedule({ end: new Date('2026-06-01T10:00:00Z'), zone: 'Europe/Berlin' }))).to.equal(
      'always; until 2026-06-01 12:00; Europe/Berlin',
    );
    expect(inWords(schedule({ map: '0'.repeat(168) }))).to.equal('never; UTC');
  });

  it('has the four built-in ones, whose maps are whole weeks', () => {
    expect(Object.keys(BUILT_IN_SCHEDULES)).to.deep.equal([
      'nights-enterprise',
      'nights-enterprise-weekends',
      'nights-home',
      'weekends',
    ]);
    for (const { map } of Object.values(BUILT_IN_SCHEDULES)) expect(isWeekMap(map)).to.equal(true);
    const home = { ...BUILT_IN_SCHEDULES['nights-home']!, zone: 'UTC' };
    expect([0, 1, 5, 6].map((hour) => allowed(home, new Date(Date.UTC(2026, 0, 7, hour))))).to.deep.equal([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('a schedule, for any map, zone and time', () => {
  // All around changes of the clocks; Lord Howe moves by half an hour, Casablanca back and forth around Ramadan.
  const zone = fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'UTC',
  );
  const near = fc.constantFrom(
    '2026-03-29T00:00:00Z',
    '2026-10-25T00:00:00Z',
    '2026-03-08T06:00:00Z',
    '2026-04-04T15:00:00Z',
    '2026-02-15T02:00:00Z',
  );
  const instant = fc
    .tuple(near, fc.integer({ min: -3 * 86_400_000, max: 3 * 86_400_000 }))
    .map(([base, offset]) => new Date(new Date(base).getTime() + offset));
  const sparse = fc.uniqueArray(fc.nat(671), { maxLength: 4 }).map((slots) =>
    weekMapOf((day) =>
      slots
        .filter((slot) => Math.floor(slot / 96) === day)
        .map((slot) => slot % 96)
        .map((slot) => ({ from: slot, to: slot + 1 })),
    ),
  );

  /** By the calendar library alone. */
  const plainly = (map: string, time: Date, name: string): boolean => {
    const local = DateTime.fromJSDate(time, { zone: name });
    const slot = (local.weekday - 1) * 96 + local.hour * 4 + Math.floor(local.minute / 15);
    return (Number.parseInt(map[Math.floor(slot / 4)]!, 16) & [8, 4, 2, 1][slot % 4]!) !== 0;
  };

  it('agrees with the calendar on whether an instant is allowed', () => {
    fc.assert(
      fc.property(sparse, zone, instant, (map, name, time) => {
        expect(allowed(schedule({ map, zone: name }), time)).to.equal(plainly(map, time, name));
      }),
    );
  });

  it('finds the next allowed instant that a walk by quarters of an hour finds', () => {
    fc.assert(
      fc.property(sparse, zone, instant, (map, name, time) => {
        const found = nextAllowed(schedule({ map, zone: name }), time);
        let walk: Date | null = plainly(map, time, name) ? time : null;
        const first = Math.ceil(time.getTime() / QUARTER) * QUARTER;
        for (let step = 0; !walk && step <= 8 * 96; step += 1) {
          const candidate = new Date(first + step * QUARTER);
          if (plainly(map, candidate, name)) walk = candidate;
        }
        expect(found?.toISOString() ?? null).to.equal(walk?.toISOString() ?? null);
      }),
      { numRuns: 150 },
    );
  });

  it('is allowed at what it calls the next allowed instant, and refused at the next refused one', () => {
    fc.assert(
      fc.property(sparse, zone, instant, (map, name, time) => {
        const one = schedule({ map, zone: name });
        const open = nextAllowed(one, time);
        if (open) expect(allowed(one, open)).to.equal(true);
        const shut = nextRefused(one, time);
        if (shut) expect(allowed(one, shut)).to.equal(false);
      }),
    );
  });
});
