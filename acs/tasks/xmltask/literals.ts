import type { AttributeSpec } from './tag.js';

/** TR-069 A6: names are string(256); some devices go beyond. */
const MAX_KEY = 512;
const MAX_NAME = 256;
const SEGMENT = String.raw`(?:[A-Za-z_][\w-]*|\d+|\[[\w-]+\])`;
const KEY = new RegExp(`^${SEGMENT}(\\.${SEGMENT})*\\.?$`);
const DURATION = /^\s*(\d{1,12})\s*(ms|s|sec|m|min|h|d)?\s*$/;
const DOMAIN = /^\/([^/\s]+\/)*$/;
const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  sec: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds of `500ms`, `20s`, `30min`, `2h`, `1d`; a number alone is seconds. Null = no duration. */
export function parseDuration(text: string): number | null {
  const match = DURATION.exec(text);
  if (!match) return null;
  return Number(match[1]) * (UNITS[match[2] ?? 's'] ?? 1_000);
}

/** Why a text cannot be the value of an attribute; null = it can. */
export function textProblem(spec: AttributeSpec, text: string): string | null {
  switch (spec.type) {
    case 'key':
    case 'object':
      if (text.length > MAX_KEY) return `is longer than ${MAX_KEY} characters`;
      return KEY.test(text) ? null : 'is no parameter path';
    case 'variable':
      return /^[^\s"<>&]([^\n\r"<>&]*[^\s"<>&])?$/.test(text) && text.length <= MAX_NAME
        ? null
        : 'is no name of a variable';
    case 'duration':
      return parseDuration(text) === null ? 'is no duration such as 500ms, 20s, 30min, 2h or 1d' : null;
    case 'domain':
      return DOMAIN.test(text) ? null : 'must begin and end with /';
    case 'regex':
      return regexProblem(text);
    case 'enum':
      return spec.values?.includes(text) ? null : `must be one of ${(spec.values ?? []).join(', ')}`;
    default:
      return null;
  }
}

export function numberProblem(spec: AttributeSpec, number: number): string | null {
  if (spec.min !== undefined && number < spec.min) return `must be at least ${spec.min}`;
  if (spec.max !== undefined && number > spec.max) return `must be at most ${spec.max}`;
  return null;
}

function regexProblem(text: string): string | null {
  try {
    new RegExp(text, 'u');
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
