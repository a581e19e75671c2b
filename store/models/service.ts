import { Schema } from 'mongoose';
import type { TaskProperty } from './task.js';

/** A function that is sold by name and switched on and off on devices (groups-profiles.md §8). */
export interface ServiceRecord {
  /** Its key; also in the names of the properties `services.available.<key>` and `service.<key>`. */
  _id: string;
  domain: string;
  caption: string;
  description: string;
  /** Name in the icon set. */
  icon: string;
  /** Names of templates; empty = there is nothing to do, or nothing that can be configured. */
  activate: string;
  deactivate: string;
  configure: string;
  /** Expression that says on a device whether it is active; empty = what the last task left counts. */
  status: string;
  /** Group that devices join when it is activated; null = none. */
  homeGroup: string | null;
  user: string;
  createdAt: Date;
  editedAt: Date;
  version: number;
}

/** How a service stands on one device; kept with the device, by the key of the service. */
export interface DeviceService {
  /** What the last task left. */
  settled: 'inactive' | 'active' | 'failed';
  /** Why it failed, or what the last task said. */
  summary: string;
  activatedAt: Date | null;
  changedAt: Date;
  /** The task that is to change it; it counts as long as it has not ended. */
  pending: { task: string; state: ServiceGoal } | null;
  /** What it was activated with the last time; secrets sealed. */
  values: TaskProperty[];
}

export const SERVICE_GOALS = ['enabled', 'disabled'] as const;
export type ServiceGoal = (typeof SERVICE_GOALS)[number];

/** Few and small; no shard key is needed. */
export const serviceSchema = new Schema<ServiceRecord>(
  {
    _id: { type: String, required: true },
    domain: { type: String, default: '/' },
    caption: { type: String, required: true },
    description: { type: String, default: '' },
    icon: { type: String, default: '' },
    activate: { type: String, default: '' },
    deactivate: { type: String, default: '' },
    configure: { type: String, default: '' },
    status: { type: String, default: '' },
    homeGroup: { type: String, default: null },
    user: { type: String, required: true },
    createdAt: { type: Date, required: true },
    editedAt: { type: Date, required: true },
    version: { type: Number, default: 1 },
  },
  { collection: 'services', versionKey: false, minimize: false, strict: 'throw' },
);

serviceSchema.index({ caption: 1, _id: 1 });
