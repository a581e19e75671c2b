/** The latest figures of a kind, for percentiles; old ones are overwritten. */
export class RecentFigures {
  readonly #figures: Float64Array;
  #count = 0;

  constructor(size = 10_000) {
    this.#figures = new Float64Array(size);
  }

  add(figure: number): void {
    this.#figures[this.#count % this.#figures.length] = figure;
    this.#count += 1;
  }

  /** The figure below which a share (0 to 1) of the latest ones lies; 0 when there are none. */
  percentile(share: number): number {
    const length = Math.min(this.#count, this.#figures.length);
    const sorted = this.#figures.slice(0, length).sort();
    return sorted[Math.min(length - 1, Math.floor(share * length))] ?? 0;
  }
}
