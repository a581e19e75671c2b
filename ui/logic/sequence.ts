import type { SessionRpc } from '../api/types.js';

export interface SequenceRow {
  index: number;
  rpc: SessionRpc;
  label: string;
  /** Milliseconds since the message before, when that was long; drawn as a break. */
  gap: number | null;
}

const LONG_MS = 1_000;
const LABELS: Record<string, string> = { empty: '(empty)', end: '204, end' };

/** The messages of a session with their words and the breaks between them. */
export function sequenceRows(rpcs: readonly SessionRpc[]): SequenceRow[] {
  return rpcs.map((rpc, index) => {
    const passed = rpc.offset - (rpcs[index - 1]?.offset ?? rpc.offset);
    return {
      index,
      rpc,
      label: rpc.fault ? `Fault ${rpc.fault.code} ${rpc.fault.text}` : (LABELS[rpc.message] ?? rpc.message),
      gap: passed >= LONG_MS ? passed : null,
    };
  });
}
