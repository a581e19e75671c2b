import { CwmpProtocolError } from '../../cwmp-protocol-error.js';
import type {
  AcsMethod,
  AcsRequest,
  AcsResponse,
  CpeMethod,
  CpeRequest,
  CpeResponse,
} from '../../messages.js';
import type { ReadingNotes } from '../reading-notes.js';
import type { BooleanForm } from '../values.js';
import { childText, type XmlElement } from '../xml-element.js';

/** An RPC that the ACS calls: how its arguments are written and its response is read. */
export interface AcsRpcDefinition<M extends AcsMethod> {
  /** The content of the request element. */
  write(request: AcsRequest<M>, booleans: BooleanForm): string;
  /** Throws `CwmpProtocolError` when the response cannot be used. */
  read(response: XmlElement, notes: ReadingNotes): CpeResponse<M>;
}

/** An RPC that the CPE calls. */
export interface CpeRpcDefinition<M extends CpeMethod> {
  /** Throws `CwmpProtocolError` when an argument cannot be used. */
  read(request: XmlElement, notes: ReadingNotes): CpeRequest<M>;
  write(response: AcsResponse<M>): string;
}

/** Of a text argument; the longest that CWMP has, FaultString, is a sentence. What is kept of it stays in reports. */
const TEXT_LENGTH = 1_024;

/** Trimmed text of an argument; empty with a warning when it is missing, cut with one when it is too long. */
export function readText(element: XmlElement, name: string, notes: ReadingNotes): string {
  const text = childText(element, name);
  if (text === undefined) notes.add('missing-element', `${element.name}.${name}`);
  return text === undefined ? '' : cutText(text, `${element.name}.${name}`, notes);
}

export function cutText(text: string, path: string, notes: ReadingNotes): string {
  if (text.length <= TEXT_LENGTH) return text;
  notes.add('text-cut', path, { characters: text.length });
  return text.slice(0, TEXT_LENGTH);
}

/** A count or code, decimal with or without padding (cpe-quirks.md row 13); `fallback` with a warning otherwise. */
export function readNumber(element: XmlElement, name: string, fallback: number, notes: ReadingNotes): number {
  const text = childText(element, name);
  if (text === undefined) notes.add('missing-element', `${element.name}.${name}`);
  else if (/^\+?\d{1,15}$/.test(text)) return Number.parseInt(text, 10);
  else notes.add('bad-number', `${element.name}.${name}`);
  return fallback;
}

/** `Status` of a response: 0 = done, 1 = will be; 0 when the device leaves it out (cpe-quirks.md row 57). */
export function readStatus(response: XmlElement, notes: ReadingNotes): 0 | 1 {
  const status = readNumber(response, 'Status', 0, notes);
  if (status > 1) notes.add('bad-number', `${response.name}.Status`, { status });
  return status === 1 ? 1 : 0;
}

export function invalidArguments(message: string): CwmpProtocolError {
  return new CwmpProtocolError(8003, message);
}
