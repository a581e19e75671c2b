import * as actions from './actions.js';
import * as auth from './auth.js';
import * as devices from './devices.js';
import type { Operation } from './operation.js';
import * as resources from './resources.js';
import * as system from './system.js';
import * as tasks from './tasks.js';

const isOperation = (value: unknown): value is Operation =>
  typeof value === 'object' && value !== null && 'path' in value && 'responses' in value;

/** Every operation of the NBI. */
export const OPERATIONS: readonly Operation[] = [auth, devices, actions, tasks, resources, system]
  .flatMap((module): unknown[] => Object.values(module))
  .filter(isOperation);
