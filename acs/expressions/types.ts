/** Kinds of types without parts (expressions.md §3). `null` is the type of `null` and of the elements of `list()`. */
export type PlainKind =
  | 'any'
  | 'null'
  | 'boolean'
  | 'char'
  | 'string'
  | 'byte'
  | 'short'
  | 'int'
  | 'long'
  | 'float'
  | 'double'
  | 'date'
  | 'bytes';

export type CollectionKind = 'list' | 'set' | 'collection';

/** A static type, as plain data. */
export type Type =
  | { readonly kind: PlainKind }
  | { readonly kind: CollectionKind; readonly element: Type }
  | { readonly kind: 'map' | 'entry'; readonly key: Type; readonly value: Type }
  /** No values: an open set of texts. */
  | { readonly kind: 'enum'; readonly name: string; readonly values: readonly string[] }
  /** A context, a utility object or a query: what it can do stands in the API table under its name. */
  | { readonly kind: 'object'; readonly name: string }
  | { readonly kind: 'function'; readonly parameters: readonly Type[]; readonly result: Type }
  /** Stands for a type in a signature of the API: `E`, `K`, `N` (a number), `O` (what can be ordered). */
  | { readonly kind: 'variable'; readonly name: string };

const plain = (kind: PlainKind): Type => ({ kind });

/** The types by name, for whoever describes a place. */
export const T = {
  any: plain('any'),
  null: plain('null'),
  boolean: plain('boolean'),
  char: plain('char'),
  string: plain('string'),
  byte: plain('byte'),
  short: plain('short'),
  int: plain('int'),
  long: plain('long'),
  float: plain('float'),
  double: plain('double'),
  date: plain('date'),
  bytes: plain('bytes'),
  list: (element: Type): Type => ({ kind: 'list', element }),
  set: (element: Type): Type => ({ kind: 'set', element }),
  collection: (element: Type): Type => ({ kind: 'collection', element }),
  map: (key: Type, value: Type): Type => ({ kind: 'map', key, value }),
  entry: (key: Type, value: Type): Type => ({ kind: 'entry', key, value }),
  enumeration: (name: string, values: readonly string[]): Type => ({ kind: 'enum', name, values }),
  object: (name: string): Type => ({ kind: 'object', name }),
  function: (parameters: readonly Type[], result: Type): Type => ({ kind: 'function', parameters, result }),
  variable: (name: string): Type => ({ kind: 'variable', name }),
  liveQuery: { kind: 'object', name: 'LiveDMQuery' } as Type,
} as const;

/** The enumerations (expressions.md §6). A FileType's text is the one that an Upload request takes. */
export const ENUMERATIONS = {
  TaskReportStatus: T.enumeration('TaskReport.Status', [
    'NOT_STARTED',
    'IN_PROGRESS',
    'SUCCESS',
    'WARNING',
    'ERROR',
  ]),
  LogLevel: T.enumeration('LogLevel', ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'OFF']),
  AlertStatus: T.enumeration('AlertStatus', ['IS_RAISED', 'IS_HIDDEN']),
  ProtocolType: T.enumeration('ProtocolType', [
    'http',
    'httpWithAuth',
    'https',
    'httpsWithAuth',
    'ftp',
    'anonymousFtp',
    'emptyFtp',
  ]),
  FileType: T.enumeration('FileType', []),
} as const;

const NAMES: Readonly<Record<PlainKind, string>> = {
  any: 'Any',
  null: 'Null',
  boolean: 'Boolean',
  char: 'Char',
  string: 'String',
  byte: 'Byte',
  short: 'Short',
  int: 'Int',
  long: 'Long',
  float: 'Float',
  double: 'Double',
  date: 'Date',
  bytes: 'Bytes',
};

/** Type by the name that signatures and the console use: `String`, `TaskReport.Status`; undefined for unknown ones. */
export function plainType(name: string): Type | undefined {
  const found = Object.entries(NAMES).find(([, known]) => known === name);
  if (found) return plain(found[0] as PlainKind);
  return Object.values(ENUMERATIONS).find((type) => type.kind === 'enum' && type.name === name);
}

/** `List[Map[String, Int]]`, `(Int, Int) => Boolean`: for messages, signatures and the cache. */
export function typeName(type: Type): string {
  switch (type.kind) {
    case 'list':
      return `List[${typeName(type.element)}]`;
    case 'set':
      return `Set[${typeName(type.element)}]`;
    case 'collection':
      return `Collection[${typeName(type.element)}]`;
    case 'map':
      return `Map[${typeName(type.key)}, ${typeName(type.value)}]`;
    case 'entry':
      return `Entry[${typeName(type.key)}, ${typeName(type.value)}]`;
    case 'enum':
    case 'object':
    case 'variable':
      return type.name;
    case 'function': {
      const [only] = type.parameters;
      const one = type.parameters.length === 1 && only !== undefined;
      const parameters = one ? typeName(only) : `(${type.parameters.map(typeName).join(', ')})`;
      return `${parameters} => ${typeName(type.result)}`;
    }
    default:
      return NAMES[type.kind];
  }
}
