import { client, take } from './client.js';
import { byId } from './nbi.js';
import type { TaskCallbackInput } from './types.js';

/** URLs that are told how the runs of a task end. */
export const callbacks = {
  list: (task: string) => take(client.GET('/tasks/{id}/callbacks', { params: byId(task) })),
  add: (task: string, body: TaskCallbackInput) =>
    take(client.POST('/tasks/{id}/callbacks', { params: byId(task), body })),
  remove: (task: string, name: string) =>
    take(client.DELETE('/tasks/{id}/callbacks/{name}', { params: { path: { id: task, name } } })),
};
