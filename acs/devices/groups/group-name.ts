import { ValidationError } from '../../../common/errors.js';

/** Above all groups; every other name begins with it. */
export const ROOT = 'root';
/** Every new device, until a rule moves it. */
export const INCOMING = 'root.incoming';
export const DEVICE_TYPES = 'root.devicetypes';

/** Groups that the ACS makes (groups-profiles.md §1). */
export const SYSTEM_GROUPS: readonly string[] = [
  ROOT,
  INCOMING,
  'root.cwmp',
  'root.monitoring',
  DEVICE_TYPES,
];

export const MAX_SEGMENT = 64;
export const MAX_NAME = 512;

/** Letters, digits, space, `_ - + ( )`; not blank, no blank at either end. */
const SEGMENT = /^[\p{L}\p{N}_\-+()](?:[\p{L}\p{N} _\-+()]*[\p{L}\p{N}_\-+()])?$/u;
const FOREIGN = /[^\p{L}\p{N} _\-+()]/gu;

/** What is wrong with a group's name, in words; null = nothing (groups-profiles.md §1). */
export function nameFault(name: string): string | null {
  if (name.length > MAX_NAME) return `A group’s name has at most ${MAX_NAME} characters`;
  const segments = name.split('.');
  if (segments[0] !== ROOT) return `A group’s name begins with ${ROOT}`;
  for (const segment of segments) {
    if (segment === '') return 'A group’s name has no empty part and does not end in a dot';
    if (segment.length > MAX_SEGMENT) return `A part of a group’s name has at most ${MAX_SEGMENT} characters`;
    if (!SEGMENT.test(segment))
      return `“${segment}” may have letters, digits, spaces inside and _ - + ( ) only`;
  }
  return null;
}

/** Throws `ValidationError`. */
export function checkName(name: string, pointer = '/name'): void {
  const fault = nameFault(name);
  if (fault !== null) throw ValidationError.of(pointer, fault, 'name');
}

/** Null for the topmost. */
export function parentOf(name: string): string | null {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? null : name.slice(0, dot);
}

/** From the topmost down to the parent. */
export function ancestorsOf(name: string): string[] {
  const ancestors: string[] = [];
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1))
    ancestors.push(name.slice(0, dot));
  return ancestors;
}

/** 1 for the topmost. */
export function depthOf(name: string): number {
  return name.split('.').length;
}

/** Whether a group lies below another. */
export function isBelow(name: string, ancestor: string): boolean {
  return name.length > ancestor.length && name.startsWith(ancestor) && name[ancestor.length] === '.';
}

export function isWithin(name: string, top: string): boolean {
  return name === top || isBelow(name, top);
}

/** Whether the ACS alone decides who is in it. */
export function isDeviceType(name: string): boolean {
  return isWithin(name, DEVICE_TYPES);
}

/** A text from a device as one part of a name: what may not stand there becomes `_`; nothing becomes `unknown`. */
export function segmentOf(text: string | null | undefined): string {
  const segment = (text ?? '').replace(FOREIGN, '_').trim().slice(0, MAX_SEGMENT).trim();
  return segment === '' ? 'unknown' : segment;
}

/** By code unit, so that every engine and every server has the same order. */
export function compareNames(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
