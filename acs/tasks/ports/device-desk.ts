/** What a run may keep on its device beyond the data model. */
export interface DeviceDesk {
  /** A property of the device's own; null = it has none of that name. */
  property(name: string): string | null;
  /** Stored at once; null removes it. Rejects with `SessionSupersededError` when a newer session is at work. */
  setProperty(name: string, value: string | null): Promise<void>;
  /**
   * Makes the device as new for the task system (task-types.md §2.3): its other tasks with their reports and its
   * properties go, reports of group tasks are set back. May be repeated.
   */
  refurbish(order: RefurbishOrder): Promise<Refurbished>;
  /** Whether a run of a task type is parked in this stage on the device, other than the execution `but`. */
  isParked(type: string, stage: string, but: string): boolean;
}

export interface RefurbishOrder {
  /** The task that orders it and stays. */
  task: string;
  /** Names of properties that stay. */
  retained: readonly string[];
}

/** Numbers of what was removed or set back. */
export interface Refurbished {
  tasks: number;
  properties: number;
  reports: number;
}
