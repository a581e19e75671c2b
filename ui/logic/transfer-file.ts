import type { TransferInput, TransferKind } from '../api/transfer.js';

const KINDS: readonly string[] = [
  'templates',
  'quick-fixes',
  'schedules',
  'services',
  'tasks',
] satisfies TransferKind[];

/** What a file holds that an export has written, or what is wrong with it. */
export function readTransferFile(
  text: string,
): { kind: TransferKind; input: TransferInput } | { fault: string } {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return { fault: 'it is no JSON' };
  }
  if (typeof read !== 'object' || read === null || !('kind' in read) || !('items' in read))
    return { fault: 'it is no export: kind and items are missing' };
  const { kind, items } = read;
  if (typeof kind !== 'string' || !KINDS.includes(kind))
    return { fault: `${String(kind)} is nothing that is imported here` };
  if (!Array.isArray(items) || !items.every((item) => typeof item === 'object' && item !== null))
    return { fault: 'its items are no list of objects' };
  return { kind: kind as TransferKind, input: { items: items as TransferInput['items'] } };
}
