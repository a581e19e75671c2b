import { createHash } from 'node:crypto';
import type { Clock } from '../../common/clock.js';
import type { IdempotencyRecord } from '../../store/models/idempotency.js';
import type { Store } from '../../store/store.js';
import { badRequest, ProblemError } from './problem-error.js';
import { isDuplicateKey } from '../../store/duplicate-key.js';

const KEEP = 24 * 3_600_000;
/** After this the server that began the request is taken for dead, and the request may be made anew. */
const ABANDONED = 15 * 60_000;
const LONGEST_KEY = 200;

export interface KeptAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** Answers to POSTs with an `Idempotency-Key`, so that a repetition makes nothing twice (northbound.md §1). */
export class Idempotency {
  readonly #store: Store;
  readonly #clock: Clock;

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * Takes the key for this request. Gives the answer of an earlier one, or null when this is the first. Throws
   * `idempotency-mismatch` for another request, `conflict` while the first is being worked on.
   */
  async begin(user: string, key: string, request: string): Promise<KeptAnswer | null> {
    if (key.length > LONGEST_KEY)
      throw badRequest(`The Idempotency-Key has more than ${LONGEST_KEY} characters`);
    const _id = `${user} ${key}`;
    const hash = createHash('sha256').update(request).digest('hex');
    const expiresAt = new Date(this.#clock.now().getTime() + KEEP);
    const fresh: IdempotencyRecord = { _id, request: hash, status: null, headers: {}, body: '', expiresAt };
    for (;;) {
      try {
        await this.#store.idempotency.create(fresh);
        return null;
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      const kept = await this.#store.idempotency.findById(_id).lean<IdempotencyRecord | null>();
      if (kept && !this.#isOver(kept)) return answerOf(kept, hash);
      // TTL indexes clear up late; what is over counts as gone.
      if (kept) await this.#store.idempotency.deleteOne({ _id, expiresAt: kept.expiresAt });
    }
  }

  async keep(user: string, key: string, answer: KeptAnswer): Promise<void> {
    await this.#store.idempotency.updateOne({ _id: `${user} ${key}` }, { $set: { ...answer } });
  }

  /** The request failed and made nothing: the key is free again. */
  async release(user: string, key: string): Promise<void> {
    await this.#store.idempotency.deleteOne({ _id: `${user} ${key}` });
  }

  #isOver(kept: IdempotencyRecord): boolean {
    const left = kept.expiresAt.getTime() - this.#clock.now().getTime();
    return left <= 0 || (kept.status === null && left < KEEP - ABANDONED);
  }
}

function answerOf(kept: IdempotencyRecord, hash: string): KeptAnswer {
  if (kept.request !== hash)
    throw new ProblemError('idempotency-mismatch', 'The Idempotency-Key was used with another request');
  const { status, headers, body } = kept;
  if (status === null)
    throw new ProblemError(
      'conflict',
      'The first request with this Idempotency-Key is still being worked on',
      {
        headers: { 'Retry-After': '1' },
      },
    );
  return { status, headers, body };
}
