import { ref } from 'vue';
import { useRouter } from 'vue-router';
import { tasks } from '../api/nbi.js';
import type { Task } from '../api/types.js';
import { taskName } from '../logic/task-sentences.js';
import { problemText } from '../texts/problems.js';
import { useConfirm } from './use-confirm.js';
import { useGroupReruns } from './use-group-reruns.js';

/** The actions on a task of a group (tasks.md §7). What was refused is said in `wrong`, until the next act. */
export function useGroupTaskActions(refresh: () => unknown) {
  const router = useRouter();
  const confirm = useConfirm();
  const reruns = useGroupReruns();
  const wrong = ref('');
  const page = (task: Task, name: string) => router.push(`/tasks/${encodeURIComponent(task.id)}/${name}`);

  return {
    wrong,
    edit: (task: Task) => page(task, 'edit'),
    copy: (task: Task) =>
      router.push({
        path: `/groups/${encodeURIComponent(task.group ?? '')}/tasks/new`,
        query: { copy: task.id },
      }),
    executions: (task: Task) => page(task, 'executions'),
    editions: (task: Task) => page(task, 'edition-log'),
    activate: (task: Task, active: boolean) => act(() => tasks.edit(task.id, { active }, task.version)),
    recalculate: (list: readonly Task[]) =>
      act(async () => {
        for (const task of list) await tasks.countDevices(task.id);
      }),
    rerun: (task: Task) => act(async () => (await reruns.agreed(task)) && tasks.rerun(task.id)),
    rerunFailed: (task: Task, failed: number) =>
      act(async () => (await reruns.agreedOnFailed(task, failed)) && tasks.rerunFailed(task.id)),
    remove,
    undo,
  };

  /** What replaced values on each device is put back there; nothing runs before the new task is activated. */
  async function undo(task: Task): Promise<void> {
    const { agreed } = await confirm({
      title: `Undo ${task.type} “${taskName(task)}” for the group?`,
      text: 'Adds a task of the group that puts back, on each device, the values that this one replaced there. It is inactive until you activate it, and does nothing on devices where this one has not run.',
      action: 'Add undo task',
    });
    if (!agreed) return;
    await act(async () => {
      const added = await tasks.undo(task.id);
      const path = `/groups/${encodeURIComponent(task.group ?? '')}/tasks`;
      await router.push({ path, query: { sel: 'id' in added ? added.id : added.task.id } });
    });
  }

  async function remove(task: Task): Promise<boolean> {
    const { agreed } = await confirm({
      title: `Delete ${task.type} “${taskName(task)}” of ${task.group ?? ''}?`,
      text: `Removes 1 task and its reports${task.deviceCount ? ` of ${task.deviceCount.count} devices, as last counted` : ' of all devices'}. Execution log and edition log stay.`,
      action: 'Delete task',
      danger: true,
    });
    return agreed && act(() => tasks.remove(task.id));
  }

  async function act(call: () => Promise<unknown>): Promise<boolean> {
    wrong.value = '';
    try {
      await call();
      return true;
    } catch (error) {
      wrong.value = problemText(error).text;
      return false;
    } finally {
      await refresh();
    }
  }
}
