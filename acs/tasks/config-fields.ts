import { DateTime } from 'luxon';
import { z } from 'zod';
import { isLine, isXmlText, LINE_RULE, XML_TEXT_RULE } from '../../common/texts.js';
import { formatDate } from '../expressions/index.js';
import { SERVER_ZONE } from './schedules/schedule.js';

/** TR-069 A6: names are string(256); some devices go beyond, so twice that is let pass. */
const MAX_PATH = 512;
const SEGMENT = String.raw`[A-Za-z_][\w-]*|\d+|\[[\w-]+\]`;
const PATH = new RegExp(`^(${SEGMENT})(\\.(${SEGMENT}))*\\.?$`);

export const text = (max = 65_536): z.ZodString => z.string().max(max).refine(isXmlText, XML_TEXT_RULE);

/** A text in one line, as names are. */
export const line = (max: number): z.ZodString => z.string().max(max).refine(isLine, LINE_RULE);

/** A full parameter name, a meaning such as `wifi.1.ssid`, or a name that begins with `Root.`. */
export const parameterName = z
  .string()
  .min(1, 'is required')
  .max(MAX_PATH)
  .regex(PATH, 'is no parameter path')
  .refine((name) => !name.endsWith('.'), 'is an object; a parameter has no dot at its end');

/** The same, or a partial path with a dot at its end; empty = the whole data model. */
export const parameterOrPartialPath = z
  .string()
  .max(MAX_PATH)
  .refine((name) => name === '' || PATH.test(name), 'is no parameter path');

/** An object: a dot at its end. */
export const objectName = z
  .string()
  .min(1, 'is required')
  .max(MAX_PATH)
  .regex(PATH, 'is no object path')
  .refine((name) => name.endsWith('.'), 'needs a dot at its end');

/** Value types by local name, as the wire has them; `xsd:` is dropped when read; empty = found out. */
export const valueType = z.enum([
  '',
  'string',
  'int',
  'unsignedInt',
  'long',
  'unsignedLong',
  'boolean',
  'dateTime',
  'base64',
  'hexBinary',
]);

export const whole = (minimum: number, maximum = 2_147_483_647): z.ZodNumber =>
  z.number().int().min(minimum).max(maximum);

const DATE =
  /^(\d{4})[.-](\d{2})[.-](\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** Milliseconds since 1970 (expressions.md §1), as far as a date reaches. */
const MILLISECONDS = /^\d{1,15}$/;

/**
 * `yyyy.MM.dd HH:mm:ss` on the clocks of the server, as expressions write it (expressions.md §1, rule 3), RFC 3339 with its
 * own zone, or milliseconds since 1970; null when it is no date.
 */
export function parseDate(value: string, zone: string = SERVER_ZONE): Date | null {
  const text = value.trim();
  if (MILLISECONDS.test(text)) return new Date(Number(text));
  const match = DATE.exec(text);
  if (!match) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', offset] = match;
  const local = `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour}:${minute}:${second}`;
  const date = DateTime.fromISO(`${local}${offset ?? ''}`, { zone });
  return date.isValid ? date.toJSDate() : null;
}

/** A date as `parseDate` reads it. */
export function writeDate(date: Date, zone: string = SERVER_ZONE): string {
  return formatDate(date, zone);
}

export const dateText = z
  .string()
  .max(40)
  .refine((value) => value === '' || parseDate(value) !== null, 'is no date (yyyy.MM.dd HH:mm:ss)');
