import type { Environment } from '../environment.js';
import type { ContextName } from '../place.js';
import type { Run } from '../run.js';
import { parseSignature, parseType, type Signature } from '../signature.js';
import type { Type } from '../types.js';
import type { Value } from '../values.js';

export interface MemberOptions {
  /** Where it may be named at all. */
  readonly context?: ContextName;
  /** Two calls may differ. */
  readonly random?: true;
  /** Depends on the time of the evaluation. */
  readonly volatile?: true;
  /** Runs its lambdas after the evaluation. */
  readonly deferred?: true;
}

/** One row of the API: the checker, the evaluator, completion and the documentation all read it. */
export interface Member extends MemberOptions {
  /** Type that it belongs to; null for names that stand alone. */
  readonly owner: Type | null;
  readonly name: string;
  readonly signature: Signature;
  readonly documentation: string;
  readonly implementation: (self: Value, run: Run, ...args: (Value | undefined)[]) => Value;
}

/** Names that an object has by its data: `sv.<name>`, `device.property.<name>`. */
export interface DynamicMembers {
  readonly owner: string;
  readonly result: Type;
  readonly documentation: string;
  /** An uncalled name is the data's, even if the type has a method of that name. */
  readonly first: boolean;
  readonly get: (self: Value, name: string, run: Run) => Value;
  /** For completion. */
  readonly names?: (self: Value, environment: Environment) => Iterable<string>;
}

type Define<Self> = (
  signature: string,
  documentation: string,
  // `never` for the arguments lets each row state the types that its signature promises.
  implementation: (self: Self, run: Run, ...args: never[]) => Value,
  options?: MemberOptions,
) => Member;

/** Makes rows of one type; `Self` is how its values are held. */
export function membersOf<Self>(owner: string | null): Define<Self> {
  const type = owner === null ? null : parseType(owner);
  return (signatureText, documentation, implementation, options = {}) => {
    const signature = parseSignature(signatureText);
    return {
      owner: type,
      name: signature.name,
      signature,
      documentation,
      implementation: implementation as Member['implementation'],
      ...options,
    };
  };
}
