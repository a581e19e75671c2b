import type { Clock } from '../../common/clock.js';
import type { EventBus } from '../../common/events.js';
import type { Log } from '../../common/log.js';
import type { SecretBox } from '../../common/secret-box.js';
import type { Store } from '../../store/store.js';
import type { Contacts } from '../devices/contacts.js';
import type { ParameterTrees } from '../devices/parameter-trees.js';
import type { FileDesk } from './file-desk.js';
import type { FirstContactOptions } from './first-contact.js';
import type { TemplateTexts } from './ports/template-texts.js';
import type { Conditions } from './ports/conditions.js';
import type { ConfigEnvironments } from './ports/config-environments.js';
import type { GroupDispatch, TaskGroups } from './ports/groups.js';
import type { RunEnds } from './ports/run-ends.js';
import type { SharedDefinitions } from './shared-definitions.js';
import type { SessionRecords } from './session-records.js';
import type { WorkflowPorts } from './ports/workflow-ports.js';

export interface EngineLimits {
  /** Milliseconds after which a session begins no further task (tasks.md §6.1). */
  sessionMs: number;
  /** Milliseconds that a task may run in one session (tasks.md §6.2). */
  activeRunMs: number;
  /** Milliseconds that a newer session waits for a step of an older one that is at work. */
  supersedeMs: number;
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
  /** Days that samples of traced values are kept. */
  valueDays: number;
  /** Days that a WAN address is kept after the device had it last. */
  addressDays: number;
  /** Log lines of one run at most; then one line "truncated". */
  maxLogLines: number;
  /** Bytes of them at most. */
  maxLogBytes: number;
}

export const DEFAULT_LIMITS: EngineLimits = {
  sessionMs: 600_000,
  activeRunMs: 300_000,
  supersedeMs: 5_000,
  refreshesPerMinute: 100,
  simultaneousTransfers: 50,
};

export const DEFAULT_RETENTION: Retention = {
  executionDays: 90,
  logDays: 30,
  sessionDays: 90,
  valueDays: 365,
  addressDays: 365,
  maxLogLines: 10_000,
  maxLogBytes: 5 * 1024 * 1024,
};

export interface TaskEngineOptions {
  store: Store;
  contacts: Pick<Contacts, 'open' | 'close' | 'closeUnchanged' | 'renew'>;
  trees: Pick<ParameterTrees, 'load' | 'save'>;
  files: FileDesk;
  /** Seals secrets that runs replace; left out = they are not remembered. */
  secretBox?: Pick<SecretBox, 'seal' | 'open'>;
  /** Left out = texts with expressions are refused. */
  templates?: TemplateTexts;
  clock: Clock;
  events: EventBus;
  log: Log;
  /** Names this server process in session records. */
  serverId: string;
  /** What is done for CPEs that are new or were reset; left out = nothing. */
  firstContact?: FirstContactOptions;
  /** Execution conditions; left out = none can be evaluated, and a task that has one does not begin. */
  conditions?: Conditions;
  /** What expressions in configurations see; left out = nothing but the time and the root object. */
  configEnvironments?: ConfigEnvironments;
  /** Group priorities; left out = all are equal. */
  groups?: TaskGroups;
  /** Moves devices between groups as their sessions go on; left out = nothing does. */
  dispatchGroups?: GroupDispatch;
  /** Counts how runs of tasks with a rollout ended; left out = nobody does. */
  runEnds?: RunEnds;
  /** What workflows reach besides their device; left out = what the store keeps alone. */
  ports?: Partial<WorkflowPorts>;
  limits?: Partial<EngineLimits>;
  retention?: Partial<Retention>;
}

/** The options with all defaults, as the parts of the engine share them. */
export interface EngineParts extends Omit<TaskEngineOptions, 'limits' | 'retention' | 'ports'> {
  ports: WorkflowPorts;
  limits: EngineLimits;
  retention: Retention;
  records: SessionRecords;
  definitions: SharedDefinitions;
}
