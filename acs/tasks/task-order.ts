import type { TaskRecord } from '../../store/models/task.js';

/** Priority, then creation time, then id; total over different ids (tasks.md §2.4). */
export function compareTasks(
  a: Pick<TaskRecord, '_id' | 'priority' | 'createdAt'>,
  b: Pick<TaskRecord, '_id' | 'priority' | 'createdAt'>,
): number {
  return (
    a.priority - b.priority || a.createdAt.getTime() - b.createdAt.getTime() || compareTaskIds(a._id, b._id)
  );
}

/** Ids by code unit, their suffixes as numbers where both are numbers: `d:X:9` before `d:X:10`. */
export function compareTaskIds(a: string, b: string): number {
  const [aTarget, aSuffix] = splitSuffix(a);
  const [bTarget, bSuffix] = splitSuffix(b);
  const aNumber = COUNTER.test(aSuffix);
  const bNumber = COUNTER.test(bSuffix);
  return (
    compareText(aTarget, bTarget) ||
    // Numbers stand before names, so that the order is total over both.
    Number(bNumber) - Number(aNumber) ||
    (aNumber && bNumber ? aSuffix.length - bSuffix.length : 0) ||
    compareText(aSuffix, bSuffix)
  );
}

const COUNTER = /^(0|[1-9]\d*)$/;

function splitSuffix(id: string): [target: string, suffix: string] {
  const colon = id.lastIndexOf(':');
  return [id.slice(0, colon + 1), id.slice(colon + 1)];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
