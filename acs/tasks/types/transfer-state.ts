import { notInFuture } from '../../../common/clock.js';
import type { ExecutionRecord, RecordedFault } from '../../../store/models/execution.js';
import { hasEvent, type Signal, type TransferSignal } from '../signal.js';
import { DEFAULT_TIME_LIMIT, type TransferConfig } from './transfer-config.js';

/** One attempt as the report shows it; times RFC 3339. */
export interface Attempt {
  number: number;
  sentAt: string;
  /** As the CPE reported them. */
  startTime: string;
  completeTime: string;
  endedAt: string;
  /** Empty = it went well. */
  failure: string;
}

/** What a transfer remembers between sessions; serialisable. */
export interface TransferState extends Record<string, unknown> {
  /** Number of the attempt that is under way; 0 = none yet. */
  attempt: number;
  /** Attempts that count against `retryCount`: one that a bootstrap cut off does not. */
  counted: number;
  sentAt: string;
  resource: string;
  resourceName: string;
  /** Software version when the run began. */
  startVersion: string;
  informs: number;
  /** A TransferComplete without fault has come. */
  complete: boolean;
  attempts: Attempt[];
  /** When the run asked for its place among the simultaneous transfers. */
  quotaClaim?: Date;
}

export function newTransferState(startVersion: string): TransferState {
  return {
    attempt: 0,
    counted: 0,
    sentAt: '',
    resource: '',
    resourceName: '',
    startVersion,
    informs: 0,
    complete: false,
    attempts: [],
  };
}

/** How an attempt stands. */
export type Verdict =
  | { kind: 'waiting' }
  /** TransferComplete came, what it should have changed is not there yet. */
  | { kind: 'verifying' }
  | { kind: 'done'; note: string }
  | { kind: 'failed'; reason: string; fault: RecordedFault | null }
  /** Cut off by a bootstrap; sent again without counting. */
  | { kind: 'again' };

export interface VerdictRules {
  config: TransferConfig;
  method: 'Download' | 'Upload';
  /** Success means a new software version, not merely TransferComplete. */
  verifyVersion: boolean;
  /** A changed software version is taken as success when the wait is given up (cpe-quirks.md row 58). */
  versionTells: boolean;
  /** Upload: whether the file has come. Null = this transfer has no file of ours. */
  arrived: boolean | null;
}

const BOOTSTRAP = 0;

/**
 * Takes in what came since the last look (`state` is changed) and says how the attempt stands. A TransferComplete decides
 * before anything else of the same Inform, since a CPE keeps it over a bootstrap (spec cwmp.md §6).
 */
export function judgeAttempt(
  state: TransferState,
  signals: readonly Signal[],
  now: Date,
  rules: VerdictRules,
): Verdict {
  state.sentAt = notInFuture(new Date(state.sentAt), now).toISOString();
  const completed = signals.find((signal): signal is TransferSignal => signal.kind === 'transfer-complete');
  const informs = signals.filter((signal) => signal.kind === 'inform');
  state.informs += informs.length;
  const changed = informs.find(
    ({ softwareVersion }) => softwareVersion !== null && softwareVersion !== state.startVersion,
  );
  if (changed?.softwareVersion) state.newVersion = changed.softwareVersion;
  const newVersion = typeof state.newVersion === 'string' ? state.newVersion : null;

  const attempt = state.attempts.at(-1);
  if (completed && attempt) {
    attempt.startTime = completed.startTime;
    attempt.completeTime = completed.completeTime;
  }
  if (rules.verifyVersion && newVersion !== null)
    return {
      kind: 'done',
      note: completed || state.complete ? '' : 'no TransferComplete; the version changed',
    };
  if (completed) {
    const verdict = judgeCompletion(state, completed, rules);
    if (verdict) return verdict;
  } else if (!state.complete) {
    if (rules.arrived) return { kind: 'done', note: 'no TransferComplete; the file has arrived' };
    if (rules.config.retryOnBootstrap && informs.some(({ events }) => hasEvent(events, BOOTSTRAP)))
      return { kind: 'again' };
  }
  const over =
    now >= attemptDeadline(state, rules.config)
      ? 'the time limit is over'
      : state.informs >= rules.config.maxInformCount
        ? `no answer in ${state.informs} Informs`
        : null;
  if (over === null) return { kind: state.complete ? 'verifying' : 'waiting' };
  if (rules.versionTells && newVersion !== null)
    return { kind: 'done', note: 'no TransferComplete; the version changed' };
  return { kind: 'failed', reason: state.complete ? 'version unchanged' : over, fault: null };
}

/** Null = nothing is decided yet: the version must still change. */
function judgeCompletion(
  state: TransferState,
  completed: TransferSignal,
  rules: VerdictRules,
): Verdict | null {
  if (completed.faultCode !== 0) {
    const { faultCode: code, faultString } = completed;
    return {
      kind: 'failed',
      reason: `${code} ${faultString}`.trim(),
      fault: { code, text: faultString, method: rules.method, parameters: [] },
    };
  }
  state.complete = true;
  if (rules.verifyVersion) return null;
  if (rules.arrived === false)
    return { kind: 'failed', reason: 'the device reports success but no file has arrived', fault: null };
  return { kind: 'done', note: '' };
}

/** The delay that the CPE was asked to keep does not count. */
export function attemptDeadline(state: TransferState, config: TransferConfig): Date {
  const limit = config.timeLimit === 0 ? DEFAULT_TIME_LIMIT : config.timeLimit;
  return new Date(new Date(state.sentAt).getTime() + (config.delaySeconds + limit) * 1000);
}

export function signalsOf(execution: ExecutionRecord): Signal[] {
  return execution.signals as unknown as Signal[];
}
