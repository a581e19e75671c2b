/** One invalid place in what a user sent: `pointer` is a JSON pointer (RFC 6901) into the request. */
export interface FieldIssue {
  pointer: string;
  code: string;
  message: string;
}

/** The root of all errors that Provost raises on purpose; `code` is stable and documented in docs/errors.md. */
export abstract class ProvostError extends Error {
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** What a user sent is wrong; names every wrong field. */
export class ValidationError extends ProvostError {
  readonly code = 'validation';

  constructor(
    message: string,
    readonly issues: readonly FieldIssue[] = [],
  ) {
    super(message);
  }

  static of(pointer: string, message: string, code = 'invalid'): ValidationError {
    return new ValidationError(message, [{ pointer, code, message }]);
  }
}

/** The object does not exist, or lies out of the user's view. */
export class NotFoundError extends ProvostError {
  readonly code = 'not-found';

  constructor(
    readonly kind: string,
    readonly id: string,
  ) {
    super(`No ${kind} ${id}`);
  }
}

export type ConflictCode = 'conflict' | 'in-use' | 'device-unmanaged' | 'device-busy';

/** The request contradicts the present state of an object. */
export class ConflictError extends ProvostError {
  constructor(
    message: string,
    readonly code: ConflictCode = 'conflict',
  ) {
    super(message);
  }
}

/** The object was changed since the user read it (`If-Match` does not fit). */
export class StaleError extends ProvostError {
  readonly code = 'stale';

  constructor(
    readonly kind: string,
    readonly id: string,
  ) {
    super(`${kind} ${id} was changed since it was read`);
  }
}

export class UnauthenticatedError extends ProvostError {
  readonly code = 'unauthenticated';
}

export class ForbiddenError extends ProvostError {
  readonly code = 'forbidden';

  constructor(readonly requiredPermission: string) {
    super(`Needs the permission ${requiredPermission}`);
  }
}

export class TooLargeError extends ProvostError {
  readonly code = 'too-large';

  constructor(
    what: string,
    readonly limit: number,
  ) {
    super(`${what} is over the limit of ${limit} bytes`);
  }
}

/** The device is not served: blacklisted or against the new-device policy (devices.md §2); the CPE gets HTTP 403. */
export class DeviceRefusedError extends ProvostError {
  readonly code = 'device-refused';
}

/** A newer session of the same device holds the lease; the older one may write no more. */
export class SessionSupersededError extends ProvostError {
  readonly code = 'session-superseded';
}
