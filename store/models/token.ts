import { Schema } from 'mongoose';

/** A credential of a user: an API token, an access token of the password grant, or a console session. */
export interface TokenRecord {
  _id: string;
  kind: 'api' | 'access' | 'session';
  /** SHA-256 of the value, hexadecimal; the value has 256 random bits, so no slow hash is needed. */
  hash: string;
  /** The first characters, so that a person can tell tokens apart. */
  prefix: string;
  name: string;
  user: string;
  /** A subset of the owner's permissions; null = all that the owner has. */
  scopes: string[] | null;
  /** Source networks (CIDR) from which it is good; empty = any. */
  networks: string[];
  /** For sessions: the value that the CSRF header must carry. */
  csrf: string | null;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
}

export const tokenSchema = new Schema<TokenRecord>(
  {
    _id: { type: String, required: true },
    kind: { type: String, enum: ['api', 'access', 'session'], required: true },
    hash: { type: String, required: true },
    prefix: { type: String, default: '' },
    name: { type: String, default: '' },
    user: { type: String, required: true },
    scopes: { type: [String], default: null },
    networks: { type: [String], default: [] },
    csrf: { type: String, default: null },
    createdAt: { type: Date, required: true },
    lastUsedAt: { type: Date, default: null },
    expiresAt: { type: Date, default: null },
  },
  { collection: 'tokens', versionKey: false, strict: 'throw' },
);

tokenSchema.index({ hash: 1 }, { unique: true });
tokenSchema.index({ user: 1, createdAt: -1 });
tokenSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
