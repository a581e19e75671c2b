import { ProvostError } from '../../common/errors.js';

export interface ParameterFault {
  path: string;
  code: number;
  text: string;
}

/** What a device answered instead of a response (TR-069 A6 §3.4.7, table 66): a Fault with a code of 9000 and above. */
export class CpeFault extends ProvostError {
  readonly code = 'device-fault';

  constructor(
    readonly faultCode: number,
    readonly faultString: string,
    /** Of SetParameterValues only: one entry for each refused parameter. */
    readonly parameterFaults: readonly ParameterFault[] = [],
  ) {
    super(`${faultCode} ${faultString}`.trim());
  }
}
