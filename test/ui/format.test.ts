import { expect } from 'chai';
import {
  age,
  between,
  duration,
  wholeSeconds,
  forecast,
  instant,
  isoDuration,
  isStale,
  shortInstant,
  span,
} from '../../ui/format/time.js';
import { bytes, count, cpeText, middle, number } from '../../ui/format/values.js';

const now = new Date(2026, 10, 22, 20, 14, 5).getTime();
const at = (secondsAgo: number) => new Date(now - secondsAgo * 1000).toISOString();

describe('How values are written', () => {
  it('writes an instant in the zone of the operator, and n/a for what never happened', () => {
    expect(instant(at(0))).to.equal('2026.11.22 20:14:05');
    expect(instant(null)).to.equal('n/a');
    expect(instant('no date')).to.equal('n/a');
  });

  it('shortens an instant on its own day and in its own year', () => {
    expect(shortInstant(at(60), now)).to.equal('20:13:05');
    expect(shortInstant(at(86_400), now)).to.equal('11.21 20:14');
    expect(shortInstant(new Date(2025, 0, 2, 3, 4, 5).toISOString(), now)).to.equal('2025.01.02 03:04:05');
  });

  for (const [seconds, text] of [
    [1, 'now'],
    [40, '40 s ago'],
    [14 * 60, '14 min ago'],
    [2 * 3600 + 600, '2 h 10 m ago'],
    [3 * 3600, '3 h ago'],
    [86_400 * 3, '2026.11.19 20:14'],
  ] as const) {
    it(`calls an age of ${seconds} s “${text}”`, () => expect(age(at(seconds), now)).to.equal(text));
  }

  it('never writes 60 minutes beside an hour', () => {
    expect(span(2 * 3_600_000 - 10_000)).to.equal('2 h');
    expect(span(9.5 * 86_400_000)).to.equal('9 d');
  });

  it('says of a forecast that it is one, and of a missed one for how long', () => {
    expect(forecast(at(-1800), now)).to.equal('about 20:44 (in 30 min)');
    expect(forecast(at(600), now)).to.equal('was due 20:04 (10 min ago)');
    expect(forecast(null, now)).to.equal('not known when');
  });

  it('takes a value older than two days as stale, but not one that was never read', () => {
    expect(isStale(at(2 * 86_400 + 1), now)).to.equal(true);
    expect(isStale(at(86_400), now)).to.equal(false);
    expect(isStale(null, now)).to.equal(false);
  });

  for (const [ms, text] of [
    [320, '320 ms'],
    [4100, '4.1 s'],
    [12_000, '0m 12s'],
    [7_500_000, '2h 05m'],
    [(3 * 24 + 4) * 3_600_000, '3d 4h'],
    [null, 'n/a'],
  ] as const) {
    it(`writes a duration of ${ms} ms as ${text}`, () => expect(duration(ms)).to.equal(text));
  }

  for (const [seconds, text] of [
    [0, '0 s'],
    [45, '45 s'],
    [60, '1m 00s'],
    [90_000, '1d 1h'],
  ] as const) {
    it(`writes a length of ${seconds} whole seconds as ${text}`, () =>
      expect(wholeSeconds(seconds)).to.equal(text));
  }

  it('reads ISO 8601 durations and refuses others', () => {
    expect(isoDuration('PT1.600S')).to.equal(1600);
    expect(isoDuration('P1DT2H3M')).to.equal(93_780_000);
    expect(isoDuration('P')).to.equal(null);
    expect(isoDuration('4 s')).to.equal(null);
  });

  it('measures an unfinished run up to now', () => {
    expect(between(at(10), null, now)).to.equal(10_000);
    expect(between(null, null, now)).to.equal(null);
  });

  it('writes bytes in binary units with one decimal', () => {
    expect([bytes(820), bytes(49_254), bytes(15_309_312), bytes(null)]).to.deep.equal([
      '820 B',
      '48.1 KiB',
      '14.6 MiB',
      'n/a',
    ]);
  });

  it('groups numbers and counts things', () => {
    expect([number(48_213), count(1, 'task'), count(2, 'task')]).to.deep.equal([
      '48,213',
      '1 task',
      '2 tasks',
    ]);
  });

  it('shows what a CPE hides in its text', () => {
    expect(cpeText('Guest\nNet\u0000')).to.equal('Guest␊Net␀');
    expect(cpeText('a\u202eb')).to.equal('a⟨U+202E⟩b');
  });

  it('cuts a path in its middle', () => {
    expect(middle('Device.WiFi.SSID.1.SSID', 16))
      .to.have.length(16)
      .and.match(/^Devic…/);
    expect(middle('short', 16)).to.equal('short');
  });
});
