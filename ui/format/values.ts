const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
const grouped = new Intl.NumberFormat('en-GB');

/** `48,213` */
export function number(value: number): string {
  return grouped.format(value);
}

/** `820 B`, `48.1 KiB`, `14.6 MiB` */
export function bytes(value: number | null | undefined): string {
  if (value === null || value === undefined) return 'n/a';
  let rest = value;
  let unit = 0;
  while (rest >= 1024 && unit < UNITS.length - 1) {
    rest /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? rest : rest.toFixed(1)} ${UNITS[unit] ?? ''}`;
}

/** `1 task`, `3 tasks` */
export function count(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/**
 * Text of a CPE for the screen: control characters become their pictures (U+2400 …), so that nothing is hidden or
 * executed; direction marks are shown as what they are.
 */
export function cpeText(text: string): string {
  return (
    text
      // eslint-disable-next-line no-control-regex -- control characters are what it is about
      .replace(/[\u0000-\u001f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)))
      .replace(/\u007f/g, '\u2421')
      .replace(
        /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
        (c) => `⟨U+${c.charCodeAt(0).toString(16).toUpperCase()}⟩`,
      )
  );
}

/** Cuts a path in its middle, keeping the first step and as much of the end as fits. */
export function middle(text: string, max: number): string {
  if (text.length <= max) return text;
  const tail = Math.ceil((max - 1) * 0.65);
  return `${text.slice(0, max - 1 - tail)}…${text.slice(-tail)}`;
}
