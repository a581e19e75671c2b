import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import type { Log } from '../../common/log.js';
import type { Store } from '../../store/store.js';

/** The collection that agenda keeps its jobs in. */
export const JOBS_COLLECTION = 'agendaJobs';

export interface AgendaOptions {
  /** Shown as the last editor of a job. */
  serverId: string;
  log: Log;
  /** Milliseconds between looks into the store; a job that falls due in between still starts on time. */
  processEvery?: number;
}

/**
 * Agenda on the store's own connection: several servers on one store share the jobs. It only keeps and plans them until
 * `agenda.start()` makes this process work on them.
 */
export async function createAgenda(store: Store, options: AgendaOptions): Promise<Agenda> {
  const processEvery = options.processEvery ?? 5_000;
  const agenda = new Agenda({
    backend: new MongoBackend({ mongo: store.db, collection: JOBS_COLLECTION }),
    name: options.serverId,
    processEvery,
    // Jobs are taken up to `processEvery` ahead of their time, so the lock has to live longer than that. Not much longer:
    // another server takes over from a dead one when it is over, and a timer of half of it outlives each job.
    defaultLockLifetime: Math.max(4 * processEvery, 2_000),
    defaultConcurrency: 1,
    removeOnComplete: true,
  });
  // An emitter without a listener for errors would end the process.
  agenda.on('error', (error) => options.log.error({ err: error }, 'the job scheduler failed'));
  await agenda.ready;
  return agenda;
}
