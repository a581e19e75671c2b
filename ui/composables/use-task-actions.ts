import { useRouter } from 'vue-router';
import { tasks } from '../api/nbi.js';
import type { QueueEntry, Task } from '../api/types.js';
import { taskName } from '../logic/task-sentences.js';
import { problemText } from '../texts/problems.js';
import { useConfirm } from './use-confirm.js';

export type TaskAction =
  | 'edit'
  | 'copy'
  | 'delete'
  | 'restart'
  | 'undo'
  | 'rehearse'
  | 'activate'
  | 'deactivate'
  | 'executions'
  | 'editions'
  | 'group'
  | 'pause'
  | 'resume'
  | 'advance';

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

  return { run, edit, copy, restart, undo, remove, activate, pause };

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
      case 'undo':
        return undo(entry);
      case 'activate':
        return activate(task, true);
      case 'deactivate':
        return activate(task, false);
      case 'rehearse':
        return rehearse(task);
      case 'executions':
        return page(task, 'executions');
      case 'editions':
        return page(task, 'edition-log');
      case 'group':
        return inGroup(task);
      case 'pause':
        return pause(task, true);
      case 'resume':
        return pause(task, false);
      case 'advance':
        return page(task, 'advance');
    }
  }

  /** A group task is edited where it belongs. */
  function edit(task: Task): unknown {
    return task.group === null ? page(task, 'edit') : inGroup(task);
  }

  function rehearse(task: Task): unknown {
    const path = `/tasks/${encodeURIComponent(task.id)}/rehearsal`;
    return router.push({ path, query: { device: deviceId() } });
  }

  function inGroup(task: Task): unknown {
    const path = `/groups/${encodeURIComponent(task.group ?? '')}/tasks`;
    return router.push({ path, query: { sel: task.id } });
  }

  function copy(task: Task): unknown {
    return router.push({ path: `${base()}/tasks/new`, query: { copy: task.id } });
  }

  async function restart(entry: QueueEntry): Promise<void> {
    const running = entry.status === 'IN_PROGRESS';
    const { agreed, option } = await confirm({
      title: `Restart ${entry.task.type} “${taskName(entry.task)}”${entry.task.group === null ? '' : ' for this device'}?`,
      text: running
        ? 'It is running. Restarting forgets where it stands; the device may still finish what it began.'
        : `Its report${entry.task.group === null ? '' : ' of this device alone'} is reset, and it runs in the next session. The execution log keeps the earlier runs.`,
      action: 'Restart task',
      danger: running,
      option: { label: 'Ask the device to connect now', value: false },
    });
    if (!agreed) return;
    const connect = option ? 'try' : 'none';
    await act(() =>
      entry.task.group === null
        ? tasks.restart(entry.task.id, connect)
        : tasks.restartOn(entry.task.id, deviceId(), connect),
    );
  }

  /** On this device, also of a group task. */
  async function undo({ task, execution }: QueueEntry): Promise<void> {
    const repeats = task.automaticRestart;
    const { agreed, option, number } = await confirm({
      title: `Undo ${task.type} “${taskName(task)}”?`,
      text: 'Adds a task that puts back, on this device, the values that it replaced. The report names them.',
      action: 'Add undo task',
      option: { label: 'Ask the device to connect now', value: true },
      ...(repeats && {
        number: {
          label: 'Run',
          hint: `This task repeats, so later runs replaced its own values. It has had ${execution?.run ?? 0} runs; the execution log lists them.`,
          ...{ value: 1, min: 1 },
        },
      }),
    });
    if (!agreed) return;
    const config = { task: task.id, ...(number !== null && { run: number }) };
    const connect = option ? 'try' : 'none';
    await act(() => tasks.create({ device: deviceId(), type: 'UndoSetValues', config, connect }));
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

  /** Excludes this device from a group task, or takes that back. */
  async function pause(task: Task, on: boolean): Promise<void> {
    const here = { device: deviceId() };
    await act(() => (on ? tasks.pause(task.id, here) : tasks.resume(task.id, here)));
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
