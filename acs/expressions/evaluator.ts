import { EvaluationError } from './errors.js';
import { calculate, fit, widen } from './numbers.js';
import type { Fn, Run } from './run.js';
import { textOf } from './text-form.js';
import type { Typed, TypedArgument, TypedLambda } from './typed.js';
import { compare, elementsOf, Entry, equal, ValueMap, ValueSet, type Value } from './values.js';

type Of<Kind extends Typed['kind']> = Extract<Typed, { kind: Kind }>;

/** The value of a tree. Throws `EvaluationError` with the innermost place. */
export function evaluate(node: Typed, run: Run): Value {
  run.budget.charge(1);
  switch (node.kind) {
    case 'constant':
      return node.value;
    case 'local':
      return run.locals[node.slot] ?? null;
    case 'variable':
      return variable(node, run);
    case 'call':
      return call(node, run);
    case 'dynamic':
      return dynamic(node, run);
    case 'if':
      return evaluate(truthOf(node.condition, run) ? node.then : node.otherwise, run);
    case 'and':
      return truthOf(node.left, run) && truthOf(node.right, run);
    case 'or':
      return truthOf(node.left, run) || truthOf(node.right, run);
    case 'not':
      return !truthOf(node.operand, run);
    case 'fallback':
      return fallback(node, run);
    case 'text': {
      const value = evaluate(node.operand, run);
      return value === null ? null : located(node, () => textOf(value, node.operand.type, run.zone));
    }
    case 'widen':
      return widen(evaluate(node.operand, run), node.operand.type, node.type, run.budget);
    case 'pair':
      return new Entry(evaluate(node.left, run), evaluate(node.right, run));
    case 'equals': {
      const left = evaluate(node.left, run);
      const right = evaluate(node.right, run);
      return located(node, () => equal(left, right, run.budget) !== node.negated);
    }
    default:
      return strict(node, run);
  }
}

/** Operators that take no null. */
function strict(node: Of<'negate' | 'code' | 'arithmetic' | 'concat' | 'append' | 'order'>, run: Run): Value {
  if (node.kind === 'negate' || node.kind === 'code') {
    const value = notNull(node.operand, run);
    if (node.kind === 'code') return (value as string).charCodeAt(0);
    return fit(typeof value === 'bigint' ? -value : -Number(value), node.type.kind);
  }
  const left = notNull(node.left, run);
  const right = notNull(node.right, run);
  return located(node, () => {
    switch (node.kind) {
      case 'arithmetic':
        return calculate(node.operator, left as number, right as number, node.type.kind);
      case 'concat': {
        const text = `${left as string}${right as string}`;
        run.budget.text(text.length);
        return text;
      }
      case 'order':
        return ordered(node.operator, left, right);
      case 'append':
        return append(left, right, run);
    }
  });
}

function ordered(operator: Of<'order'>['operator'], left: Value, right: Value): boolean {
  // Neither less nor greater nor equal: NaN.
  if (Number.isNaN(left) || Number.isNaN(right)) return false;
  const order = compare(left, right);
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** Lists are joined, sets united, maps merged; the right one wins. */
function append(left: Value, right: Value, run: Run): Value {
  if (left instanceof ValueMap && right instanceof ValueMap) {
    run.budget.elements(left.size + right.size);
    return new ValueMap([...left.entries(), ...right.entries()], run.budget);
  }
  const a = elementsOf(left as ValueSet | readonly Value[]);
  const b = elementsOf(right as ValueSet | readonly Value[]);
  run.budget.elements(a.length + b.length);
  return left instanceof ValueSet ? new ValueSet([...a, ...b], run.budget) : [...a, ...b];
}

function variable(node: Of<'variable'>, run: Run): Value {
  const text = run.environment.variables?.(node.name) ?? null;
  if (text !== null) run.budget.text(text.length);
  if (!node.number || text === null) return text;
  const number = Number(text);
  if (text.trim() === '' || Number.isNaN(number))
    throw new EvaluationError('parse', `#${node.name} is no number`).at(node.from, node.to);
  return number;
}

/** Value of the left side unless it is null or failed in one of the ways that can be recovered from. */
function fallback(node: Of<'fallback'>, run: Run): Value {
  const { depth } = run.budget;
  try {
    const value = evaluate(node.left, run);
    if (value !== null) return value;
  } catch (error) {
    if (!(error instanceof EvaluationError && error.recoverable)) throw error;
    run.budget.unwind(depth);
  }
  return evaluate(node.right, run);
}

function call(node: Of<'call'>, run: Run): Value {
  const self = node.target ? notNull(node.target, run) : null;
  const args = node.args.map((argument) => (argument ? argumentValue(argument, node, run) : undefined));
  return located(node, () => {
    chargeFor(self, run);
    for (const argument of args) if (typeof argument === 'string') run.budget.text(argument.length);
    run.type = node.type;
    run.receiver = node.target?.type ?? node.type;
    const value = node.member.implementation(self, run, ...(args as (Value | undefined)[]));
    chargeFor(value, run);
    return value;
  });
}

/** Work that grows with its input takes more than the one step of its node. */
function chargeFor(value: Value, run: Run): void {
  if (typeof value === 'string') run.budget.text(value.length);
  else if (Array.isArray(value)) run.budget.elements(value.length);
  else if (value instanceof ValueSet || value instanceof ValueMap) run.budget.elements(value.size);
  else if (value instanceof Uint8Array) run.budget.text(value.length);
}

function argumentValue(argument: TypedArgument, node: Of<'call'>, run: Run): Value | Fn {
  if (argument.node.kind === 'lambda') {
    const lambda = argument.node;
    if (!node.member.deferred) return closure(lambda, run);
    const here = run.later();
    const later = (...args: Value[]): Value => closure(lambda, here.later())(...args);
    return Object.assign(later, { text: lambda.text });
  }
  return argument.nullable ? evaluate(argument.node, run) : notNull(argument.node, run);
}

function closure(lambda: TypedLambda, run: Run): Fn {
  const { slots, body, text } = lambda;
  const fn = (...args: Value[]): Value => {
    run.budget.enter();
    slots.forEach((slot, index) => (run.locals[slot] = args[index] ?? null));
    const value = evaluate(body, run);
    run.budget.leave();
    return value;
  };
  return Object.assign(fn, { text });
}

function dynamic(node: Of<'dynamic'>, run: Run): Value {
  const self = notNull(node.target, run);
  return located(node, () => {
    const value = node.dynamic.get(self, node.name, run);
    chargeFor(value, run);
    return value;
  });
}

function truthOf(node: Typed, run: Run): boolean {
  return notNull(node, run) as boolean;
}

function notNull(node: Typed, run: Run): Exclude<Value, null> {
  const value = evaluate(node, run);
  if (value === null) throw new EvaluationError('null', 'The value is null here').at(node.from, node.to);
  return value;
}

/** Adds the place to what goes wrong inside. */
function located<Result>(node: { from: number; to: number }, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof EvaluationError) error.at(node.from, node.to);
    throw error;
  }
}
