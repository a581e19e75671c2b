import type { z } from 'zod';
import type { DeviceRecord } from '../../store/models/device.js';
import type { Checkpoint, ExecutionRecord } from '../../store/models/execution.js';
import type { LogLevel, TaskConfig, TaskRecord } from '../../store/models/task.js';
import type {
  AcsMethod,
  AcsRequest,
  AcsRpc,
  CpeResponse,
  InformEvent,
  ParameterValue,
} from '../cwmp/messages.js';
import type { ParameterTree, TreeChange } from '../devices/parameter-tree.js';
import type { FileDesk } from './file-desk.js';
import type { DeviceDesk } from './ports/device-desk.js';
import type { HistoryDesk } from './ports/history-desk.js';
import type { WorkflowPorts } from './ports/workflow-ports.js';
import type { Outcome } from './outcome.js';
import type { TemplateTexts } from './ports/template-texts.js';
import type { UndoDesk } from './ports/undo-desk.js';
import type { Signal } from './signal.js';

/**
 * One run of a task, or what is left of it after a park: yields requests, receives the CPE's responses, returns how it
 * went. A fault answer is thrown in as `CpeFault`; one that is not caught ends the task with ERROR `<code> <text>`.
 */
export type TaskRun = AsyncGenerator<AcsRequest, Outcome, CpeResponse>;

/** What stands written before a request that must not be sent twice, or while a run is parked. */
export interface CheckpointOptions {
  /** The key whose answer or event settles the run. Set = each Inform is kept for the run as a signal. */
  commandKey?: string | null;
  /** When the run is given up, even if no session comes. */
  deadline?: Date | null;
  /** No other task may run while it stands. */
  blocking?: boolean;
}

/** What a run knows of its surroundings, and what it may do besides sending requests. */
export interface TaskContext<Config = TaskConfig> {
  readonly config: Config;
  readonly task: { readonly id: string; readonly name: string; readonly domain: string };
  readonly sights: RunSights;
  readonly ports: WorkflowPorts;
  /** Null unless another run has begun this one inside itself. */
  readonly parent: ParentRun | null;
  /** `startTime` is that of the run, not of this session. */
  readonly execution: { readonly id: string; readonly run: number; readonly startTime: Date };
  /** As it was when the session began. */
  readonly device: Readonly<DeviceRecord>;
  /** Root object with its dot, learnt from the Inform: `InternetGatewayDevice.` or `Device.`. */
  readonly root: string;
  readonly session: { readonly id: string; readonly startedAt: Date };
  /** Where the run stood when it was parked or cut off; null = from the top. */
  readonly resumed: Checkpoint | null;
  /** The run was cut off by a crash before any checkpoint and begins again: what it does may have been done already. */
  readonly repeated: boolean;
  /** What came for the run since its last checkpoint, in order. */
  readonly signals: readonly Signal[];
  readonly files: FileDesk;
  readonly quota: Quotas;
  /** Null = this server evaluates no expressions. */
  readonly templates: TemplateTexts | null;
  readonly desk: DeviceDesk;
  readonly history: HistoryDesk;
  readonly undo: UndoDesk;
  now(): Date;
  /** Milliseconds that the run may still take in this session (tasks.md §6.2). */
  timeLeft(): number;
  /**
   * Lets time pass with the CPE waiting for our answer: no longer than some 20 s at a time, since CPEs need not wait
   * more than 30 (TR-069 A6 §3.4.1); other sessions go on meanwhile. False = cut short, since the server is being shut down.
   */
  pause(milliseconds: number): Promise<boolean>;
  /** The device's data model as known now, what this session learnt included. */
  tree(): Promise<ParameterTree>;
  /** Takes what was learnt into the data model; it is stored at the end of the session. */
  learn(change: Omit<TreeChange, 'at'>): Promise<void>;
  /**
   * Remembers in the report what the data model held of parameters that the device has just accepted, so that it can be put
   * back: called after the answer to SetParameterValues and before `learn`. Nothing for a run without a report.
   */
  replaces(parameters: readonly ParameterValue[]): Promise<void>;
  /** Sets a variable or result of the report. */
  detail(name: string, value: string | number | boolean): void;
  log(level: Exclude<LogLevel, 'OFF'>, text: string): void;
  /** From now on each value of a parameter that the server learns is copied to a property, as long as the task exists. */
  mapProperty(key: string, target: string): Promise<void>;
  /** A line with the tag USER_ACTIVITY in the log of the server. */
  userActivity(level: string, text: string): void;
  /** A CommandKey of at most 32 characters that names execution, run and attempt. */
  commandKey(attempt?: number): string;
  /** Resolves when the state is stored. Signals that were handed over are taken as dealt with. */
  checkpoint(stage: string, state: Record<string, unknown>, options?: CheckpointOptions): Promise<void>;
}

/** What expressions see of the task and the session besides the device (expressions.md §6). */
export interface RunSights {
  readonly task: Readonly<TaskRecord>;
  /** As it was when the run had its turn; null = it keeps no report. */
  readonly execution: Readonly<ExecutionRecord> | null;
  readonly events: readonly InformEvent[];
  readonly informParameters: readonly { readonly name: string; readonly value: string }[];
}

/** A run inside another one (xmltask.md §6.6). */
export interface ParentRun {
  /** Id of the outermost task. */
  readonly task: string;
  /** How many runs are around it. */
  readonly depth: number;
  readonly variables: readonly RunVariable[];
  /** Task properties of a run that is made from a template: its parameters. Null = those of the task. */
  readonly properties: readonly RunVariable[] | null;
  /** Properties of the profile whose templates are being run in place of a procedure; none is begun again inside itself. */
  readonly replacing: readonly string[];
  /** Defaults of attributes, `tag.attribute`, that are in force where it was begun. */
  readonly defaults: readonly (readonly [name: string, text: string])[];
  /** What the run leaves to the one around it. */
  outputs(variables: readonly RunVariable[]): void;
}

export interface RunVariable {
  name: string;
  value: string;
  /** Masked wherever people see it. */
  secret: boolean;
}

/** Server-wide limits that a task with `useQuota` counts against (tasks.md §6.4). */
export interface Quotas {
  /** Takes one of the data-model refreshes of this minute; false = none left. */
  takeRefresh(): Promise<boolean>;
  /** Whether the execution, whose claim must stand in its checkpoint, is among those that may transfer now. */
  mayTransfer(executionId: string): Promise<boolean>;
}

export const BRANCHES = ['Data model', 'Default', 'Maintenance', 'Monitoring'] as const;
export type Branch = (typeof BRANCHES)[number];

/** One type of task; its row in the table of `task-types.ts`. */
export interface TaskType<Config extends TaskConfig = TaskConfig> {
  /** Short name, without `Task`; stored with each task. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly branch: Branch;
  readonly defaultPriority: number;
  /** Of the configuration, by the names of the XML; strings of XML are turned into its types before it is asked. */
  readonly schema: z.ZodType<Config>;
  readonly example: Config;
  /** False = cannot work without a report, so "discard execution details" is refused (tasks.md §4.4). */
  readonly transientAllowed: boolean;
  /**
   * A run does nothing but take note of the address that the device has (`followedAddress`): a transient task needs no turn
   * in sessions in which that is the same.
   */
  readonly followsAddress?: true;
  /** Its runs remember the values that they replace (`TaskContext.replaces`), so that they can be undone. */
  readonly remembers?: true;
  /** A parked run waits for a TransferComplete. */
  readonly transfers?: true;
  /** The same, of types whose parked runs wait for one only at times. */
  awaitsTransfer?(parked: ExecutionRecord): boolean;
  /** A parked run lets the other due tasks run before it goes on (xmltask.md §6.1, `executeOtherDuringCheck`). */
  yieldsTurn?(parked: ExecutionRecord): boolean;
  /** Reads a configuration that is written as XML; left out = attributes are fields, children arrays. */
  fromXml?(xml: string): Config;
  toXml?(config: Config): string;
  /** A run of this configuration asks for the data model at once; it is then read while the run is written down. */
  readsTree?(config: Config): boolean;
  /** A bootstrap does not reset a parked run of this configuration: it sees the event itself (tasks.md §4.3). */
  waitsForBootstrap?(config: Config): boolean;
  run(context: TaskContext<Config>): TaskRun;
  /** Whether no new run begins although the task repeats, for one that ended at this time. */
  over?(config: Config, at: Date): boolean;
  /** How a parked run ends, or goes on waiting, whose deadline passed without a session. */
  overdue?(parked: ExecutionRecord, config: Config, now: Date, files: FileDesk): Outcome | Promise<Outcome>;
}

/** Keeps the types of configuration, schema and run together where a type is defined. */
export function defineTaskType<Config extends TaskConfig>(type: TaskType<Config>): TaskType {
  // The table holds types of all configurations; each is only ever called with what its own schema let pass.
  return type;
}

/** Sends a request and has its response with the right type: `const { parameters } = yield* rpc({ method: … })`. */
export function* rpc<M extends AcsMethod>(
  request: { method: M } & AcsRpc[M]['request'],
): Generator<AcsRequest, CpeResponse<M>, CpeResponse> {
  const response = yield request as unknown as AcsRequest;
  if (response.method !== request.method)
    throw new TypeError(`${request.method} was answered with ${response.method}`);
  return response as CpeResponse<M>;
}
