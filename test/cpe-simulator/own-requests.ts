import { type AcsResponse, type CpeRequest, type InformMessage } from './codec/messages.js';
import { type CompleteOptions } from './cpe-options.js';
import { type EventStore } from './event-store.js';
import { type DataModel } from './model/data-model.js';
import { tr098InformAddress } from './model/tr098.js';
import { type Notifications } from './notifications.js';
import { transferComplete, type TransferRecord, type Transfers } from './transfer/transfers.js';

/** What a device asks of its ACS: the Inform, then TransferComplete for each transfer, then GetRPCMethods if it cares. */
export class OwnRequests {
  readonly #options: CompleteOptions;
  readonly #model: DataModel;
  readonly #events: EventStore;
  readonly #notifications: Notifications;
  readonly #transfers: Transfers;
  #askedForMethods = false;
  /** A transfer that is told a second time. */
  #again: TransferRecord | undefined;

  constructor(
    options: CompleteOptions,
    model: DataModel,
    events: EventStore,
    notifications: Notifications,
    transfers: Transfers,
  ) {
    this.#options = options;
    this.#model = model;
    this.#events = events;
    this.#notifications = notifications;
    this.#transfers = transfers;
  }

  /** The Inform of a session that starts now. */
  inform(retryCount: number): InformMessage {
    this.#askedForMethods = false;
    const { manufacturer, oui, productClass, serialNumber } = this.#options.facts;
    const changed = this.#notifications.changed();
    if (changed.length > 0) this.#events.add('4 VALUE CHANGE');
    const changedPaths = changed.map(({ name }) => name);
    const paths = new Set([...this.#model.schema.forcedInform, this.#addressPath(), ...changedPaths]);
    const now = this.#options.timers.now();
    return {
      rpc: 'Inform',
      deviceId: { manufacturer, oui, productClass, serialNumber },
      events: this.#events.snapshot(),
      currentTime: now.toISOString().replace(/\.\d+Z$/, 'Z'),
      retryCount,
      parameters: [...paths]
        .map((path) => this.#model.parameter(path))
        .filter((entry) => entry !== undefined),
    };
  }

  /** The WAN address: forced by TR-098, added by most makers of TR-181 devices. */
  #addressPath(): string {
    if (this.#options.model === 'tr181') return 'Device.IP.Interface.1.IPv4Address.1.IPAddress';
    const service =
      this.#model.peek(`${this.#model.rootPath}Layer3Forwarding.DefaultConnectionService`) ?? '';
    return service === '' ? tr098InformAddress : `${service.replace(/\.$/, '')}.ExternalIPAddress`;
  }

  informed(message: InformMessage): void {
    this.#events.informed(message.events);
    this.#notifications.told(message.parameters);
  }

  next(): CpeRequest | undefined {
    const manner = this.#options.quirks.transferComplete;
    const due = this.#again ?? (manner === 'never' ? undefined : this.#transfers.unconfirmed());
    if (due) {
      const message = transferComplete(due, manner === 'without-key');
      // CWMP 1.0 has no codes for the reasons of a failure: 9014 to 9019 came with 1.1.
      const isNewer = this.#options.cwmpVersion === '1.0' && due.faultCode > 9012;
      return isNewer ? { ...message, faultCode: due.kind === 'Download' ? 9010 : 9011 } : message;
    }
    if (this.#options.asksForMethods && !this.#askedForMethods) return { rpc: 'GetRPCMethods' };
    return undefined;
  }

  /** `response` is undefined when the ACS answered with a fault. */
  answered(request: CpeRequest, response: AcsResponse | undefined): void {
    if (request.rpc === 'GetRPCMethods') this.#askedForMethods = true;
    if (request.rpc !== 'TransferComplete') return;
    if (this.#again) {
      this.#again = undefined;
      return;
    }
    const record = this.#transfers.unconfirmed();
    if (!record) return;
    // A fault other than 8005 ends the matter too: the same request would meet the same answer.
    if (response && this.#options.quirks.transferComplete === 'twice') this.#again = record;
    this.#transfers.confirm(record);
    const isLast = this.#transfers.unconfirmed() === undefined;
    this.#events.transferConfirmed(record.kind, record.commandKey, isLast);
  }
}
