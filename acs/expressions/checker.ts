import { dynamicMembers, globalMembers, membersNamed, membersOfType } from './api/index.js';
import type { Member } from './api/member.js';
import type { Node } from './ast.js';
import { adapt, dataModelText, describeFound } from './adaptation.js';
import { Failure } from './failure.js';
import { checkBinary, checkUnary, type Operand } from './operators.js';
import { Resolution } from './resolution.js';
import { findLocal, type CheckContext, type Scope } from './scope.js';
import { commonSupertype } from './type-relations.js';
import { T, typeName, type Type } from './types.js';
import type { Typed } from './typed.js';

/** Nodes that are looked at while checking; lambdas may be looked at again when their types become known. */
const MOST_VISITS = 20_000;
/** Object names at which a full path may start without `dm.` (expressions.md §7). */
const ROOT_OBJECTS: ReadonlySet<string> = new Set(['Device', 'InternetGatewayDevice']);

type Call = Extract<Node, { kind: 'call' }>;

/** Gives every node its type and resolves every name. Throws `Failure` at the first wrong place. */
export class Checker {
  #visits = 0;
  #slots = 0;

  constructor(readonly context: CheckContext) {}

  check(node: Node, scope: Scope | null): Typed {
    this.#visits += 1;
    if (this.#visits > MOST_VISITS) throw new Failure('Too complex to be checked', node.from, node.to);
    const { from, to } = node;
    switch (node.kind) {
      case 'literal':
        return { kind: 'constant', type: node.type, value: node.value, from, to };
      case 'variable':
        return this.#variable(node);
      case 'name':
      case 'member':
      case 'call':
        return this.#chain(node, scope);
      case 'unary':
        return checkUnary(node, this.check(node.operand, scope));
      case 'binary': {
        const left = this.check(node.left, scope);
        return checkBinary(node, left, this.check(node.right, scope));
      }
      case 'if':
        return this.#if(node, scope);
      case 'lambda':
        throw new Failure('A lambda may be the argument of a method only', from, to);
    }
  }

  /** Checked and brought to a type; `what` begins the message if that cannot be. */
  checkAs(node: Node, expected: Type, scope: Scope | null, what: string): Typed {
    const typed = this.check(node, scope);
    const adapted = adapt(typed, expected);
    if (adapted) return adapted;
    throw mismatch(what, typed, expected);
  }

  /** A number for a lambda parameter's place. */
  newSlot(): number {
    this.#slots += 1;
    return this.#slots - 1;
  }

  #variable(node: Extract<Node, { kind: 'variable' }>): Typed {
    const { name, from, to } = node;
    if (!this.context.place.variables) throw new Failure('There are no variables here', from, to);
    this.context.usage.variables.add(name);
    return { kind: 'variable', name, number: node.number, type: node.number ? T.double : T.string, from, to };
  }

  #if(node: Extract<Node, { kind: 'if' }>, scope: Scope | null): Typed {
    const condition = this.checkAs(node.condition, T.boolean, scope, 'A condition');
    const then = dataModelText(this.check(node.then, scope));
    const otherwise = dataModelText(this.check(node.otherwise, scope));
    const type = commonSupertype(then.type, otherwise.type);
    return {
      kind: 'if',
      condition,
      then: adapt(then, type) ?? then,
      otherwise: adapt(otherwise, type) ?? otherwise,
      type,
      from: node.from,
      to: node.to,
    };
  }

  /** A name or member with the brackets behind it: `x`, `x.y`, `x.fold(z)(f)`. */
  #chain(node: Extract<Node, { kind: 'name' | 'member' | 'call' }>, scope: Scope | null): Typed {
    const calls: Call[] = [];
    let base: Node = node;
    while (base.kind === 'call') {
      calls.unshift(base);
      base = base.target;
    }
    const { typed, used } =
      base.kind === 'name'
        ? this.#named(base, calls, scope)
        : base.kind === 'member'
          ? this.#member(this.check(base.target, scope), base, calls, scope)
          : { typed: this.check(base, scope), used: 0 };
    return calls.slice(used).reduce((target, call) => this.#apply(target, call, scope), typed);
  }

  #apply(target: Typed, call: Call, scope: Scope | null): Typed {
    const position = { name: 'apply', from: target.to, to: call.to };
    return this.#member(target, { ...call, ...position, from: target.from }, [call], scope).typed;
  }

  #named(
    node: Extract<Node, { kind: 'name' }>,
    calls: readonly Call[],
    scope: Scope | null,
  ): { typed: Typed; used: number } {
    const { name, from, to } = node;
    const { probe } = this.context;
    if (probe?.marker === name) probe.name(scope);
    const local = findLocal(scope, name);
    if (local) return { typed: { kind: 'local', slot: local.slot, type: local.type, from, to }, used: 0 };
    const members = globalMembers(name);
    if (members.length > 0) {
      this.#allow(members, node);
      return this.#resolve(null, members, node, calls, scope);
    }
    if (ROOT_OBJECTS.has(name) && this.context.place.contexts.has('dm'))
      return { typed: this.#rootObject(node), used: 0 };
    throw new Failure(`There is no ${name}`, from, to);
  }

  /** `Device` for `dm.Device`. */
  #rootObject(node: Extract<Node, { kind: 'name' }>): Typed {
    const { from, to } = node;
    const dm: Node = { kind: 'name', name: 'dm', from, to };
    return this.check({ kind: 'member', target: dm, name: node.name, from, to }, null);
  }

  #allow(members: readonly Member[], node: Extract<Node, { kind: 'name' }>): void {
    const { contexts } = this.context.place;
    if (members.some(({ context }) => context === undefined || contexts.has(context))) return;
    throw new Failure(`${node.name} cannot be used here`, node.from, node.to);
  }

  #member(
    target: Typed,
    node: { name: string; from: number; to: number },
    calls: readonly Call[],
    scope: Scope | null,
  ): { typed: Typed; used: number } {
    const { name, to } = node;
    const { probe } = this.context;
    if (probe?.marker === name) probe.member(target, scope);
    if (target.type.kind === 'null') throw new Failure('null has no methods', target.from, to);
    const members = membersNamed(target.type, name);
    const dynamic = dynamicMembers(target.type);
    if (dynamic && (members.length === 0 || (dynamic.first && calls.length === 0))) {
      if (dynamic.owner === 'Resources') this.context.usage.resources.add(name);
      const position = { from: target.from, to };
      return {
        typed: { kind: 'dynamic', dynamic, target, name, type: dynamic.result, ...position },
        used: 0,
      };
    }
    const text = dataModelText(target);
    if (members.length === 0 && text !== target) return this.#member(text, node, calls, scope);
    if (members.length === 0) throw unknownMember(target, node);
    return this.#resolve(target, members, { ...node, from: target.from }, calls, scope);
  }

  #resolve(
    target: Typed | null,
    members: readonly Member[],
    node: { name: string; from: number; to: number },
    calls: readonly Call[],
    scope: Scope | null,
  ): { typed: Typed; used: number } {
    const found = new Resolution(this, target, node, calls, scope).resolve(members);
    const { usage } = this.context;
    if (found.member.context) usage.contexts.add(found.member.context);
    if (found.member.random) usage.random = true;
    if (found.member.volatile) usage.volatile = true;
    return found;
  }
}

export function mismatch(what: string, typed: Operand, expected: Type): Failure {
  return new Failure(
    `${what} must be ${article(typeName(expected))}, this is ${describeFound(typed.type)}`,
    typed.from,
    typed.to,
    { expected: typeName(expected), found: typeName(typed.type) },
  );
}

const article = (name: string): string => `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;

function unknownMember(target: Typed, node: { name: string; to: number }): Failure {
  const what = node.name === 'apply' ? 'cannot be called' : `has no ${node.name}`;
  const near = membersOfType(target.type)
    .map(({ name }) => name)
    .find((name) => name.toLowerCase() === node.name.toLowerCase());
  return new Failure(
    `${typeName(target.type)} ${what}${near === undefined ? '' : `; ${near} is meant`}`,
    node.to - node.name.length < target.to ? target.from : target.to,
    node.to,
    { found: typeName(target.type) },
  );
}
