import type { Checkpoint } from '../../../store/models/execution.js';
import type { TaskConfig } from '../../../store/models/task.js';
import type { ParameterTree, TreeChange } from '../../devices/parameter-tree.js';
import type { LineLevel } from '../run-log.js';
import type { CheckpointOptions, ParentRun, RunVariable, TaskContext } from '../task-type.js';
import type { ChildState } from './run-state.js';

/** What a run inside another one sees: everything of the outer one but checkpoint, details and CommandKeys. */
export class ChildContext implements TaskContext {
  readonly config: TaskConfig;
  readonly resumed: Checkpoint | null;
  readonly repeated: boolean;
  readonly signals: TaskContext['signals'];
  readonly execution: TaskContext['execution'];
  readonly parent: ParentRun;
  readonly #outer: TaskContext<unknown>;
  readonly #child: ChildState;
  readonly #save: (options: CheckpointOptions) => Promise<void>;
  readonly #details: Map<string, string>;
  #outputs: readonly RunVariable[] = [];

  /** `again`: it was under way when an earlier session ended. */
  constructor(
    outer: TaskContext<unknown>,
    child: ChildState,
    config: TaskConfig,
    { again, save }: { again: boolean; save: (options: CheckpointOptions) => Promise<void> },
  ) {
    this.#outer = outer;
    this.#child = child;
    this.#save = save;
    this.#details = new Map(child.details.map(({ name, value }) => [name, value]));
    this.config = config;
    this.execution = { ...outer.execution, startTime: new Date(child.startedAt) };
    this.resumed = child.stage === null ? null : { stage: child.stage, state: child.state };
    this.repeated = again && child.stage === null;
    this.signals = again ? outer.signals : [];
    this.parent = {
      task: outer.task.id,
      depth: (outer.parent?.depth ?? 0) + 1,
      variables: child.inputs,
      properties: child.properties ?? outer.parent?.properties ?? null,
      replacing: child.replacing ?? [],
      defaults: child.defaults,
      outputs: (variables) => {
        this.#outputs = variables;
      },
    };
  }

  /** What the run has found out: its variables, else the details of its report. */
  get outputs(): RunVariable[] {
    const found = new Map<string, RunVariable>();
    for (const [name, value] of this.#details) found.set(name, { name, value, secret: false });
    for (const one of this.#outputs) found.set(one.name, { ...one });
    return [...found.values()];
  }

  get task(): TaskContext['task'] {
    return this.#outer.task;
  }

  get sights(): TaskContext['sights'] {
    return this.#outer.sights;
  }

  get ports(): TaskContext['ports'] {
    return this.#outer.ports;
  }

  get device(): TaskContext['device'] {
    return this.#outer.device;
  }

  get root(): string {
    return this.#outer.root;
  }

  get session(): TaskContext['session'] {
    return this.#outer.session;
  }

  get files(): TaskContext['files'] {
    return this.#outer.files;
  }

  get quota(): TaskContext['quota'] {
    return this.#outer.quota;
  }

  get desk(): TaskContext['desk'] {
    return this.#outer.desk;
  }

  get templates(): TaskContext['templates'] {
    return this.#outer.templates;
  }

  get history(): TaskContext['history'] {
    return this.#outer.history;
  }

  now(): Date {
    return this.#outer.now();
  }

  timeLeft(): number {
    return this.#outer.timeLeft();
  }

  pause(milliseconds: number): Promise<boolean> {
    return this.#outer.pause(milliseconds);
  }

  tree(): Promise<ParameterTree> {
    return this.#outer.tree();
  }

  learn(change: Omit<TreeChange, 'at'>): Promise<void> {
    return this.#outer.learn(change);
  }

  detail(name: string, value: string | number | boolean): void {
    this.#details.set(name, String(value));
    this.#child.details = [...this.#details].map(([key, text]) => ({ name: key, value: text }));
  }

  log(level: LineLevel, text: string): void {
    this.#outer.log(level, `[${this.#child.type}] ${text}`);
  }

  get undo(): TaskContext['undo'] {
    return this.#outer.undo;
  }

  replaces(parameters: Parameters<TaskContext['replaces']>[0]): Promise<void> {
    return this.#outer.replaces(parameters);
  }

  mapProperty(key: string, target: string): Promise<void> {
    return this.#outer.mapProperty(key, target);
  }

  userActivity(level: string, text: string): void {
    this.#outer.userActivity(level, text);
  }

  /** Children of one run must not share keys: a late answer to one would be taken for another's. */
  commandKey(attempt = 1): string {
    this.#child.keysUsed = Math.max(this.#child.keysUsed, attempt);
    return this.#outer.commandKey(this.#child.keyBase + attempt);
  }

  async checkpoint(
    stage: string,
    state: Record<string, unknown>,
    options: CheckpointOptions = {},
  ): Promise<void> {
    this.#child.stage = stage;
    this.#child.state = structuredClone(state);
    await this.#save(options);
  }
}
