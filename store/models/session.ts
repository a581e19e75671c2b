import { Schema } from 'mongoose';

/** One message of a session, without its envelope: who sent what when, for which task. */
export interface SessionRpc {
  /** Milliseconds since the session began. */
  offset: number;
  from: 'cpe' | 'acs';
  /** RPC name with `Response` where it is one; `Fault`, `empty` or `end`. */
  message: string;
  /** What it is about in a few words, without values: paths, file type, counts. */
  about: string;
  bytes: number;
  task: string | null;
  fault: { code: number; text: string } | null;
}

/** What happened in one CWMP session. */
export interface SessionRecord {
  _id: string;
  device: string;
  fence: number;
  startedAt: Date;
  endedAt: Date;
  /** `complete`, or why it ended otherwise: `disconnected`, `timeout`, `superseded`, `protocol-error`, `shutdown`. */
  end: string;
  events: { code: string; commandKey: string }[];
  sourceIp: string;
  tls: boolean;
  cwmpVersion: string;
  server: string;
  rpcs: SessionRpc[];
  rpcCount: number;
  faults: number;
  bytesIn: number;
  bytesOut: number;
  /** Tasks that had their turn, in order. */
  tasks: string[];
  warnings: string[];
  expiresAt: Date;
}

export const sessionSchema = new Schema<SessionRecord>(
  {
    _id: { type: String, required: true },
    device: { type: String, required: true },
    fence: { type: Number, required: true },
    startedAt: { type: Date, required: true },
    endedAt: { type: Date, required: true },
    end: { type: String, required: true },
    events: { type: [new Schema({ code: String, commandKey: String }, { _id: false })], default: [] },
    sourceIp: { type: String, default: '' },
    tls: { type: Boolean, default: false },
    cwmpVersion: { type: String, default: '' },
    server: { type: String, default: '' },
    rpcs: { type: [Schema.Types.Mixed] as never, default: [] },
    rpcCount: { type: Number, default: 0 },
    faults: { type: Number, default: 0 },
    bytesIn: { type: Number, default: 0 },
    bytesOut: { type: Number, default: 0 },
    tasks: { type: [String], default: [] },
    warnings: { type: [String], default: [] },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'sessions', versionKey: false, strict: 'throw' },
);

sessionSchema.index({ device: 1, startedAt: -1, _id: -1 });
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
