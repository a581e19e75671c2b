import type { DeviceRecord } from '../../../store/models/device.js';
import type { ExecutionRecord } from '../../../store/models/execution.js';
import type { TaskRecord } from '../../../store/models/task.js';
import type { InformEvent } from '../../cwmp/messages.js';
import type { ParameterTree } from '../../devices/parameter-tree.js';

/** One fault in the text of an expression; `from`, `to` are offsets. */
export interface ConditionIssue {
  message: string;
  from: number;
  to: number;
}

/** What an execution condition may look at when its task's turn comes. */
export interface ConditionMoment {
  now: Date;
  device: Readonly<DeviceRecord>;
  task: TaskRecord;
  execution: ExecutionRecord | null;
  /** Null outside a session: a forecast knows no events (tasks.md §8.1). */
  session: {
    startedAt: Date;
    events: readonly InformEvent[];
    parameters: readonly { name: string; value: string }[];
  } | null;
  tree(): Promise<ParameterTree>;
}

/** Execution conditions (tasks.md §3, §6.2): Boolean expressions. */
export interface Conditions {
  /** What is wrong with the text; empty = nothing. */
  check(text: string): ConditionIssue[];
  /** Rejects when it cannot be evaluated. */
  evaluate(text: string, moment: ConditionMoment): Promise<boolean>;
}
