import type { Checkpoint, ExecutionRecord } from '../../store/models/execution.js';
import type { TaskConfig, TaskRecord } from '../../store/models/task.js';
import type { ParameterTree, TreeChange } from '../devices/parameter-tree.js';
import { commandKeyOf } from './execution-record.js';
import type { FileDesk } from './file-desk.js';
import type { LineLevel, RunLog } from './run-log.js';
import type { SessionFrame } from './session-frame.js';
import type { Signal } from './signal.js';
import type { CheckpointOptions, Quotas, TaskContext } from './task-type.js';

/** In place of the report that a transient run does not have. */
const NO_EXECUTION = '0'.repeat(24);
/** Of a report, which is one document and is copied to the history: characters of one detail and of all together. */
const DETAIL_LENGTH = 65_536;
const DETAILS_LENGTH = 2_000_000;
/** Characters that each detail costs besides its own. */
const DETAIL_OVERHEAD = 32;

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
  readonly #frame: SessionFrame;
  readonly #record: ExecutionRecord | null;
  readonly #log: RunLog;
  readonly #details = new Map<string, string>();
  #detailsLength = 0;

  constructor(
    frame: SessionFrame,
    task: TaskRecord,
    record: ExecutionRecord | null,
    config: TaskConfig,
    { log, resumes }: { log: RunLog; resumes: boolean },
  ) {
    this.#frame = frame;
    this.#record = record;
    this.#log = log;
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
    // A run that begins again from the top says everything again.
    if (this.resumed) for (const { name, value } of record?.details ?? []) this.detail(name, value);
  }

  get details(): { name: string; value: string }[] {
    return [...this.#details].map(([name, value]) => ({ name, value }));
  }

  now(): Date {
    return this.#frame.parts.clock.now();
  }

  tree(): Promise<ParameterTree> {
    return this.#frame.tree.tree();
  }

  learn(change: Omit<TreeChange, 'at'>): Promise<void> {
    return this.#frame.tree.learn({ ...change, at: this.now() });
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

  commandKey(attempt = 1): string {
    return commandKeyOf({ _id: this.execution.id, run: this.execution.run }, attempt);
  }

  async checkpoint(
    stage: string,
    state: Record<string, unknown>,
    options: CheckpointOptions = {},
  ): Promise<void> {
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
      lastUpdateTime: this.now(),
      logged: this.#log.logged,
    });
  }
}
