import { EvaluationError } from './errors.js';

/** Names of the data model: `Device.WiFi.Radio.1.Channel`; objects end in a dot (expressions.md §4, model keys). */

export const segmentsOf = (key: string): string[] => key.split('.').filter((segment) => segment !== '');

export const isObjectKey = (key: string): boolean => key.endsWith('.');

/** The object that holds it, with its dot; '' at the root. */
export function parentKey(key: string): string {
  const name = isObjectKey(key) ? key.slice(0, -1) : key;
  return name.slice(0, name.lastIndexOf('.') + 1);
}

/** Its first segments as an object; the key itself when it has no more than that. */
export function ancestorKey(key: string, depth: number): string {
  const segments = segmentsOf(key);
  if (depth >= segments.length) return key;
  return depth <= 0 ? '' : `${segments.slice(0, depth).join('.')}.`;
}

/** Segment by number from 1, or from the end if negative. */
export function keySegment(key: string, number: number): string {
  const segments = segmentsOf(key);
  const segment = number > 0 ? segments[number - 1] : number < 0 ? segments.at(number) : undefined;
  if (segment === undefined)
    throw new EvaluationError('missing', `${key} has ${segments.length} segments, no number ${number}`);
  return segment;
}

/** The segments from one number to another, both included, without a dot at the end; bounds are adjusted. */
export function keySlice(key: string, first: number, last: number): string {
  const segments = segmentsOf(key);
  const index = (number: number): number => (number < 0 ? segments.length + number : number - 1);
  return segments.slice(Math.max(0, index(first)), Math.max(0, index(last) + 1)).join('.');
}

export const toObjectKey = (key: string): string => (key === '' || isObjectKey(key) ? key : `${key}.`);
export const toParameterKey = (key: string): string => (isObjectKey(key) ? key.slice(0, -1) : key);

export const stripInstanceNumbers = (key: string): string => key.replace(/(?<=^|\.)\d+(?=\.|$)/g, '{i}');

/** The root object with its dot: the first segment. */
export function dmRoot(key: string): string {
  const [first] = segmentsOf(key);
  return first === undefined ? '' : `${first}.`;
}

/** With another root object, given with or without its dot. */
export function changeRoot(key: string, root: string): string {
  return toObjectKey(root) + key.slice(dmRoot(key).length);
}
