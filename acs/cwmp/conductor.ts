import type { SessionRpc } from '../../store/models/session.js';
import type { CpeFault } from './cpe-fault.js';
import type { AcsRequest, CpeRequest, CpeResponse, Inform } from './messages.js';

/** All that is known when an authenticated Inform has come. */
export interface Contact {
  /** Id of the new session, 24 hexadecimal digits. */
  sessionId: string;
  inform: Inform;
  sourceIp: string;
  tls: boolean;
  /** As received, and the version agreed upon. */
  cwmpNamespace: string;
  cwmpVersion: string;
  at: Date;
}

/** What came for the outstanding request of the ACS. */
export type Answer =
  | { kind: 'response'; response: CpeResponse }
  | { kind: 'fault'; fault: CpeFault }
  /** An empty POST or an envelope that is no answer to what was asked: the request failed, the session goes on. */
  | { kind: 'unexpected'; reason: string };

/** How a session ended. */
export interface SessionEnd {
  reason:
    | 'complete'
    | 'disconnected'
    | 'timeout'
    | 'superseded'
    | 'protocol-error'
    | 'shutdown'
    /** The Conductor itself failed. */
    | 'internal-error';
  /** The request that was still open, if any: a lost connection ends its task (tasks.md §6.3). */
  outstanding: AcsRequest | null;
  rpcs: SessionRpc[];
  bytesIn: number;
  bytesOut: number;
  warnings: string[];
}

/** What the session calls for its one device; calls never overlap, `close` comes exactly once and last. */
export interface ConductedSession {
  /** The device's identity. */
  readonly deviceId: string;
  /**
   * A request of the CPE's own. The session answers it when this resolves; a `CwmpProtocolError` becomes its Fault.
   * GetRPCMethods is answered by the session alone and does not come here.
   */
  receive(request: CpeRequest): Promise<void>;
  /** `answer` belongs to the request that was returned before; null after the CPE's empty POST. Null ends the session. */
  next(answer: Answer | null): Promise<AcsRequest | null>;
  /** For which task the last request was made; shown with the RPC in the session record. */
  readonly currentTask: string | null;
  close(end: SessionEnd): Promise<void>;
}

/** The session's only view of the rest: who says what comes next. `acs/tasks/engine.ts` is the one implementation. */
export interface Conductor {
  /**
   * Takes the device's lease with a new fence, registers an unknown device and stores the Inform; ends an older session
   * of the device. Rejects with `DeviceRefusedError` when the device may not talk to us.
   */
  open(contact: Contact): Promise<ConductedSession>;
}
