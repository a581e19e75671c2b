import { type AppliedChange, type DataModel } from './model/data-model.js';
import { hashOf } from './random.js';
import { type Cancel, type Timers } from './timers.js';

type Values = Readonly<Record<string, string | number>>;

interface TestResult {
  readonly state: string;
  readonly values: Values;
  /** Rows of the test's one table. */
  readonly rows?: readonly Values[];
}

interface TestInput {
  /** An argument below the test's object. */
  readonly read: (name: string) => string;
  readonly now: Date;
}

/** One kind of test of TR-098, TR-181 or TR-143. */
interface TestKind {
  readonly objects: { readonly Device: string; readonly InternetGatewayDevice: string };
  /** Below the object, with a dot at its end. */
  readonly table?: string;
  readonly milliseconds: (input: TestInput) => number;
  readonly run: (input: TestInput, root: string) => TestResult;
}

const isReachable = (host: string): boolean => host !== '' && !host.endsWith('.invalid');

const addressOf = (host: string): string => `198.51.100.${1 + (hashOf(host) % 250)}`;

/** With microseconds, as TR-143 wants them. */
const microseconds = (at: Date, offset: number): string =>
  new Date(at.getTime() + Math.floor(offset / 1000))
    .toISOString()
    .replace('Z', `${String(offset % 1000).padStart(3, '0')}Z`);

function repeated(subject: string, repetitions: number): Values {
  const base = 4 + (hashOf(subject) % 30);
  const lost = hashOf(subject, repetitions) % (Math.floor(repetitions / 10) + 1);
  return {
    SuccessCount: repetitions - lost,
    FailureCount: lost,
    AverageResponseTime: base + 2,
    MinimumResponseTime: base,
    MaximumResponseTime: base + 9,
  };
}

const nothing: Values = {
  SuccessCount: 0,
  FailureCount: 0,
  AverageResponseTime: 0,
  MinimumResponseTime: 0,
  MaximumResponseTime: 0,
};

const repetitionsOf = ({ read }: TestInput): number => Number(read('NumberOfRepetitions'));
const byRepetitions = (input: TestInput): number => Math.min(repetitionsOf(input), 20) * 50;

const ping: TestKind = {
  objects: { Device: 'IP.Diagnostics.IPPing.', InternetGatewayDevice: 'IPPingDiagnostics.' },
  milliseconds: byRepetitions,
  run: (input) => {
    const host = input.read('Host');
    return isReachable(host)
      ? { state: 'Complete', values: repeated(host, repetitionsOf(input)) }
      : { state: 'Error_CannotResolveHostName', values: nothing };
  },
};

const traceRoute: TestKind = {
  objects: { Device: 'IP.Diagnostics.TraceRoute.', InternetGatewayDevice: 'TraceRouteDiagnostics.' },
  table: 'RouteHops.',
  milliseconds: ({ read }) => Math.min(Number(read('MaxHopCount')), 30) * 20,
  run: ({ read }, root) => {
    const host = read('Host');
    if (!isReachable(host)) return { state: 'Error_CannotResolveHostName', values: { ResponseTime: 0 } };
    const hops = 3 + (hashOf(host, 'hops') % 8);
    const most = Number(read('MaxHopCount'));
    const names =
      root === 'Device'
        ? (['Host', 'HostAddress', 'ErrorCode', 'RTTimes'] as const)
        : (['HopHost', 'HopHostAddress', 'HopErrorCode', 'HopRTTimes'] as const);
    const rows = Array.from({ length: Math.min(hops, most) }, (_, index) => {
      const name = index === hops - 1 ? host : `hop${index + 1}.futuro.example`;
      const times = Array.from({ length: Number(read('NumberOfTries')) }, (_, at) => 2 + index * 3 + at);
      return { [names[0]]: name, [names[1]]: addressOf(name), [names[2]]: 0, [names[3]]: times.join(',') };
    });
    return {
      state: hops > most ? 'Error_MaxHopCountExceeded' : 'Complete',
      values: { ResponseTime: 2 + rows.length * 3 },
      rows,
    };
  },
};

function transfer(url: string, bytes: number, now: Date): { ok: boolean; times: Values; bytes: number } {
  const host = /^\w+:\/\/([^/:]+)/.exec(url)?.[1] ?? '';
  if (!isReachable(host)) return { ok: false, times: {}, bytes: 0 };
  const perSecond = 2_000_000 + (hashOf(host) % 8_000_000);
  const duration = Math.round((bytes / perSecond) * 1_000_000);
  return {
    ok: true,
    bytes,
    times: {
      TCPOpenRequestTime: microseconds(now, 0),
      TCPOpenResponseTime: microseconds(now, 12_345),
      ROMTime: microseconds(now, 12_900),
      BOMTime: microseconds(now, 40_123),
      EOMTime: microseconds(now, 40_123 + duration),
    },
  };
}

/** TR-098's text of the time says `Completed`, TR-181's `Complete`. */
const done = (root: string): string => (root === 'Device' ? 'Complete' : 'Completed');

const download: TestKind = {
  objects: { Device: 'IP.Diagnostics.DownloadDiagnostics.', InternetGatewayDevice: 'DownloadDiagnostics.' },
  milliseconds: () => 400,
  run: ({ read, now }, root) => {
    const { ok, times, bytes } = transfer(read('DownloadURL'), 10_000_000, now);
    if (!ok) return { state: 'Error_InitConnectionFailed', values: { TestBytesReceived: 0 } };
    return {
      state: done(root),
      values: { ...times, TestBytesReceived: bytes, TotalBytesReceived: bytes + 4_321 },
    };
  },
};

const upload: TestKind = {
  objects: { Device: 'IP.Diagnostics.UploadDiagnostics.', InternetGatewayDevice: 'UploadDiagnostics.' },
  milliseconds: () => 400,
  run: ({ read, now }, root) => {
    const { ok, times, bytes } = transfer(read('UploadURL'), Number(read('TestFileLength')), now);
    if (!ok) return { state: 'Error_InitConnectionFailed', values: { TotalBytesSent: 0 } };
    const sent = root === 'Device' ? { TestBytesSent: bytes } : {};
    return { state: done(root), values: { ...times, ...sent, TotalBytesSent: bytes } };
  },
};

const nameLookup: TestKind = {
  objects: {
    Device: 'DNS.Diagnostics.NSLookupDiagnostics.',
    InternetGatewayDevice: 'NSLookupDiagnostics.',
  },
  table: 'Result.',
  milliseconds: byRepetitions,
  run: (input) => {
    const host = input.read('HostName');
    const server = input.read('DNSServer') || '198.51.100.53';
    if (!isReachable(server)) return { state: 'Error_DNSServerNotResolved', values: { SuccessCount: 0 } };
    const found = isReachable(host);
    const rows = Array.from({ length: repetitionsOf(input) }, (_, index) => ({
      Status: found ? 'Success' : 'Error_HostNameNotResolved',
      AnswerType: found ? 'NonAuthoritative' : 'None',
      HostNameReturned: found ? host : '',
      IPAddresses: found ? addressOf(host) : '',
      DNSServerIP: server,
      ResponseTime: 5 + index,
    }));
    return { state: 'Complete', values: { SuccessCount: found ? rows.length : 0 }, rows };
  },
};

const loopbackTest: TestKind = {
  objects: {
    Device: 'ATM.Diagnostics.F5Loopback.',
    InternetGatewayDevice: 'WANDevice.1.WANConnectionDevice.1.WANATMF5LoopbackDiagnostics.',
  },
  milliseconds: byRepetitions,
  run: (input) => ({ state: 'Complete', values: repeated('atm', repetitionsOf(input)) }),
};

const kinds: readonly TestKind[] = [ping, traceRoute, download, upload, nameLookup, loopbackTest];

/** One kind of test on one device. */
class Test {
  readonly #kind: TestKind;
  readonly #model: DataModel;
  readonly #timers: Timers;
  readonly #complete: () => void;
  readonly #object: string;
  #cancel: Cancel | undefined;

  constructor(kind: TestKind, model: DataModel, timers: Timers, complete: () => void) {
    this.#kind = kind;
    this.#model = model;
    this.#timers = timers;
    this.#complete = complete;
    const below = kind.objects[this.#root === 'Device' ? 'Device' : 'InternetGatewayDevice'];
    this.#object = model.rootPath + below;
  }

  get #root(): string {
    return this.#model.schema.rootName;
  }

  #input(): TestInput {
    return { read: (name) => this.#model.peek(this.#object + name) ?? '', now: this.#timers.now() };
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
    const input = this.#input();
    if (this.#cancel || input.read('DiagnosticsState') !== 'Requested') return;
    this.#cancel = this.#timers.after(this.#kind.milliseconds(input), () => {
      this.#cancel = undefined;
      this.#finish();
      this.#complete();
    });
  }

  #finish(): void {
    const { state, values, rows = [] } = this.#kind.run(this.#input(), this.#root);
    const assign = (object: string, results: Values): void => {
      for (const [name, value] of Object.entries(results)) this.#model.assign(object + name, String(value));
    };
    assign(this.#object, { DiagnosticsState: state, ...values });
    if (this.#kind.table === undefined) return;
    const table = this.#object + this.#kind.table;
    this.#model.renewRows(table, rows.length);
    rows.forEach((row, index) => assign(`${table}${index + 1}.`, row));
  }
}

/** The tests of a device: requested by SetParameterValues, run after the session (TR-069 A6 §3.7.1.5, TR-143). */
export class Diagnostics {
  readonly #tests: readonly Test[];

  constructor(model: DataModel, timers: Timers, complete: () => void) {
    this.#tests = kinds.map((kind) => new Test(kind, model, timers, complete));
  }

  changed(changes: readonly AppliedChange[]): void {
    for (const test of this.#tests) test.changed(changes);
  }

  halt(): void {
    for (const test of this.#tests) test.halt();
  }

  wake(): void {
    for (const test of this.#tests) test.wake();
  }
}
