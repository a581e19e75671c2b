/** A sample of a traced value. */
export interface Sample {
  at: string;
  value: string;
}

export interface SeriesPoint {
  /** Both from 0 to 1: of the period, and between the least and the greatest value. */
  x: number;
  y: number;
  at: string;
  value: string;
}

/** A series as a chart draws it; null = its values are no numbers, or there are too few. */
export interface Series {
  points: SeriesPoint[];
  least: number;
  greatest: number;
  from: string;
  to: string;
}

/** Samples in any order. Values that are no numbers leave a gap; a series of which half are none is no series of numbers. */
export function seriesOf(samples: readonly Sample[]): Series | null {
  const numbers = samples
    .filter(({ value }) => value.trim() !== '' && Number.isFinite(Number(value)))
    .map(({ at, value }) => ({ at, value, time: Date.parse(at), number: Number(value) }))
    .sort((a, b) => a.time - b.time);
  const [first] = numbers;
  const last = numbers.at(-1);
  if (!first || !last || numbers.length < 2 || numbers.length * 2 < samples.length) return null;
  const values = numbers.map(({ number }) => number);
  const least = values.reduce((a, b) => Math.min(a, b));
  const greatest = values.reduce((a, b) => Math.max(a, b));
  const span = Math.max(1, last.time - first.time);
  const height = greatest - least;
  return {
    points: numbers.map(({ at, value, time, number }) => ({
      ...{ at, value, x: (time - first.time) / span },
      y: height === 0 ? 0.5 : (number - least) / height,
    })),
    ...{ least, greatest, from: first.at, to: last.at },
  };
}
