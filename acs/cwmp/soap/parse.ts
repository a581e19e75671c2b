import { CwmpProtocolError } from '../cwmp-protocol-error.js';
import { decodeText } from './decode-text.js';
import type { CpeMessage, CwmpEnvelope } from './envelope.js';
import { MalformedEnvelopeError } from './malformed-envelope-error.js';
import { ReadingNotes } from './reading-notes.js';
import { readRequest, readResponse } from './rpc/definitions.js';
import { readFault } from './rpc/fault.js';
import { readInform } from './rpc/inform.js';
import { attribute, child, type XmlElement } from './xml-element.js';
import { readXml } from './xml-reader.js';

/** Answered in when a CPE names no cwmp namespace at all. */
export const DEFAULT_NAMESPACE = 'urn:dslforum-org:cwmp-1-0';

const CWMP_NAMESPACE = /^urn:dslforum-org:cwmp-\d+-\d+$/;

export interface ParseHints {
  /** The Content-Type of the POST; only its charset is used, and only where the body itself names none. */
  contentType?: string | undefined;
}

/**
 * Reads the body of a CPE's POST. Form is taken leniently, each leniency noted in `warnings`; only what is no CWMP
 * envelope at all throws `MalformedEnvelopeError`.
 */
export function parse(body: Buffer, hints: ParseHints = {}): CwmpEnvelope {
  const notes = new ReadingNotes();
  const text = decodeText(body, hints.contentType, notes);
  if (text === '') return emptyEnvelope();
  const root = readXml(untilEndOfEnvelope(text, notes), notes);
  if (root.name !== 'Envelope')
    throw new MalformedEnvelopeError(`The root element is ${root.name}, not Envelope`);
  const bodyElement = child(root, 'Body');
  if (!bodyElement) throw new MalformedEnvelopeError('Envelope without Body');
  const rpc = bodyElement.children[0];
  if (bodyElement.children.length > 1) notes.add('several-messages', rpc?.name ?? '');

  const headers = readHeaders(child(root, 'Header'), notes);
  const namespace = findNamespace([rpc, bodyElement, child(root, 'Header'), root], notes);
  const message = readMessage(rpc, notes);
  return {
    ...headers,
    namespace,
    declaration: text.startsWith('<?xml'),
    booleanForm: notes.booleanForm,
    message,
    warnings: notes.warnings,
  };
}

function emptyEnvelope(): CwmpEnvelope {
  return {
    id: null,
    namespace: DEFAULT_NAMESPACE,
    declaration: false,
    sessionTimeout: null,
    supportedVersions: null,
    booleanForm: null,
    message: { kind: 'empty' },
    warnings: [],
  };
}

const END_OF_ENVELOPE = /<\/(?:[^\s<>:/]{1,64}:)?Envelope\s{0,8}>$/;

/** Whether the text ends as an envelope does, so that a body can be taken for complete (cpe-quirks.md row 77). */
export function endsLikeEnvelope(text: string): boolean {
  return END_OF_ENVELOPE.test(text.slice(-200).replace(/[\s\0]+$/, ''));
}

/** What stands behind the envelope is no part of it: C clients send what was left in their buffer (row 77). */
function untilEndOfEnvelope(text: string, notes: ReadingNotes): string {
  if (text.endsWith('>')) {
    if (endsLikeEnvelope(text)) return text;
  }
  const last = text.lastIndexOf('Envelope');
  const end = last === -1 ? -1 : text.indexOf('>', last) + 1;
  if (end <= 0 || !endsLikeEnvelope(text.slice(0, end))) return text;
  notes.add('trailing-garbage', 'Envelope', { characters: text.length - end });
  return text.slice(0, end);
}

function readMessage(rpc: XmlElement | undefined, notes: ReadingNotes): CpeMessage {
  if (!rpc) return { kind: 'empty' };
  try {
    if (rpc.name === 'Inform') return { kind: 'inform', inform: readInform(rpc, notes) };
    if (rpc.name === 'Fault') return { kind: 'fault', fault: readFault(rpc, notes) };
    const response = readResponse(rpc, notes);
    if (response) return { kind: 'response', response };
    const request = readRequest(rpc, notes);
    if (request) return { kind: 'request', request };
  } catch (error) {
    if (error instanceof CwmpProtocolError) return { kind: 'invalid', method: rpc.name, error };
    throw error;
  }
  return { kind: 'unknown', method: rpc.name.slice(0, 64) };
}

type HeaderFacts = Pick<CwmpEnvelope, 'id' | 'sessionTimeout' | 'supportedVersions'>;

/** Names are compared without regard to case: `sessionTimeout` is sent too (cpe-quirks.md row 9). */
function readHeaders(header: XmlElement | undefined, notes: ReadingNotes): HeaderFacts {
  const facts: HeaderFacts = { id: null, sessionTimeout: null, supportedVersions: null };
  for (const element of header?.children ?? []) {
    switch (element.name.toLowerCase()) {
      case 'id':
        facts.id ??= element.text;
        break;
      case 'sessiontimeout':
        facts.sessionTimeout = readSessionTimeout(element.text.trim(), notes);
        break;
      case 'supportedcwmpversions':
        facts.supportedVersions = element.text
          .split(',')
          .map((version) => version.trim())
          .filter((version) => version !== '');
        break;
      case 'nomorerequests':
        notes.add('no-more-requests-ignored', element.name);
        break;
      case 'holdrequests':
        notes.add('hold-requests-ignored', element.name);
        break;
      default:
        if (attribute(element, 'mustUnderstand') === '1') notes.add('unknown-header', element.name);
    }
  }
  return facts;
}

function readSessionTimeout(text: string, notes: ReadingNotes): number | null {
  if (/^\d{1,9}$/.test(text)) return Number.parseInt(text, 10);
  notes.add('bad-session-timeout', 'Header.SessionTimeout');
  return null;
}

/** The URI that the prefix of the RPC stands for; else any cwmp URI that is declared, since prefixes may be undeclared. */
function findNamespace(elements: readonly (XmlElement | undefined)[], notes: ReadingNotes): string {
  const rpc = elements[0];
  if (!rpc) return DEFAULT_NAMESPACE;
  const key = rpc.prefix === '' ? 'xmlns' : `xmlns:${rpc.prefix}`;
  const bound = elements.map((element) => element?.attributes?.[key]).find((uri) => uri !== undefined);
  if (bound !== undefined && CWMP_NAMESPACE.test(bound)) return bound;

  const declared = elements
    .flatMap((element) => [...(element?.children ?? []), ...(element ? [element] : [])])
    .flatMap((element) => namespacesOf(element))
    .find((uri) => CWMP_NAMESPACE.test(uri));
  if (declared !== undefined) return declared;
  if (bound !== undefined && /cwmp/i.test(bound) && bound.length <= 200) {
    notes.add('unknown-cwmp-namespace', rpc.name, { namespace: bound });
    return bound;
  }
  notes.add('no-cwmp-namespace', rpc.name);
  return DEFAULT_NAMESPACE;
}

function namespacesOf(element: XmlElement): string[] {
  return Object.entries(element.attributes ?? {})
    .filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'))
    .map(([, uri]) => uri);
}
