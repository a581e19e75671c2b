import { LRUCache } from 'lru-cache';
import type { Log } from '../../common/log.js';

const MINUTE_MS = 60_000;
/** Lines for one address in a minute: whoever sends garbage by the thousand does not fill the disk with it. */
const LINES = 20;
const ADDRESSES = 10_000;

/** Tells of requests that were refused, so many a minute for each address. */
export class RefusalLog {
  readonly #log: Log;
  readonly #lines = new LRUCache<string, { count: number }>({ max: ADDRESSES, ttl: MINUTE_MS });

  constructor(log: Log) {
    this.#log = log;
  }

  note(level: 'info' | 'warn', facts: { address: string; [fact: string]: unknown }, text: string): void {
    const { address } = facts;
    const lines = this.#lines.get(address) ?? { count: 0 };
    if (lines.count === 0) this.#lines.set(address, lines);
    lines.count += 1;
    if (lines.count <= LINES) this.#log[level](facts, text);
    if (lines.count === LINES + 1)
      this.#log.warn({ address }, 'Further refusals of this address are not logged for a minute');
  }
}
