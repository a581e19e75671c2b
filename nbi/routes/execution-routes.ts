import { Readable } from 'node:stream';
import { definedOnly } from '../../common/defined-only.js';
import type { Reports } from '../../acs/tasks/reports.js';
import type { ExecutionStatus } from '../../store/models/execution.js';
import type { LogLevel } from '../../store/models/task.js';
import {
  getExecution,
  getExecutionHistory,
  getExecutionLog,
  listExecutions,
  searchExecutions,
} from '../api/tasks.js';
import { EXPORT_PAGE, exportReply, LIST_TYPES } from '../http/export.js';
import { chosenFields, picked } from '../http/fields.js';
import { DEFAULT_LIMIT, pageReply } from '../http/lists.js';
import { reply, type NbiRequest, type Reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { execution as executionSchema } from '../schemas/execution.js';
import { searchCriteria, type Criteria } from '../search/criteria.js';
import { filterConditions } from '../search/searched-lists.js';
import type { Services } from '../services.js';
import { logLineJson, logLineText, pastRunJson, replacedJson } from '../views/execution-view.js';
import { executionsJson, executionWithParts } from './execution-parts.js';
import { attachment } from './parameter-routes.js';
import { onVisibleDevices, visibleExecution } from './visible.js';

export const executionRoutes = [
  implement(listExecutions, async (request, services) => {
    const { caller, signal } = request;
    const type = request.accepts(...LIST_TYPES);
    const { limit, cursor } = request.query;
    const { page, names } = await executionPages(request.query, request, services);
    if (type === 'application/json') return firstPage(await page(limit ?? DEFAULT_LIMIT, cursor));
    return exportReply({
      ...{ type, name: 'executions', columns: names ?? EXPORT_FIELDS, signal, caller },
      page: (after) => page(EXPORT_PAGE, after ?? cursor),
    });
  }),

  implement(searchExecutions, async (request, services) => {
    const { limit, cursor } = request.body;
    const { page } = await executionPages(request.body, request, services);
    return firstPage(await page(limit ?? DEFAULT_LIMIT, cursor));
  }),

  implement(getExecution, async (request, services) => {
    const execution = await visibleExecution(request.params.id, request.caller, services);
    const replaced = replacedJson(execution.replaced, () => request.showSecrets(execution._id));
    return reply(200, { ...(await executionWithParts(execution, request, services)), replaced });
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

interface ExecutionListQuery extends Criteria {
  task?: string | undefined;
  device?: string | undefined;
  status?: readonly ExecutionStatus[] | undefined;
  updatedSince?: string | undefined;
  directTasksOnly?: boolean | undefined;
  fields?: string | undefined;
}

/** Reads pages of the reports that match, on devices in view, with the chosen fields. */
async function executionPages(asked: ExecutionListQuery, request: NbiRequest, services: Services) {
  const { caller } = request;
  const { task, device, status, updatedSince, directTasksOnly } = asked;
  const names = chosenFields(asked.fields, executionSchema.shape, 'Executions');
  const { nodes, expressions } = await searchCriteria('executions', asked, caller, services);
  const query = {
    ...definedOnly({ task, device, status, directTasksOnly }),
    ...(updatedSince === undefined ? {} : { updatedSince: new Date(updatedSince) }),
    conditions: filterConditions('executions', nodes),
    expressions,
  };
  const page = async (size: number, after: string | undefined) => {
    const given = after === undefined ? {} : { cursor: after };
    const listed = await services.reports.find({ ...query, limit: size, ...given });
    const found = { ...listed, items: await onVisibleDevices(listed.items, caller, services) };
    const rows = (await executionsJson(found.items, request, services)).map((one) => picked(one, names));
    return { ...found, rows };
  };
  return { names, page };
}

function firstPage({
  rows,
  next,
  notice,
}: {
  rows: readonly unknown[];
  next: string | null;
  notice?: string;
}): Reply {
  return pageReply({ items: rows, next, ...(notice !== undefined && { notice }) }, (row) => row);
}

/** Columns of an export where none are chosen. */
const EXPORT_FIELDS = [
  ...['device', 'task', 'taskType', 'taskName', 'run', 'status', 'startTime', 'finishTime', 'duration'],
  ...['lastUpdateTime', 'summary'],
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
