import { CsvError, parse } from 'csv-parse/sync';
import { ValidationError } from '../../common/errors.js';

/** A CSV resource as expressions read it: the first line names the columns, the rest are rows (expressions.md §6.7). */
export class CsvTable {
  readonly #indexes = new Map<number, ReadonlyMap<string, readonly number[]>>();

  constructor(
    readonly columnNames: readonly string[],
    /** Cells by column; a short line has fewer. */
    readonly rows: readonly (readonly string[])[],
  ) {}

  /** Numbers of the rows that have this text in a column; made once for each column that is asked for. */
  rowsWith(column: number, key: string): readonly number[] {
    let index = this.#indexes.get(column);
    if (!index) {
      index = this.#index(column);
      this.#indexes.set(column, index);
    }
    return index.get(key) ?? [];
  }

  #index(column: number): ReadonlyMap<string, readonly number[]> {
    const index = new Map<string, number[]>();
    this.rows.forEach((row, number) => {
      const cell = row[column];
      if (cell === undefined) return;
      const found = index.get(cell);
      if (found) found.push(number);
      else index.set(cell, [number]);
    });
    return index;
  }
}

/**
 * Reads CSV text: comma, quote `"`, cells trimmed unless quoted, empty lines left out (expressions.md §6.7). Throws
 * `ValidationError` for text that is no CSV.
 */
export function parseCsvTable(text: string): CsvTable {
  try {
    const [header = [], ...rows] = parse(text, {
      bom: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
    });
    return new CsvTable(header, rows);
  } catch (error) {
    if (error instanceof CsvError) throw ValidationError.of('', `Not a CSV table: ${error.message}`, 'csv');
    throw error;
  }
}
