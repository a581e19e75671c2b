import { ManualClock } from '../../../common/clock.js';
import { MemoryEventBus } from '../../../common/event-bus.js';
import { silentLog } from '../../../common/log.js';
import { SecretBox } from '../../../common/secret-box.js';
import { Contacts, type ContactFacts, type ContactsOptions } from '../../../acs/devices/contacts.js';
import { Inventory } from '../../../acs/devices/inventory.js';
import { openStore, type Store } from '../../../store/store.js';
import { openTestStore } from '../../store/store-fixture.js';

export interface DevicesFixture {
  store: Store;
  clock: ManualClock;
  events: MemoryEventBus;
  /** Types of the events so far, with their subject's data. */
  published: { type: string; subject: string; data: Record<string, unknown> }[];
  secretBox: SecretBox;
  inventory: Inventory;
  contacts(options?: Partial<ContactsOptions>): Contacts;
  close(): Promise<void>;
}

export async function openDevices(): Promise<DevicesFixture> {
  const test = await openTestStore();
  const store = await openStore({
    uri: `${test.uri}${test.uri.includes('?') ? '&' : '?'}monitorCommands=true`,
  });
  const clock = new ManualClock('2026-03-01T00:00:00Z');
  const events = new MemoryEventBus(clock);
  const published: DevicesFixture['published'] = [];
  events.subscribe(({ type, subject, data }) => published.push({ type, subject, data }));
  const secretBox = new SecretBox('a key for these tests only');
  return {
    store,
    clock,
    events,
    published,
    secretBox,
    inventory: new Inventory(store, { clock, events, secretBox }),
    contacts: (options = {}) =>
      new Contacts(store, {
        clock,
        events,
        log: silentLog,
        serverId: 'server-1',
        leaseSeconds: 60,
        newDevicePolicy: 'create',
        ...options,
      }),
    async close() {
      await store.close();
      await test.close();
    },
  };
}

let sessions = 0;

/** A contact of one TR-098 device; `values` are parameters of its Inform by name below the root. */
export function contact(
  at: Date,
  overrides: Partial<ContactFacts> = {},
  values: Record<string, string> = {},
  root = 'InternetGatewayDevice',
): ContactFacts {
  sessions += 1;
  return {
    sessionId: sessions.toString(16).padStart(24, '0'),
    at,
    sourceIp: '::ffff:198.51.100.7',
    tls: false,
    cwmpNamespace: 'urn:dslforum-org:cwmp-1-0',
    cwmpVersion: '1.0',
    deviceId: { manufacturer: 'Acme', oui: '00aabb', productClass: 'IGD', serialNumber: 'S1' },
    events: [{ code: '2 PERIODIC', commandKey: '' }],
    retryCount: 0,
    maxEnvelopes: 1,
    currentTime: '2026-03-01T00:00:00Z',
    parameters: Object.entries({ 'DeviceInfo.SoftwareVersion': '1.0', ...values }).map(([name, value]) => ({
      name: `${root}.${name}`,
      value,
      type: 'string',
    })),
    ...overrides,
  };
}

/** What a promise rejects with; fails when it does not. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
    throw new Error('rejected with something that is no error', { cause: error });
  }
  throw new Error('did not reject');
}
