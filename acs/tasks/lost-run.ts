import { SessionSupersededError } from '../../common/errors.js';
import type { SessionEnd } from '../cwmp/conductor.js';
import { RunStopped } from './run-stopped.js';
import type { ActiveRun } from './run-task.js';

/**
 * The session ends in the midst of a run. After Reboot and FactoryReset that is expected: the run stays parked where
 * it was written down before it was sent (tasks.md §6.3).
 */
export async function lose(active: ActiveRun, reason: SessionEnd['reason']): Promise<void> {
  try {
    await loseRun(active, reason);
  } catch (error) {
    // Another session, or an operator, has taken away what was to be written.
    if (!(error instanceof SessionSupersededError || error instanceof RunStopped)) throw error;
  }
}

const WHERE = { sent: 'during', answered: 'after', withheld: 'before' } as const;

async function loseRun(active: ActiveRun, reason: SessionEnd['reason']): Promise<void> {
  const { last } = active;
  const method = last?.request.method;
  if (last?.standing === 'sent' && (method === 'Reboot' || method === 'FactoryReset')) {
    await active.leave();
    return;
  }
  // What cannot be understood would not be the next time either.
  if (reason !== 'protocol-error' && active.mayResume) {
    await active.leave({ disconnected: true });
    return;
  }
  const where = last ? ` ${WHERE[last.standing]} ${last.request.method}` : '';
  const what =
    reason === 'timeout' ? 'no answer' : reason === 'protocol-error' ? 'unusable answer' : 'connection lost';
  await active.fail(`${what}${where}`);
  await active.conclude();
}
