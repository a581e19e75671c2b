/** Where the task with this id is listed, also when it is deleted: the id names its target (tasks.md §1). */
export function listOfTask(id: string): { path: string; query: { sel: string } } | { path: string } {
  const found = /^([dg]):(.+):[^:]+$/.exec(id);
  if (!found) return { path: '/tasks' };
  const area = found[1] === 'd' ? 'devices' : 'groups';
  return { path: `/${area}/${encodeURIComponent(found[2] ?? '')}/tasks`, query: { sel: id } };
}
