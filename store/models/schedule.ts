import { Schema } from 'mongoose';

/** When something may happen (tasks.md §5.1). */
export interface ScheduleSpan {
  description: string;
  /** Inclusive; null = open. */
  start: Date | null;
  /** Exclusive; null = open. */
  end: Date | null;
  /** IANA time zone that the map is read in; empty = the server's. */
  zone: string;
  /**
   * The week from Monday 00:00, one hexadecimal digit an hour, 168 in all; the bits of a digit are its four quarters of an
   * hour, the first one the highest: `f` = the whole hour, `8` = its first quarter, `0` = nothing of it.
   */
  map: string;
}

/** A predefined schedule, chosen by reference: editing it changes everything that uses it (tasks.md §5.2). */
export interface ScheduleRecord extends ScheduleSpan {
  /** Built-in ones by name, others by a 24-digit id. */
  _id: string;
  /** Reset at each start of the server. */
  builtIn: boolean;
  user: string;
  createdAt: Date;
  editedAt: Date;
  /** Grows with each edit; the ETag. */
  version: number;
}

const span = {
  description: { type: String, default: '' },
  start: { type: Date, default: null },
  end: { type: Date, default: null },
  zone: { type: String, default: '' },
  map: { type: String, required: true },
} as const;

export const scheduleSchema = new Schema<ScheduleRecord>(
  {
    _id: { type: String, required: true },
    ...span,
    builtIn: { type: Boolean, default: false },
    user: { type: String, default: '' },
    createdAt: { type: Date, required: true },
    editedAt: { type: Date, required: true },
    version: { type: Number, default: 1 },
  },
  { collection: 'schedules', versionKey: false, minimize: false, strict: 'throw' },
);

scheduleSchema.index({ description: 1, _id: 1 });
