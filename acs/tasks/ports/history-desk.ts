/** Histories that are kept of devices; `acs/devices` implements it. */
export interface HistoryDesk {
  /** The newest samples of these names; names without one are missing. */
  latest(device: string, names: readonly string[]): Promise<Map<string, Sample>>;
  /** The time of the newest sample whose name is one of these or begins with one and a dot; null = there is none. */
  newest(device: string, names: readonly string[]): Promise<Date | null>;
  add(device: string, at: Date, samples: readonly { name: string; value: string }[]): Promise<void>;
  /** Notes which WAN address the device has; resolves to the one before when it is another one. */
  noteAddress(device: string, address: string, at: Date): Promise<AddressChange>;
}

export interface Sample {
  at: Date;
  value: string;
}

export interface AddressChange {
  changed: boolean;
  /** Null = none was known. */
  before: string | null;
}
