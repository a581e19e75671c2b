import { Types } from 'mongoose';
import type { Clock } from '../../common/clock.js';
import type { Log } from '../../common/log.js';
import type { Store } from '../../store/store.js';
import type { Caller } from '../access/caller.js';

const KEEP = 365 * 86_400_000;

export interface Act {
  caller: Caller | null;
  /** Where there is no caller: who tried. */
  user?: string;
  address: string;
  requestId: string;
  /** Operation id, or a permission that was made use of. */
  action: string;
  object: string;
  difference?: Record<string, unknown> | null;
  /** `ok`, or the code of the problem. */
  result: string;
}

/** Who did what to which object (administration.md §13). */
export class Audit {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;

  constructor(store: Store, clock: Clock, log: Log) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
  }

  /** What was done stays done when it cannot be written down; the log says so then. */
  async write(act: Act): Promise<void> {
    const at = this.#clock.now();
    try {
      await this.#store.audit.create({
        _id: new Types.ObjectId(),
        at,
        user: act.caller?.login ?? act.user ?? '',
        token: act.caller?.credential.token ?? null,
        address: act.address,
        requestId: act.requestId,
        action: act.action,
        object: act.object,
        difference: storable(act.difference ?? null) as Record<string, unknown> | null,
        result: act.result,
        expiresAt: new Date(at.getTime() + KEEP),
      });
    } catch (error) {
      this.#log.error(
        { err: error, requestId: act.requestId, action: act.action },
        'could not write the audit',
      );
    }
  }
}

/** With field names as a document can have them: without NUL, which ends a name in BSON. Bodies nest 64 levels at most. */
function storable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name.replaceAll('\0', '\u2400'), storable(inner)]),
  );
}
