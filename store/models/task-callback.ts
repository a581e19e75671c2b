import { Schema } from 'mongoose';
import type { SealedSecret } from '../../common/secret-box.js';

/** How a receiver of callbacks knows the server: not at all, by Basic, or by a token. */
export interface CallbackAuthentication {
  kind: 'none' | 'basic' | 'bearer';
  /** Of Basic. */
  user: string;
  /** The password or the token. */
  secret: SealedSecret | null;
}

/** A URL that is told how the runs of a task end (tasks.md §9, northbound.md §7). */
export interface TaskCallbackRecord {
  _id: string;
  task: string;
  /** Unique in its task. */
  name: string;
  url: string;
  authentication: CallbackAuthentication;
  /** The key of the signature; null = nothing is signed. */
  secret: SealedSecret | null;
  user: string;
  createdAt: Date;
  changedAt: Date;
  /** Grows with each change; the ETag. */
  version: number;
}

/** Shard key candidate: `{ task: 'hashed' }`. */
export const taskCallbackSchema = new Schema<TaskCallbackRecord>(
  {
    _id: { type: String, required: true },
    task: { type: String, required: true },
    name: { type: String, required: true },
    url: { type: String, required: true },
    authentication: {
      type: new Schema<CallbackAuthentication>(
        { kind: { type: String, enum: ['none', 'basic', 'bearer'] }, user: String, secret: String },
        { _id: false },
      ),
      required: true,
    },
    secret: { type: String, default: null },
    user: { type: String, required: true },
    createdAt: { type: Date, required: true },
    changedAt: { type: Date, required: true },
    version: { type: Number, default: 1 },
  },
  { collection: 'task_callbacks', versionKey: false, strict: 'throw' },
);

// Those of a task, by name.
taskCallbackSchema.index({ task: 1, name: 1 }, { unique: true });
