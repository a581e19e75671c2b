import type { EventBus, ProvostEvent } from '../../../common/events.js';
import type { Log } from '../../../common/log.js';

/** Milliseconds that changes of one device are gathered before its rules are looked at; 10 s are promised. */
const PAUSE = 2_000;
/** Fields of a device that rules read and people change (groups-profiles.md §4, when 3). */
const READ = /^(?:description|domain|groups|properties\b.*)$/;

export interface DispatchQueueOptions {
  events: EventBus;
  log: Log;
  /** Dispatches one device; a device that is gone is no error. */
  dispatch: (device: string) => Promise<void>;
  pause?: number;
}

/** Looks at a device's rules soon after a person, an import or the API changed what they read; no contact is needed. */
export class DispatchQueue {
  readonly #options: DispatchQueueOptions;
  readonly #devices = new Set<string>();
  readonly #unsubscribe: () => void;
  #timer: NodeJS.Timeout | null = null;
  #working: Promise<void> | null = null;
  #closed = false;

  constructor(options: DispatchQueueOptions) {
    this.#options = options;
    this.#unsubscribe = options.events.subscribe((event) => {
      if (concerns(event)) this.#add(event.subject);
    });
  }

  /** Resolves when nothing waits. */
  async settled(): Promise<void> {
    if (this.#timer) {
      clearTimeout(this.#timer);
      this.#timer = null;
      this.#start();
    }
    await this.#working;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#unsubscribe();
    if (this.#timer) clearTimeout(this.#timer);
    await this.#working;
  }

  #add(device: string): void {
    this.#devices.add(device);
    if (this.#timer || this.#working || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#start();
    }, this.#options.pause ?? PAUSE).unref();
  }

  #start(): void {
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
    });
  }

  async #work(): Promise<void> {
    for (const device of this.#devices) {
      if (this.#closed) return;
      this.#devices.delete(device);
      try {
        await this.#options.dispatch(device);
      } catch (error) {
        this.#options.log.error({ err: error, device }, 'the rules of a device could not be looked at');
      }
    }
  }
}

function concerns({ type, data }: ProvostEvent): boolean {
  if (type === 'device.created') return data.by !== 'inform';
  if (type === 'device.groups.changed') return data.actor === 'user' || data.actor === 'system';
  if (type !== 'device.changed' || !Array.isArray(data.fields)) return false;
  return data.fields.some((field) => typeof field === 'string' && READ.test(field));
}
