import type { Route } from '../http/route.js';
import { authRoutes } from './auth-routes.js';
import { eventRoutes } from './event-routes.js';
import { healthRoutes } from './health-routes.js';
import { userRoutes } from './user-routes.js';

/** Every operation with its handler. */
export const ROUTES: readonly Route[] = [...authRoutes, ...userRoutes, ...eventRoutes, ...healthRoutes];
