import { ProvostError } from '../../../common/errors.js';

/** The body is no usable CWMP envelope: HTTP 400 and the connection is closed (cwmp.md §3). */
export class MalformedEnvelopeError extends ProvostError {
  readonly code = 'malformed-envelope';
}
