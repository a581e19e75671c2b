import { Readable } from 'node:stream';
import type { Reports } from '../../acs/tasks/reports.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import type { LogLevel } from '../../store/models/task.js';
import type { Caller } from '../access/caller.js';
import { getExecution, getExecutionHistory, getExecutionLog, listExecutions } from '../api/tasks.js';
import { DEFAULT_LIMIT, pageReply } from '../http/lists.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import type { Services } from '../services.js';
import { logLineJson, logLineText, pastRunJson } from '../views/execution-view.js';
import { executionsJson, executionWithParts } from './execution-parts.js';
import { attachment } from './parameter-routes.js';
import { visibleExecution } from './visible.js';

export const executionRoutes = [
  implement(listExecutions, async (request, services) => {
    const { limit, cursor, task, device, status, updatedSince, directTasksOnly } = request.query;
    const query = {
      limit: limit ?? DEFAULT_LIMIT,
      ...(cursor === undefined ? {} : { cursor }),
      ...(task === undefined ? {} : { task }),
      ...(device === undefined ? {} : { device }),
      ...(status === undefined ? {} : { status }),
      ...(updatedSince === undefined ? {} : { updatedSince: new Date(updatedSince) }),
      ...(directTasksOnly === undefined ? {} : { directTasksOnly }),
    };
    const { items, next } = await visiblePage(query, request.caller, services);
    return reply(200, { items: await executionsJson(items, request, services), next });
  }),

  implement(getExecution, async (request, services) => {
    const execution = await visibleExecution(request.params.id, request.caller, services);
    return reply(200, await executionWithParts(execution, request, services));
  }),

  implement(getExecutionLog, async (request, services) => {
    const type = request.accepts('application/json', 'text/plain');
    const { level, run, after, limit } = request.query;
    const execution = await visibleExecution(request.params.id, request.caller, services);
    const query = {
      ...(level === undefined ? {} : { level }),
      run: run ?? execution.run,
      ...(after === undefined ? {} : { after }),
    };
    if (type === 'text/plain') {
      const name = `${execution.task}-${query.run}.log`;
      return reply(200, undefined, {
        stream: Readable.from(logText(services.reports, execution._id, query)),
        headers: {
          'Content-Type': 'text/plain; charset=utf-8',
          'Content-Disposition': attachment(name),
        },
      });
    }
    const page = await services.reports.logLines(execution._id, { ...query, limit: limit ?? DEFAULT_LIMIT });
    const next = page.next === null ? null : String(page.next);
    return pageReply({ items: page.items, next }, logLineJson);
  }),

  implement(getExecutionHistory, async (request, services) => {
    const { limit, cursor } = request.query;
    const execution = await visibleExecution(request.params.id, request.caller, services);
    const page = await services.reports.history({
      execution: execution._id,
      limit: limit ?? DEFAULT_LIMIT,
      ...(cursor === undefined ? {} : { cursor }),
    });
    return pageReply(page, (run) => pastRunJson(run, () => request.showSecrets(execution._id)));
  }),
];

const LOG_PAGE = 1_000;

async function* logText(
  reports: Reports,
  execution: string,
  query: { run: number; level?: LogLevel; after?: number },
): AsyncGenerator<string> {
  let after = query.after;
  for (;;) {
    const page = await reports.logLines(execution, {
      ...query,
      ...(after === undefined ? {} : { after }),
      limit: LOG_PAGE,
    });
    for (const line of page.items) yield `${logLineText(line)}\n`;
    if (page.next === null) return;
    after = page.next;
  }
}

/** Reports have no domain; those of devices out of view are left out. Then a page may be shorter than asked for. */
async function visiblePage(
  query: Parameters<Reports['find']>[0],
  caller: Caller,
  { reports, store }: Services,
): Promise<{ items: ExecutionRecord[]; next: string | null }> {
  const page = await reports.find(query);
  if (caller.domain === '/') return page;
  const devices = await store.devices
    .find({ _id: { $in: [...new Set(page.items.map(({ device }) => device))] } }, { domain: 1 })
    .lean<Pick<DeviceRecord, '_id' | 'domain'>[]>();
  const seen = new Set(devices.filter(({ domain }) => caller.sees(domain)).map(({ _id }) => _id));
  return { items: page.items.filter(({ device }) => seen.has(device)), next: page.next };
}
