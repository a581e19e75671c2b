import { tasks } from '../api/nbi.js';
import type { Task } from '../api/types.js';
import { count, number } from '../format/values.js';
import { typedReach } from '../logic/reach.js';
import { taskName } from '../logic/task-sentences.js';
import { useConfirm } from './use-confirm.js';

/** Asks before a group task runs again, with the number of devices that the server counts just now. */
export function useGroupReruns() {
  const confirm = useConfirm();
  return { agreed, agreedOnFailed };

  async function agreed(task: Task): Promise<boolean> {
    const { deviceCount } = await tasks.countDevices(task.id);
    const reach = deviceCount?.count ?? 0;
    const reply = await confirm({
      title: `Rerun ${task.type} “${taskName(task)}” on ${count(reach, 'device')}?`,
      text:
        reach === 0
          ? 'It has run on no device yet; it runs on each in its next session.'
          : `Each runs it again in its next session, also where it succeeded. The execution log keeps the earlier runs.`,
      action: reach === 0 ? 'Rerun' : `Rerun on ${number(reach)}`,
      danger: reach > 0,
      ...typedReach(reach),
    });
    return reply.agreed;
  }

  async function agreedOnFailed(task: Task, failed: number): Promise<boolean> {
    const reply = await confirm({
      title: `Rerun ${task.type} “${taskName(task)}” on the ${count(failed, 'device')} where it failed?`,
      text: 'Each runs it again in its next session. Where it ended with a warning it does not run again.',
      action: `Rerun on ${number(failed)}`,
      ...typedReach(failed),
    });
    return reply.agreed;
  }
}
