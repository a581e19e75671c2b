import type { ExecutionRecord } from '../../store/models/execution.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { TransferRecord } from '../../store/models/transfer.js';
import type { NbiRequest } from '../http/request.js';
import type { Services } from '../services.js';
import { executionJson } from '../views/execution-view.js';

/** Reports with what belongs to them: type and name of the task, and what the file server saw. Two queries a page. */
export async function executionsJson(
  executions: readonly ExecutionRecord[],
  request: Pick<NbiRequest, 'showSecrets'>,
  { store }: Services,
) {
  const [tasks, transfers] = await Promise.all([
    store.tasks
      .find({ _id: { $in: [...new Set(executions.map(({ task }) => task))] } }, { type: 1, name: 1 })
      .lean<Pick<TaskRecord, '_id' | 'type' | 'name'>[]>(),
    store.transfers
      .find({ execution: { $in: executions.map(({ _id }) => _id) } })
      .sort({ execution: 1, createdAt: -1 })
      .lean<TransferRecord[]>(),
  ]);
  const taskOf = new Map(tasks.map((task) => [task._id, task]));
  return executions.map((execution) =>
    executionJson(execution, {
      task: taskOf.get(execution.task) ?? null,
      transfers: transfers.filter((transfer) => transfer.execution === execution._id).reverse(),
      showSecrets: () => request.showSecrets(execution._id),
    }),
  );
}

export async function executionWithParts(
  execution: ExecutionRecord,
  request: Pick<NbiRequest, 'showSecrets'>,
  services: Services,
) {
  const [json] = await executionsJson([execution], request, services);
  if (!json) throw new Error('One execution gives one report');
  return json;
}
