import { type EventEntry } from './codec/messages.js';
import { type DataModel } from './model/data-model.js';
import { type ScheduledInform } from './state-file.js';
import { type Cancel, type Timers } from './timers.js';

/** Times before the year 1000 are "unknown" or count from the boot; they fix no phase. */
const firstRealTime = Date.UTC(1000, 0);

/** The wake-up calls of a device: periodic and scheduled Informs. */
export class Alarms {
  readonly #timers: Timers;
  readonly #model: DataModel;
  readonly #raise: (...events: readonly EventEntry[]) => void;
  #scheduled: ScheduledInform[] = [];
  #cancelPeriodic: Cancel | undefined;
  #periodicSetting = '';
  readonly #cancelScheduled = new Map<ScheduledInform, Cancel>();

  constructor(timers: Timers, model: DataModel, raise: (...events: readonly EventEntry[]) => void) {
    this.#timers = timers;
    this.#model = model;
    this.#raise = raise;
  }

  get scheduled(): readonly ScheduledInform[] {
    return this.#scheduled;
  }

  restore(scheduled: readonly ScheduledInform[]): void {
    this.#scheduled = [...scheduled];
  }

  /** Arms everything after a boot. */
  start(): void {
    this.#periodicSetting = '';
    this.refresh();
    for (const entry of this.#scheduled) this.#arm(entry);
  }

  stop(): void {
    this.#cancelPeriodic?.();
    this.#cancelPeriodic = undefined;
    for (const cancel of this.#cancelScheduled.values()) cancel();
    this.#cancelScheduled.clear();
  }

  clear(): void {
    this.stop();
    this.#scheduled = [];
  }

  #setting(name: string): string {
    return this.#model.peek(`${this.#model.rootPath}ManagementServer.${name}`) ?? '';
  }

  /** Follows the periodic Inform settings when they have changed. */
  refresh(): void {
    const setting = ['PeriodicInformEnable', 'PeriodicInformInterval', 'PeriodicInformTime']
      .map((name) => this.#setting(name))
      .join(' ');
    if (setting === this.#periodicSetting) return;
    this.#periodicSetting = setting;
    this.#armPeriodic();
  }

  #armPeriodic(): void {
    this.#cancelPeriodic?.();
    this.#cancelPeriodic = undefined;
    const interval = Number(this.#setting('PeriodicInformInterval')) * 1000;
    if (this.#setting('PeriodicInformEnable') !== '1' || !(interval > 0)) return;
    const now = this.#timers.now().getTime();
    const phase = Date.parse(this.#setting('PeriodicInformTime'));
    const since = phase >= firstRealTime ? (((now - phase) % interval) + interval) % interval : 0;
    this.#cancelPeriodic = this.#timers.after(interval - since, () => {
      this.#armPeriodic();
      this.#raise({ code: '2 PERIODIC', commandKey: '' });
    });
  }

  /** ScheduleInform. */
  schedule(delaySeconds: number, commandKey: string): void {
    const entry = { commandKey, dueAt: this.#timers.now().getTime() + delaySeconds * 1000 };
    this.#scheduled.push(entry);
    this.#arm(entry);
  }

  #arm(entry: ScheduledInform): void {
    const cancel = this.#timers.after(entry.dueAt - this.#timers.now().getTime(), () => {
      this.#cancelScheduled.delete(entry);
      this.#scheduled = this.#scheduled.filter((other) => other !== entry);
      this.#raise(
        { code: '3 SCHEDULED', commandKey: '' },
        { code: 'M ScheduleInform', commandKey: entry.commandKey },
      );
    });
    this.#cancelScheduled.set(entry, cancel);
  }
}
