import type { ProvostEvent } from '../../common/events.js';

/** CloudEvents 1.0. */
export function eventJson(event: ProvostEvent) {
  const { id, type, time, subject, domain, data } = event;
  return {
    id,
    specversion: '1.0' as const,
    type,
    source: '/provost',
    time: time.toISOString(),
    subject,
    domain,
    data,
  };
}
