/** What a live query asks of the device while it is run (expressions.md §6.6). */
export type LiveQuestion =
  /** Direct children of an object; answered by full names, objects with a dot, in model order; null = no such object. */
  | { readonly kind: 'children'; readonly path: string }
  /** Values of parameters; answered by a map, without those that do not exist. */
  | { readonly kind: 'values'; readonly names: readonly string[] };

export type LiveAnswer = readonly string[] | ReadonlyMap<string, string> | null;

/** One step of a live query, as data, except for what a lambda tests. */
export type LiveStep =
  | { readonly kind: 'get'; readonly fragment: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'in'; readonly suffixes: readonly string[] }
  | { readonly kind: 'moveUp' }
  | { readonly kind: 'filter'; readonly test: (key: string) => boolean; readonly text: string }
  /** Keeps the objects whose parameter of that name (a path below the object) passes the test. */
  | {
      readonly kind: 'value';
      readonly name: string;
      readonly test: (value: string) => boolean;
      readonly text: string;
    };

/**
 * A question to the device's data model that is yet to be asked. An expression only describes it; `find` and `foreach`
 * run it. `start` is a full path with its dot.
 */
export class LiveQuery {
  constructor(
    readonly start: string,
    readonly steps: readonly LiveStep[] = [],
  ) {}

  with(step: LiveStep): LiveQuery {
    return new LiveQuery(this.start, [...this.steps, step]);
  }
}

/** `InternetGatewayDevice.LANDevice.any.valueOf('Enable').is('1')`: for the sandbox and for logs. */
export function toText(query: LiveQuery): string {
  return query.start.replace(/\.$/, '') + query.steps.map(stepText).join('');
}

function stepText(step: LiveStep): string {
  switch (step.kind) {
    case 'get':
      return `.${step.fragment.replace(/\.$/, '')}`;
    case 'in':
      return `.in(${step.suffixes.map((suffix) => `'${suffix}'`).join(', ')})`;
    case 'filter':
    case 'value':
      return `.${step.text}`;
    default:
      return `.${step.kind}`;
  }
}

/** Keys that a path step may lead to: whether it is an object is not known before its parent was looked at. */
interface Reached {
  readonly path: string;
  /** False: only put together from its parent's name; whether it exists is still to be seen. */
  readonly seen: boolean;
}

/**
 * Runs a query without I/O of its own: yields what it wants to know, is given the answer, and returns the keys, objects
 * with a dot, in model order, each once. Nothing is asked twice. Tests of lambdas may throw `EvaluationError`.
 */
export function* runLiveQuery(query: LiveQuery): Generator<LiveQuestion, string[], LiveAnswer> {
  const run = new Run();
  let reached: Reached[] = [{ path: query.start, seen: false }];
  for (const step of query.steps) {
    reached = yield* run.step(reached, step);
    if (reached.length === 0) return [];
  }
  return (yield* run.existing(reached)).map(({ path }) => path);
}

type Asking<Result> = Generator<LiveQuestion, Result, LiveAnswer>;

class Run {
  readonly #children = new Map<string, readonly string[]>();
  readonly #values = new Map<string, string | null>();

  *step(from: readonly Reached[], step: LiveStep): Asking<Reached[]> {
    switch (step.kind) {
      case 'get':
        return this.#join(from, [step.fragment]);
      case 'in':
        return this.#join(from, step.suffixes);
      case 'any': {
        const found: Reached[] = [];
        for (const { path } of from)
          for (const child of yield* this.#childrenOf(asObject(path)))
            found.push({ path: child, seen: true });
        return unique(found);
      }
      case 'moveUp':
        return unique(
          from.flatMap(({ path }) => {
            const parent = parentOf(path);
            return parent === '' ? [] : [{ path: parent, seen: false }];
          }),
        );
      case 'filter':
        return (yield* this.existing(from)).filter(({ path }) => step.test(path));
      case 'value':
        return yield* this.#withValue(from, step);
    }
  }

  /** Those that are in the data model, with a dot if they are objects. */
  *existing(from: readonly Reached[]): Asking<Reached[]> {
    const found: Reached[] = [];
    for (const { path, seen } of from) {
      if (seen) {
        found.push({ path, seen });
        continue;
      }
      const real = yield* this.#resolve(path);
      if (real !== null) found.push({ path: real, seen: true });
    }
    return unique(found);
  }

  #join(from: readonly Reached[], fragments: readonly string[]): Reached[] {
    return unique(
      from.flatMap(({ path }) =>
        fragments.map((fragment) => ({ path: asObject(path) + fragment.replace(/^\./, ''), seen: false })),
      ),
    );
  }

  /** The name as the data model has it; null if it is not there. The root object has no parent to look at. */
  *#resolve(path: string): Asking<string | null> {
    const parent = parentOf(path);
    if (parent === '') return asObject(path);
    const siblings = yield* this.#childrenOf(parent);
    const name = path.replace(/\.$/, '');
    if (siblings.includes(`${name}.`)) return `${name}.`;
    return !path.endsWith('.') && siblings.includes(name) ? name : null;
  }

  *#withValue(from: readonly Reached[], step: Extract<LiveStep, { kind: 'value' }>): Asking<Reached[]> {
    const objects = (yield* this.existing(from)).filter(({ path }) => path.endsWith('.'));
    // A name that does not exist would make the whole request fail on many devices, so names are looked up first.
    const named: { object: Reached; name: string }[] = [];
    for (const object of objects) {
      const name = yield* this.#resolve(object.path + step.name);
      if (name !== null && !name.endsWith('.')) named.push({ object, name });
    }
    const wanted = named.map(({ name }) => name).filter((name) => !this.#values.has(name));
    if (wanted.length > 0) {
      const answer = yield { kind: 'values', names: wanted };
      const values = answer instanceof Map ? (answer as ReadonlyMap<string, string>) : null;
      for (const name of wanted) this.#values.set(name, values?.get(name) ?? null);
    }
    return named
      .filter(({ name }) => {
        const value = this.#values.get(name) ?? null;
        return value !== null && step.test(value);
      })
      .map(({ object }) => object);
  }

  *#childrenOf(path: string): Asking<readonly string[]> {
    const known = this.#children.get(path);
    if (known) return known;
    const answer = yield { kind: 'children', path };
    const children = Array.isArray(answer) ? (answer as readonly string[]) : [];
    this.#children.set(path, children);
    return children;
  }
}

function asObject(path: string): string {
  return path === '' || path.endsWith('.') ? path : `${path}.`;
}

/** With its dot; '' above the root object. */
function parentOf(path: string): string {
  return path.slice(0, path.replace(/\.$/, '').lastIndexOf('.') + 1);
}

function unique(reached: readonly Reached[]): Reached[] {
  const seen = new Set<string>();
  return reached.filter(({ path }) => !seen.has(path) && seen.add(path));
}
