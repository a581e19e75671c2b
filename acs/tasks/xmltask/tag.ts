/** What an attribute's text must be; expressions must give it. */
export type AttributeType =
  | 'text'
  /** Whole number. */
  | 'int'
  | 'boolean'
  /** `yyyy.MM.dd HH:mm:ss` or milliseconds since 1970. */
  | 'date'
  /** `500ms`, `20s`, `30min`, `2h`, `1d`. */
  | 'duration'
  /** Parameter or object of the data model, full or relative to the prefix. */
  | 'key'
  /** Object of the data model; a trailing dot is added. */
  | 'object'
  /** Name of a variable to be written. */
  | 'variable'
  | 'query'
  /** Texts, split at commas. */
  | 'list'
  | 'regex'
  /** Begins and ends with a slash. */
  | 'domain'
  /** One of `values`. */
  | 'enum';

export interface AttributeSpec {
  readonly name: string;
  readonly type: AttributeType;
  readonly doc: string;
  readonly required?: true;
  /** Taken where the attribute is left out; may itself be an expression. */
  readonly preset?: string;
  /** Of an enumeration. */
  readonly values?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** An empty text is a value and does not count as absent. */
  readonly emptyCounts?: true;
  /** An expression may give null, which then has a meaning of its own. */
  readonly nullCounts?: true;
  /** Never shown. */
  readonly secret?: true;
  /** No expression is allowed. */
  readonly fixed?: true;
}

export const SECTIONS = ['Data model', 'System', 'Flow', 'Resources and network', 'Notification'] as const;
export type Section = (typeof SECTIONS)[number];

/** One tag of the language: what validator, interpreter, completion and documentation know of it. */
export interface TagSpec {
  readonly name: string;
  readonly section: Section;
  readonly doc: string;
  readonly attributes: readonly AttributeSpec[];
  /** Takes all root tags as children. */
  readonly container?: true;
  /** Names of children that are valid in this tag only. */
  readonly own?: readonly string[];
  /** Must have one of these around it, at whatever distance. */
  readonly within?: string;
  /** Valid only where a tag lists it as its own. */
  readonly child?: true;
  /** Of attributes named otherwise than the listed ones, and of what stands inside, another judges. */
  readonly free?: 'attributes' | 'content';
}

type Extra = Omit<Partial<AttributeSpec>, 'name' | 'type' | 'doc'>;

export function attribute(name: string, type: AttributeType, doc: string, extra: Extra = {}): AttributeSpec {
  return { name, type, doc, ...extra };
}

export const required = { required: true } as const;
export const preset = (text: string): { preset: string } => ({ preset: text });

export const ignoreFaults = attribute(
  'ignoreFaults',
  'boolean',
  'Faults of the device are logged and the task goes on; lost connections still end it',
  preset('false'),
);
export const flush = attribute(
  'flush',
  'boolean',
  'false: the request only waits, to be sent together with the next ones',
  preset('true'),
);
