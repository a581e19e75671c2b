import { CpeFault } from '../../cwmp/cpe-fault.js';
import type { AcsRequest, CpeResponse, ParameterValue } from '../../cwmp/messages.js';
import { runLiveQuery, type LiveAnswer, type LiveQuery } from '../../expressions/index.js';
import { toParameter } from '../../devices/meanings.js';
import { isSecretPath, SECRET_MASK } from '../../devices/secret-paths.js';
import { TaskFailure } from '../outcome.js';
import { recordedFault } from '../recorded-fault.js';
import { rpc, type TaskContext } from '../task-type.js';
import { listAtOnce, listByLevel } from '../types/list-names.js';
import { BATCH, readBelow, readNames, tidyNames } from '../types/read-values.js';
import { resolveNames } from '../types/resolve-names.js';
import { typed, type Wish } from '../types/set-values.js';
import { isValueType, wireValue } from '../types/wire-value.js';
import type { EffectAnswer } from './effects.js';
import type { QueuedRequest } from './state.js';

type Step<Result> = AsyncGenerator<AcsRequest, Result, CpeResponse>;
type Requests<Kind extends QueuedRequest['kind']> = Extract<QueuedRequest, { kind: Kind }>[];

const INVALID_NAME = 9005;

/** What the requests, queries and new instances of a workflow are to the device. */
export class DeviceEffects {
  readonly #context: TaskContext<unknown>;
  /** Children of objects, as read in this turn. */
  readonly #children = new Map<string, readonly string[] | null>();

  constructor(context: TaskContext<unknown>) {
    this.#context = context;
  }

  /** A fault of the device is an answer; everything else that goes wrong is thrown. */
  async *requests(requests: readonly QueuedRequest[], repeated: boolean): Step<EffectAnswer> {
    const [first] = requests;
    const of = <Kind extends QueuedRequest['kind']>(): Requests<Kind> => requests as Requests<Kind>;
    let method = '';
    try {
      switch (first?.kind) {
        case 'get':
          method = 'GetParameterValues';
          return yield* this.#get(of<'get'>());
        case 'set':
          method = 'SetParameterValues';
          return yield* this.#set(of<'set'>());
        case 'names':
          method = 'GetParameterNames';
          return yield* this.#names(first.path);
        case 'delete':
          method = 'DeleteObject';
          return yield* this.#delete(first.path, repeated);
        case 'attributes':
          method = 'SetParameterAttributes';
          return yield* this.#attributes(first);
        default:
          return done([]);
      }
    } catch (error) {
      if (!(error instanceof CpeFault)) throw error;
      return { kind: 'fault', fault: recordedFault(error, method) };
    }
  }

  /** Runs a live query with what is known of this session, asking the device for the rest. */
  async *query(query: LiveQuery): Step<string[]> {
    const running = runLiveQuery(query);
    let answer: LiveAnswer = null;
    for (;;) {
      // The first call starts the generator, which takes no answer then.
      const step = running.next(answer);
      if (step.done) return step.value;
      answer =
        step.value.kind === 'children'
          ? yield* this.#childrenOf(step.value.path)
          : yield* this.#valuesOf(step.value.names);
    }
  }

  /** Instances came or went: what was read of their tables counts no more. */
  forgetChildren(): void {
    this.#children.clear();
  }

  /** One GetParameterValues for neighbours; where all ignore faults each name is answered for itself. */
  async *#get(requests: Requests<'get'>): Step<EffectAnswer> {
    const paths = yield* this.#resolved(requests);
    const lenient = requests.every(({ ignoreFaults }) => ignoreFaults);
    const names = [...new Set(paths)];
    const found = lenient ? yield* this.#getEach(names) : yield* this.#getAll(names);
    const values = paths.map((path) => {
      if (!path.endsWith('.')) return found.values.get(path) ?? null;
      const below = [...found.values].filter(([name]) => name.startsWith(path));
      const entries = below.map(([name, value]): [string, string] => [name.slice(path.length), value]);
      return found.faults.has(path) ? null : JSON.stringify(Object.fromEntries(entries));
    });
    const faults = paths.map((path) => {
      const fault = found.faults.get(path);
      return fault ? recordedFault(fault, 'GetParameterValues') : null;
    });
    return { kind: 'answered', values, faults };
  }

  async *#getAll(names: readonly string[]): Step<Found> {
    const [only] = names;
    if (names.length === 1 && only?.endsWith('.')) {
      const below = yield* readBelow(this.#context, only);
      if (below instanceof CpeFault) throw below;
      return { values: valuesByName(below.values), faults: new Map() };
    }
    const values: ParameterValue[] = [];
    for (let start = 0; start < names.length; start += BATCH) {
      const batch = names.slice(start, start + BATCH);
      const { parameters } = yield* rpc({ method: 'GetParameterValues', names: batch });
      const leaves = parameters.filter(({ name }) => !name.endsWith('.'));
      await this.#context.learn({ values: leaves });
      values.push(...leaves);
    }
    return { values: valuesByName(values), faults: new Map() };
  }

  async *#getEach(names: readonly string[]): Step<Found> {
    const found: Found = { values: new Map(), faults: new Map() };
    const { values, refused, fault } = yield* readNames(
      this.#context,
      names.filter((name) => !name.endsWith('.')),
    );
    await this.#context.learn({ values });
    for (const { name, value } of values) found.values.set(name, value);
    if (fault) for (const { name } of refused) found.faults.set(name, fault);
    for (const path of names.filter((name) => name.endsWith('.')))
      try {
        for (const [name, value] of (yield* this.#getAll([path])).values) found.values.set(name, value);
      } catch (error) {
        if (!(error instanceof CpeFault)) throw error;
        found.faults.set(path, error);
      }
    return found;
  }

  async *#set(requests: Requests<'set'>): Step<EffectAnswer> {
    const names = yield* resolveNames(
      this.#context,
      requests.map(({ path }) => path),
    );
    const wishes = new Map<string, Wish>();
    for (const [index, { path, meaning }] of names.entries()) {
      const { value, type } = requests[index] ?? { value: '', type: '' };
      // Of several values for one parameter the last counts.
      wishes.delete(path);
      wishes.set(path, {
        path,
        value: meaning ? toParameter(meaning, this.#context.device.root, value) : value,
        type: isValueType(type) ? type : null,
      });
    }
    const parameters = (yield* typed(this.#context, [...wishes.values()])).map(
      ({ path, value, type }): ParameterValue => {
        if (!type) throw new TaskFailure(`the type of ${path} is not known`);
        return { name: path, value: wireValue(path, type, value), type };
      },
    );
    for (const { name, value, type } of parameters)
      this.#context.log('INFO', `${name} = ${isSecretPath(name) ? SECRET_MASK : value} (${type})`);
    const { status } = yield* rpc({
      method: 'SetParameterValues',
      parameters,
      parameterKey: this.#context.execution.id,
    });
    await this.#context.replaces(parameters);
    await this.#context.learn({ values: parameters });
    if (status === 1) this.#context.detail('pending', true);
    return done(requests);
  }

  async *#names(given: string): Step<EffectAnswer> {
    const [path = given] = yield* this.#resolved([{ path: given }]);
    const settings = await this.#context.ports.views.sv(this.#context.device);
    const levels = settings('gpnTraversal') === 'true';
    const names = yield* levels && path.endsWith('.') ? listByLevel(path) : listAtOnce(path);
    await this.#context.learn(
      path.endsWith('.') ? { names, complete: { prefix: path, ofNames: true } } : { names },
    );
    return done([]);
  }

  async *#delete(path: string, repeated: boolean): Step<EffectAnswer> {
    try {
      yield* rpc({ method: 'DeleteObject', objectName: path, parameterKey: this.#context.execution.id });
    } catch (error) {
      // After a crash the first request may have done it; what is wanted is that the instance is gone.
      if (!repeated || !(error instanceof CpeFault) || error.faultCode !== INVALID_NAME) throw error;
    }
    await this.#context.learn({ removed: [path] });
    this.forgetChildren();
    return done([]);
  }

  async *#attributes(request: Extract<QueuedRequest, { kind: 'attributes' }>): Step<EffectAnswer> {
    const [path = request.path] = yield* this.#resolved([request]);
    const { notification, accessList } = request;
    yield* rpc({ method: 'SetParameterAttributes', parameters: [{ name: path, notification, accessList }] });
    if (notification !== null && !path.endsWith('.'))
      await this.#context.learn({ attributes: [{ name: path, notification }] });
    return done([]);
  }

  async *#childrenOf(path: string): Step<readonly string[] | null> {
    const known = this.#children.get(path);
    if (known !== undefined) return known;
    const children = yield* this.#readChildren(path);
    this.#children.set(path, children);
    return children;
  }

  async *#readChildren(path: string): Step<readonly string[] | null> {
    try {
      const { parameters } = yield* rpc({ method: 'GetParameterNames', path, nextLevel: true });
      const names = tidyNames(parameters, path);
      const direct = names.filter(({ name }) => /^[^.]+\.?$/.test(name.slice(path.length)));
      await this.#context.learn({
        names: direct,
        complete: { prefix: path, ofNames: true, nextLevel: true },
      });
      // In the order of the data model: instances by number.
      const tree = await this.#context.tree();
      return tree.children(path).map((node) => node.path);
    } catch (error) {
      if (!(error instanceof CpeFault) || error.faultCode !== INVALID_NAME) throw error;
      return null;
    }
  }

  async *#valuesOf(names: readonly string[]): Step<ReadonlyMap<string, string>> {
    const tree = await this.#context.tree();
    const values = new Map<string, string>();
    const missing: string[] = [];
    for (const name of names) {
      const node = tree.get(name);
      const read = node?.readAt && node.readAt >= this.#context.session.startedAt;
      if (read && node.value !== null) values.set(name, node.value);
      else missing.push(name);
    }
    if (missing.length === 0) return values;
    const read = yield* readNames(this.#context, missing);
    await this.#context.learn({ values: read.values });
    for (const { name, value } of read.values) values.set(name, value);
    return values;
  }

  async *#resolved(requests: readonly { path: string }[]): Step<string[]> {
    const resolved = yield* resolveNames(
      this.#context,
      requests.map(({ path }) => path),
    );
    return resolved.map(({ path }) => path);
  }
}

interface Found {
  values: Map<string, string>;
  faults: Map<string, CpeFault>;
}

const valuesByName = (values: readonly ParameterValue[]): Map<string, string> =>
  new Map(values.map(({ name, value }) => [name, value]));

const done = (requests: readonly unknown[]): EffectAnswer => ({
  kind: 'answered',
  values: requests.map(() => null),
});
