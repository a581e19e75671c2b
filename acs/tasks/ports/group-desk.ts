/** What a workflow may do with the groups of its device (xmltask.md §5 join, leave). */
export interface GroupDesk {
  exists(name: string): Promise<boolean>;
  /** Adds the device; an unknown user group below an existing one is made. Rejects with `TaskFailure` where it may not. */
  join(device: string, group: string, by: GroupChange): Promise<Moved | null>;
  /** Rejects with `TaskFailure` for device-type and system groups. */
  leave(device: string, group: string, by: GroupChange & { subgroups: boolean }): Promise<Moved | null>;
}

export interface GroupChange {
  task: string;
  /** Of the task; groups that are made lie in it. */
  domain: string;
}

/** Where the device is now; null = nothing changed. */
export interface Moved {
  groups: string[];
  domain: string;
}
