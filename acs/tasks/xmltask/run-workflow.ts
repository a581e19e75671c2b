import { setImmediate } from 'node:timers/promises';
import { ProvostError, SessionSupersededError } from '../../../common/errors.js';
import { CpeFault } from '../../cwmp/cpe-fault.js';
import type { AcsRequest, CpeResponse } from '../../cwmp/messages.js';
import { failure, parked, type Outcome } from '../outcome.js';
import { recordedFault } from '../recorded-fault.js';
import { RunStopped } from '../run-stopped.js';
import type { CheckpointOptions, TaskContext } from '../task-type.js';
import { addObject } from '../types/add-object.js';
import { LiveQuery } from './attribute-expressions.js';
import { CALLS, isRepeatable } from './calls.js';
import { DeviceEffects } from './device-effects.js';
import type { XmlTaskDocument } from './document.js';
import type { Effect, EffectAnswer } from './effects.js';
import { Failure } from './failure.js';
import { Interpreter } from './interpreter.js';
import { childOf, newChild, runChild } from './run-child.js';
import { CHILD, RUNNING, WAITING, type RunState } from './run-state.js';
import { worldOf, type RefreshedWorld } from './workflow-world.js';

type Step<Result> = AsyncGenerator<AcsRequest, Result, CpeResponse>;

/** Runs a workflow: the interpreter says what is to be done, and this does it, writing down where it stands. */
export async function* runWorkflow(context: TaskContext<unknown>, document: XmlTaskDocument): Step<Outcome> {
  const saved = context.resumed ? (context.resumed.state as unknown as RunState) : null;
  const world = await worldOf(context, document);
  let machine: Interpreter;
  try {
    machine = new Interpreter(document, world, saved?.machine ?? null);
  } catch (error) {
    if (error instanceof Failure) return failure(error.message);
    throw error;
  }
  return yield* new Workflow(context, world, machine, saved).run();
}

class Workflow {
  readonly #context: TaskContext<unknown>;
  readonly #world: RefreshedWorld;
  readonly #machine: Interpreter;
  readonly #device: DeviceEffects;
  readonly #state: Omit<RunState, 'machine'>;
  /** What a crash must not do again was done since the last checkpoint. */
  #unsaved = false;
  /** The effect at hand was asked for by an earlier session, and may have been done in part. */
  #repeated: boolean;

  constructor(
    context: TaskContext<unknown>,
    world: RefreshedWorld,
    machine: Interpreter,
    saved: RunState | null,
  ) {
    this.#context = context;
    this.#world = world;
    this.#machine = machine;
    this.#device = new DeviceEffects(context);
    const { child = null, keys = 0, children = 0 } = saved ?? {};
    this.#state = { child: structuredClone(child), keys, children, othersFirst: false };
    this.#repeated = saved !== null;
  }

  async *run(): Step<Outcome> {
    let effect = this.#machine.step();
    if (effect.kind === 'park' && this.#context.resumed?.stage === WAITING)
      effect = this.#proceed({ kind: 'resumed' });
    for (;;) {
      if (effect.kind === 'end') return this.#end(effect);
      if (effect.kind === 'park') return this.#park(effect);
      const answer = yield* this.#guarded(effect);
      if ('outcome' in answer) return answer.outcome;
      effect = this.#proceed(answer);
    }
  }

  #proceed(answer: EffectAnswer): Effect {
    this.#repeated = false;
    return this.#machine.step(answer);
  }

  /** What goes wrong in an effect, other than that the run is taken away, ends the workflow where it stands. */
  async *#guarded(effect: Effect): Step<EffectAnswer | { outcome: Outcome }> {
    try {
      return yield* this.#perform(effect);
    } catch (error) {
      if (error instanceof CpeFault) return { kind: 'fault', fault: recordedFault(error, '') };
      if (error instanceof SessionSupersededError || error instanceof RunStopped) throw error;
      if (error instanceof Failure || error instanceof ProvostError)
        return { kind: 'failed', text: error.message };
      throw error;
    }
  }

  async *#perform(effect: Effect): Step<EffectAnswer | { outcome: Outcome }> {
    if (this.#unsaved) await this.#save();
    switch (effect.kind) {
      case 'requests':
        if (effect.requests[0]?.kind !== 'get') await this.#save();
        return yield* this.#device.requests(effect.requests, this.#repeated);
      case 'query': {
        const query = this.#machine.value(this.#machine.elementOf(effect.node), 'query');
        if (!(query instanceof LiveQuery)) throw new Failure('expression: query is null');
        return { kind: 'keys', keys: yield* this.#device.query(query) };
      }
      case 'add':
        return yield* this.#add(effect);
      case 'child':
        return yield* this.#child(effect);
      case 'call': {
        await this.#save();
        const values = await CALLS[effect.name](this.#context, effect.args, { repeated: this.#repeated });
        if (!isRepeatable(effect)) this.#unsaved = true;
        await this.#world.refresh();
        return { kind: 'result', values };
      }
      default:
        await setImmediate();
        return { kind: 'resumed' };
    }
  }

  /** As AddObject does it, with its own checkpoint: after a crash no second instance is made. */
  async *#add(effect: Extract<Effect, { kind: 'add' }>): Step<EffectAnswer | { outcome: Outcome }> {
    const config = { objectName: effect.table, with: effect.values, getChildren: effect.getChildren };
    this.#state.child ??= newChild(
      { type: addObject, config: { ...config, deleteOnFailure: false }, dynamic: false, properties: null },
      { inputs: [], defaults: [], replacing: [] },
      this.#state,
      this.#context.now(),
    );
    const answer = yield* this.#continueChild();
    if ('outcome' in answer || answer.kind !== 'child') return answer;
    this.#device.forgetChildren();
    if (answer.status === 'ERROR') return { kind: 'failed', text: faultText(answer.summary) };
    const found = new Map(answer.outputs.map(({ name, value }) => [name, value]));
    return { kind: 'added', instance: found.get('instanceNumber') ?? '', path: found.get('path') ?? '' };
  }

  async *#child(effect: Extract<Effect, { kind: 'child' }>): Step<EffectAnswer | { outcome: Outcome }> {
    if (!this.#state.child) {
      const config = () => this.#machine.childConfig(effect);
      const child = await childOf(this.#context, effect, config);
      const { inputs, defaults } = effect;
      const replacing = this.#context.parent?.replacing ?? [];
      this.#state.child = newChild(child, { inputs, defaults, replacing }, this.#state, this.#context.now());
      this.#context.log('INFO', `Begins ${child.type.name}`);
    }
    return yield* this.#continueChild();
  }

  async *#continueChild(): Step<EffectAnswer | { outcome: Outcome }> {
    const { child } = this.#state;
    if (!child) throw new Error('No child is under way');
    const again = this.#repeated;
    if (!again) await this.#save();
    const { outcome, outputs } = child.ended
      ? { outcome: { kind: 'ended' as const, ...child.ended }, outputs: [] }
      : yield* runChild(this.#context, child, { again, save: (options) => this.#save(options) });
    if (outcome.kind === 'parked') {
      child.stage = outcome.stage;
      child.state = outcome.state;
      const { summary, blocking, commandKey, deadline } = outcome;
      this.#showVariables();
      return {
        outcome: parked({ stage: CHILD, state: this.#saved(), summary, blocking, commandKey, deadline }),
      };
    }
    await this.#world.refresh();
    this.#state.child = null;
    this.#state.keys = child.keyBase + child.keysUsed;
    this.#state.children += 1;
    this.#unsaved = true;
    const unfinished = outcome.kind === 'unfinished';
    const status = unfinished ? 'WARNING' : outcome.status;
    const summary = unfinished ? `${outcome.status} ${outcome.summary}`.trim() : outcome.summary;
    this.#context.detail(
      `task ${this.#state.children} ${child.type}`,
      `${status}: ${summary}`.replace(/: $/, ''),
    );
    return { kind: 'child', type: child.type, status, summary, outputs };
  }

  #park(effect: Extract<Effect, { kind: 'park' }>): Outcome {
    this.#state.othersFirst = effect.othersFirst && !effect.blocking;
    this.#showVariables();
    return parked({
      ...{ stage: WAITING, state: this.#saved(), summary: effect.summary, blocking: effect.blocking },
      commandKey: null,
      deadline: effect.deadline === null ? null : new Date(effect.deadline),
    });
  }

  #end(effect: Extract<Effect, { kind: 'end' }>): Outcome {
    this.#showVariables();
    const { status, summary, blocking, fault } = effect;
    if (status === 'IN_PROGRESS' || status === 'NOT_STARTED')
      return { kind: 'unfinished', status, summary, endSession: blocking };
    return { kind: 'ended', status, summary, ...(fault && { fault }), endSession: blocking };
  }

  async #save(options: CheckpointOptions = {}): Promise<void> {
    this.#showVariables();
    await this.#context.checkpoint(this.#state.child ? CHILD : RUNNING, this.#saved(), options);
    this.#unsaved = false;
  }

  #saved(): RunState {
    const { child } = this.#state;
    const claim = child?.state.quotaClaim;
    return {
      ...this.#state,
      machine: this.#machine.state,
      ...(claim instanceof Date && { quotaClaim: claim }),
    };
  }

  #showVariables(): void {
    const { variables } = this.#machine;
    this.#context.parent?.outputs(variables.stored());
    for (const { name, value } of variables.shown()) this.#context.detail(name, value);
  }
}

/** A fault of the device begins with the word, whichever type it came through (xmltask.md §10). */
const faultText = (summary: string): string => (/^\d{4}\b/.test(summary) ? `fault ${summary}` : summary);
