import { expect } from 'chai';
import { parseDate, writeDate } from '../../../acs/tasks/config-fields.js';
import { formatDate } from '../../../acs/expressions/dates.js';

const ZONES = ['UTC', 'Europe/Warsaw', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'];

describe('dates in configurations', () => {
  for (const zone of ZONES)
    it(`are read as expressions write them, in ${zone}`, () => {
      for (const text of ['2026-01-15T11:22:33Z', '2026-07-01T00:00:00Z', '2026-11-27T23:59:59Z']) {
        const date = new Date(text);
        expect(parseDate(formatDate(date, zone), zone)).to.deep.equal(date);
        expect(parseDate(writeDate(date, zone), zone)).to.deep.equal(date);
      }
    });

  it('keep a zone of their own, and may be milliseconds since 1970', () => {
    const date = new Date('2026-01-15T11:22:33Z');
    for (const zone of ZONES) {
      expect(parseDate('2026-01-15T11:22:33Z', zone)).to.deep.equal(date);
      expect(parseDate('2026-01-15T12:22:33+01:00', zone)).to.deep.equal(date);
      expect(parseDate(String(date.getTime()), zone)).to.deep.equal(date);
    }
  });

  it('are none where they name no day', () => {
    for (const text of ['', 'tomorrow', '2026.13.01 00:00:00', '2026.02.30', '1e5', '-1'])
      expect(parseDate(text), text).to.equal(null);
  });
});
