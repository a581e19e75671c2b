import { type EventEntry } from './codec/messages.js';

interface EventRule {
  readonly multiple: boolean;
  readonly deliveredBy: 'Inform' | 'TransferComplete';
  /** What becomes of it when it was not delivered: kept for good, kept until the next boot, or sent once only. */
  readonly keep: 'always' | 'until-boot' | 'once';
}

const single = (keep: EventRule['keep']): EventRule => ({ multiple: false, deliveredBy: 'Inform', keep });

/** TR-069 A6 table 8. */
const rules: Readonly<Record<string, EventRule>> = {
  '0 BOOTSTRAP': single('always'),
  '1 BOOT': single('until-boot'),
  '2 PERIODIC': single('until-boot'),
  '3 SCHEDULED': single('always'),
  '4 VALUE CHANGE': single('always'),
  '5 KICKED': single('once'),
  '6 CONNECTION REQUEST': single('once'),
  '7 TRANSFER COMPLETE': { multiple: false, deliveredBy: 'TransferComplete', keep: 'always' },
  '8 DIAGNOSTICS COMPLETE': single('until-boot'),
  'M Reboot': { multiple: true, deliveredBy: 'Inform', keep: 'always' },
  'M ScheduleInform': { multiple: true, deliveredBy: 'Inform', keep: 'always' },
  'M Download': { multiple: true, deliveredBy: 'TransferComplete', keep: 'always' },
  'M Upload': { multiple: true, deliveredBy: 'TransferComplete', keep: 'always' },
};

const ruleOf = (code: string): EventRule => rules[code] ?? single('always');

/** Events that wait for their delivery (TR-069 A6 §3.7.1.5). */
export class EventStore {
  #events: EventEntry[] = [];

  get waiting(): readonly EventEntry[] {
    return this.#events;
  }

  restore(events: readonly EventEntry[]): void {
    this.#events = [...events];
  }

  add(code: string, commandKey = ''): void {
    if (code === '0 BOOTSTRAP')
      this.#events = this.#events.filter((event) => ruleOf(event.code).deliveredBy !== 'Inform');
    if (!ruleOf(code).multiple && this.#events.some((event) => event.code === code)) return;
    this.#events.push({ code, commandKey });
  }

  /** Events for an Inform, in the order of their numbers. */
  snapshot(): EventEntry[] {
    const rank = (event: EventEntry): number =>
      /^\d/.test(event.code) ? Number.parseInt(event.code, 10) : 1000;
    return [...this.#events].sort((a, b) => rank(a) - rank(b));
  }

  /** The InformResponse arrived: what the Inform told and needs no further confirmation is delivered. */
  informed(told: readonly EventEntry[]): void {
    const gone = new Set(told.filter((event) => ruleOf(event.code).deliveredBy === 'Inform'));
    this.#events = this.#events.filter((event) => !gone.has(event));
  }

  /** The session is over: of what its Inform told without success, some events are not told again. */
  notInformed(told: readonly EventEntry[]): void {
    const gone = new Set(told.filter((event) => ruleOf(event.code).keep === 'once'));
    this.#events = this.#events.filter((event) => !gone.has(event));
  }

  /** A TransferCompleteResponse arrived; `last` when no other transfer waits to be told. */
  transferConfirmed(method: 'Download' | 'Upload', commandKey: string, last: boolean): void {
    const index = this.#events.findIndex(
      (event) => event.code === `M ${method}` && event.commandKey === commandKey,
    );
    if (index >= 0) this.#events.splice(index, 1);
    if (last) this.#events = this.#events.filter((event) => event.code !== '7 TRANSFER COMPLETE');
  }

  /** Power was lost, or the device restarts. */
  rebooted(): void {
    this.#events = this.#events.filter((event) => ruleOf(event.code).keep === 'always');
  }

  clear(): void {
    this.#events = [];
  }
}
