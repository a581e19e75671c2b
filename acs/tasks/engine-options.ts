import type { Clock } from '../../common/clock.js';
import type { EventBus } from '../../common/events.js';
import type { Log } from '../../common/log.js';
import type { Store } from '../../store/store.js';
import type { Contacts } from '../devices/contacts.js';
import type { ParameterTrees } from '../devices/parameter-trees.js';
import type { FileDesk } from './file-desk.js';
import type { FirstContactOptions } from './first-contact.js';

export interface EngineLimits {
  /** Milliseconds after which a session begins no further task (tasks.md §6.1). */
  sessionMs: number;
  /** Milliseconds that a task may run in one session (tasks.md §6.2). */
  activeRunMs: number;
  /** Data-model refreshes with `useQuota` in a minute, on all servers together. */
  refreshesPerMinute: number;
  /** Transfers with `useQuota` at a time, on all servers together. */
  simultaneousTransfers: number;
}

export interface Retention {
  /** Days that the history of executions is kept. */
  executionDays: number;
  /** Days that log lines are kept. */
  logDays: number;
  /** Days that session records are kept. */
  sessionDays: number;
  /** Log lines of one run at most; then one line "truncated". */
  maxLogLines: number;
  /** Bytes of them at most. */
  maxLogBytes: number;
}

export const DEFAULT_LIMITS: EngineLimits = {
  sessionMs: 600_000,
  activeRunMs: 300_000,
  refreshesPerMinute: 100,
  simultaneousTransfers: 50,
};

export const DEFAULT_RETENTION: Retention = {
  executionDays: 90,
  logDays: 30,
  sessionDays: 90,
  maxLogLines: 10_000,
  maxLogBytes: 5 * 1024 * 1024,
};

export interface TaskEngineOptions {
  store: Store;
  contacts: Pick<Contacts, 'open' | 'close' | 'closeUnchanged' | 'renew'>;
  trees: Pick<ParameterTrees, 'load' | 'save'>;
  files: FileDesk;
  clock: Clock;
  events: EventBus;
  log: Log;
  /** Names this server process in session records. */
  serverId: string;
  /** What is done for CPEs that are new or were reset; left out = nothing. */
  firstContact?: FirstContactOptions;
  limits?: Partial<EngineLimits>;
  retention?: Partial<Retention>;
}

/** The options with all defaults, as the parts of the engine share them. */
export interface EngineParts extends Omit<TaskEngineOptions, 'limits' | 'retention'> {
  limits: EngineLimits;
  retention: Retention;
}
