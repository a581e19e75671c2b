import type { DeviceRecord } from '../../../store/models/device.js';
import type { ParameterTree } from '../../devices/parameter-tree.js';

/** What the task system asks of the groups. */
export interface TaskGroups {
  /** The group priorities as known now: the higher number wins. */
  priorities(): Promise<(group: string) => number>;
  /** The domain of a group, or null when there is no such group. */
  domainOf(group: string): Promise<string | null>;
}

/** What a session tells the group dispatch (tasks.md §6.1, steps 4 and 9; groups-profiles.md §4). */
export interface DispatchMoment {
  /**
   * `inform`: it is stored, the list is not built yet; `introduced`: a new device was asked what it is; `turn`: a task had
   * its turn; `end`: nothing is due any more.
   */
  when: 'inform' | 'introduced' | 'turn' | 'end';
  /** As it is now, groups and domain included. */
  device: Readonly<DeviceRecord>;
  created: boolean;
  fence: number;
  session: string;
  now: Date;
  /** The device is still to be asked what it is; `introduced` follows. */
  introduces: boolean;
  /** How often this session learnt something of the data model. */
  learnt: number;
  /** The data model with what this session learnt. */
  tree(): Promise<ParameterTree>;
  /** For the session's record. */
  warn(text: string): void;
}

/** Where the device is after a dispatch that moved it. */
export interface Dispatched {
  groups: string[];
  domain: string;
  /** The device's count of changes, the dispatch's own included. */
  taskRevision: number;
}

/** Moves the device as device type and migration rules say; null = it stays. */
export type GroupDispatch = (moment: DispatchMoment) => Promise<Dispatched | null>;
