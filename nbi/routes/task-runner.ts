import { ConflictError, ValidationError } from '../../common/errors.js';
import type { CallbackInput } from '../../acs/tasks/callbacks/callback-input.js';
import type { TaskInput } from '../../acs/tasks/task-service.js';
import type { ConnectionRequestRecord } from '../../store/models/connection-request.js';
import type { DeviceRecord } from '../../store/models/device.js';
import type { ExecutionRecord } from '../../store/models/execution.js';
import type { TaskRecord } from '../../store/models/task.js';
import type { Caller } from '../access/caller.js';
import { ProblemError } from '../http/problem-error.js';
import { reply, type NbiRequest, type Reply } from '../http/request.js';
import { BASE_PATH } from '../openapi.js';
import type { Services } from '../services.js';
import { taskJson } from '../views/task-view.js';
import { executionWithParts } from './execution-parts.js';
import { permittedTask } from './task-rights.js';
import { visibleDevice, visibleGroup } from './visible.js';

export type Connect = 'none' | 'try' | 'require';

export interface RunOptions {
  connect?: Connect | undefined;
  onTimeout?: 'keep' | 'delete' | undefined;
}

type Asking = Pick<NbiRequest, 'caller' | 'wait' | 'signal' | 'showSecrets'>;

/** Time that a device has to answer a connection request that must succeed. */
const REACH_TIMEOUT = 20_000;
/** How often a report is looked at besides the events: another process may have run the task. */
const LOOK = 2_000;

/** Adds a task and, if asked, calls the device and waits for the end (northbound.md §5). */
export async function createAndRun(
  input: TaskInput,
  { callbacks = [], ...options }: RunOptions & { callbacks?: readonly CallbackInput[] | undefined },
  request: Asking,
  services: Services,
): Promise<Reply> {
  const { caller } = request;
  services.callbacks.check(callbacks);
  const device = await mayTarget(input, caller, services);
  mayConnect(caller, options.connect);
  const permitted = permittedTask(input, caller);
  if (!device && options.connect === 'require')
    throw ValidationError.of(
      '/connect',
      'The devices of a group are called one after the other; take try',
      'group',
    );
  if (device && (request.wait > 0 || options.connect === 'require') && !device.managed)
    throw new ConflictError(`Management of ${device._id} is off: no task runs`, 'device-unmanaged');
  const given = {
    ...permitted,
    // Its devices are called at a bounded pace (tasks.md §3, §5.3).
    ...(!device && options.connect === 'try' && { scheduleConnection: true }),
  };
  const task = await services.tasks.create(given, { user: caller.login, domain: caller.domain });
  for (const callback of callbacks) await services.callbacks.add(task._id, callback, caller.login);
  const run = await runTask(task, options, request, services);
  return addedTask(task, run, request);
}

/** The answer to what added a task: what became of its run where that was waited for, else the task. */
export function addedTask(task: TaskRecord, run: Reply | null, request: Pick<Asking, 'showSecrets'>): Reply {
  return {
    ...(run ??
      reply(
        201,
        taskJson(task, () => request.showSecrets(task._id)),
        { version: task.version },
      )),
    object: task._id,
    difference: { after: taskJson(task, () => false) },
    headers: { Location: `${BASE_PATH}/tasks/${encodeURIComponent(task._id)}`, ...run?.headers },
  };
}

/** The device that a task is for, null for that of a group. Throws when the caller may not aim there, or sees it not. */
export async function mayTarget(
  { device, group }: Pick<TaskInput, 'device' | 'group'>,
  caller: Caller,
  services: Services,
): Promise<DeviceRecord | null> {
  if (group !== undefined && device === undefined) {
    caller.need('tasks.target.group');
    await visibleGroup(group, caller, services);
    return null;
  }
  // Neither or both: the service says what is wrong with it.
  if (device === undefined) return null;
  caller.need('tasks.target.device');
  return visibleDevice(device, caller, services);
}

/** Who may not call a device cannot do so by a task either. Asked before anything is changed. */
export function mayConnect(caller: Caller, connect: Connect | undefined): void {
  if (connect !== undefined && connect !== 'none') caller.need('device.connect');
}

/** Calls the device and waits, as far as asked; null when there is nothing to wait for. */
export async function runTask(
  task: TaskRecord,
  options: RunOptions & { restarted?: boolean; on?: string | undefined },
  request: Asking,
  services: Services,
): Promise<Reply | null> {
  // A group task is run so on one device that is named alone.
  const device = task.device ?? options.on;
  if (device === undefined) return null;
  const ended = request.wait > 0 ? awaitEnd(task._id, device, request, services) : null;
  try {
    await call(device, task, options, request, services);
  } catch (error) {
    ended?.cancel();
    throw error;
  }
  if (!ended) return null;
  const execution = await ended.result;
  const finished = execution !== null && isFinished(execution);
  if (!finished && options.onTimeout === 'delete') {
    await services.tasks.remove(task._id, { actor: { user: request.caller.login } });
    throw new ProblemError('device-timeout', 'The task did not end in time and was deleted');
  }
  return await answer(task, execution, request, services);
}

async function answer(
  task: TaskRecord,
  execution: ExecutionRecord | null,
  request: Asking,
  services: Services,
): Promise<Reply> {
  const json = taskJson(task, () => request.showSecrets(task._id));
  const report = execution && (await executionWithParts(execution, request, services));
  if (execution === null || !isFinished(execution)) {
    const location = execution
      ? `${BASE_PATH}/executions/${execution._id}`
      : `${BASE_PATH}/tasks/${encodeURIComponent(task._id)}`;
    return reply(202, { task: json, execution: report }, { headers: { Location: location } });
  }
  const { fault } = execution;
  if (execution.status === 'ERROR' && fault)
    throw new ProblemError('device-fault', `The device answered ${fault.code} ${fault.text}`.trim(), {
      members: {
        task: task._id,
        cwmpFault: {
          code: fault.code,
          string: fault.text,
          parameterFaults: fault.parameters.map(({ path, code, text }) => ({ path, code, string: text })),
        },
      },
    });
  return reply(200, { task: json, execution: report });
}

async function call(
  device: string,
  task: TaskRecord,
  options: RunOptions & { restarted?: boolean },
  request: Asking,
  services: Services,
): Promise<void> {
  const { connectionRequests, tasks } = services;
  const user = request.caller.login;
  if (options.connect === undefined || options.connect === 'none') return;
  if (options.connect === 'try') {
    await connectionRequests.request(device, { user });
    return;
  }
  const outcome = await connectionRequests.request(device, { user, wait: REACH_TIMEOUT, until: 'accepted' });
  if (REACHED.has(outcome.outcome)) return;
  if (options.restarted !== true) await tasks.remove(task._id, { actor: { user } });
  throw unreachable(outcome, options.restarted === true);
}

const REACHED: ReadonlySet<ConnectionRequestRecord['outcome']> = new Set([
  'accepted',
  'session-started',
  'already-in-session',
]);

function unreachable({ outcome, attempts }: ConnectionRequestRecord, kept: boolean): ProblemError {
  const detail = attempts.at(-1)?.detail ?? '';
  const what = `The device cannot be reached: ${outcome}${detail === '' ? '' : ` (${detail})`}`;
  return outcome === 'not-allowed'
    ? new ProblemError('device-unmanaged', what)
    : new ProblemError('device-unreachable', `${what}; ${kept ? 'the task stays' : 'no task was left'}`);
}

function isFinished(execution: ExecutionRecord): boolean {
  return execution.status !== 'NOT_STARTED' && execution.status !== 'IN_PROGRESS';
}

/** Waits for the end of a run by the events of this process, and by looking, for other processes. */
function awaitEnd(task: string, device: string, request: Asking, { reports, events }: Services) {
  let look: () => void = () => undefined;
  let stop = false;
  const unsubscribe = events.subscribe((event) => {
    if (event.type === 'execution.finished' && event.data.task === task) look();
  });
  const until = performance.now() + request.wait;
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      look = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const giveUp = (): void => {
    stop = true;
    look();
  };
  request.signal.addEventListener('abort', giveUp, { once: true });
  const wait = async (): Promise<ExecutionRecord | null> => {
    try {
      for (;;) {
        const execution = await reports.ofTask(task, device);
        const left = until - performance.now();
        if (stop || left <= 0 || (execution !== null && isFinished(execution))) return execution;
        await pause(Math.min(left, LOOK));
      }
    } finally {
      unsubscribe();
      request.signal.removeEventListener('abort', giveUp);
    }
  };
  return { result: wait(), cancel: giveUp };
}
