import { type AppliedChange, type DataModel } from './model/data-model.js';
import { hashOf } from './random.js';
import { type Cancel, type Timers } from './timers.js';

const objects = {
  Device: 'Device.IP.Diagnostics.IPPing.',
  InternetGatewayDevice: 'InternetGatewayDevice.IPPingDiagnostics.',
};

/** The ping test: requested by SetParameterValues, run after the session (TR-069 A6 §3.7.1.5, TR-143's pattern). */
export class PingTest {
  readonly #model: DataModel;
  readonly #timers: Timers;
  readonly #complete: () => void;
  #cancel: Cancel | undefined;

  constructor(model: DataModel, timers: Timers, complete: () => void) {
    this.#model = model;
    this.#timers = timers;
    this.#complete = complete;
  }

  get #object(): string {
    return this.#model.schema.rootName === 'Device' ? objects.Device : objects.InternetGatewayDevice;
  }

  #argument(name: string): string {
    return this.#model.peek(this.#object + name) ?? '';
  }

  /** Writing an argument during a test aborts it. */
  changed(changes: readonly AppliedChange[]): void {
    const own = changes.filter((change) => change.path.startsWith(this.#object));
    if (own.length === 0) return;
    this.halt();
    const asked = own.find((change) => change.path === `${this.#object}DiagnosticsState`)?.after;
    if (asked !== 'Requested') this.#model.assign(`${this.#object}DiagnosticsState`, 'None');
  }

  halt(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  /** The session is over: starts what was requested. */
  wake(): void {
    if (this.#cancel || this.#argument('DiagnosticsState') !== 'Requested') return;
    const repetitions = Number(this.#argument('NumberOfRepetitions'));
    this.#cancel = this.#timers.after(Math.min(repetitions, 20) * 50, () => {
      this.#cancel = undefined;
      this.#finish(repetitions);
      this.#complete();
    });
  }

  #finish(repetitions: number): void {
    const host = this.#argument('Host');
    const resolved = host !== '' && !host.endsWith('.invalid');
    const base = 4 + (hashOf(host) % 30);
    const lost = resolved ? hashOf(host, repetitions) % (Math.floor(repetitions / 10) + 1) : 0;
    const results: Readonly<Record<string, string | number>> = {
      DiagnosticsState: resolved ? 'Complete' : 'Error_CannotResolveHostName',
      SuccessCount: resolved ? repetitions - lost : 0,
      FailureCount: lost,
      AverageResponseTime: resolved ? base + 2 : 0,
      MinimumResponseTime: resolved ? base : 0,
      MaximumResponseTime: resolved ? base + 9 : 0,
    };
    for (const [name, value] of Object.entries(results))
      this.#model.assign(this.#object + name, String(value));
  }
}
