import { Schema } from 'mongoose';

export const PROPERTY_TYPES = ['string', 'integer', 'number', 'boolean', 'number-list'] as const;
export type PropertyType = (typeof PROPERTY_TYPES)[number];

/** What is known of a property's name, so that values can be checked and completed (groups-profiles.md §6). */
export interface PropertyDescriptorRecord {
  /** The name; a `*` at the end stands for any ending. */
  _id: string;
  category: string;
  type: PropertyType;
  description: string;
  /** The installation's value where nobody sets one; null = none. */
  default: string | null;
  /** Empty = any. */
  allowed: string[];
  secret: boolean;
  /** Parts of the ACS that read it, for people. */
  usedBy: string;
  version: number;
}

export const propertyDescriptorSchema = new Schema<PropertyDescriptorRecord>(
  {
    _id: { type: String, required: true },
    category: { type: String, default: '' },
    type: { type: String, enum: PROPERTY_TYPES, default: 'string' },
    description: { type: String, default: '' },
    default: { type: String, default: null },
    allowed: { type: [String], default: [] },
    secret: { type: Boolean, default: false },
    usedBy: { type: String, default: '' },
    version: { type: Number, default: 1 },
  },
  { collection: 'property_descriptors', versionKey: false, strict: 'throw' },
);
