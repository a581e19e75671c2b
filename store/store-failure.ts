import mongoose from 'mongoose';

const { MongoError, MongoInvalidArgumentError, MongoServerError } = mongoose.mongo;
const { MongooseServerSelectionError } = mongoose.Error;

/**
 * Codes by which a server says that the operation itself can never be carried out: what was to be written is too large,
 * of a wrong shape or there already. They fail the same way each time; all other codes tell of the server's own state.
 */
const UNWRITABLE: ReadonlySet<number | string | undefined> = new Set([
  2, // BadValue
  9, // FailedToParse
  14, // TypeMismatch
  22, // InvalidBSON
  52, // DollarPrefixedFieldName
  56, // EmptyFieldName
  57, // DottedFieldName
  121, // DocumentValidationFailure
  10334, // BSONObjectTooLarge
  11000, // DuplicateKey
  17280, // KeyTooLong
  17419, // the document after the update is too large
  17420, // the same, for an upsert
]);

const OUT_OF_DISK_SPACE = 14031;

/**
 * Of errors that the driver lets through as Node gives them, when it writes to a connection of its pool that is just
 * being closed. Nothing else that is asked here has a socket.
 */
const CLOSED_SOCKET: ReadonlySet<unknown> = new Set([
  'EPIPE',
  'ECONNRESET',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
]);

/** Of errors that wrap others. */
const DEPTH = 8;

/**
 * Whether an error is the store's: it cannot be reached, is too slow, is going over to another node, or does not
 * acknowledge what it was given. Known by the class of the driver, in whatever it is wrapped; the same operation may
 * succeed later.
 */
export function isStoreFailure(error: unknown): boolean {
  for (let one = error, depth = 0; one instanceof Error && depth < DEPTH; one = one.cause, depth += 1) {
    if (one instanceof MongooseServerSelectionError) return true;
    // What mongoose says of a connection that is not there has no class of its own.
    if (one.constructor === mongoose.Error) return true;
    if (one instanceof MongoError) return !isUnwritable(one);
    if ('code' in one && CLOSED_SOCKET.has(one.code)) return true;
  }
  return false;
}

/** Whether the store cannot take more for want of space: MongoDB's OutOfDiskSpace. */
export function isOutOfSpace(error: unknown): boolean {
  for (let one = error, depth = 0; one instanceof Error && depth < DEPTH; one = one.cause, depth += 1)
    if (one instanceof MongoError && one.code === OUT_OF_DISK_SPACE) return true;
  return false;
}

function isUnwritable(error: mongoose.mongo.MongoError): boolean {
  if (error instanceof MongoInvalidArgumentError) return true;
  return error instanceof MongoServerError && UNWRITABLE.has(error.code);
}
