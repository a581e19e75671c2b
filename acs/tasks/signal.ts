import type { InformEvent } from '../cwmp/messages.js';

/** An Inform that came while a run was parked and waited for something of the CPE. */
export interface InformSignal {
  kind: 'inform';
  at: Date;
  /** Id of the session that the Inform opened. */
  session: string;
  events: InformEvent[];
  /** As the CPE reports it now; null where it does not. */
  softwareVersion: string | null;
}

/** The TransferComplete that belongs to a parked run. */
export interface TransferSignal {
  kind: 'transfer-complete';
  at: Date;
  session: string;
  faultCode: number;
  faultString: string;
  /** As the CPE sent them. */
  startTime: string;
  completeTime: string;
  /** False: it was matched as the only pending transfer, since the CPE lost or changed the CommandKey. */
  keyed: boolean;
}

/**
 * What came from the CPE for a parked run. Stored before the CPE is answered, since after that it will not say it again;
 * handed over when the task has its turn.
 */
export type Signal = InformSignal | TransferSignal;

/** The number before the words of an event code, which alone tells (`1 BOOT` → 1); null for `M …` and vendor events. */
export function eventNumber(code: string): number | null {
  const digits = /^\s*(\d+)(?:\s|$)/.exec(code)?.[1];
  return digits === undefined ? null : Number(digits);
}

export function hasEvent(events: readonly InformEvent[], number: number): boolean {
  return events.some(({ code }) => eventNumber(code) === number);
}

/** An event `M <method>`, whatever its CommandKey. */
export function methodEvent(events: readonly InformEvent[], method: string): InformEvent | undefined {
  return events.find(({ code }) => {
    const words = code.trim().split(/\s+/);
    return words[0] === 'M' && words[1]?.toLowerCase() === method.toLowerCase();
  });
}
