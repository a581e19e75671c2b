import { RE2JS } from 're2js';
import { TaskFailure } from '../outcome.js';

export interface TextOperation {
  regex: string;
  /** Literal. */
  replacement: string;
  replaceAll: boolean;
}

/** Characters that a text may grow to. */
const MAX_TEXT = 10_000_000;

/**
 * Applies replacements in their order (xmltask.md §7): a regex with groups replaces only its first group, without groups
 * the whole match. The expressions run in time linear in the text.
 */
export function edited(text: string, operations: readonly TextOperation[]): string {
  return operations.reduce((result, operation) => {
    const next = replaced(result, operation);
    if (next.length > MAX_TEXT) throw new TaskFailure('the text of the resource grows over 10 MB');
    return next;
  }, text);
}

function replaced(text: string, { regex, replacement, replaceAll }: TextOperation): string {
  const matcher = linearRegex(regex).matcher(text);
  const parts: string[] = [];
  let done = 0;
  const group = matcher.groupCount() > 0 ? 1 : 0;
  while (matcher.find()) {
    const start = matcher.start(group);
    // A group that took no part in the match replaces nothing.
    if (start >= 0 && start >= done) {
      parts.push(text.slice(done, start), replacement);
      done = matcher.end(group);
    }
    if (!replaceAll) break;
  }
  parts.push(text.slice(done));
  return parts.join('');
}

/** Throws `TaskFailure` for a text that is no expression, or one that cannot be had in linear time. */
export function linearRegex(text: string): RE2JS {
  try {
    return RE2JS.compile(text);
  } catch (error) {
    throw new TaskFailure(`expression: ${error instanceof Error ? error.message : String(error)}`);
  }
}
