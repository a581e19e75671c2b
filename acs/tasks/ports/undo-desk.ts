/** What runs have replaced on their devices. */
export interface UndoDesk {
  /** What a task has replaced on a device, in this run of it, or (null) in the newest run that replaced anything. */
  replacedBy(task: string, device: string, run: number | null): Promise<ReplacedBy | NothingReplaced>;
}

export interface ReplacedBy {
  run: number;
  /** The values as the device had reported them, secrets in clear. */
  values: { name: string; value: string; type: string }[];
  /** What cannot be restored, and why. */
  lost: { name: string; reason: string }[];
  /** Parameters that were set beyond what a report holds. */
  omitted: number;
}

export interface NothingReplaced {
  /** Why there is nothing, as the end of a sentence about the task. */
  nothing: string;
}
