import type { CallbackView } from '../../acs/tasks/callbacks/task-callbacks.js';
import type { CallbackDeliveryRecord } from '../../store/models/callback-delivery.js';
import { timeJson } from './json.js';

/** Secrets are not shown, to nobody. */
export function callbackJson({ callback, last }: CallbackView) {
  const { name, url, authentication, secret, user, createdAt, changedAt, version } = callback;
  return {
    name,
    url,
    authentication: { kind: authentication.kind, user: authentication.user },
    signed: secret !== null,
    user,
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
    lastDelivery: last && deliveryJson(last),
    version,
  };
}

function deliveryJson(delivery: CallbackDeliveryRecord) {
  const { execution, device, run, state, queuedAt, attempts, lastAttemptAt, nextAttemptAt } = delivery;
  return {
    ...{ execution, device, run, state, attempts },
    queuedAt: queuedAt.toISOString(),
    lastAttemptAt: timeJson(lastAttemptAt),
    nextAttemptAt: timeJson(nextAttemptAt),
    status: delivery.status,
    detail: delivery.detail,
  };
}
