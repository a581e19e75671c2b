import { EvaluationError, ExpressionError } from '../../expressions/index.js';
import {
  compileAttribute,
  evaluateAttribute,
  type AttributeValue,
  type Environment,
} from './attribute-expressions.js';
import type { TaskConfig } from '../../../store/models/task.js';
import { CHILD_ATTRIBUTE, childData } from './child-config.js';
import type { XmlElement, XmlTaskDocument } from './document.js';
import type { Effect, EffectAnswer, LineLevel } from './effects.js';
import { Failure, failureAt } from './failure.js';
import { handlerOf } from './handlers.js';
import { pathOf } from './keys.js';
import { numberProblem, textProblem } from './literals.js';
import { takeGroup, takeAnswers } from './request-queue.js';
import {
  STATE_VERSION,
  type Frame,
  type MachineState,
  type QueuedRequest,
  type StoredVariable,
} from './state.js';
import type { AttributeSpec } from './tag.js';
import { attributeOf, tagNamed } from './tags.js';
import { Variables } from './variables.js';

/** What the interpreter sees of the device and the task; all of it is at hand, nothing is asked for. */
export interface World {
  /** Root object with its dot. */
  readonly root: string;
  /** Of the task; readable as variables too. */
  readonly properties: ReadonlyMap<string, string>;
  readonly domain: string;
  /** Names the execution and its run, for places of limiters. */
  readonly execution: string;
  readonly variables?: readonly StoredVariable[];
  /** Texts that are masked wherever they turn up. */
  readonly secrets?: readonly string[];
  /** Of `defaults` around a child. */
  readonly defaults?: readonly (readonly [name: string, text: string])[];
  environment(scope: { variables: (name: string) => string | null; prefix: string }): Environment;
  now(): Date;
  /** The time that the run may take in this session is over. */
  overtime(): boolean;
  /** The last known value of a parameter, or relative path → value below an object; null = not known. */
  known(path: string): string | Record<string, string> | null;
  log(level: LineLevel, text: string): void;
}

/** Tags that may be executed in one session (xmltask.md §3). */
export const MAX_TAGS = 100_000;
/** Requests that wait at most; then they are sent, whatever `flush` says. */
const MAX_QUEUE = 500;
/** Tags after which others have their turn. */
const BREATH = 500;

/**
 * Executes a workflow: a machine over explicit frames that does nothing itself but says, step by step, what is to be done.
 * Its state is plain data at every step; an interpreter made from it goes on with the very effect that was asked for last.
 */
export class Interpreter {
  readonly document: XmlTaskDocument;
  readonly world: World;
  readonly variables: Variables;
  readonly #state: MachineState;
  readonly #reads = new Map<number, ReadonlySet<string>>();
  #executed = 0;
  /** An effect of a saved state that is to be given again. */
  #again: boolean;

  /** Throws `Failure` when the state belongs to another document or to another version of this program. */
  constructor(document: XmlTaskDocument, world: World, saved: MachineState | null = null) {
    this.document = document;
    this.world = world;
    if (saved && saved.version !== STATE_VERSION)
      throw new Failure(`the saved state is of version ${saved.version}, this server reads ${STATE_VERSION}`);
    if (saved && saved.hash !== document.hash)
      throw new Failure('the saved state belongs to another definition of the task');
    this.#state = saved ? structuredClone(saved) : initialState(document);
    this.variables = new Variables(saved ? saved.variables : (world.variables ?? []), world.secrets);
    this.#again = this.#state.pending !== null;
  }

  get state(): MachineState {
    return structuredClone({ ...this.#state, variables: this.variables.stored() });
  }

  get queue(): readonly QueuedRequest[] {
    return this.#state.queue;
  }

  /** The next effect, from the answer to the one before; none for the first, and after a state was taken up. */
  step(answer?: EffectAnswer): Effect {
    const { pending } = this.#state;
    if (pending && this.#again) {
      this.#again = false;
      return pending;
    }
    this.#state.pending = null;
    try {
      if (pending && answer) this.#answered(pending, answer);
      return this.#pend(this.#next());
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      this.#fail(error);
      return this.#pend(this.#unwind());
    }
  }

  /** An attribute's value; null where it is absent. Throws `Failure` that names tag, attribute and line. */
  value(element: XmlElement, name: string): AttributeValue {
    const spec = this.#spec(element, name);
    const text = this.#text(element, spec);
    if (text === null || text === '') return text;
    let value: AttributeValue;
    try {
      value = evaluateAttribute(spec, text, this.#environment());
    } catch (error) {
      if (!(error instanceof EvaluationError) && !(error instanceof ExpressionError)) throw error;
      throw failureAt(element, `expression: ${name} ${error.message}`);
    }
    if (value === null && spec.required) throw failureAt(element, `expression: ${name} is null`);
    const problem =
      typeof value === 'number'
        ? numberProblem(spec, value)
        : typeof value === 'string' && value !== ''
          ? textProblem(spec, value)
          : null;
    if (problem !== null) throw failureAt(element, `expression: ${name} ${problem}`);
    return value;
  }

  text(element: XmlElement, name: string): string {
    return this.optionalText(element, name) ?? '';
  }

  optionalText(element: XmlElement, name: string): string | null {
    const value = this.value(element, name);
    if (typeof value === 'string' || value === null) return value;
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
  }

  flag(element: XmlElement, name: string): boolean {
    const value = this.value(element, name);
    return value === true || value === 'true';
  }

  number(element: XmlElement, name: string): number | null {
    const value = this.value(element, name);
    return typeof value === 'number' ? value : null;
  }

  date(element: XmlElement, name: string): Date | null {
    const value = this.value(element, name);
    return value instanceof Date ? value : null;
  }

  /** Whether what an attribute gives comes from a secret variable. */
  isSecret(element: XmlElement, name: string): boolean {
    const text = this.#text(element, this.#spec(element, name));
    if (text === null || text === '') return false;
    const { uses } = compileAttribute(this.#spec(element, name), text);
    return [...uses.variables].some((variable) => this.variables.isSecret(variable));
  }

  /** The configuration of a child that is no workflow: its expressions are evaluated here, where it begins. */
  childConfig(effect: Extract<Effect, { kind: 'child' }>): TaskConfig {
    const element = this.elementOf(effect.node);
    if (element.name !== 'task') return effect.config;
    const config = element.children.find(({ name }) => name === 'config');
    return config ? childData(config, (text) => this.evaluateText(element, CHILD_ATTRIBUTE, text)) : {};
  }

  /** A text that may hold expressions, of something that is no attribute of the language. */
  evaluateText(element: XmlElement, spec: AttributeSpec, text: string): string | null {
    if (text === '') return '';
    try {
      const value = evaluateAttribute(spec, text, this.#environment());
      return typeof value === 'string' ? value : null;
    } catch (error) {
      if (!(error instanceof EvaluationError) && !(error instanceof ExpressionError)) throw error;
      throw failureAt(element, `expression: ${error.message}`);
    }
  }

  path(key: string): string {
    return pathOf(key, this.world.root, this.#framedPrefix());
  }

  /** The value of a variable, or of the task property of that name. */
  variable(name: string): string | null {
    return this.variables.get(name) ?? this.world.properties.get(name) ?? null;
  }

  setVariable(element: XmlElement, name: string, value: string | null, secret = false): void {
    try {
      this.variables.set(name, value, secret);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      throw failureAt(element, error.message);
    }
  }

  enqueue(request: QueuedRequest, flush: boolean): void {
    this.#state.queue.push(request);
    if (flush || this.#state.queue.length >= MAX_QUEUE) this.#state.flushing = true;
  }

  flush(): void {
    this.#state.flushing = true;
  }

  open(element: XmlElement, frame: Omit<Frame, 'node' | 'child'> = {}): void {
    this.#state.frames.push({ node: element.id, child: 0, ...frame });
  }

  /** The frame of the element whose children run now. */
  get frame(): Frame {
    const frame = this.#state.frames.at(-1);
    if (!frame) throw new Error('No frame is open');
    return frame;
  }

  /** Closes the frame; with `again` its element is executed once more. */
  close(again = false): void {
    this.#state.frames.pop();
    if (again) this.frame.child -= 1;
  }

  finish(ending: Omit<NonNullable<MachineState['ending']>, 'fault'>): void {
    this.#state.ending = { ...ending, fault: null };
  }

  newId(): string {
    this.#state.slots += 1;
    return `${this.world.execution}.${this.#state.slots}`;
  }

  /** Defaults in force at an element, the outermost first. */
  defaultsAt(element: XmlElement): [name: string, text: string][] {
    const found: [string, string][][] = [];
    for (let outer = element.parent; outer; outer = outer.parent)
      if (outer.name === 'defaults')
        found.unshift([...outer.attributes.values()].map(({ name, value }) => [name, value]));
    return [
      ...(this.world.defaults ?? []).map(([name, text]): [string, string] => [name, text]),
      ...found.flat(),
    ];
  }

  elementOf(node: number): XmlElement {
    const element = this.document.elements[node];
    if (!element) throw new Failure('the saved state does not fit the definition of the task');
    return element;
  }

  #pend(effect: Effect): Effect {
    if (effect.kind !== 'pause') this.#state.pending = effect;
    return structuredClone(effect);
  }

  #answered(effect: Effect, answer: EffectAnswer): void {
    if (effect.kind === 'requests') {
      takeAnswers(this, effect.requests, answer);
      return;
    }
    if (!('node' in effect)) return;
    const element = this.elementOf(effect.node);
    if (answer.kind === 'failed') {
      // What is given back while the run ends changes nothing of how it ended.
      if (!this.#state.ending) throw failureAt(element, answer.text);
      this.world.log('WARN', `${answer.text}: <${element.name}> in line ${element.line}`);
      return;
    }
    handlerOf(element.name).answered?.(this, element, answer, effect);
  }

  #next(): Effect {
    for (;;) {
      if (this.#state.flushing) {
        const group = takeGroup(this.#state.queue);
        if (group) return { kind: 'requests', requests: group };
        this.#state.flushing = false;
      }
      if (this.#state.ending) return this.#unwind();
      const effect = this.#advance();
      if (effect) return effect;
    }
  }

  /** One tag, or the end of a container. Null = go on. */
  #advance(): Effect | null {
    const { frames, queue } = this.#state;
    const frame = frames.at(-1);
    if (!frame) {
      if (queue.length > 0) this.flush();
      else this.finish({ status: 'SUCCESS', summary: '', blocking: false });
      return null;
    }
    const element = this.elementOf(frame.node);
    const child = runnable(element)[frame.child];
    if (!child) return this.#leave(element);
    const handler = handlerOf(child.name);
    if (queue.length > 0 && (this.#flushesFirst(child) || this.#readsQueued(child))) {
      this.flush();
      return null;
    }
    this.#count(child);
    frame.child += 1;
    return handler.run(this, child) ?? (this.#executed % BREATH === 0 ? { kind: 'pause' } : null);
  }

  #leave(element: XmlElement): Effect | null {
    const handler = handlerOf(element.name);
    if (handler.left) return handler.left(this, element);
    this.close();
    return null;
  }

  #flushesFirst(element: XmlElement): boolean {
    const { flushes } = handlerOf(element.name);
    return typeof flushes === 'function' ? flushes(this, element) : (flushes ?? false);
  }

  #count(element: XmlElement): void {
    this.#executed += 1;
    if (this.#executed > MAX_TAGS)
      throw failureAt(element, `task timeout: over ${MAX_TAGS} tags were executed in this session`);
    if (this.#executed % 50 === 0 && this.world.overtime())
      throw failureAt(element, 'task timeout: the run takes too long in this session');
  }

  /** Gives back what is held, innermost first, then ends. */
  #unwind(): Effect {
    const { frames, ending } = this.#state;
    for (let frame = frames.pop(); frame; frame = frames.pop())
      if (frame.slot) return { kind: 'call', node: frame.node, name: 'freeSlot', args: { ...frame.slot } };
    if (!ending) throw new Error('The run ends without an ending');
    return { kind: 'end', ...ending };
  }

  #fail({ message, fault }: Failure): void {
    this.#state.ending = { status: 'ERROR', summary: this.variables.masked(message), blocking: false, fault };
    this.#state.queue = [];
    this.#state.flushing = false;
  }

  /** Whether an attribute reads a variable that a waiting request will set. */
  #readsQueued(element: XmlElement): boolean {
    const reads = this.#readsOf(element);
    if (reads.size === 0) return false;
    const coming = new Set<string>();
    for (const request of this.#state.queue) {
      if (request.kind === 'get') coming.add(request.output);
      if (request.ignoreFaults) coming.add('lastFault');
    }
    return [...reads].some((name) => coming.has(name));
  }

  #readsOf(element: XmlElement): ReadonlySet<string> {
    const known = this.#reads.get(element.id);
    if (known) return known;
    const reads = new Set<string>();
    const tag = tagNamed(element.name);
    for (const spec of tag?.attributes ?? []) {
      const text = this.#text(element, spec);
      if (text === null || text === '' || !text.includes('${') || spec.fixed) continue;
      for (const name of compileAttribute(spec, text).uses.variables) reads.add(name);
    }
    // Own children are evaluated with their parent.
    for (const child of element.children)
      if (tagNamed(child.name)?.child && child.name !== 'else')
        for (const name of this.#readsOf(child)) reads.add(name);
    this.#reads.set(element.id, reads);
    return reads;
  }

  #spec(element: XmlElement, name: string): AttributeSpec {
    const tag = tagNamed(element.name);
    const spec = tag && attributeOf(tag, name);
    if (!spec) throw new Error(`<${element.name}> has no attribute ${name}`);
    return spec;
  }

  #text(element: XmlElement, spec: AttributeSpec): string | null {
    const given = element.attributes.get(spec.name)?.value;
    if (given !== undefined && (given !== '' || spec.emptyCounts)) return given;
    const name = `${element.name}.${spec.name}`;
    const inForce = this.defaultsAt(element).findLast(([one]) => one === name);
    return inForce?.[1] ?? spec.preset ?? null;
  }

  #environment(): Environment {
    return this.world.environment({
      variables: (name) => this.variable(name),
      prefix: this.#framedPrefix() ?? this.world.root,
    });
  }

  #framedPrefix(): string | null {
    return this.#state.frames.findLast(({ prefix }) => prefix !== undefined)?.prefix ?? null;
  }
}

function initialState(document: XmlTaskDocument): MachineState {
  return {
    version: STATE_VERSION,
    hash: document.hash,
    frames: [{ node: document.root.id, child: 0 }],
    variables: [],
    queue: [],
    flushing: false,
    pending: null,
    ending: null,
    slots: 0,
  };
}

const runnables = new WeakMap<XmlElement, readonly XmlElement[]>();

/** The children that are executed in their turn; the others belong to their parent's own work. */
function runnable(element: XmlElement): readonly XmlElement[] {
  const known = runnables.get(element);
  if (known) return known;
  const children = element.children.filter(({ name }) => !tagNamed(name)?.child);
  runnables.set(element, children);
  return children;
}
