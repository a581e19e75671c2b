import { definedOnly } from '../../common/defined-only.js';
import type { ExecutionLogRecord } from '../../store/models/execution-log.js';
import { listEditions, listPastRuns } from '../api/tasks.js';
import { EXPORT_PAGE, exportReply, LIST_TYPES } from '../http/export.js';
import { DEFAULT_LIMIT, pageReply } from '../http/lists.js';
import { implement } from '../http/route.js';
import { pastRunJson } from '../views/execution-view.js';
import { editionJson } from '../views/task-view.js';
import { onVisibleDevices } from './visible.js';

/** What was and what ran, over all tasks (tasks.md §8.1). */
export const historyRoutes = [
  implement(listEditions, async (request, { reports }) => {
    const { caller, signal, showSecrets } = request;
    const type = request.accepts(...LIST_TYPES);
    const { limit, cursor, from, to, ...query } = request.query;
    const of = { ...definedOnly(query), ...periodOf(from, to), view: caller.domain };
    const page = async (size: number, after: string | undefined) =>
      reports.editionLog(of, { limit: size, ...(after !== undefined && { cursor: after }) });
    const json = (edition: Parameters<typeof editionJson>[0]) =>
      editionJson(edition, () => showSecrets(edition.task));
    if (type === 'application/json') return pageReply(await page(limit ?? DEFAULT_LIMIT, cursor), json);
    return exportReply({
      ...{ type, name: 'edition-log', columns: EDITION_COLUMNS, signal, caller },
      page: async (after) => {
        const { items, next } = await page(EXPORT_PAGE, after ?? cursor);
        return { rows: items.map(json), next };
      },
    });
  }),

  implement(listPastRuns, async (request, services) => {
    const { caller, signal, showSecrets } = request;
    const type = request.accepts(...LIST_TYPES);
    const { limit, cursor, from, to, ...query } = request.query;
    const of = { ...definedOnly(query), ...periodOf(from, to) };
    const page = async (size: number, after: string | undefined) => {
      const given = after === undefined ? {} : { cursor: after };
      const found = await services.reports.history({ ...of, limit: size, ...given });
      return { ...found, items: await onVisibleDevices(found.items, caller, services) };
    };
    const json = (run: ExecutionLogRecord) => pastRunJson(run, () => showSecrets(run.execution));
    if (type === 'application/json') return pageReply(await page(limit ?? DEFAULT_LIMIT, cursor), json);
    return exportReply({
      ...{ type, name: 'execution-history', columns: RUN_COLUMNS, signal, caller },
      page: async (after) => {
        const { items, next } = await page(EXPORT_PAGE, after ?? cursor);
        return { rows: items.map(json), next };
      },
    });
  }),
];

const EDITION_COLUMNS = ['at', 'user', 'kind', 'task', 'device', 'group', 'before', 'after'];
const RUN_COLUMNS = [
  ...['device', 'task', 'taskType', 'taskName', 'run', 'startTime', 'finishTime', 'duration'],
  ...['status', 'summary'],
];

function periodOf(from: string | undefined, to: string | undefined): { from?: Date; to?: Date } {
  return {
    ...(from !== undefined && { from: new Date(from) }),
    ...(to !== undefined && { to: new Date(to) }),
  };
}
