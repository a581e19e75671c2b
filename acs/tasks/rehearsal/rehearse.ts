import { ProvostError } from '../../../common/errors.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import type { Checkpoint } from '../../../store/models/execution.js';
import { CpeFault, type ParameterFault } from '../../cwmp/cpe-fault.js';
import type { AcsRequest, CpeResponse } from '../../cwmp/messages.js';
import type { ParameterTree } from '../../devices/parameter-tree.js';
import { parseConfig } from '../config-schema.js';
import { failure, type Outcome } from '../outcome.js';
import { recordedFault } from '../recorded-fault.js';
import type { Signal } from '../signal.js';
import type { TaskConfig, TaskRecord } from '../../../store/models/task.js';
import { evaluatedConfig, usesOfConfig } from '../config-expressions.js';
import type { ConfigEnvironments } from '../ports/config-environments.js';
import type { WorkflowPorts } from '../ports/workflow-ports.js';
import type { UndoDesk } from '../ports/undo-desk.js';
import type { TemplateTexts } from '../ports/template-texts.js';
import type { TaskRun, TaskType } from '../task-type.js';
import { RehearsalContext, RehearsalState, type RehearsedLine } from './rehearsal-context.js';
import { RehearsalFiles, type LookedUp } from './rehearsal-files.js';
import { VirtualCpe } from './virtual-cpe.js';

/** `first-session`: a dry run, what would be sent now; `whole`: until the task ends, over as many sessions as it takes. */
export type RehearsalScope = 'first-session' | 'whole';

export interface RehearsalInput {
  type: TaskType;
  /** Stored, or as a user gave it. */
  task: TaskRecord;
  device: DeviceRecord;
  /** The device's data model as stored; it is not changed. */
  tree: ParameterTree;
  files: LookedUp;
  templates: TemplateTexts | null;
  undo: UndoDesk;
  /** Of the server; nothing that changes anything is asked of them. */
  ports: Pick<WorkflowPorts, 'views'> & Partial<WorkflowPorts>;
  /** What expressions in the configuration see; null = nothing. */
  environments: ConfigEnvironments | null;
  now: Date;
  scope: RehearsalScope;
}

/** One request that would be sent, with the answer that the stored data model gives. */
export interface RehearsedExchange {
  /** From 1. */
  session: number;
  at: Date;
  request: AcsRequest;
  answer:
    | { kind: 'response'; response: CpeResponse }
    | { kind: 'fault'; code: number; text: string; parameters: readonly ParameterFault[] };
  /** The request follows from what an earlier answer said: a device that differs from its stored data model gets another. */
  assumed: boolean;
  /** What the stored data model cannot tell, in words. */
  guesses: string[];
}

export interface Rehearsal {
  exchanges: RehearsedExchange[];
  sessions: number;
  /** `parked`: the first session of a dry run ends there; `unfinished`: given up at a limit. */
  end: 'SUCCESS' | 'WARNING' | 'ERROR' | 'parked' | 'unfinished';
  summary: string;
  details: { name: string; value: string }[];
  lines: RehearsedLine[];
  /** What would be done besides, in words. */
  acts: string[];
  /** Values that would be others on the device afterwards. */
  changes: { path: string; before: string | null; after: string | null }[];
}

const MAX_SESSIONS = 50;
const MAX_EXCHANGES = 1_000;
const MAX_CHANGES = 1_000;
/** Milliseconds that pass: with each exchange, and until the device is back when it has something to say. */
const EXCHANGE_TIME = 200;
const BACK_AFTER = 60_000;
/** Seconds; of devices whose interval is not known. */
const INFORM_INTERVAL = 3_600;

/** Answers that tell something of the device beyond "done". */
const TELLING: ReadonlySet<string> = new Set([
  'GetParameterNames',
  'GetParameterValues',
  'GetParameterAttributes',
  'AddObject',
  'GetRPCMethods',
]);

/**
 * Runs a task against a virtual CPE that is made of a device's stored data model. Nothing is sent, nothing is stored.
 * Throws `ValidationError` when the configuration is not valid.
 */
export async function rehearse(input: RehearsalInput): Promise<Rehearsal> {
  const config = parseConfig(input.type, input.task.config);
  let state: RehearsalState | null = null;
  const now = (): Date => state?.now() ?? input.now;
  const files = new RehearsalFiles(input.files, now);
  state = new RehearsalState(input.now, input.device, input.tree.clone(), files);
  const cpe = new VirtualCpe(input.tree.clone(), {
    root: `${input.device.root || 'InternetGatewayDevice'}.`,
    now,
  });
  const rehearsal: Rehearsal = {
    exchanges: [],
    sessions: 0,
    ...{ end: 'unfinished', summary: `not ended after ${MAX_SESSIONS} sessions` },
    ...{ details: [], lines: state.lines, acts: [], changes: [] },
  };
  const sessions = new Sessions({ ...input, config, state, cpe, rehearsal });
  await sessions.run();
  rehearsal.details = [...state.details].map(([name, value]) => ({ name, value }));
  rehearsal.acts = [...state.acts, ...files.acts];
  rehearsal.changes = changesBetween(input.tree, cpe.tree);
  return rehearsal;
}

interface SessionsInput extends RehearsalInput {
  config: TaskConfig;
  state: RehearsalState;
  cpe: VirtualCpe;
  rehearsal: Rehearsal;
}

/** The sessions of one rehearsal, until the task ends or a limit is reached. */
class Sessions {
  readonly #input: SessionsInput;
  #softwareVersion: string | null;
  /** The device has said something that later requests follow from. */
  #told = false;

  constructor(input: SessionsInput) {
    this.#input = input;
    this.#softwareVersion = input.device.softwareVersion;
  }

  async run(): Promise<void> {
    const { rehearsal, state, scope, device } = this.#input;
    let resumed: Checkpoint | null = null;
    let signals: Signal[] = [];
    while (rehearsal.sessions < MAX_SESSIONS && rehearsal.exchanges.length < MAX_EXCHANGES) {
      rehearsal.sessions += 1;
      const outcome = await this.#session(resumed, signals);
      rehearsal.summary = outcome?.summary ?? `given up after ${MAX_EXCHANGES} requests`;
      if (!outcome) return;
      if (outcome.kind === 'ended') {
        rehearsal.end = outcome.status;
        return;
      }
      // It would begin from the top again, in the same way.
      if (outcome.kind === 'unfinished') return;
      if (scope === 'first-session') {
        rehearsal.end = 'parked';
        return;
      }
      resumed = { stage: outcome.stage, state: structuredClone(outcome.state) };
      const contact = this.#input.cpe.nextContact();
      const spoke = contact.events.length > 0;
      state.pass(spoke ? BACK_AFTER : (device.periodicInformInterval ?? INFORM_INTERVAL) * 1_000);
      this.#install(contact.transfers);
      // Only a run that waits for something of the CPE is told of its Informs.
      signals = outcome.commandKey === null ? [] : this.#signals(contact);
    }
  }

  /** Null = given up. */
  async #session(resumed: Checkpoint | null, signals: Signal[]): Promise<Outcome | null> {
    const { state, task, type, templates, undo, ports, now, rehearsal } = this.#input;
    const context = new RehearsalContext(state, {
      ...{ config: await this.#config(), templates, undo, resumed, signals, startTime: now },
      ...{ task, ports },
      session: { id: `rehearsal-${rehearsal.sessions}`, startedAt: state.now() },
    });
    const run = type.run(context);
    let step = await advance(() => run.next(undefined as never), null);
    while ('request' in step) {
      if (rehearsal.exchanges.length >= MAX_EXCHANGES) {
        await run.return(failure('given up'));
        return null;
      }
      step = await this.#exchange(run, step.request);
    }
    return step.outcome;
  }

  /** As in a session: what it names is loaded when the run begins or resumes, attributes are evaluated when read. */
  async #config(): Promise<TaskConfig> {
    const { type, config, environments, device, task, state, ports } = this.#input;
    // A workflow evaluates its own expressions.
    const uses = type.fromXml ? null : usesOfConfig(type.schema, config);
    if (!uses) return config;
    const environmentAt = await environments?.prepare(uses, {
      ...{ device, task, execution: null },
      session: { startedAt: state.now(), events: [], parameters: [] },
      tree: () => Promise.resolve(state.tree),
    });
    const now = (): Date => state.now();
    const sv = environmentAt ? null : await ports.views.sv(device);
    return evaluatedConfig(
      type.schema,
      config,
      () => environmentAt?.(now()) ?? { now: now(), zone: 'UTC', ...(sv && { sv }) },
    );
  }

  async #exchange(run: TaskRun, request: AcsRequest): Promise<Step> {
    const { state, cpe, rehearsal } = this.#input;
    state.pass(EXCHANGE_TIME);
    const exchange = { session: rehearsal.sessions, at: state.now(), request, assumed: this.#told };
    try {
      const { response, guesses } = cpe.answer(request);
      this.#told ||= TELLING.has(request.method);
      rehearsal.exchanges.push({ ...exchange, answer: { kind: 'response', response }, guesses });
      return await advance(() => run.next(response), request);
    } catch (error) {
      if (!(error instanceof CpeFault)) throw error;
      const { faultCode: code, faultString: text, parameterFaults: parameters } = error;
      this.#told = true;
      rehearsal.exchanges.push({
        ...exchange,
        answer: { kind: 'fault', code, text, parameters },
        guesses: [],
      });
      return advance(() => run.throw(error), request);
    }
  }

  #install(transfers: readonly { method: string; commandKey: string; fileType: string }[]): void {
    for (const { method, commandKey, fileType } of transfers) {
      const version = this.#input.state.files.offered(commandKey)?.version ?? '';
      if (method !== 'Download' || !fileType.startsWith('1 ') || version === '') continue;
      this.#softwareVersion = version;
      this.#input.cpe.runs(version);
    }
  }

  #signals(contact: ReturnType<VirtualCpe['nextContact']>): Signal[] {
    const at = this.#input.state.now();
    const session = `rehearsal-${this.#input.rehearsal.sessions + 1}`;
    const time = at.toISOString();
    return [
      { kind: 'inform', at, session, events: contact.events, softwareVersion: this.#softwareVersion },
      ...contact.transfers.map((): Signal => ({
        ...{ kind: 'transfer-complete', at, session, faultCode: 0, faultString: '' },
        ...{ startTime: time, completeTime: time, keyed: true },
      })),
    ];
  }
}

type Step = { request: AcsRequest } | { outcome: Outcome };

/** One step of a run; what it throws ends it with ERROR, as in a session. */
async function advance(
  step: () => Promise<IteratorResult<AcsRequest, Outcome>>,
  last: AcsRequest | null,
): Promise<Step> {
  try {
    const result = await step();
    return result.done === true ? { outcome: result.value } : { request: result.value };
  } catch (error) {
    if (error instanceof CpeFault)
      return { outcome: failure(error.message, recordedFault(error, last?.method ?? '')) };
    if (error instanceof ProvostError) return { outcome: failure(error.message) };
    throw error;
  }
}

function changesBetween(before: ParameterTree, after: ParameterTree): Rehearsal['changes'] {
  const changes: Rehearsal['changes'] = [];
  for (const { path, object, value } of after) {
    if (changes.length >= MAX_CHANGES) return changes;
    const was = before.value(path);
    if (!object && was !== value) changes.push({ path, before: was, after: value });
  }
  for (const { path, object, value } of before) {
    if (changes.length >= MAX_CHANGES) return changes;
    if (!object && !after.has(path)) changes.push({ path, before: value, after: null });
  }
  return changes;
}
