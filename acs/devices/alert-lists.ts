import { inDomain } from '../../common/domains.js';
import type { AlertRecord } from '../../store/models/alert.js';
import type { Store } from '../../store/store.js';
import { behindCursor, cursorAfter, sortOf, type Order } from './keyset.js';
import type { Page } from './inventory.js';

export interface AlertQuery {
  /** Alerts of this domain and below are seen. */
  view: string;
  target?: string | undefined;
  type?: string | undefined;
  raised?: boolean | undefined;
  /** A threshold (xmltask.md §5). */
  severity?: number | undefined;
  limit: number;
  cursor?: string | undefined;
}

const NEWEST: Order = {
  name: '-changedAt',
  fields: [
    { path: 'changedAt', direction: -1, type: 'date' },
    { path: '_id', direction: -1, type: 'text' },
  ],
};

/** Alerts of devices and groups, the one that changed last first. */
export async function listAlerts(
  store: Store,
  { view, target, type, raised, severity, limit, cursor }: AlertQuery,
): Promise<Page<AlertRecord>> {
  const domain = inDomain(view);
  const rows = await store.alerts
    .find({
      $and: [
        {
          ...(domain && { domain }),
          ...(target !== undefined && { target }),
          ...(type !== undefined && { type }),
          ...(raised !== undefined && { raised }),
          ...(severity !== undefined && { severity: { $gte: severity } }),
        },
        ...(cursor === undefined ? [] : [behindCursor(cursor, NEWEST)]),
      ],
    })
    .sort(sortOf(NEWEST))
    .limit(limit + 1)
    .lean<AlertRecord[]>();
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? cursorAfter(last, NEWEST) : null };
}
