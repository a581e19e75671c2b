import type { mongo } from 'mongoose';
import type { EventBus } from '../../common/events.js';
import type { AlertRecord } from '../../store/models/alert.js';
import type { Store } from '../../store/store.js';

export type AlertChange = Omit<AlertRecord, '_id' | 'raisedAt' | 'changedAt'> & { at: Date };

/** Alerts of devices and groups: raised, updated and hidden by tasks; each once for its target and type. */
export class Alerts {
  readonly #alerts: mongo.Collection<AlertRecord>;
  readonly #events: EventBus;

  constructor(store: Store, events: EventBus) {
    this.#alerts = store.db.collection<AlertRecord>(store.alerts.collection.name);
    this.#events = events;
  }

  /** Hiding one that was never raised leaves nothing behind. */
  async put({ at, ...change }: AlertChange): Promise<void> {
    const { targetKind, target, type, raised } = change;
    const _id = `${targetKind}|${target}|${type}`;
    const before = await this.#alerts.findOne({ _id });
    if (!raised && !before) return;
    if (raised)
      await this.#alerts.updateOne(
        { _id },
        { $set: { ...change, raisedAt: before?.raisedAt ?? at, changedAt: at } },
        { upsert: true },
      );
    else
      await this.#alerts.updateOne(
        { _id, raised: true },
        { $set: { raised: false, raisedAt: null, changedAt: at, task: change.task } },
      );
    if (before?.raised === raised) return;
    const data = { target, targetKind, type, severity: change.severity, device: change.device };
    this.#events.publish(raised ? 'alert.raised' : 'alert.hidden', _id, data, change.domain);
  }
}
