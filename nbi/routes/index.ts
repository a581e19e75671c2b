import type { Route } from '../http/route.js';
import { actionRoutes } from './action-routes.js';
import { authRoutes } from './auth-routes.js';
import { catalogueRoutes } from './catalogue-routes.js';
import { contactRoutes } from './contact-routes.js';
import { deviceRoutes } from './device-routes.js';
import { eventRoutes } from './event-routes.js';
import { executionRoutes } from './execution-routes.js';
import { healthRoutes } from './health-routes.js';
import { parameterRoutes } from './parameter-routes.js';
import { resourceRoutes } from './resource-routes.js';
import { systemRoutes } from './system-routes.js';
import { taskRoutes } from './task-routes.js';
import { userRoutes } from './user-routes.js';

/** Every operation with its handler. */
export const ROUTES: readonly Route[] = [
  ...authRoutes,
  ...userRoutes,
  ...deviceRoutes,
  ...parameterRoutes,
  ...contactRoutes,
  ...actionRoutes,
  ...taskRoutes,
  ...executionRoutes,
  ...catalogueRoutes,
  ...resourceRoutes,
  ...eventRoutes,
  ...systemRoutes,
  ...healthRoutes,
];
