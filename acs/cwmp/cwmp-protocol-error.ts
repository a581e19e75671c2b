import { ProvostError } from '../../common/errors.js';

/** The ACS fault codes of TR-069 A6 table 65. */
export type AcsFaultCode = 8000 | 8001 | 8002 | 8003 | 8004 | 8005 | 8006;

/** What a device sent wrongly; answered with a Fault of this code, or with HTTP 400 when not even that is possible. */
export class CwmpProtocolError extends ProvostError {
  readonly code = 'cwmp-protocol';

  constructor(
    readonly faultCode: AcsFaultCode,
    message: string,
  ) {
    super(message);
  }
}
