import type { RolloutState } from '../../../store/models/rollout.js';
import type { TaskRecord } from '../../../store/models/task.js';
import { withAncestors } from '../group-path.js';
import { position } from './position.js';

/** What decides whether a wave lets a device in. */
export interface GateDevice {
  _id: string;
  /** Those that it is in directly. */
  groups: readonly string[];
}

/** The index of the opened wave that a device belongs to, the first where several let it in; null = none. */
export function waveOf(
  task: Pick<TaskRecord, '_id'>,
  { opened }: Pick<RolloutState, 'opened'>,
  device: GateDevice,
): number | null {
  const at = position(task._id, device._id);
  let groups: ReadonlySet<string> | null = null;
  for (const [index, { wave, below }] of opened.entries()) {
    if (wave.kind !== 'group') {
      if (at < below) return index;
      continue;
    }
    groups ??= withAncestors(device.groups);
    if (groups.has(wave.group)) return index;
  }
  return null;
}

/** What is known of a device without its groups: false = no open wave lets it in, or the rollout is paused. */
export function mayBeLetIn(task: Pick<TaskRecord, '_id' | 'rolloutState'>, device: string): boolean {
  const state = task.rolloutState;
  if (!state) return true;
  if (state.phase === 'paused') return false;
  if (state.opened.some(({ wave }) => wave.kind === 'group')) return true;
  return waveOf(task, state, { _id: device, groups: [] }) !== null;
}

/** Why the rollout of a task does not let a new run begin on a device; null = it does, or there is none. */
export function gateRefusal(
  task: Pick<TaskRecord, '_id' | 'rolloutState'>,
  device: GateDevice,
): 'wave-not-open' | 'rollout-paused' | null {
  const state = task.rolloutState;
  if (!state) return null;
  if (waveOf(task, state, device) === null) return 'wave-not-open';
  return state.phase === 'paused' ? 'rollout-paused' : null;
}
