import type { RecordedFault } from '../../../store/models/execution.js';
import type { TaskConfig, LogLevel } from '../../../store/models/task.js';
import type { Ending, QueuedRequest, StoredVariable } from './state.js';

/** First value of a new instance. */
export interface InitialValue {
  key: string;
  value: string;
  type: string;
}

/** Texts, numbers and truth values of a call's attributes, and of its children. */
export type CallArguments = Record<
  string,
  string | number | boolean | null | Record<string, string | number | boolean | null>[]
>;

/** What the interpreter wants done before it goes on; plain data. */
export type Effect =
  /** Neighbours of one kind, to be sent as one request. */
  | { kind: 'requests'; requests: QueuedRequest[] }
  /** The live query of an element. */
  | { kind: 'query'; node: number }
  | { kind: 'add'; node: number; table: string; values: InitialValue[]; getChildren: boolean }
  | {
      kind: 'child';
      node: number;
      /** At least one of the two. */
      type: string | null;
      template: string | null;
      config: TaskConfig;
      /** The configuration as it is written, for a child that is a workflow itself; null = there is none. */
      xml: string | null;
      inputs: StoredVariable[];
      defaults: [name: string, text: string][];
    }
  | {
      kind: 'park';
      node: number;
      blocking: boolean;
      /** Milliseconds since 1970. */
      deadline: number | null;
      timeoutMessage: string;
      summary: string;
      othersFirst: boolean;
    }
  /** Something outside the device; `name` is the tag, or an action of it. */
  | { kind: 'call'; node: number; name: CallName; args: CallArguments }
  /** Lets others have their turn. */
  | { kind: 'pause' }
  | ({ kind: 'end' } & Ending);

export type CallName =
  | 'alert'
  | 'copyDeviceProperty'
  | 'deleteResource'
  | 'deviceProperty'
  | 'deviceRelation'
  | 'dataModelChanges'
  | 'editResource'
  | 'history'
  | 'join'
  | 'leave'
  | 'mail'
  | 'mapping'
  | 'message'
  | 'readResource'
  | 'requestConnection'
  | 'rest'
  | 'setDomain'
  | 'snmpGet'
  | 'snmpSet'
  | 'sshCommand'
  | 'takeSlot'
  | 'freeSlot'
  | 'telnetCommand'
  | 'trap'
  | 'unsupported';

/** What came of an effect. */
export type EffectAnswer =
  /** `values` of get requests, in their order; null = the device left it out. `fault`: those that refused alone. */
  | { kind: 'answered'; values: (string | null)[]; faults?: (RecordedFault | null)[] }
  | { kind: 'fault'; fault: RecordedFault }
  | { kind: 'keys'; keys: string[] }
  | { kind: 'added'; instance: string; path: string }
  | {
      kind: 'child';
      type: string;
      status: 'SUCCESS' | 'WARNING' | 'ERROR';
      summary: string;
      outputs: StoredVariable[];
    }
  | { kind: 'resumed' }
  | { kind: 'result'; values: CallResult }
  /** The text that ends the task. */
  | { kind: 'failed'; text: string };

export type CallResult = Record<string, string | boolean | null | (string | null)[]>;

export type LineLevel = Exclude<LogLevel, 'OFF'>;
