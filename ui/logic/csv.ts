/** A column of an exported list. */
export interface TextColumn<T> {
  title: string;
  text(row: T): string;
}

/** RFC 4180, with a byte order mark for spreadsheets; text that one would run as a formula gets an apostrophe (devices.md §5). */
export function csvOf<T>(columns: readonly TextColumn<T>[], rows: readonly T[]): string {
  const lines = [columns.map((one) => one.title), ...rows.map((row) => columns.map((one) => one.text(row)))];
  return `\uFEFF${lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')}`;
}

function cell(text: string): string {
  const number = /^-?\d+(\.\d+)?$/.test(text);
  const safe = !number && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
