/** Counted semaphores over all devices and servers, by domain and name (xmltask.md §6.5). */
export interface LimiterDesk {
  /** Takes a place unless as many are taken as the order allows; one that is held under this id already is held on. */
  take(order: SlotOrder): Promise<boolean>;
  free(slot: { domain: string; name: string; id: string }): Promise<void>;
}

export interface SlotOrder {
  domain: string;
  name: string;
  id: string;
  /** The run that holds it; once it is over, so is its hold. Null = a run without a report. */
  holder: { execution: string; run: number } | null;
  /** Places that may be taken, as this one counts. */
  most: number;
  /** The place is free again then. */
  until: Date;
  now: Date;
}
