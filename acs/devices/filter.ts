/** A field of a filter: `model`, or `property["site"]` with a key. */
export interface FieldRef {
  name: string;
  key?: string;
}

export type FilterValue = string | number | boolean | Date | null;

export type CompareOperator = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';
export type TextOperator = 'contains' | 'startsWith' | 'matches';

/**
 * The small filter language (northbound.md §3) as parsed. `in` with one value asks whether a set (`group`, `tag`) has
 * that member; with several, whether the field is one of them. `matches` is a regular expression over the whole text.
 */
export type FilterNode =
  | { op: 'and' | 'or'; nodes: FilterNode[] }
  | { op: 'not'; node: FilterNode }
  | { op: CompareOperator; field: FieldRef; value: FilterValue }
  | { op: TextOperator; field: FieldRef; value: string }
  | { op: 'in'; field: FieldRef; values: FilterValue[] }
  | { op: 'exists'; field: FieldRef };
