import type { Route } from '../http/route.js';
import { actionRoutes } from './action-routes.js';
import { alertRoutes } from './alert-routes.js';
import { authRoutes } from './auth-routes.js';
import { callbackRoutes } from './callback-routes.js';
import { campaignRoutes } from './campaign-routes.js';
import { catalogueRoutes } from './catalogue-routes.js';
import { scheduledConnectionRoutes } from './scheduled-connection-routes.js';
import { contactRoutes } from './contact-routes.js';
import { descriptorRoutes } from './descriptor-routes.js';
import { deviceGroupRoutes } from './device-group-routes.js';
import { deviceHistoryRoutes } from './device-history-routes.js';
import { deviceRoutes } from './device-routes.js';
import { eventRoutes } from './event-routes.js';
import { executionRoutes } from './execution-routes.js';
import { expressionRoutes } from './expression-routes.js';
import { filterRoutes } from './filter-routes.js';
import { groupTaskRoutes } from './group-task-routes.js';
import { groupRoutes } from './group-routes.js';
import { historyRoutes } from './history-routes.js';
import { healthRoutes } from './health-routes.js';
import { migrationRoutes } from './migration-routes.js';
import { parameterRoutes } from './parameter-routes.js';
import { profileRoutes } from './profile-routes.js';
import { propertyRoutes } from './property-routes.js';
import { queueRoutes } from './queue-routes.js';
import { rehearsalRoutes } from './rehearsal-routes.js';
import { resourceRoutes } from './resource-routes.js';
import { rolloutRoutes } from './rollout-routes.js';
import { scheduleRoutes } from './schedule-routes.js';
import { serviceRoutes } from './service-routes.js';
import { systemRoutes } from './system-routes.js';
import { taskRoutes } from './task-routes.js';
import { templateRoutes } from './template-routes.js';
import { transferRoutes } from './transfer-routes.js';
import { userRoutes } from './user-routes.js';

/** Every operation with its handler. */
export const ROUTES: readonly Route[] = [
  ...authRoutes,
  ...userRoutes,
  ...deviceRoutes,
  ...deviceGroupRoutes,
  ...groupRoutes,
  ...migrationRoutes,
  ...profileRoutes,
  ...propertyRoutes,
  ...descriptorRoutes,
  ...parameterRoutes,
  ...contactRoutes,
  ...scheduledConnectionRoutes,
  ...deviceHistoryRoutes,
  ...alertRoutes,
  ...actionRoutes,
  ...queueRoutes,
  ...taskRoutes,
  ...callbackRoutes,
  ...groupTaskRoutes,
  ...rolloutRoutes,
  ...campaignRoutes,
  ...scheduleRoutes,
  ...serviceRoutes,
  ...executionRoutes,
  ...historyRoutes,
  ...filterRoutes,
  ...rehearsalRoutes,
  ...expressionRoutes,
  ...templateRoutes,
  ...transferRoutes,
  ...catalogueRoutes,
  ...resourceRoutes,
  ...eventRoutes,
  ...systemRoutes,
  ...healthRoutes,
];
