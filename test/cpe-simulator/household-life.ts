import { type Cpe } from './cpe.js';
import { type Random, seededRandom } from './random.js';
import { type Cancel, type Timers } from './timers.js';

/** Happenings a device and hour, on average. */
const happeningsPerHour = 0.5;

const addressPaths = [
  'Device.IP.Interface.1.IPv4Address.1.IPAddress',
  'InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.ExternalIPAddress',
];
const leasePaths = [
  'Device.DHCPv4.Server.Pool.1.LeaseTime',
  'InternetGatewayDevice.LANDevice.1.LANHostConfigManagement.DHCPLeaseTime',
];

const present = (cpe: Cpe, paths: readonly string[]): string | undefined =>
  paths.find((path) => cpe.get(path) !== undefined);

function newAddress(cpe: Cpe, random: Random): void {
  const path = present(cpe, addressPaths);
  const part = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  if (path !== undefined) cpe.setValue(path, `100.${part(64, 127)}.${part(0, 255)}.${part(1, 253)}`);
}

function userSetting(cpe: Cpe, random: Random): void {
  const path = present(cpe, leasePaths);
  if (path !== undefined) cpe.setValue(path, String(3600 * Math.ceil(random() * 48)));
}

/** What happens to devices at home while nobody manages them: new WAN addresses, power cuts, users' settings. */
export class HouseholdLife {
  readonly #cpes: readonly Cpe[];
  readonly #timers: Timers;
  readonly #random: Random;
  #cancel: Cancel | undefined;

  constructor(cpes: readonly Cpe[], timers: Timers, seed: number) {
    this.#cpes = cpes;
    this.#timers = timers;
    this.#random = seededRandom(seed);
  }

  start(): void {
    if (this.#cpes.length === 0) return;
    const mean = 3_600_000 / (happeningsPerHour * this.#cpes.length);
    this.#cancel = this.#timers.after(-Math.log(1 - this.#random()) * mean, () => {
      this.#happen();
      this.start();
    });
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #happen(): void {
    const cpe = this.#cpes[Math.floor(this.#random() * this.#cpes.length)];
    if (!cpe || cpe.inSession) return;
    const dice = this.#random();
    if (dice < 0.5) newAddress(cpe, this.#random);
    else if (dice < 0.85) userSetting(cpe, this.#random);
    else cpe.powerCut();
  }
}
