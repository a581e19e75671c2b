import { TaskFailure } from '../outcome.js';
import type { TaskContext } from '../task-type.js';
import type { CallArguments, CallResult } from './effects.js';

export interface CallOptions {
  /** An earlier session may have done it already. */
  repeated: boolean;
}
export type Call = (
  context: TaskContext<unknown>,
  args: CallArguments,
  options: CallOptions,
) => Promise<CallResult>;

export const textOf = (args: CallArguments, name: string): string => {
  const value = args[name];
  return typeof value === 'string' ? value : '';
};
export const numberOf = (args: CallArguments, name: string): number => {
  const value = args[name];
  return typeof value === 'number' ? value : 0;
};
export const flagOf = (args: CallArguments, name: string): boolean => args[name] === true;
export const rowsOf = (args: CallArguments, name: string): Extract<CallArguments[string], unknown[]> => {
  const value = args[name];
  return Array.isArray(value) ? value : [];
};

/** A part that may be off, by which setting. Throws `TaskFailure`. */
export function required<Port>(port: Port | undefined, what: string, setting: string): Port {
  if (port !== undefined) return port;
  throw new TaskFailure(`${what} is switched off by the administrator (setting ${setting})`);
}
