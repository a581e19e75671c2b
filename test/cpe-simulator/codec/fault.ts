import { type ParameterFault } from './messages.js';

const texts: Readonly<Record<number, string>> = {
  9000: 'Method not supported',
  9001: 'Request denied',
  9002: 'Internal error',
  9003: 'Invalid arguments',
  9004: 'Resources exceeded',
  9005: 'Invalid parameter name',
  9006: 'Invalid parameter type',
  9007: 'Invalid parameter value',
  9008: 'Attempt to set a non-writable parameter',
  9009: 'Notification request rejected',
  9010: 'File transfer failure',
  9011: 'Upload failure',
  9012: 'File transfer server authentication failure',
  9013: 'Unsupported protocol for file transfer',
  9014: 'File transfer failure: unable to join multicast group',
  9015: 'File transfer failure: unable to contact file server',
  9016: 'File transfer failure: unable to access file',
  9017: 'File transfer failure: unable to complete download',
  9018: 'File transfer failure: file corrupted',
  9019: 'File transfer failure: file authentication failure',
  9020: 'File transfer failure: unable to complete download within specified time windows',
};

/** The text that TR-069 A6 table 70 gives a CPE fault code. */
export const faultText = (code: number): string => texts[code] ?? 'Vendor fault';

/** Codes for which the requester is to blame (TR-069 A6 §A.5.1); they go out with faultcode `Client`. */
const clientFaults = new Set([9003, 9005, 9006, 9007, 9008, 9013, 9021]);

export const faultSide = (code: number): 'Client' | 'Server' =>
  clientFaults.has(code) ? 'Client' : 'Server';

/** A refusal: what the simulator answers instead of a response. */
export class CpeFaultAnswer extends Error {
  readonly code: number;
  readonly parameters: readonly ParameterFault[];

  constructor(code: number, detail?: string, parameters: readonly ParameterFault[] = []) {
    super(detail === undefined ? faultText(code) : `${faultText(code)}: ${detail}`);
    this.name = 'CpeFaultAnswer';
    this.code = code;
    this.parameters = parameters;
  }
}
