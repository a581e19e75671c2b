import type { Type } from './types.js';

interface Position {
  readonly from: number;
  readonly to: number;
}

export type BinaryOperator =
  '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | '->' | '+' | '-' | '++' | '*' | '/' | '%' | '?';

/** An expression as it was written, without types. */
export type Node = Position &
  (
    | {
        readonly kind: 'literal';
        readonly type: Type;
        readonly value: null | boolean | number | bigint | string;
      }
    | { readonly kind: 'name'; readonly name: string }
    /** `#name`; `number` for the older `#num(name)`. */
    | { readonly kind: 'variable'; readonly name: string; readonly number: boolean }
    | { readonly kind: 'member'; readonly target: Node; readonly name: string }
    | { readonly kind: 'call'; readonly target: Node; readonly args: readonly Node[] }
    | { readonly kind: 'unary'; readonly operator: '-' | '!'; readonly operand: Node }
    | {
        readonly kind: 'binary';
        readonly operator: BinaryOperator;
        readonly left: Node;
        readonly right: Node;
      }
    | { readonly kind: 'if'; readonly condition: Node; readonly then: Node; readonly otherwise: Node }
    | { readonly kind: 'lambda'; readonly parameters: readonly string[]; readonly body: Node }
  );
