import { newId } from '../../../common/ids.js';
import type {
  BrokenRule,
  OpenedWave,
  RolloutDefinition,
  RolloutState,
  RolloutStep,
} from '../../../store/models/rollout.js';

/** Who changes a rollout, and what is said about it. */
export interface RolloutAct {
  by: string;
  at: Date;
  note: string;
}

/** What the rules do themselves. */
export const BY_RULES = 'system';

/** Steps that are kept. */
const STEPS = 50;

/** A rollout of which no wave is open yet. */
export function startedRollout({ by, at, note }: RolloutAct): RolloutState {
  return {
    id: newId(at),
    revision: 1,
    startedAt: at,
    phase: 'running',
    opened: [],
    all: false,
    pause: null,
    sampledFrom: new Date(0),
    steps: [{ by, at, note, what: 'started', wave: null, broken: null }],
  };
}

export function withOpened(
  state: RolloutState,
  wave: Pick<OpenedWave, 'wave' | 'below' | 'devices'>,
  act: RolloutAct,
): RolloutState {
  const opened = [...state.opened, { ...wave, at: act.at, by: act.by }];
  return changed(state, { opened }, { ...act, what: 'opened', wave: opened.length, broken: null });
}

/** Lets in all devices that are left, in place of the waves that were still to come. */
export function withAllOpened(state: RolloutState, devices: number, act: RolloutAct): RolloutState {
  const rest = { wave: { kind: 'rest' }, below: 1, devices, at: act.at, by: act.by } as const;
  return changed(
    state,
    { opened: [...state.opened, rest], all: true },
    { ...act, what: 'opened-all', wave: state.opened.length + 1, broken: null },
  );
}

/** `broken`: the rule that paused it; null = a person did. */
export function paused(state: RolloutState, act: RolloutAct, broken: BrokenRule | null): RolloutState {
  return changed(
    state,
    { phase: 'paused', pause: { ...act, broken } },
    { ...act, what: broken ? 'stopped' : 'paused', wave: state.opened.length || null, broken },
  );
}

/** Past a stop a new sample begins: what stopped it would stop it again with the next result. */
export function continued(state: RolloutState, act: RolloutAct): RolloutState {
  const stopped = state.pause?.broken ?? null;
  return changed(
    state,
    { phase: 'running', pause: null, ...(stopped && { sampledFrom: act.at }) },
    { ...act, what: 'continued', wave: state.opened.length || null, broken: stopped },
  );
}

/** What becomes of the state when a task is edited: it begins with a rollout, and goes with it. */
export function afterEdit(
  before: RolloutState | null,
  definition: RolloutDefinition | null,
  act: RolloutAct,
): RolloutState | null {
  if (!definition) return null;
  return before ?? startedRollout(act);
}

function changed(state: RolloutState, fields: Partial<RolloutState>, step: RolloutStep): RolloutState {
  return {
    ...state,
    ...fields,
    revision: state.revision + 1,
    steps: [...state.steps, step].slice(-STEPS),
  };
}
