import type { ExecutionRecord } from '../../../store/models/execution.js';
import { CpeFault } from '../../cwmp/cpe-fault.js';
import type { AcsRequest, CpeResponse, ParameterValue } from '../../cwmp/messages.js';
import { isSecretPath, SECRET_MASK } from '../../devices/secret-paths.js';
import { parseDate } from '../config-fields.js';
import { failure, parked, success, TaskFailure, type Outcome } from '../outcome.js';
import { hasEvent, type Signal } from '../signal.js';
import { rpc, type TaskContext, type TaskRun } from '../task-type.js';
import type { DiagnosticsData, DiagnosticsInput, DiagnosticsTable, ModelName } from './diagnostics-data.js';
import { readBelow } from './read-values.js';
import { isValueType, wireValue } from './wire-value.js';

/** The attributes by which a test is given up, and those of the test itself. */
export interface DiagnosticsConfig {
  absoluteFinishTime?: string;
  relativeFinishTime?: number;
  [attribute: string]: unknown;
}

export interface DiagnosticsPlan {
  type: string;
  data: DiagnosticsData;
  /** Values of inputs that are not attributes as they stand, made before each request; URLs with a secret in them. */
  prepare?: (
    context: TaskContext<DiagnosticsConfig>,
    order: { commandKey: string; expiresAt: Date },
  ) => Promise<Record<string, string>>;
  /** After the end of the test, whatever it is; with the keys of its requests. */
  finish?: (context: TaskContext<DiagnosticsConfig>, commandKeys: readonly string[]) => Promise<void>;
  /** Values at which an optional input may be left out. */
  defaults: Readonly<Record<string, unknown>>;
}

type Step<Result> = AsyncGenerator<AcsRequest, Result, CpeResponse>;

const STATE = 'DiagnosticsState';
/** Minutes, for tests without an attribute for it (task-types.md §5). */
const GIVE_UP_AFTER = 10;
const DIAGNOSTICS_COMPLETE = 8;
/** Times that a test is asked for again after somebody else had changed it. */
const REQUESTS_ALLOWED = 3;
const NO_RESULT = 'no result in the given time';

const INVALID_NAME = 9005;
const NOT_WRITABLE = 9008;

/** `requested` is written before the request, `waiting` after its answer, `queued` while another test of the kind is on. */
type Stage = 'queued' | 'requested' | 'waiting';

interface State extends Record<string, unknown> {
  requests: number;
  /** RFC 3339; empty = not requested yet. */
  requestedAt: string;
  /** What was set, by full name, without secrets: by it a result is known for ours. */
  inputs: Record<string, string>;
}

/**
 * One test on the device (spec cwmp.md §15): arguments and `Requested` in one step, the park in which the session ends
 * and the device does it, and results when `8 DIAGNOSTICS COMPLETE` comes or a later session finds it done.
 */
export async function* diagnostics(context: TaskContext<DiagnosticsConfig>, plan: DiagnosticsPlan): TaskRun {
  const { resumed } = context;
  const state = resumed
    ? (structuredClone(resumed.state) as State)
    : { requests: 0, requestedAt: '', inputs: {} };
  const object = objectOf(context, plan.data);
  const outcome =
    resumed && resumed.stage !== ('queued' satisfies Stage)
      ? yield* settle(context, plan, state, object)
      : yield* request(context, plan, state, object);
  if (outcome.kind === 'ended') {
    const keys = Array.from({ length: state.requests }, (_, index) => context.commandKey(index + 1));
    await plan.finish?.(context, keys);
  }
  return outcome;
}

/** When the time is over and no session came. What was signalled but not looked at is read in the next session. */
export function overdueDiagnostics(execution: ExecutionRecord): Outcome {
  const { checkpoint, stage, blocking, summary, commandKey, signals } = execution;
  const told = (signals as unknown as Signal[]).some(
    (signal) => signal.kind === 'inform' && hasEvent(signal.events, DIAGNOSTICS_COMPLETE),
  );
  if (!told || !checkpoint) return failure(NO_RESULT);
  return parked({
    ...{ stage: stage ?? checkpoint.stage, state: checkpoint.state, summary, blocking, commandKey },
    deadline: null,
  });
}

function modelOf(context: TaskContext<unknown>): ModelName {
  return context.root === 'Device.' ? 'tr181' : 'tr098';
}

function objectOf(context: TaskContext<DiagnosticsConfig>, data: DiagnosticsData): string {
  const pattern = data.object[modelOf(context)];
  if (pattern === null) throw new TaskFailure('The data model of this device has no such test');
  const filled = pattern.replace(/\{(\w+)\}/g, (_, attribute: string) => textOf(context.config[attribute]));
  const below = filled.replace(/^Root\./, '');
  return below.startsWith(context.root) ? below : context.root + below;
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

async function* request(
  context: TaskContext<DiagnosticsConfig>,
  plan: DiagnosticsPlan,
  state: State,
  object: string,
): Step<Outcome> {
  const deadline = deadlineOf(context.config, context.now());
  if (deadline <= context.now()) return failure(NO_RESULT);
  // One test of a kind at a time: a second request would abort the first (spec cwmp.md §15).
  if (context.desk.isParked(plan.type, 'waiting' satisfies Stage, context.execution.id))
    return park(context, 'queued', state, deadline, 'waiting for the end of another test of this kind');
  state.requests += 1;
  state.requestedAt = context.now().toISOString();
  const commandKey = context.commandKey(state.requests);
  const made = (await plan.prepare?.(context, { commandKey, expiresAt: deadline })) ?? {};
  const inputs = inputsOf(context, plan, made, object);
  state.inputs = Object.fromEntries(
    inputs.filter(({ shown }) => shown).map(({ parameter: { name, value } }) => [name, value]),
  );
  await context.checkpoint('requested' satisfies Stage, state, { commandKey, deadline });
  for (const { parameter, shown } of inputs)
    context.log('INFO', `${parameter.name} = ${shown ? parameter.value : SECRET_MASK}`);
  yield* start(context, inputs, object);
  return park(context, 'waiting', state, deadline, 'waiting for the result');
}

interface PlannedInput {
  parameter: ParameterValue;
  /** May be left out. */
  dispensable: boolean;
  /** Neither secret nor a URL that is one. */
  shown: boolean;
}

function inputsOf(
  context: TaskContext<DiagnosticsConfig>,
  plan: DiagnosticsPlan,
  made: Readonly<Record<string, string>>,
  object: string,
): PlannedInput[] {
  const model = modelOf(context);
  return plan.data.inputs.flatMap((input) => {
    const name = input.names[model];
    if (name === null) return [];
    const given = made[input.attribute] ?? textOf(context.config[input.attribute]);
    const value = input.path ? pathValue(given, context.root, model) : given;
    const path = object + name;
    return [
      {
        parameter: { name: path, value: wireValue(path, input.type, value), type: input.type },
        dispensable: input.optional === true && isDefault(input, given, plan),
        shown: input.secret !== true && !Object.hasOwn(made, input.attribute) && !isSecretPath(path),
      },
    ];
  });
}

function pathValue(given: string, root: string, model: ModelName): string {
  const full = given.replace(/^Root\./, root);
  return model === 'tr181' ? full.replace(/\.$/, '') : full;
}

function isDefault(input: DiagnosticsInput, value: string, { defaults }: DiagnosticsPlan): boolean {
  return value === textOf(defaults[input.attribute]);
}

/**
 * Devices lack arguments or have them in another type (cpe-quirks.md): what was refused although it says no more than
 * the default is left out, and types are taken from the device, once.
 */
async function* start(
  context: TaskContext<DiagnosticsConfig>,
  inputs: readonly PlannedInput[],
  object: string,
): Step<void> {
  const tree = await context.tree();
  const typed = inputs.map(({ parameter, ...rest }) => {
    const known = tree.get(parameter.name)?.type;
    return { ...rest, parameter: { ...parameter, type: isValueType(known) ? known : parameter.type } };
  });
  const state: ParameterValue = { name: object + STATE, value: 'Requested', type: 'string' };
  const send = (parameters: ParameterValue[]): ReturnType<typeof set> => set(context, [...parameters, state]);
  try {
    yield* send(typed.map(({ parameter }) => parameter));
  } catch (error) {
    if (!(error instanceof CpeFault)) throw error;
    const rest = withoutRefused(typed, error);
    const retyped = rest ?? (yield* withOwnTypes(context, typed, object, error));
    context.log('WARN', `${error.message}: asking again with what the device knows`);
    yield* send(retyped.map(({ parameter }) => parameter));
  }
}

function* set(
  context: TaskContext<DiagnosticsConfig>,
  parameters: ParameterValue[],
): Generator<AcsRequest, void, CpeResponse> {
  yield* rpc({ method: 'SetParameterValues', parameters, parameterKey: context.execution.id });
}

/** Null = something is refused that cannot be left out. */
function withoutRefused(inputs: readonly PlannedInput[], fault: CpeFault): PlannedInput[] | null {
  const refused = new Set(
    fault.parameterFaults
      .filter(({ code }) => code === INVALID_NAME || code === NOT_WRITABLE)
      .map(({ path }) => path),
  );
  if (refused.size === 0 || refused.size < fault.parameterFaults.length) return null;
  const rest = inputs.filter(({ parameter }) => !refused.has(parameter.name));
  const dropped = inputs.length - rest.length;
  const allDispensable = inputs.every(
    ({ parameter, dispensable }) => dispensable || !refused.has(parameter.name),
  );
  return allDispensable && dropped === refused.size ? rest : null;
}

/** Reads the object as it is: which inputs it has, of which types. Throws the fault again when that tells nothing new. */
async function* withOwnTypes(
  context: TaskContext<DiagnosticsConfig>,
  inputs: readonly PlannedInput[],
  object: string,
  fault: CpeFault,
): Step<PlannedInput[]> {
  const below = yield* readBelow(context, object);
  if (below instanceof CpeFault) throw fault;
  const types = new Map(below.values.map(({ name, type }) => [name, type]));
  const known = inputs.filter(({ parameter, dispensable }) => types.has(parameter.name) || !dispensable);
  const retyped = known.map((input) => {
    const type = types.get(input.parameter.name) ?? input.parameter.type;
    return { ...input, parameter: { ...input.parameter, type } };
  });
  const changed =
    known.length < inputs.length ||
    retyped.some(({ parameter }, index) => parameter.type !== known[index]?.parameter.type);
  if (!changed) throw fault;
  return retyped;
}

async function* settle(
  context: TaskContext<DiagnosticsConfig>,
  plan: DiagnosticsPlan,
  state: State,
  object: string,
): Step<Outcome> {
  const told = context.signals.some(
    (signal) => signal.kind === 'inform' && hasEvent(signal.events, DIAGNOSTICS_COMPLETE),
  );
  const below = yield* readBelow(context, object);
  if (below instanceof CpeFault) throw below;
  const values = new Map(below.values.map(({ name, value }) => [name, value]));
  const word = values.get(object + STATE) ?? '';
  const deadline = deadlineOf(context.config, new Date(state.requestedAt));
  if (/^Requested$|^InProgress/i.test(word))
    return context.now() >= deadline
      ? failure(NO_RESULT)
      : park(context, 'waiting', state, deadline, 'waiting for the result');
  // Whether the request arrived is not known: a result of before must not be taken for ours.
  const unsure = context.resumed?.stage === ('requested' satisfies Stage) && !told;
  if (unsure || isForeign(state, values) || word === '' || word === 'None') {
    if (context.now() >= deadline) return failure(NO_RESULT);
    if (state.requests >= REQUESTS_ALLOWED)
      return failure(`the device does not carry out the test (${STATE} is ${word || 'missing'})`);
    context.log('INFO', `${STATE} is ${word || 'missing'}; the test is requested again`);
    return yield* request(context, plan, state, object);
  }
  report(context, plan.data, object, below.values);
  context.detail('state', word);
  // Some devices say Completed, TR-143 in TR-098 does so by its text (cpe-quirks.md row 66).
  return /^Completed?$/i.test(word) ? success(summaryOf(context, plan.data, values, object)) : failure(word);
}

/** The arguments are not those that we set: the test was another's. */
function isForeign(state: State, values: ReadonlyMap<string, string>): boolean {
  return Object.entries(state.inputs).some(([name, value]) => {
    const now = values.get(name);
    return now !== undefined && now !== '' && value !== '' && now !== value;
  });
}

function report(
  context: TaskContext<DiagnosticsConfig>,
  data: DiagnosticsData,
  object: string,
  values: readonly ParameterValue[],
): void {
  const model = modelOf(context);
  const byName = new Map(values.map(({ name, value }) => [name, value]));
  const show = (detail: string, name: string): void => {
    const value = byName.get(name);
    if (value !== undefined) context.detail(detail, isSecretPath(name) ? SECRET_MASK : value);
  };
  for (const { detail, names } of data.outputs)
    if (names[model] !== null) show(detail, object + names[model]);
  for (const table of data.tables ?? []) reportTable(table, model, object, values, show);
  const rate = data.throughputOf === undefined ? null : throughput(data, model, object, byName);
  if (rate !== null) context.detail('throughput', `${rate} bit/s`);
  if (data.outputs.length > 0) return;
  // A vendor's object: all that is no argument is a result.
  const inputs = new Set(data.inputs.map(({ names }) => object + (names[model] ?? '')));
  for (const { name } of values)
    if (!inputs.has(name) && name !== object + STATE) show(name.slice(object.length), name);
}

function reportTable(
  table: DiagnosticsTable,
  model: ModelName,
  object: string,
  values: readonly ParameterValue[],
  show: (detail: string, name: string) => void,
): void {
  const prefix = object + (table.names[model] ?? '');
  const rows = new Set<number>();
  for (const { name } of values) {
    const number = name.startsWith(prefix) ? /^(\d+)\./.exec(name.slice(prefix.length))?.[1] : undefined;
    if (number !== undefined) rows.add(Number(number));
  }
  for (const row of [...rows].sort((a, b) => a - b))
    for (const { detail, names } of table.columns)
      if (names[model] !== null) show(`${table.detail}.${row}.${detail}`, `${prefix}${row}.${names[model]}`);
}

/** Bits per second between the first and the last byte; null where the times tell nothing. */
function throughput(
  data: DiagnosticsData,
  model: ModelName,
  object: string,
  values: ReadonlyMap<string, string>,
): number | null {
  const valueOf = (detail: string): string => {
    const name = data.outputs.find((one) => one.detail === detail)?.names[model];
    return (name ? values.get(object + name) : undefined) ?? '';
  };
  const bytes = Number(valueOf(data.throughputOf ?? ''));
  const seconds = secondsOf(valueOf('eomTime')) - secondsOf(valueOf('bomTime'));
  return bytes > 0 && seconds > 0 ? Math.round((bytes * 8) / seconds) : null;
}

/** With microseconds, which a Date has not; NaN = no time. */
function secondsOf(time: string): number {
  const [, whole, fraction = '', zone = 'Z'] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(time.trim()) ?? [];
  return whole === undefined ? Number.NaN : Date.parse(whole + zone) / 1000 + Number(`0${fraction}`);
}

function summaryOf(
  context: TaskContext<DiagnosticsConfig>,
  data: DiagnosticsData,
  values: ReadonlyMap<string, string>,
  object: string,
): string {
  const model = modelOf(context);
  const valueOf = (detail: string): string | undefined => {
    const name = data.outputs.find((one) => one.detail === detail)?.names[model];
    return name ? values.get(object + name) : undefined;
  };
  const rate = data.throughputOf === undefined ? null : throughput(data, model, object, values);
  if (rate !== null) return `${(rate / 1_000_000).toFixed(2)} Mbit/s`;
  const good = valueOf('successCount');
  const lost = valueOf('failureCount');
  if (good !== undefined && lost !== undefined)
    return `${good} of ${Number(good) + Number(lost)} answers, average ${valueOf('averageResponseTime') ?? '?'} ms`;
  const time = valueOf('responseTime');
  return time === undefined ? '' : `${time} ms`;
}

/** The earlier of the two ends (task-types.md §5); `from` = when the test was requested. */
function deadlineOf({ absoluteFinishTime, relativeFinishTime }: DiagnosticsConfig, from: Date): Date {
  const relative = new Date(from.getTime() + (relativeFinishTime ?? GIVE_UP_AFTER) * 60_000);
  const absolute = parseDate(absoluteFinishTime ?? '');
  return absolute && absolute < relative ? absolute : relative;
}

function park(
  context: TaskContext<DiagnosticsConfig>,
  stage: Stage,
  state: State,
  deadline: Date,
  summary: string,
): Outcome {
  const waits = stage === 'waiting';
  return parked({
    ...{ stage, state, summary },
    blocking: false,
    commandKey: waits ? context.commandKey(state.requests) : null,
    // One that has its turn yet to come is not given up before it had it.
    deadline: waits ? deadline : absoluteOnly(context.config),
  });
}

function absoluteOnly({ absoluteFinishTime }: DiagnosticsConfig): Date | null {
  return parseDate(absoluteFinishTime ?? '');
}
