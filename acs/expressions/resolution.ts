import { adapt, asText, dataModelText, describeFound } from './adaptation.js';
import type { Member } from './api/member.js';
import type { Node } from './ast.js';
import type { Checker } from './checker.js';
import { Failure } from './failure.js';
import type { Scope } from './scope.js';
import type { Parameter } from './signature.js';
import { bind, conforms, sameType, substitute } from './type-relations.js';
import { typeName, type Type } from './types.js';
import type { Typed, TypedArgument, TypedLambda } from './typed.js';

/** How often the variables of a signature may grow before they must be settled: `fold(0)` over Longs needs two. */
const MOST_ROUNDS = 4;

type Call = Extract<Node, { kind: 'call' }>;
type FunctionType = Extract<Type, { kind: 'function' }>;

export interface Resolved {
  readonly member: Member;
  readonly typed: Typed;
  /** How many of the brackets it took. */
  readonly used: number;
}

/** One use of a name with its brackets, to be matched with the signatures of that name. */
export class Resolution {
  /** Arguments are checked once, whatever number of signatures is tried. */
  readonly #checked = new Map<Node, Typed>();
  readonly #lambdas = new Map<Node, { key: string; typed: TypedLambda }>();

  constructor(
    readonly checker: Checker,
    readonly target: Typed | null,
    readonly node: { readonly name: string; readonly from: number; readonly to: number },
    readonly calls: readonly Call[],
    readonly scope: Scope | null,
  ) {}

  /** The first member whose signature fits; if none does, what is wrong with the only or the last one tried. */
  resolve(members: readonly Member[]): Resolved {
    const called = (this.#argumentsOf(0)?.length ?? 0) > 0;
    const fitting = members
      .filter((member) => this.#countFits(member))
      .toSorted((a, b) => (called ? b.signature.lists.length - a.signature.lists.length : 0));
    if (fitting.length === 0) throw this.#wrongCount(members);
    let failure: Failure | null = null;
    for (const member of fitting) {
      try {
        return this.#fit(member);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        failure ??= error;
      }
    }
    throw failure ?? this.#wrongCount(members);
  }

  #argumentsOf(list: number): readonly Node[] | null {
    return this.calls[list]?.args ?? null;
  }

  #countFits(member: Member): boolean {
    return member.signature.lists.every((parameters, list) => {
      const given = this.#argumentsOf(list)?.length ?? 0;
      const least = parameters.filter(({ optional, repeated }) => !optional && !repeated).length;
      if (given < least) return false;
      return parameters.at(-1)?.repeated === true || given <= parameters.length;
    });
  }

  #wrongCount(members: readonly Member[]): Failure {
    const signatures = members.map(({ signature }) => signature.text).join(' or ');
    const { from, to } = this.node;
    return new Failure(`Wrong number of arguments: ${signatures}`, from, this.calls[0]?.to ?? to, {
      expected: signatures,
    });
  }

  #fit(member: Member): Resolved {
    const { signature } = member;
    const bound = this.#settle(member);
    const args: (TypedArgument | undefined)[] = [];
    signature.lists.forEach((parameters, list) => {
      const given = this.#argumentsOf(list) ?? [];
      const count = Math.max(given.length, parameters.length);
      for (let index = 0; index < count; index += 1) {
        const parameter = parameterAt(parameters, index);
        const node = given[index];
        if (parameter) args.push(node && this.#argument(node, parameter, bound));
      }
    });
    while (args.length > 0 && args.at(-1) === undefined) args.pop();
    const used = this.#bracketsOf(member);
    const owner = member.owner;
    const target =
      this.target && owner ? (adapt(this.target, substitute(owner, bound)) ?? this.target) : null;
    const type = substitute(signature.result, bound);
    const to = this.calls[used - 1]?.to ?? this.node.to;
    return { member, typed: { kind: 'call', member, target, args, type, from: this.node.from, to }, used };
  }

  /** A method without parameters takes empty brackets too; filled ones are for its value. */
  #bracketsOf(member: Member): number {
    const { lists } = member.signature;
    if (lists.length > 0) return Math.min(lists.length, this.calls.length);
    return this.#argumentsOf(0)?.length === 0 ? 1 : 0;
  }

  /** The variables of the signature, as the receiver and the arguments have them. */
  #settle(member: Member): ReadonlyMap<string, Type> {
    let bound = new Map<string, Type>();
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const next = this.#bindAll(member, new Map(bound));
      if (round > 0 && sameBindings(bound, next)) return next;
      bound = next;
      if (![...member.signature.lists.flat()].some(({ type }) => type.kind === 'function')) return bound;
    }
    throw new Failure('The types of this call cannot be worked out', this.node.from, this.node.to);
  }

  #bindAll(member: Member, bound: Map<string, Type>): Map<string, Type> {
    if (this.target && member.owner) bind(member.owner, this.target.type, bound);
    member.signature.lists.forEach((parameters, list) => {
      for (const [index, node] of (this.#argumentsOf(list) ?? []).entries()) {
        const parameter = parameterAt(parameters, index);
        if (!parameter) throw this.#wrongCount([member]);
        if (parameter.type.kind === 'function') {
          const lambda = this.#lambda(node, parameter.type, bound);
          if (!bind(parameter.type.result, this.#resultOf(lambda, parameter.type, bound), bound))
            throw wrongArgument(parameter, lambda.body, substitute(parameter.type.result, bound, true));
        } else this.#bindArgument(node, parameter, bound);
      }
    });
    return bound;
  }

  /** What a lambda yields; a literal counts as the type that is wanted if it can be one. */
  #resultOf(lambda: TypedLambda, type: FunctionType, bound: ReadonlyMap<string, Type>): Type {
    const expected = substitute(type.result, bound, true);
    const plain = dataModelText(lambda.body);
    return adapt(plain, expected) ? (conforms(plain.type, expected) ? plain.type : expected) : plain.type;
  }

  #bindArgument(node: Node, parameter: Parameter, bound: Map<string, Type>): void {
    const typed = this.#check(node);
    if (takesText(parameter) ? asText(typed) : bind(parameter.type, typed.type, bound)) return;
    const expected = substitute(parameter.type, bound, true);
    if (!adapt(typed, expected)) throw wrongArgument(parameter, typed, expected);
  }

  #argument(node: Node, parameter: Parameter, bound: ReadonlyMap<string, Type>): TypedArgument {
    const { type, nullable } = parameter;
    if (type.kind === 'function') {
      const lambda = this.#lambda(node, type, bound);
      const body = adapt(lambda.body, substitute(type.result, bound));
      if (!body) throw wrongArgument(parameter, lambda.body, substitute(type.result, bound));
      return { node: { ...lambda, body }, nullable: false };
    }
    const typed = this.#check(node);
    const adapted = takesText(parameter) ? asText(typed) : adapt(typed, substitute(type, bound));
    if (!adapted) throw wrongArgument(parameter, typed, substitute(type, bound));
    return { node: adapted, nullable };
  }

  #check(node: Node): Typed {
    let typed = this.#checked.get(node);
    if (!typed) {
      typed = this.checker.check(node, this.scope);
      this.#checked.set(node, typed);
    }
    return typed;
  }

  /** Checked again only if its parameters have other types than before. */
  #lambda(node: Node, type: FunctionType, bound: ReadonlyMap<string, Type>): TypedLambda {
    if (node.kind !== 'lambda') {
      const { from, to } = node;
      const wanted = typeName(substitute(type, bound, true));
      throw new Failure(`A lambda is wanted here: ${wanted}`, from, to, { expected: wanted });
    }
    if (node.parameters.length !== type.parameters.length)
      throw new Failure(
        `A lambda of ${type.parameters.length} parameters is wanted here`,
        node.from,
        node.to,
        { expected: typeName(type) },
      );
    const types = type.parameters.map((parameter) => substitute(parameter, bound));
    const key = types.map(typeName).join();
    const before = this.#lambdas.get(node);
    if (before?.key === key) return before.typed;
    const typed = this.#checkLambda(node, types);
    this.#lambdas.set(node, { key, typed });
    return typed;
  }

  #checkLambda(node: Extract<Node, { kind: 'lambda' }>, types: readonly Type[]): TypedLambda {
    const slots = types.map(() => this.checker.newSlot());
    let { scope } = this;
    node.parameters.forEach((name, index) => {
      const [slot, parameter] = [slots[index], types[index]];
      if (slot !== undefined && parameter && name !== '_')
        scope = { name, slot, type: parameter, outer: scope };
    });
    const body = this.checker.check(node.body, scope);
    const { from, to } = node;
    const text = this.checker.context.text.slice(from, to);
    return { kind: 'lambda', slots, body, text, type: body.type, from, to };
  }
}

/** `Text`: whatever has a text form, handed over as that. */
function takesText({ type }: Parameter): boolean {
  return type.kind === 'object' && type.name === 'Text';
}

function parameterAt(parameters: readonly Parameter[], index: number): Parameter | undefined {
  const last = parameters.at(-1);
  return parameters[index] ?? (last?.repeated ? last : undefined);
}

function sameBindings(a: ReadonlyMap<string, Type>, b: ReadonlyMap<string, Type>): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([name, type]) => {
    const other = b.get(name);
    return other !== undefined && sameType(type, other);
  });
}

function wrongArgument(parameter: Parameter, found: Typed, expected: Type): Failure {
  const wanted = describeFound(expected);
  return new Failure(
    `${parameter.name} must be ${wanted}, this is ${describeFound(found.type)}`,
    found.from,
    found.to,
    {
      expected: typeName(expected),
      found: typeName(found.type),
    },
  );
}
