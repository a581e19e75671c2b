import { ApiProblem } from '../api/problem.js';

/** What to say for a refused call: what happened, what still holds, what to do. Keyed by the problem's `code`. */
export interface ProblemText {
  text: string;
  requestId: string | null;
}

const TEXTS: Record<string, (problem: ApiProblem) => string> = {
  'no-answer': () => 'The server did not answer. Nothing was changed that you can see here. Try again.',
  'not-found': () =>
    'Nothing here under this address. It was deleted, or it belongs to a domain you do not see.',
  forbidden: (p) =>
    `Needs the right ${p.problem.requiredPermission ?? p.problem.detail ?? ''}. Your administrator can give it.`,
  stale: () => 'Somebody saved this since you opened it. Your changes are kept.',
  'in-use': (p) => `Not deleted: it is in use. ${p.problem.detail ?? ''}`,
  'rate-limited': () => 'Too many requests in a short time. Nothing is lost; try again in a few seconds.',
  quota: (p) => p.problem.detail ?? 'Your limit for today is used up.',
  overloaded: () =>
    'The server puts devices first and is short of time. No task is lost. Try again in a few seconds.',
  'too-large': (p) => `Too large. ${p.problem.detail ?? ''}`,
  'device-unmanaged': () =>
    'Management is off for this device. It is recorded when it comes; its tasks wait.',
  'device-unreachable': () => 'The device cannot be reached now. No task was left behind.',
};

export function problemText(error: unknown): ProblemText {
  if (!(error instanceof ApiProblem)) {
    return { text: error instanceof Error ? error.message : String(error), requestId: null };
  }
  const known = TEXTS[error.code];
  const detail = error.problem.detail ?? error.problem.title;
  return { text: (known ? known(error) : detail).trim(), requestId: error.problem.requestId ?? null };
}

/** The server's pointers (`/config/param/0/value`) with their messages, for the fields of a form. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiProblem)) return {};
  return Object.fromEntries((error.problem.errors ?? []).map((one) => [one.pointer, one.message]));
}
