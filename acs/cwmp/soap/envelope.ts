import type { CpeFault } from '../cpe-fault.js';
import type { AcsFaultCode, CwmpProtocolError } from '../cwmp-protocol-error.js';
import type { AcsRequest, AcsResponse, CpeRequest, CpeResponse, Inform } from '../messages.js';
import type { CodecWarning } from './reading-notes.js';
import type { BooleanForm } from './values.js';

/** What the `Body` of a CPE's envelope holds. */
export type CpeMessage =
  | { kind: 'inform'; inform: Inform }
  | { kind: 'request'; request: CpeRequest }
  | { kind: 'response'; response: CpeResponse }
  | { kind: 'fault'; fault: CpeFault }
  /** A method that the ACS does not know, or a response to one that it never calls. */
  | { kind: 'unknown'; method: string }
  /** A known message with arguments that cannot be used; `error` carries the Fault it deserves. */
  | { kind: 'invalid'; method: string; error: CwmpProtocolError }
  /** An empty POST, a blank body, or an envelope without an RPC. */
  | { kind: 'empty' };

/** An envelope as read. */
export interface CwmpEnvelope {
  /** `cwmp:ID` byte for byte; empty when the element is, null without it. */
  id: string | null;
  /** The cwmp namespace URI as received; a default when the envelope names none. */
  namespace: string;
  /** Whether an XML declaration came: an answer has one only then (cpe-quirks.md rows 26, 27). */
  declaration: boolean;
  /** Seconds, as sent (TR-069 A4 `SessionTimeout`). */
  sessionTimeout: number | null;
  /** `SupportedCWMPVersions` of 1.4. */
  supportedVersions: readonly string[] | null;
  /** How this device writes booleans, when it wrote one. */
  booleanForm: BooleanForm | null;
  message: CpeMessage;
  warnings: readonly CodecWarning[];
}

/** What the ACS can say in an envelope. */
export type AcsMessage =
  | { kind: 'inform-response' }
  | { kind: 'request'; request: AcsRequest }
  | { kind: 'response'; response: AcsResponse }
  | { kind: 'fault'; faultCode: AcsFaultCode; faultString: string };

/** What an envelope of the ACS takes over from its session. */
export interface WriteContext {
  /** The URI of the Inform, for the whole session. */
  namespace: string;
  /** Of a request: our own; of an answer: the one to echo, null = the CPE sent none. */
  id: string | null;
  /** `UseCWMPVersion`, only with InformResponse to a CPE that sent `SupportedCWMPVersions`. */
  useVersion?: string | null;
  declaration?: boolean;
  booleans?: BooleanForm;
}
