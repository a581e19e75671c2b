import { Schema } from 'mongoose';

export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One message to the receiver of a callback, with its tries. */
export interface CallbackDeliveryRecord {
  _id: string;
  callback: string;
  task: string;
  execution: string;
  device: string;
  run: number;
  /** The message as it is sent, the same at each try: a CloudEvent in JSON. Holds no secret. */
  body: string;
  queuedAt: Date;
  state: DeliveryState;
  attempts: number;
  lastAttemptAt: Date | null;
  /** HTTP status of the newest answer; null = there was none. */
  status: number | null;
  /** What was wrong at the newest try; empty = nothing. */
  detail: string;
  /** Null exactly when it is not waiting. */
  nextAttemptAt: Date | null;
  /** Until then the server that makes an attempt has it for itself; later another one takes over. */
  claimedUntil: Date | null;
  expiresAt: Date;
}

/** Shard key candidate: `{ callback: 'hashed' }`. */
export const callbackDeliverySchema = new Schema<CallbackDeliveryRecord>(
  {
    _id: { type: String, required: true },
    callback: { type: String, required: true },
    task: { type: String, required: true },
    execution: { type: String, required: true },
    device: { type: String, required: true },
    run: { type: Number, required: true },
    body: { type: String, required: true },
    queuedAt: { type: Date, required: true },
    state: { type: String, enum: DELIVERY_STATES, required: true },
    attempts: { type: Number, default: 0 },
    lastAttemptAt: { type: Date, default: null },
    status: { type: Number, default: null },
    detail: { type: String, default: '' },
    nextAttemptAt: { type: Date, default: null },
    claimedUntil: { type: Date, default: null },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'callback_deliveries', versionKey: false, strict: 'throw' },
);

// The newest of a callback.
callbackDeliverySchema.index({ callback: 1, queuedAt: -1, _id: -1 });
callbackDeliverySchema.index({ task: 1 });
// The few that wait, for the server that takes over from a dead one.
callbackDeliverySchema.index(
  { nextAttemptAt: 1 },
  { partialFilterExpression: { state: 'waiting' }, name: 'waiting_ones' },
);
callbackDeliverySchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
