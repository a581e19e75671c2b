import type { mongo } from 'mongoose';
import type { Clock } from '../../../common/clock.js';
import type { MigrationRuleRecord, RuleFailure } from '../../../store/models/migration-rule.js';
import type { Store } from '../../../store/store.js';

/** Milliseconds between writes to one rule; a rule that fails on all devices must not cost each session a write. */
const PAUSE = 5_000;

interface Pending {
  count: number;
  last: RuleFailure;
}

/** Counts the run-time errors of rules: the first is written at once, those that follow soon after are gathered. */
export class RuleFailures {
  readonly #rules: mongo.Collection<MigrationRuleRecord>;
  readonly #clock: Clock;
  readonly #pending = new Map<string, Pending>();
  readonly #writtenAt = new Map<string, number>();

  constructor(store: Store, clock: Clock) {
    this.#rules = store.db.collection<MigrationRuleRecord>(store.migrationRules.collection.name);
    this.#clock = clock;
  }

  async add(rule: string, device: string, message: string): Promise<void> {
    const now = this.#clock.now();
    const count = (this.#pending.get(rule)?.count ?? 0) + 1;
    this.#pending.set(rule, { count, last: { at: now, device, message: message.slice(0, 1_000) } });
    if (now.getTime() - (this.#writtenAt.get(rule) ?? -Infinity) >= PAUSE) await this.#write(rule);
  }

  /** Writes what is still gathered. */
  async flush(): Promise<void> {
    for (const rule of [...this.#pending.keys()]) await this.#write(rule);
  }

  async #write(rule: string): Promise<void> {
    const pending = this.#pending.get(rule);
    if (!pending) return;
    this.#pending.delete(rule);
    this.#writtenAt.set(rule, this.#clock.now().getTime());
    await this.#rules.updateOne(
      { _id: rule },
      { $inc: { failures: pending.count }, $set: { lastFailure: pending.last } },
    );
  }
}
