import { LRUCache } from 'lru-cache';
import type { Log } from '../../common/log.js';
import type { DeviceId } from './messages.js';
import { describeWarning, type CodecWarning } from './soap/reading-notes.js';

/** Bounds the memory; a device that falls out is only logged once more. */
const REMEMBERED = 50_000;

/** Logs each kind of leniency once for each device: a fleet of odd devices must not fill the log with every answer. */
export class LeniencyLog {
  readonly #seen = new LRUCache<string, true>({ max: REMEMBERED });
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  note(device: DeviceId, warnings: readonly CodecWarning[]): void {
    for (const warning of warnings) {
      const key = `${warning.code} ${device.oui} ${device.productClass} ${device.serialNumber}`;
      if (this.#seen.has(key)) continue;
      this.#seen.set(key, true);
      this.#log.info(
        { device, leniency: describeWarning(warning) },
        'A CPE was understood in spite of its form',
      );
    }
  }
}
