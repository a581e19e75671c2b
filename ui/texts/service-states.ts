import { mdiAlertCircle, mdiCheckCircle, mdiCircleOffOutline, mdiProgressClock } from '@mdi/js';
import type { DeviceService } from '../api/types.js';
import type { Mark } from './statuses.js';

/** How a service stands on a device: icon, word and colour together (groups-profiles.md §8). */
export const SERVICE_MARKS: Record<DeviceService['state'], Mark> = {
  active: { icon: mdiCheckCircle, word: 'Active', tone: 'success' },
  inactive: { icon: mdiCircleOffOutline, word: 'Inactive', tone: 'not-started' },
  activating: { icon: mdiProgressClock, word: 'Activating', tone: 'warning' },
  deactivating: { icon: mdiProgressClock, word: 'Deactivating', tone: 'warning' },
  failed: { icon: mdiAlertCircle, word: 'Failed', tone: 'error' },
};
