import type { Checkpoint, ExecutionRecord, Replaced } from '../../store/models/execution.js';
import type { TaskConfig, TaskRecord } from '../../store/models/task.js';
import type { ParameterValue } from '../cwmp/messages.js';
import { Histories } from '../devices/histories.js';
import type { ParameterTree, TreeChange } from '../devices/parameter-tree.js';
import { commandKeyOf } from './execution-record.js';
import type { FileDesk } from './file-desk.js';
import type { DeviceDesk } from './ports/device-desk.js';
import type { HistoryDesk } from './ports/history-desk.js';
import type { TemplateTexts } from './ports/template-texts.js';
import type { UndoDesk } from './ports/undo-desk.js';
import { ReplacedValues } from './replaced-values.js';
import { addMapping } from './property-mappings.js';
import type { LineLevel, RunLog } from './run-log.js';
import { RunStopped } from './run-stopped.js';
import { SessionDevice } from './session-device.js';
import type { SessionFrame } from './session-frame.js';
import type { Signal } from './signal.js';
import { StoredUndo } from './stored-undo.js';
import type { WorkflowPorts } from './ports/workflow-ports.js';
import type { CheckpointOptions, Quotas, RunSights, TaskContext } from './task-type.js';

/** In place of the report that a transient run does not have. */
const NO_EXECUTION = '0'.repeat(24);
/** Of a report, which is one document and is copied to the history: characters of one detail and of all together. */
const DETAIL_LENGTH = 65_536;
const DETAILS_LENGTH = 2_000_000;
/** Characters that each detail costs besides its own. */
const DETAIL_OVERHEAD = 32;

const LOG_METHODS: Readonly<Record<string, 'trace' | 'debug' | 'info' | 'warn' | 'error'>> = {
  TRACE: 'trace',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/** Milliseconds. */
const PAUSE_STEP = 500;

/** Says in a report that details are missing. */
const TRUNCATED = 'truncated';

/** What one run sees of the session it runs in. */
export class RunContext implements TaskContext {
  readonly config: TaskConfig;
  readonly task: TaskContext['task'];
  readonly execution: TaskContext['execution'];
  readonly device: TaskContext['device'];
  readonly root: string;
  readonly session: TaskContext['session'];
  readonly resumed: Checkpoint | null;
  readonly repeated: boolean;
  readonly signals: readonly Signal[];
  readonly files: FileDesk;
  readonly quota: Quotas;
  readonly templates: TemplateTexts | null;
  readonly desk: DeviceDesk;
  readonly history: HistoryDesk;
  readonly undo: UndoDesk;
  readonly sights: RunSights;
  readonly ports: WorkflowPorts;
  readonly parent = null;
  readonly #frame: SessionFrame;
  readonly #record: ExecutionRecord | null;
  readonly #log: RunLog;
  readonly #settles: boolean;
  /** On the clock that nobody sets. */
  readonly #beganAt: number;
  #replaced: ReplacedValues | null = null;
  readonly #details = new Map<string, string>();
  #detailsLength = 0;

  constructor(
    frame: SessionFrame,
    task: TaskRecord,
    record: ExecutionRecord | null,
    config: TaskConfig,
    { log, resumes, settles }: { log: RunLog; resumes: boolean; settles: boolean },
  ) {
    this.#frame = frame;
    this.#record = record;
    this.#log = log;
    this.#settles = settles;
    this.config = config;
    this.task = { id: task._id, name: task.name, domain: task.domain };
    this.device = frame.device;
    this.root = `${frame.device.root || 'InternetGatewayDevice'}.`;
    this.session = { id: frame.sessionId, startedAt: frame.startedAt };
    this.execution = {
      id: record?._id ?? NO_EXECUTION,
      run: record?.run ?? 0,
      startTime: record?.startTime ?? frame.startedAt,
    };
    this.resumed = record?.checkpoint ?? null;
    this.repeated = resumes && !record?.checkpoint;
    this.signals = (record?.signals ?? []) as unknown as Signal[];
    this.files = frame.parts.files;
    this.quota = frame.quota;
    this.templates = frame.parts.templates ?? null;
    this.desk = new SessionDevice(frame);
    this.history = new Histories(frame.parts.store, frame.parts.retention);
    this.undo = new StoredUndo(frame.parts.store, frame.parts.secretBox ?? null);
    this.#beganAt = frame.parts.clock.elapsed();
    this.sights = {
      task,
      execution: record,
      events: frame.contact.inform.events,
      informParameters: frame.contact.inform.parameters,
    };
    this.ports = frame.parts.ports;
    // A run that begins again from the top says everything again.
    if (this.resumed) for (const { name, value } of record?.details ?? []) this.detail(name, value);
  }

  get details(): { name: string; value: string }[] {
    return [...this.#details].map(([name, value]) => ({ name, value }));
  }

  /** What the run has replaced in this session and before; null = nothing in this session. */
  get replaced(): Replaced | null {
    return this.#replaced?.record ?? null;
  }

  now(): Date {
    return this.#frame.parts.clock.now();
  }

  timeLeft(): number {
    const { limits } = this.#frame.parts;
    return limits.activeRunMs - (this.#frame.parts.clock.elapsed() - this.#beganAt);
  }

  async pause(milliseconds: number): Promise<boolean> {
    const { clock } = this.#frame.parts;
    const until = clock.elapsed() + milliseconds;
    for (let left = milliseconds; left > 0; left = until - clock.elapsed()) {
      // In short steps, so that neither a newer session nor a shutdown waits for it.
      if (!this.#frame.mayPause()) return false;
      await clock.sleep(Math.min(left, PAUSE_STEP));
    }
    return this.#frame.mayPause();
  }

  tree(): Promise<ParameterTree> {
    return this.#frame.tree.tree();
  }

  learn(change: Omit<TreeChange, 'at'>): Promise<void> {
    return this.#frame.tree.learn({ ...change, at: this.now() });
  }

  async replaces(parameters: readonly ParameterValue[]): Promise<void> {
    if (!this.#record || parameters.length === 0) return;
    const [tree, before] = await Promise.all([
      this.tree(),
      this.resumed && !this.#replaced ? this.#frame.writer.replacedSoFar(this.#record) : null,
    ]);
    this.#replaced ??= new ReplacedValues(this.#frame.parts.secretBox ?? null, before);
    // What was read after this run had begun and was cut off may be what it had set itself.
    this.#replaced.note(tree, parameters, { before: this.repeated ? this.execution.startTime : null });
  }

  detail(name: string, value: string | number | boolean): void {
    const whole = String(value);
    const text = whole.length > DETAIL_LENGTH ? `${whole.slice(0, DETAIL_LENGTH - 1)}…` : whole;
    const before = this.#details.get(name);
    const grows =
      before === undefined ? name.length + text.length + DETAIL_OVERHEAD : text.length - before.length;
    if (grows > 0 && this.#detailsLength + grows > DETAILS_LENGTH) {
      if (!this.#details.has(TRUNCATED)) this.log('WARN', 'The details are more than a report can hold');
      this.#details.set(TRUNCATED, 'true');
      return;
    }
    this.#detailsLength += grows;
    this.#details.set(name, text);
  }

  log(level: LineLevel, text: string): void {
    this.#log.add(this.now(), level, text);
  }

  mapProperty(key: string, target: string): Promise<void> {
    return addMapping(this.#frame, { task: this.task.id, key, target });
  }

  userActivity(level: string, text: string): void {
    const { log } = this.#frame.parts;
    const write = LOG_METHODS[level] ?? 'info';
    log[write]({ tag: 'USER_ACTIVITY', device: this.device._id, task: this.task.id }, text);
  }

  commandKey(attempt = 1): string {
    return commandKeyOf({ _id: this.execution.id, run: this.execution.run }, attempt);
  }

  async checkpoint(
    stage: string,
    state: Record<string, unknown>,
    options: CheckpointOptions = {},
  ): Promise<void> {
    if (this.#settles) throw new RunStopped('device-left-group');
    if (!this.#record) return;
    const { commandKey = null, deadline = null, blocking = false } = options;
    await this.#frame.writer.update(this.#record, {
      stage,
      blocking,
      commandKey,
      deadline,
      // A copy: the run goes on changing its own.
      checkpoint: { stage, state: structuredClone(state) },
      signals: [],
      details: this.details,
      ...(this.replaced && { replaced: this.replaced }),
      lastUpdateTime: this.now(),
      logged: this.#log.logged,
    });
  }
}
