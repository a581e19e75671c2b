/** Alerts of devices and groups (xmltask.md §5); `acs/devices` implements it. */
export interface AlertDesk {
  /** Raises or hides the alert of a type; raising it again updates it. What is hidden and was never raised is nothing. */
  put(alert: AlertOrder): Promise<void>;
}

export interface AlertOrder {
  /** Names the alert together with its target. */
  type: string;
  target: string;
  targetKind: 'device' | 'group';
  caption: string;
  description: string;
  raised: boolean;
  /** A threshold: DEBUG 0, INFO 500, WARN 1000, ERROR 2000. */
  severity: number;
  domain: string;
  /** Who says so. */
  task: string;
  device: string;
  at: Date;
}
