import type { TaskStatistics } from '../api/types.js';

/** A part of the bar of a group task. */
export interface ProgressPart {
  status: 'SUCCESS' | 'IN_PROGRESS' | 'WARNING' | 'ERROR' | 'NOT_STARTED';
  count: number;
  /** Width in percent; what exists is never too thin to be seen. */
  width: number;
}

const ORDER = ['SUCCESS', 'IN_PROGRESS', 'WARNING', 'ERROR', 'NOT_STARTED'] as const;
const THINNEST = 2;

/**
 * Numbers of devices by status. `devices` is the size of the group where it is known: devices without a report count as
 * not started then.
 */
export function taskProgress(
  byStatus: TaskStatistics['byStatus'],
  devices: number | null,
): { parts: ProgressPart[]; total: number; failedShare: number | null } {
  const reported = ORDER.reduce((sum, status) => sum + byStatus[status], 0);
  const total = Math.max(devices ?? reported, reported);
  const counts = { ...byStatus, NOT_STARTED: byStatus.NOT_STARTED + total - reported };
  const present = ORDER.filter((status) => counts[status] > 0);
  const raw = present.map((status) => Math.max(THINNEST, (counts[status] / total) * 100));
  const sum = raw.reduce((a, b) => a + b, 0);
  const parts = present.map((status, at) => ({
    status,
    count: counts[status],
    width: ((raw[at] ?? 0) / sum) * 100,
  }));
  const ended = byStatus.SUCCESS + byStatus.WARNING + byStatus.ERROR;
  return { parts, total, failedShare: ended === 0 ? null : byStatus.ERROR / ended };
}

/** `0.5 %`, `100 %`; a share that is there is never 0. */
export function percent(share: number): string {
  if (share === 0) return '0 %';
  const value = Math.max(0.1, share * 100);
  return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} %`;
}
