import type { Fault, Transfer } from '../api/types.js';
import { bytes } from '../format/values.js';

/** What a fault's sentence may name. */
export interface FaultFacts {
  path?: string;
  type?: string;
  /** How many parameters are listed under the fault. */
  refused?: number;
  transfer?: Transfer | null;
}

export interface FaultText {
  /** What happened and what still holds. */
  text: string;
  /** What to do. */
  advice: string;
}

const it = (facts: FaultFacts): string => facts.path ?? 'a name';

const TEXTS: Record<number, (facts: FaultFacts) => [string, string]> = {
  9000: () => [
    'The device does not know this request (9000 Method not supported).',
    'Another task type may reach the same end.',
  ],
  9001: () => [
    'The device refused and gave no reason (9001 Request denied).',
    'Try again in the next session; if it refuses again, look for a lock or a running upgrade on the device.',
  ],
  9002: () => [
    'The device had an internal error (9002).',
    'Retry once. If it comes back, restart the device and look at the next sessions.',
  ],
  9003: (f) => [
    `The device found the request wrong (9003 Invalid arguments). ${
      f.refused
        ? `${f.refused} ${f.refused === 1 ? 'value is' : 'values are'} named below; nothing was changed.`
        : 'Nothing was changed.'
    }`,
    f.refused
      ? 'Correct the values named below and run the task again.'
      : 'Compare the task input with what the device can do.',
  ],
  9004: () => [
    'The device has no room for this (9004 Resources exceeded).',
    'Ask for fewer values at a time, or delete unused instances.',
  ],
  9005: (f) => [
    `The device does not know ${it(f)} (9005 Invalid parameter name).`,
    'Read the branch again: the firmware may have moved it.',
  ],
  9006: (f) => [
    `${f.path ?? 'A parameter'} does not take the type ${f.type ?? 'given'} (9006 Invalid parameter type).`,
    'Set Type to auto: then the type that the device itself reports is used.',
  ],
  9007: (f) => [
    `The device does not accept this value${f.path ? ` for ${f.path}` : ''} (9007 Invalid parameter value).`,
    'Look up what its data model allows, and correct the value.',
  ],
  9008: (f) => [`${f.path ?? 'A parameter'} is read-only on this device (9008).`, 'Take it out of the task.'],
  9009: (f) => [
    `The device does not notify for ${it(f)} (9009).`,
    'Use passive notification, or read it regularly.',
  ],
  9010: (f) => [
    `The device could not fetch the file (9010 Download failure). ${fileServer(f.transfer)}`,
    fetchAdvice(f.transfer),
  ],
  9011: (f) => [
    `The device could not send the file (9011 Upload failure). ${fileServer(f.transfer)}`,
    'Check that the device reaches the file server, then run the task again.',
  ],
  9012: () => [
    'The file server refused the device’s password (9012 File transfer authentication failure).',
    'Run the task again: the transfer gets a new address.',
  ],
  9013: () => [
    'The device cannot use this protocol for files (9013).',
    'Choose another protocol in the task.',
  ],
  9014: () => ['The device could not join the multicast group (9014).', 'Use a direct download.'],
  9015: () => [
    'The device could not reach the file server (9015).',
    'Check name, route and port as seen from the device.',
  ],
  9016: () => [
    'The device reached the server, but not the file (9016).',
    'The link may have expired: run the task again.',
  ],
  9017: (f) => [
    `The download broke off (9017). ${fileServer(f.transfer)}`.trim(),
    'Retry; on slow lines raise the time limit.',
  ],
  9018: () => [
    'The device found the file damaged (9018).',
    'Compare the checksum and the models of this file.',
  ],
  9019: () => [
    'The device could not prove who made the file (9019).',
    'It accepts only images signed for it.',
  ],
};

/** The words for a fault of a device; what is not a standard code keeps the device's own text. */
export function faultText(code: number, deviceText: string, facts: FaultFacts = {}): FaultText {
  const known = TEXTS[code];
  if (known) {
    const [text, advice] = known(facts);
    return { text: text.trim(), advice };
  }
  if (code >= 9800 && code <= 9899) {
    return {
      text: `${deviceText} (${code}, vendor’s own)`,
      advice: 'See the documentation of the device’s maker.',
    };
  }
  return { text: `${deviceText} (${code})`, advice: '' };
}

export function faultOf(fault: Fault, transfers: Transfer[] = []): FaultText {
  const parameters = fault.parameters ?? [];
  const [only] = parameters.length === 1 ? parameters : [];
  return faultText(fault.code, fault.text, {
    refused: parameters.length,
    transfer: transfers.at(-1) ?? null,
    ...(only === undefined ? {} : { path: only.path }),
  });
}

function fileServer(transfer: Transfer | null | undefined): string {
  if (!transfer) return '';
  if (transfer.requests === 0) return 'File server: it never asked.';
  return `File server: it asked, ${bytes(transfer.bytes)} of ${bytes(transfer.size)} were exchanged.`;
}

function fetchAdvice(transfer: Transfer | null | undefined): string {
  if (transfer && transfer.requests === 0) return 'Check that the device reaches the file server’s address.';
  return 'Run the task again: the transfer gets a new address.';
}
