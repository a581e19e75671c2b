import type { DeviceService, ServiceGoal, ServiceRecord } from '../../../store/models/service.js';

/** What a task that switches a service knows of it and leaves behind (task-types.md §6.2). */
export interface ServiceDesk {
  /** Null = there is none of the key in reach of the domain. */
  find(key: string, domain: string): Promise<ServiceRecord | null>;
  /** The task is at work on it. */
  begun(device: string, key: string, pending: NonNullable<DeviceService['pending']>): Promise<void>;
  /** How it went. `values`: what it was activated with. */
  ended(device: string, key: string, end: ServiceEnd): Promise<void>;
}

export interface ServiceEnd {
  state: ServiceGoal;
  failed: boolean;
  summary: string;
  values: DeviceService['values'];
}
