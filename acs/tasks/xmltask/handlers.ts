import type { Handler, Handlers } from './handler.js';
import { DATA_MODEL_HANDLERS } from './handlers/data-model.js';
import { FLOW_HANDLERS } from './handlers/flow.js';
import { LOOP_HANDLERS } from './handlers/loops.js';
import { NETWORK_HANDLERS } from './handlers/network.js';
import { NOTIFICATION_HANDLERS } from './handlers/notification.js';
import { SYSTEM_HANDLERS } from './handlers/system.js';
import { TASK_HANDLERS } from './handlers/child-task.js';

const HANDLERS: Handlers = {
  ...FLOW_HANDLERS,
  ...LOOP_HANDLERS,
  ...TASK_HANDLERS,
  ...DATA_MODEL_HANDLERS,
  ...SYSTEM_HANDLERS,
  ...NETWORK_HANDLERS,
  ...NOTIFICATION_HANDLERS,
};

/** Every tag that can be executed has one; a test holds that. */
export function handlerOf(tag: string): Handler {
  const handler = Object.hasOwn(HANDLERS, tag) ? HANDLERS[tag] : undefined;
  if (!handler) throw new Error(`<${tag}> cannot be executed`);
  return handler;
}

export const hasHandler = (tag: string): boolean => Object.hasOwn(HANDLERS, tag);
