import { Cpe, type CpeOptions } from '../cpe-simulator/index.js';
import { childOf, type XmlElement } from '../cpe-simulator/codec/xml-read.js';
import { FakeAcs, type Received } from './fake-acs.js';

/** An ACS and devices that call it, cleaned up together. */
export class Bench {
  readonly acs: FakeAcs;
  readonly #cpes: Cpe[] = [];

  private constructor(acs: FakeAcs) {
    this.acs = acs;
  }

  static async open(): Promise<Bench> {
    return new Bench(await FakeAcs.listen());
  }

  /** A device that is still off. Its time runs fast. */
  cpe(options: Partial<CpeOptions> = {}): Cpe {
    const serialNumber = `FN${String(this.#cpes.length + 1).padStart(10, '0')}`;
    const cpe = new Cpe({ model: 'tr181', acsUrl: this.acs.url, serialNumber, rebootTime: 0, ...options });
    this.#cpes.push(cpe);
    return cpe;
  }

  /** A device that is on and has finished its first session. */
  async booted(options: Partial<CpeOptions> = {}): Promise<Cpe> {
    const cpe = this.cpe(options);
    const first = cpe.waitFor('session');
    await cpe.start();
    await first;
    return cpe;
  }

  /** One session with these requests; returns what the device answered to each. */
  async ask(cpe: Cpe, ...requests: readonly string[]): Promise<Received[]> {
    const before = this.acs.received.length;
    this.acs.queue.push(...requests);
    await cpe.inform();
    return this.acs.received
      .slice(before)
      .filter(({ name }) => name.endsWith('Response') || name === 'Fault');
  }

  async close(): Promise<void> {
    await Promise.all(this.#cpes.map((cpe) => cpe.stop()));
    await this.acs.close();
  }
}

/** The text at a path of local names below an element. */
export function textAt(element: XmlElement | undefined, ...names: readonly string[]): string | undefined {
  let at = element;
  for (const name of names) at = at && childOf(at, name);
  return at?.text;
}

/** FaultCode of a fault. */
export const faultCode = (received: Received | undefined): number =>
  Number(textAt(received?.rpc, 'detail', 'Fault', 'FaultCode'));

/** Codes of a SetParameterValues fault, by parameter. */
export function parameterFaults(received: Received | undefined): Record<string, number> {
  const detail = received?.rpc && childOf(received.rpc, 'detail');
  const fault = detail && childOf(detail, 'Fault');
  const entries = (fault?.children ?? []).filter(({ name }) => name === 'SetParameterValuesFault');
  return Object.fromEntries(
    entries.map((entry) => [textAt(entry, 'ParameterName') ?? '', Number(textAt(entry, 'FaultCode'))]),
  );
}

/** Name and Value (or Writable) of each entry of a ParameterList. */
export function listOf(received: Received | undefined, value = 'Value'): Record<string, string> {
  const list = received?.rpc && childOf(received.rpc, 'ParameterList');
  return Object.fromEntries(
    (list?.children ?? []).map((entry) => [textAt(entry, 'Name') ?? '', textAt(entry, value) ?? '']),
  );
}

/** Event codes of an Inform. */
export function eventsOf(received: Received | undefined): string[] {
  const list = received?.rpc && childOf(received.rpc, 'Event');
  return (list?.children ?? []).map((entry) => textAt(entry, 'EventCode') ?? '');
}
