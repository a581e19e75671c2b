import { Schema } from 'mongoose';

/** One place of a limiter that is taken. */
export interface LimiterSlot {
  id: string;
  /** The run that holds it; empty = one without a report. */
  execution: string;
  run: number;
  /** Free again then. */
  until: Date;
}

/** A counted semaphore over all devices and servers (xmltask.md §6.5). */
export interface LimiterRecord {
  /** Domain and name, joined by a line feed. */
  _id: string;
  slots: LimiterSlot[];
}

/** Shard key candidate: `{ _id: 'hashed' }`. */
export const limiterSchema = new Schema<LimiterRecord>(
  {
    _id: { type: String, required: true },
    slots: {
      type: [
        new Schema<LimiterSlot>({ id: String, execution: String, run: Number, until: Date }, { _id: false }),
      ],
      default: [],
    },
  },
  { collection: 'limiters', versionKey: false, strict: 'throw' },
);
