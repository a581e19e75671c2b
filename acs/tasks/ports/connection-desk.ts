/** Asks devices to call in; `acs/jobs` implements it. */
export interface ConnectionDesk {
  /** One that is past means at once after the session that is under way. The same time is planned once. */
  schedule(device: string, at: Date, by: string): Promise<unknown>;
}
