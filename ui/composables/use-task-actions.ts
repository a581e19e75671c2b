import { useRouter } from 'vue-router';
import { tasks } from '../api/nbi.js';
import type { QueueEntry, Task } from '../api/types.js';
import { taskName } from '../logic/task-sentences.js';
import { problemText } from '../texts/problems.js';
import { useConfirm } from './use-confirm.js';

export type TaskAction =
  'edit' | 'copy' | 'delete' | 'restart' | 'activate' | 'deactivate' | 'executions' | 'editions';

interface Surroundings {
  refresh(): unknown;
  deselect(): void;
}

/** The actions of Device tasks (tasks.md §7). Each is bound to an id, never to a place in the list. */
export function useTaskActions(deviceId: () => string, around: Surroundings) {
  const router = useRouter();
  const confirm = useConfirm();
  const base = () => `/devices/${encodeURIComponent(deviceId())}`;
  const page = (task: Task, name: string) => router.push(`/tasks/${encodeURIComponent(task.id)}/${name}`);

  return { run, edit, copy, restart, remove, activate };

  function run(action: TaskAction, entry: QueueEntry): unknown {
    const { task } = entry;
    switch (action) {
      case 'edit':
        return edit(task);
      case 'copy':
        return copy(task);
      case 'delete':
        return remove(entry);
      case 'restart':
        return restart(entry);
      case 'activate':
        return activate(task, true);
      case 'deactivate':
        return activate(task, false);
      case 'executions':
        return page(task, 'executions');
      case 'editions':
        return page(task, 'edition-log');
    }
  }

  function edit(task: Task): unknown {
    return page(task, 'edit');
  }

  function copy(task: Task): unknown {
    return router.push({ path: `${base()}/tasks/new`, query: { copy: task.id } });
  }

  async function restart(entry: QueueEntry): Promise<void> {
    const running = entry.status === 'IN_PROGRESS';
    const { agreed, option } = await confirm({
      title: `Restart ${entry.task.type} “${taskName(entry.task)}”?`,
      text: running
        ? 'It is running. Restarting forgets where it stands; the device may still finish what it began.'
        : 'Its report is reset, and it runs in the next session. The execution log keeps the earlier runs.',
      action: 'Restart task',
      danger: running,
      option: { label: 'Ask the device to connect now', value: false },
    });
    if (agreed) await act(() => tasks.restart(entry.task.id, option ? 'try' : 'none'));
  }

  async function remove(entry: QueueEntry): Promise<void> {
    const holds = entry.holds ? ' The tasks below it no longer wait.' : '';
    const { agreed } = await confirm({
      title: `Delete ${entry.task.type} “${taskName(entry.task)}”?`,
      text: `Removes 1 task and its report from this device.${holds} Execution log and edition log stay.`,
      action: 'Delete task',
      danger: true,
    });
    if (!agreed) return;
    await act(() => tasks.remove(entry.task.id));
    around.deselect();
  }

  async function activate(task: Task, active: boolean): Promise<void> {
    await act(() => tasks.edit(task.id, { active }, task.version));
  }

  async function act(call: () => Promise<unknown>): Promise<void> {
    try {
      await call();
    } catch (error) {
      await confirm({ title: 'Not done', text: problemText(error).text, action: 'Close' });
    }
    await around.refresh();
  }
}
