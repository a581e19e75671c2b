import * as actions from './actions.js';
import * as alerts from './alerts.js';
import * as auth from './auth.js';
import * as callbacks from './callbacks.js';
import * as campaigns from './campaigns.js';
import * as devices from './devices.js';
import * as expressions from './expressions.js';
import * as filters from './filters.js';
import * as groups from './groups.js';
import * as migrations from './migrations.js';
import type { Operation } from './operation.js';
import * as groupTasks from './group-tasks.js';
import * as profiles from './profiles.js';
import * as rehearsals from './rehearsals.js';
import * as rollouts from './rollouts.js';
import * as resources from './resources.js';
import * as scheduledConnections from './scheduled-connections.js';
import * as schedules from './schedules.js';
import * as services from './services.js';
import * as system from './system.js';
import * as tasks from './tasks.js';
import * as templates from './templates.js';
import * as transfer from './transfer.js';

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'path' in value && 'responses' in value;

/** Every operation of the NBI. */
export const OPERATIONS: readonly Operation[] = [
  auth,
  devices,
  scheduledConnections,
  alerts,
  groups,
  profiles,
  migrations,
  actions,
  tasks,
  callbacks,
  groupTasks,
  campaigns,
  schedules,
  services,
  rollouts,
  rehearsals,
  expressions,
  filters,
  templates,
  transfer,
  resources,
  system,
]
  .flatMap((module): unknown[] => Object.values(module))
  .filter(isOperation);
