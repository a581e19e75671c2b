import { Schema } from 'mongoose';

/** The outcomes that the operator sees (devices.md §10). `waiting` and `accepted` are not final. */
export const CONNECTION_OUTCOMES = [
  'waiting',
  'accepted',
  'session-started',
  'accepted-no-session',
  'already-in-session',
  'refused-401',
  'busy-503',
  'unreachable',
  'timeout',
  'no-url',
  'not-allowed',
] as const;
export type ConnectionOutcome = (typeof CONNECTION_OUTCOMES)[number];

export interface ConnectionAttempt {
  at: Date;
  url: string;
  /** HTTP status of the CPE's answer; null = none came. */
  status: number | null;
  outcome: ConnectionOutcome;
  /** Milliseconds. */
  duration: number;
  detail: string;
}

/** One wish for a session, with its tries. Accepted is not came: `cameAt` is the Inform with event 6. */
export interface ConnectionRequestRecord {
  _id: string;
  device: string;
  user: string;
  requestedAt: Date;
  outcome: ConnectionOutcome;
  attempts: ConnectionAttempt[];
  acceptedAt: Date | null;
  cameAt: Date | null;
  nextAttemptAt: Date | null;
  /** Until then the server that makes an attempt has it for itself; later another one takes over. */
  claimedUntil: Date | null;
  /** True until a final outcome is known; at most one open request per device. */
  open: boolean;
  expiresAt: Date;
}

export const connectionRequestSchema = new Schema<ConnectionRequestRecord>(
  {
    _id: { type: String, required: true },
    device: { type: String, required: true },
    user: { type: String, default: '' },
    requestedAt: { type: Date, required: true },
    outcome: { type: String, enum: CONNECTION_OUTCOMES, required: true },
    attempts: { type: [Schema.Types.Mixed] as never, default: [] },
    acceptedAt: { type: Date, default: null },
    cameAt: { type: Date, default: null },
    nextAttemptAt: { type: Date, default: null },
    claimedUntil: { type: Date, default: null },
    open: { type: Boolean, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'connection_requests', versionKey: false, strict: 'throw' },
);

connectionRequestSchema.index({ device: 1, requestedAt: -1 });
connectionRequestSchema.index(
  { device: 1 },
  { unique: true, partialFilterExpression: { open: true }, name: 'one_open' },
);
// The few that are open, for the server that takes over from a dead one.
connectionRequestSchema.index(
  { requestedAt: 1 },
  { partialFilterExpression: { open: true }, name: 'open_ones' },
);
connectionRequestSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
