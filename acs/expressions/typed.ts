import type { DynamicMembers, Member } from './api/member.js';
import type { Type } from './types.js';
import type { Value } from './values.js';

interface Base {
  readonly type: Type;
  readonly from: number;
  readonly to: number;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';
export type OrderOperator = '<' | '<=' | '>' | '>=';

/** A lambda whose parameters live in slots of the run. */
export interface TypedLambda extends Base {
  readonly kind: 'lambda';
  readonly slots: readonly number[];
  readonly body: Typed;
  /** As written, for the text of live queries. */
  readonly text: string;
}

export interface TypedArgument {
  readonly node: Typed | TypedLambda;
  readonly nullable: boolean;
}

/** One type a kind, so that each can be told by its kind. */
type Unary<Kind> = Kind extends string ? { readonly kind: Kind; readonly operand: Typed } : never;
type Binary<Kind> = Kind extends string
  ? { readonly kind: Kind; readonly left: Typed; readonly right: Typed }
  : never;

/** An expression with its types: what is evaluated. */
export type Typed = Base &
  (
    | { readonly kind: 'constant'; readonly value: Value }
    | { readonly kind: 'local'; readonly slot: number }
    | { readonly kind: 'variable'; readonly name: string; readonly number: boolean }
    /** Arguments that are left out are undefined. */
    | {
        readonly kind: 'call';
        readonly member: Member;
        readonly target: Typed | null;
        readonly args: readonly (TypedArgument | undefined)[];
      }
    | {
        readonly kind: 'dynamic';
        readonly dynamic: DynamicMembers;
        readonly target: Typed;
        readonly name: string;
      }
    /**
     * `widen`: the same value as a more general type. `text`: the text form; null stays null. `code`: a Char's number.
     */
    | Unary<'not' | 'negate' | 'widen' | 'text' | 'code'>
    | Binary<'and' | 'or' | 'concat' | 'pair' | 'fallback' | 'append'>
    /** Both operands are of the node's type. */
    | {
        readonly kind: 'arithmetic';
        readonly operator: ArithmeticOperator;
        readonly left: Typed;
        readonly right: Typed;
      }
    | {
        readonly kind: 'order';
        readonly operator: OrderOperator;
        readonly left: Typed;
        readonly right: Typed;
      }
    | { readonly kind: 'equals'; readonly negated: boolean; readonly left: Typed; readonly right: Typed }
    | { readonly kind: 'if'; readonly condition: Typed; readonly then: Typed; readonly otherwise: Typed }
  );
