import { Schema } from 'mongoose';

/** Lists that can be searched. */
export const SEARCHED_LISTS = ['devices', 'tasks', 'executions'] as const;
export type SearchedList = (typeof SEARCHED_LISTS)[number];

/** A search that somebody gave a name (tasks.md §8.2, devices.md §4). */
export interface SavedFilterRecord {
  _id: string;
  list: SearchedList;
  name: string;
  /** A shared one is seen by the users of this domain and of those above it; one that is not, by its owner alone. */
  domain: string;
  shared: boolean;
  /** Who made it. */
  user: string;
  /** In the filter language (northbound.md §3); empty = none. */
  filter: string;
  /** A Boolean expression besides; empty = none. */
  expression: string;
  createdAt: Date;
  editedAt: Date;
  /** Grows with each edit; the ETag. */
  version: number;
}

/** Few and small; no shard key is needed. */
export const savedFilterSchema = new Schema<SavedFilterRecord>(
  {
    _id: { type: String, required: true },
    list: { type: String, enum: SEARCHED_LISTS, required: true },
    name: { type: String, required: true },
    domain: { type: String, required: true },
    shared: { type: Boolean, default: false },
    user: { type: String, required: true },
    filter: { type: String, default: '' },
    expression: { type: String, default: '' },
    createdAt: { type: Date, required: true },
    editedAt: { type: Date, required: true },
    version: { type: Number, default: 1 },
  },
  { collection: 'saved_filters', versionKey: false, minimize: false, strict: 'throw' },
);

savedFilterSchema.index({ user: 1, list: 1, name: 1 }, { unique: true });
savedFilterSchema.index({ list: 1, name: 1, _id: 1 });
