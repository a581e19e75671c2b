import { Schema, type Types } from 'mongoose';

/** A change that was stored after the snapshot was made; see `acs/devices/parameter-trees.ts` for the meaning of the fields. */
export type TreePatch = Record<string, unknown>;

/** The whole data model of one CPE as last seen, compressed; decoded only by who needs it. */
export interface ParameterTreeRecord {
  /** The device's identity. */
  _id: string;
  /** Compressed snapshot; `format` names the encoding. */
  snapshot: Types.Buffer | Buffer | null;
  format: string;
  /** Number of parameters in the snapshot. */
  parameters: number;
  /** Small changes since the snapshot, in order; folded into it when they are many. */
  patches: TreePatch[];
  /** Grows with each change; a cached decoded tree is good as long as it fits. */
  revision: number;
  /** The session fence of the last writer; an older session cannot write any more. */
  fence?: number;
  /** The last write by its mark, as the device's record announced it. */
  writer?: string | null;
  updatedAt: Date;
}

/** Shard key candidate: `{ _id: 'hashed' }`, beside the device of the same id. */
export const parameterTreeSchema = new Schema<ParameterTreeRecord>(
  {
    _id: { type: String, required: true },
    snapshot: { type: Buffer, default: null },
    format: { type: String, default: '' },
    parameters: { type: Number, default: 0 },
    patches: { type: [Schema.Types.Mixed] as never, default: [] },
    revision: { type: Number, default: 0 },
    fence: { type: Number, default: 0 },
    writer: { type: String, default: null },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'parameter_trees', versionKey: false, strict: 'throw' },
);
