import type { DeviceRecord } from '../../../store/models/device.js';
import type { Checkpoint } from '../../../store/models/execution.js';
import type { TaskConfig, TaskRecord } from '../../../store/models/task.js';
import type { ParameterTree, TreeChange } from '../../devices/parameter-tree.js';
import { commandKeyOf } from '../execution-record.js';
import type { DeviceDesk, Refurbished, RefurbishOrder } from '../ports/device-desk.js';
import type { AddressChange, HistoryDesk, Sample } from '../ports/history-desk.js';
import type { TemplateTexts } from '../ports/template-texts.js';
import type { UndoDesk } from '../ports/undo-desk.js';
import type { LineLevel } from '../run-log.js';
import type { WorkflowPorts } from '../ports/workflow-ports.js';
import type { Signal } from '../signal.js';
import { rehearsalPorts } from './rehearsal-ports.js';
import type { Quotas, TaskContext } from '../task-type.js';
import type { RehearsalFiles } from './rehearsal-files.js';

/** In place of the report that a rehearsal does not have. */
const EXECUTION = { id: 'f'.repeat(24), run: 1 };
/** Lines and details that a rehearsal keeps: a look at a task, not its archive. */
const MOST_LINES = 2_000;
const MOST_DETAILS = 2_000;

export interface RehearsedLine {
  at: Date;
  level: LineLevel;
  text: string;
}

/** Lasts for all sessions of a rehearsal: its time, and what would have been kept. */
export class RehearsalState {
  readonly details = new Map<string, string>();
  readonly lines: RehearsedLine[] = [];
  /** In words: what would have been done beyond the device's data model. */
  readonly acts: string[] = [];
  readonly properties: Map<string, string>;
  readonly samples = new Map<string, Sample>();
  #time: number;

  constructor(
    start: Date,
    readonly device: DeviceRecord,
    /** What the ACS knows; the virtual CPE has its own. */
    readonly tree: ParameterTree,
    readonly files: RehearsalFiles,
  ) {
    this.#time = start.getTime();
    this.properties = new Map(Object.entries(device.properties));
  }

  now(): Date {
    return new Date(this.#time);
  }

  pass(milliseconds: number): void {
    this.#time += milliseconds;
  }

  /** Said once, however often it would be done. */
  act(text: string): void {
    if (!this.acts.includes(text) && this.acts.length < MOST_LINES) this.acts.push(text);
  }

  line(level: LineLevel, text: string): void {
    if (this.lines.length < MOST_LINES) this.lines.push({ at: this.now(), level, text });
  }
}

export interface RehearsalTurn {
  config: TaskConfig;
  task: TaskRecord;
  ports: Pick<WorkflowPorts, 'views'> & Partial<WorkflowPorts>;
  startTime: Date;
  session: { id: string; startedAt: Date };
  resumed: Checkpoint | null;
  signals: readonly Signal[];
  templates: TemplateTexts | null;
  undo: UndoDesk;
}

/** What a run sees in a rehearsal: the device as stored, and nothing that reaches beyond this object. */
export class RehearsalContext implements TaskContext {
  readonly config: TaskConfig;
  readonly task: TaskContext['task'];
  readonly sights: TaskContext['sights'];
  readonly ports: WorkflowPorts;
  readonly parent = null;
  readonly execution: TaskContext['execution'];
  readonly device: Readonly<DeviceRecord>;
  readonly root: string;
  readonly session: TaskContext['session'];
  readonly resumed: Checkpoint | null;
  readonly repeated = false;
  readonly signals: readonly Signal[];
  readonly files: RehearsalFiles;
  readonly templates: TemplateTexts | null;
  readonly quota: Quotas = {
    takeRefresh: () => Promise.resolve(true),
    mayTransfer: () => Promise.resolve(true),
  };
  readonly desk: DeviceDesk;
  readonly history: HistoryDesk;
  readonly undo: UndoDesk;
  readonly #state: RehearsalState;

  constructor(state: RehearsalState, turn: RehearsalTurn) {
    this.#state = state;
    this.config = turn.config;
    const { _id: id, name, domain } = turn.task;
    this.task = { id, name, domain };
    this.sights = {
      ...{ task: turn.task, execution: null, informParameters: [] },
      events: turn.signals.flatMap((signal) => (signal.kind === 'inform' ? signal.events : [])),
    };
    this.ports = rehearsalPorts(turn.ports, (text) => state.act(text));
    this.execution = { ...EXECUTION, startTime: turn.startTime };
    this.device = state.device;
    this.root = `${state.device.root || 'InternetGatewayDevice'}.`;
    this.session = turn.session;
    this.resumed = turn.resumed;
    this.signals = turn.signals;
    this.files = state.files;
    this.templates = turn.templates;
    this.desk = deskOf(state);
    this.history = historyOf(state);
    this.undo = turn.undo;
  }

  now(): Date {
    return this.#state.now();
  }

  timeLeft(): number {
    return 300_000;
  }

  mapProperty(key: string, target: string): Promise<void> {
    this.#state.act(`${key} would be copied to the property ${target} from then on`);
    return Promise.resolve();
  }

  userActivity(level: string, text: string): void {
    this.#state.act(`the log of the server would say at ${level}: ${text}`);
  }

  replaces(): Promise<void> {
    return Promise.resolve();
  }

  pause(milliseconds: number): Promise<boolean> {
    this.#state.pass(milliseconds);
    return Promise.resolve(true);
  }

  tree(): Promise<ParameterTree> {
    return Promise.resolve(this.#state.tree);
  }

  learn(change: Omit<TreeChange, 'at'>): Promise<void> {
    this.#state.tree.apply({ ...change, at: this.now() });
    return Promise.resolve();
  }

  detail(name: string, value: string | number | boolean): void {
    const { details } = this.#state;
    if (details.has(name) || details.size < MOST_DETAILS) details.set(name, String(value));
  }

  log(level: LineLevel, text: string): void {
    this.#state.line(level, text);
  }

  commandKey(attempt = 1): string {
    return commandKeyOf({ _id: this.execution.id, run: this.execution.run }, attempt);
  }

  checkpoint(): Promise<void> {
    return Promise.resolve();
  }
}

function deskOf({ properties, acts }: RehearsalState): DeviceDesk {
  return {
    property: (name) => properties.get(name) ?? null,
    setProperty: (name, value) => {
      acts.push(
        value === null ? `the property ${name} would be removed` : `the property ${name} would be set`,
      );
      if (value === null) properties.delete(name);
      else properties.set(name, value);
      return Promise.resolve();
    },
    refurbish: ({ retained }: RefurbishOrder): Promise<Refurbished> => {
      const gone = [...properties.keys()].filter((name) => !retained.includes(name));
      acts.push(`all other tasks of the device and ${gone.length} properties would be removed`);
      for (const name of gone) properties.delete(name);
      return Promise.resolve({ tasks: 0, properties: gone.length, reports: 0 });
    },
    isParked: () => false,
  };
}

function historyOf({ samples, acts, device }: RehearsalState): HistoryDesk {
  return {
    latest: (_device, names) =>
      Promise.resolve(
        new Map(
          names.flatMap((name): [string, Sample][] => {
            const sample = samples.get(name);
            return sample ? [[name, sample]] : [];
          }),
        ),
      ),
    newest: (_device, names) => {
      const times = [...samples]
        .filter(([name]) => names.some((one) => name === one || name.startsWith(`${one}.`)))
        .map(([, { at }]) => at.getTime());
      return Promise.resolve(times.length === 0 ? null : new Date(Math.max(...times)));
    },
    add: (_device, at, added) => {
      for (const { name, value } of added) samples.set(name, { at, value });
      acts.push(`${added.length} values would be kept in the history`);
      return Promise.resolve();
    },
    noteAddress: (_device, address): Promise<AddressChange> =>
      Promise.resolve({ changed: address !== device.wanIp, before: device.wanIp }),
  };
}
