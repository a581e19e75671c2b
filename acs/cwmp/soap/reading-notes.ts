/** What a CPE did wrongly and was understood all the same (cpe-quirks.md A, B). */
export type WarningCode =
  | 'bad-bytes-replaced'
  | 'latin-1-assumed'
  | 'unknown-charset'
  | 'control-characters-removed'
  | 'bare-ampersand'
  | 'unknown-entity'
  | 'bad-character-reference'
  | 'trailing-garbage'
  | 'no-cwmp-namespace'
  | 'unknown-cwmp-namespace'
  | 'no-more-requests-ignored'
  | 'hold-requests-ignored'
  | 'bad-session-timeout'
  | 'unknown-header'
  | 'several-messages'
  | 'untyped-value'
  | 'unknown-type'
  | 'bad-value'
  | 'value-missing'
  | 'name-missing'
  | 'name-too-long'
  | 'text-cut'
  | 'entries-dropped'
  | 'object-entry'
  | 'missing-element'
  | 'bad-number'
  | 'bad-time'
  | 'no-fault-code';

export interface CodecWarning {
  code: WarningCode;
  /** The first element or parameter concerned. */
  path: string;
  /** What was found there. Never a parameter's value. */
  facts: Readonly<Record<string, string | number>>;
  /** How often the same leniency was needed in this envelope. */
  count: number;
}

/** What is noticed while one envelope is read, one warning a kind: an answer with 2,000 untyped values gives one. */
export class ReadingNotes {
  /** How the device writes booleans; null as long as none was seen. */
  booleanForm: 'digits' | 'words' | null = null;
  readonly #byCode = new Map<WarningCode, CodecWarning>();

  add(code: WarningCode, path: string, facts: Readonly<Record<string, string | number>> = {}): void {
    const known = this.#byCode.get(code);
    if (known) known.count += 1;
    else this.#byCode.set(code, { code, path: path.slice(0, 256), facts, count: 1 });
  }

  get warnings(): CodecWarning[] {
    return [...this.#byCode.values()];
  }
}

/** One line for session records and logs. */
export function describeWarning(warning: CodecWarning): string {
  const facts = Object.entries(warning.facts).map(([name, fact]) => `${name} ${fact}`);
  const times = warning.count > 1 ? ` (${warning.count} times)` : '';
  return [`${warning.code} at ${warning.path || 'the envelope'}${times}`, ...facts].join(', ');
}
