import { mdiAccountGroupOutline, mdiCogOutline, mdiDomain, mdiRouterWireless } from '@mdi/js';
import type { GroupKind } from '../api/types.js';
import type { Mark } from './statuses.js';

/** How the kinds of groups are shown: icon, word and colour together (groups-profiles.md §1). */
export const GROUP_MARKS: Record<GroupKind, Mark> = {
  system: { icon: mdiCogOutline, word: 'System', tone: 'in-progress' },
  user: { icon: mdiAccountGroupOutline, word: 'User', tone: 'success' },
  tenant: { icon: mdiDomain, word: 'Tenant', tone: 'warning' },
  'device-type': { icon: mdiRouterWireless, word: 'Device type', tone: 'parked' },
};
