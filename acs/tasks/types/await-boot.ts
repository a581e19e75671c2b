import { notInFuture } from '../../../common/clock.js';
import type { ExecutionRecord } from '../../../store/models/execution.js';
import { failure, parked, success, warning, type Ended, type Outcome } from '../outcome.js';
import { hasEvent, methodEvent, type InformSignal, type Signal } from '../signal.js';
import type { TaskContext } from '../task-type.js';

/** Seconds in which a device must be back (task-types.md §2.1). */
const RETURN_WITHIN = 900;
/** Informs without a boot event after which the wait is given up. */
const MAX_INFORMS = 3;

const BOOTSTRAP = 0;
const BOOT = 1;

interface State extends Record<string, unknown> {
  /** RFC 3339, when the command was sent. */
  sentAt: string;
  /** Informs so far that said nothing of a boot. */
  informs: number;
}

const DID_NOT_RETURN = 'device did not return';

/** Writes down that the command goes out now, so that nothing sends it twice. */
export async function commandSent(context: TaskContext<unknown>, commandKey: string): Promise<void> {
  const now = context.now();
  context.detail('commandTime', now.toISOString());
  await context.checkpoint('sent', stateAt(now), {
    commandKey,
    deadline: deadlineAfter(now),
    blocking: true,
  });
}

/** The park in which the device restarts; it does so only after the session has ended. `kept` stays in its state. */
export function awaitReturn(
  context: TaskContext<unknown>,
  commandKey: string,
  kept: Record<string, unknown> = {},
): Outcome {
  const now = context.now();
  return waiting({ ...kept, ...stateAt(now) }, commandKey, deadlineAfter(now));
}

/**
 * What the Informs since the command say: back after a boot (`0 BOOTSTRAP`, `1 BOOT` or the `M` event with our key), still
 * waiting, or given up after three Informs that know of no boot.
 */
export function afterReturn(
  context: TaskContext<unknown>,
  commandKey: string,
  method: 'Reboot' | 'FactoryReset',
): Outcome {
  const state = {
    informs: 0,
    sentAt: context.execution.startTime.toISOString(),
    ...context.resumed?.state,
  } as State;
  for (const signal of context.signals) {
    if (signal.kind !== 'inform') continue;
    const end = judge(signal, commandKey, method, context);
    if (end) {
      reportReturn(context, state, signal);
      return end;
    }
    state.informs += 1;
    context.log('DEBUG', `An Inform without a boot event (${state.informs} of ${MAX_INFORMS})`);
    if (state.informs >= MAX_INFORMS) return warning('no boot event');
  }
  state.sentAt = notInFuture(new Date(state.sentAt), context.now()).toISOString();
  const deadline = deadlineAfter(new Date(state.sentAt));
  if (context.now() > deadline) return failure(DID_NOT_RETURN);
  return waiting(state, commandKey, deadline);
}

/** When the deadline passes while no session comes; what was signalled but not looked at yet counts. */
export function overdueReturn(execution: ExecutionRecord): Outcome {
  return hasReturned(execution) ? success() : failure(DID_NOT_RETURN);
}

/** Whether an Inform that nobody looked at yet tells of a boot. */
export function hasReturned(execution: ExecutionRecord): boolean {
  return (execution.signals as unknown as Signal[]).some(
    (signal) =>
      signal.kind === 'inform' && (hasEvent(signal.events, BOOT) || hasEvent(signal.events, BOOTSTRAP)),
  );
}

function judge(
  { events }: InformSignal,
  commandKey: string,
  method: 'Reboot' | 'FactoryReset',
  context: TaskContext<unknown>,
): Ended | null {
  if (method === 'Reboot') {
    if (methodEvent(events, method)?.commandKey === commandKey) return success();
    if (!hasEvent(events, BOOT) && !hasEvent(events, BOOTSTRAP)) return null;
    context.detail('commandKeyEchoed', false);
    return success();
  }
  if (hasEvent(events, BOOTSTRAP)) return success();
  if (!hasEvent(events, BOOT)) return null;
  context.detail('bootstrap', false);
  return success();
}

function reportReturn(context: TaskContext<unknown>, state: State, signal: InformSignal): void {
  const downtime = (signal.at.getTime() - new Date(state.sentAt).getTime()) / 1000;
  context.detail('commandTime', state.sentAt);
  context.detail('returnTime', signal.at.toISOString());
  context.detail('downtime', `${Math.round(downtime)} s`);
}

function waiting(state: State, commandKey: string, deadline: Date): Outcome {
  return parked({
    stage: 'waiting',
    state,
    summary: 'waiting for the device to return',
    blocking: true,
    commandKey,
    deadline,
  });
}

const stateAt = (now: Date): State => ({ sentAt: now.toISOString(), informs: 0 });
const deadlineAfter = (time: Date): Date => new Date(time.getTime() + RETURN_WITHIN * 1000);
