import { isDeepStrictEqual } from 'node:util';
import {
  ConflictError,
  ForbiddenError,
  NotFoundError,
  ValidationError,
  type FieldIssue,
} from '../../common/errors.js';
import type { Permission } from '../access/permissions.js';
import { exportItems, importItems } from '../api/transfer.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { movedServices } from '../transfer/move-services.js';
import { movedTasks } from '../transfer/move-tasks.js';
import { movedSchedules } from '../transfer/move-schedules.js';
import { movedQuickFixes, movedTemplates } from '../transfer/move-templates.js';
import type { Item, Moving, TransferKind, TransferKindName } from '../transfer/transfer-kind.js';

const KINDS: Readonly<Record<TransferKindName, TransferKind>> = {
  templates: movedTemplates,
  'quick-fixes': movedQuickFixes,
  schedules: movedSchedules,
  services: movedServices,
  tasks: movedTasks,
};

type Mode = 'add' | 'update' | 'both';
interface Result {
  index: number;
  name: string;
  outcome: 'added' | 'updated' | 'unchanged' | 'skipped' | 'refused';
  message: string;
  errors: FieldIssue[];
}

/** Import and export of what administrators make (administration.md §12). */
export const transferRoutes = [
  implement(exportItems, async ({ params: { kind }, caller, showSecrets }, services) => {
    caller.need(permissionOf(kind));
    const items = await KINDS[kind].items({ caller, services, showSecrets });
    return reply(200, { kind, exportedAt: services.clock.now().toISOString(), items }, { object: kind });
  }),

  implement(importItems, async ({ params: { kind }, query, body, caller, showSecrets }, services) => {
    caller.need(permissionOf(kind));
    if (body.kind !== undefined && body.kind !== kind)
      throw ValidationError.of('/kind', `The file holds ${body.kind}`, 'other-kind');
    const { mode = 'both', dryRun = false } = query;
    const items: Result[] = [];
    for (const [index, item] of body.items.entries())
      items.push({
        index,
        name: nameOf(item, KINDS[kind].key),
        ...(await move(item, KINDS[kind], { mode, dryRun }, { caller, services, showSecrets })),
      });
    const count = (outcome: Result['outcome']): number =>
      items.filter((one) => one.outcome === outcome).length;
    const counts = {
      ...{ added: count('added'), updated: count('updated'), unchanged: count('unchanged') },
      ...{ skipped: count('skipped'), refused: count('refused') },
    };
    const difference = dryRun ? undefined : { after: counts };
    return reply(200, { dryRun, ...counts, items }, { object: kind, ...(difference && { difference }) });
  }),
];

const permissionOf = (kind: TransferKindName): Permission => `admin.transfer.${kind}`;

async function move(
  item: Item,
  kind: TransferKind,
  { mode, dryRun }: { mode: Mode; dryRun: boolean },
  moving: Moving,
): Promise<Pick<Result, 'outcome' | 'message' | 'errors'>> {
  const done = (outcome: Result['outcome'], message = '') => ({ outcome, message, errors: [] });
  try {
    const step = await kind.step(item, moving);
    if (step.before) {
      if (mode === 'add') return done('skipped', 'It is there already');
      if (isSame(step.before, item)) return done('unchanged');
      await (dryRun ? step.check() : step.check().then(step.update));
      return done('updated');
    }
    if (mode === 'update') return done('skipped', 'It is not there');
    await (dryRun ? step.check() : step.check().then(step.add));
    return done('added');
  } catch (error) {
    if (error instanceof ValidationError)
      return { outcome: 'refused', message: error.message, errors: [...error.issues] };
    // What the item alone is to blame for; anything else ends the import.
    if (error instanceof ConflictError || error instanceof NotFoundError || error instanceof ForbiddenError)
      return done('refused', error.message);
    throw error;
  }
}

/** What an item does not say stays as it is. */
const isSame = (before: Item, item: Item): boolean =>
  Object.entries(item).every(([name, value]) => isDeepStrictEqual(before[name], value));

const nameOf = (item: Item, key: string): string => {
  const name = item[key];
  return typeof name === 'string' ? name.slice(0, 200) : '';
};
