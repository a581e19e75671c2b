import type { ConnectionRequest, QueueEntry } from '../api/types.js';

export type MarkState = 'open' | 'running' | 'done' | 'failed';

export interface FourMark {
  name: 'accepted' | 'came' | 'answered' | 'result';
  state: MarkState;
}

export interface MarkFacts {
  /** The request that was sent, as the server knows it. */
  request: Pick<ConnectionRequest, 'outcome' | 'acceptedAt' | 'cameAt' | 'open'> | null;
  /** The call to the server itself failed. */
  failed: boolean;
  inSession: boolean;
  /** Messages of the session so far. */
  rpcs: number;
  entries: readonly QueueEntry[];
  /** When the button was pressed, in ms. */
  since: number;
}

/**
 * Accepted is not came, came is not answered, answered is not the result (console principle 2): each mark is set only
 * by its own fact.
 */
export function fourMarks(facts: MarkFacts): FourMark[] {
  const { request } = facts;
  const ended = request !== null && !request.open;
  const came = request?.cameAt != null || request?.outcome === 'already-in-session';
  const accepted = request?.acceptedAt != null || came;
  const refused = facts.failed || (ended && !accepted);
  const missed = ended && accepted && !came;
  const runs = facts.entries.filter((entry) => startedSince(entry, facts.since));
  const finished = runs.filter((entry) => entry.execution?.finishTime != null);
  const answered = came && (facts.rpcs > 1 || runs.length > 0);
  const results = came && !facts.inSession && finished.length > 0;
  return [
    { name: 'accepted', state: refused ? 'failed' : accepted ? 'done' : 'running' },
    { name: 'came', state: came ? 'done' : missed ? 'failed' : accepted ? 'running' : 'open' },
    { name: 'answered', state: answered ? 'done' : came && facts.inSession ? 'running' : 'open' },
    { name: 'result', state: results ? worst(finished) : answered && facts.inSession ? 'running' : 'open' },
  ];
}

function startedSince(entry: QueueEntry, since: number): boolean {
  const at = entry.execution?.startTime;
  return at != null && Date.parse(at) >= since - 1_000;
}

function worst(finished: readonly QueueEntry[]): MarkState {
  return finished.some((entry) => entry.status === 'ERROR') ? 'failed' : 'done';
}
