import { Schema } from 'mongoose';

export interface UserRecord {
  /** The log-in name: unique, immutable. */
  _id: string;
  name: string;
  /** `scrypt$N$r$p$salt$hash`; the password itself is nowhere. */
  passwordHash: string;
  administrator: boolean;
  /** Permission keys (administration.md §3); a node gives its leaves. */
  permissions: string[];
  domain: string;
  active: boolean;
  createdAt: Date;
  lastLogin: Date | null;
  version: number;
}

export const userSchema = new Schema<UserRecord>(
  {
    _id: { type: String, required: true },
    name: { type: String, default: '' },
    passwordHash: { type: String, required: true },
    administrator: { type: Boolean, default: false },
    permissions: { type: [String], default: [] },
    domain: { type: String, default: '/' },
    active: { type: Boolean, default: true },
    createdAt: { type: Date, required: true },
    lastLogin: { type: Date, default: null },
    version: { type: Number, default: 1 },
  },
  { collection: 'users', versionKey: false, strict: 'throw' },
);
