import { getOpenApi, healthLive, healthReady } from '../api/system.js';
import { reply, type Reply } from '../http/request.js';
import { implement } from '../http/route.js';
import type { Services } from '../services.js';

export const healthRoutes = [
  implement(healthLive, () => live()),
  implement(healthReady, (_request, services) => ready(services)),
  implement(getOpenApi, (_request, { document }) => reply(200, document)),
];

export function live(): Reply {
  return reply(200, { status: 'ok', checks: { process: 'ok' } });
}

const STORE_TIMEOUT = 2_000;

/** Whether the store answers, and whatever else the server says of itself. */
export async function ready({ store, info }: Services): Promise<Reply> {
  const checks: Record<string, 'ok' | 'failed'> = { store: await storeAnswers(store.db) };
  for (const [name, check] of Object.entries(info.checks ?? {}))
    checks[name] = (await check().catch(() => false)) ? 'ok' : 'failed';
  const good = Object.values(checks).every((check) => check === 'ok');
  return reply(good ? 200 : 503, { status: good ? 'ok' : 'unavailable', checks });
}

async function storeAnswers(db: Services['store']['db']): Promise<'ok' | 'failed'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'failed'>((resolve) => {
    timer = setTimeout(() => resolve('failed'), STORE_TIMEOUT);
  });
  const answer = db.command({ ping: 1 }).then(
    () => 'ok' as const,
    () => 'failed' as const,
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
