import { expect } from 'chai';
import { seriesOf } from '../../ui/logic/series.js';

const sample = (minute: number, value: string) => ({
  at: new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString(),
  value,
});

describe('Traced values as a chart', () => {
  it('are spread over their period and between their least and greatest value, oldest first', () => {
    const series = seriesOf([sample(10, '30'), sample(5, '10'), sample(0, '20')])!;
    expect(series.points.map(({ x, y }) => [x, y])).to.deep.equal([
      [0, 0.5],
      [0.5, 0],
      [1, 1],
    ]);
    expect(series).to.include({ least: 10, greatest: 30, from: sample(0, '').at, to: sample(10, '').at });
  });

  it('stand in the middle where they are all the same', () => {
    expect(seriesOf([sample(0, '5'), sample(1, '5.0')])?.points.map(({ y }) => y)).to.deep.equal([0.5, 0.5]);
  });

  it('are no chart where they are texts, or one alone', () => {
    expect(seriesOf([sample(0, 'Up'), sample(1, 'Down'), sample(2, '1')])).to.equal(null);
    expect(seriesOf([sample(0, '1')])).to.equal(null);
    expect(seriesOf([sample(0, ''), sample(1, ' '), sample(2, 'NaN')])).to.equal(null);
  });

  it('leave out single values that are no numbers', () => {
    expect(seriesOf([sample(0, '1'), sample(1, 'n/a'), sample(2, '3')])?.points).to.have.length(2);
  });
});
