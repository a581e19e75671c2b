import { brotliCompressSync, brotliDecompressSync, constants, deflateSync } from 'node:zlib';
import { pathToFileURL } from 'node:url';
import { MemoryEventBus } from '../../common/event-bus.js';
import { ManualClock } from '../../common/clock.js';
import { silentLog } from '../../common/log.js';
import { Contacts, type ContactFacts } from '../../acs/devices/contacts.js';
import { ParameterTree } from '../../acs/devices/parameter-tree.js';
import { decodeTree, encodeTree, TREE_FORMAT } from '../../acs/devices/tree-codec.js';
import { openStore } from '../../store/store.js';
import { openTestStore } from '../store/store-fixture.js';

export interface TreeFigures {
  parameters: number;
  /** Bytes of the stored snapshot for each parameter. */
  storedBytesPerParameter: number;
  /** Heap and typed arrays of the decoded tree for each parameter; null without `--expose-gc`. */
  memoryBytesPerParameter: number | null;
  /** Milliseconds of CPU, here and below. */
  encodeMs: number;
  decodeMs: number;
  applyMs: number;
  cloneMs: number;
  /** Looking up one value, microseconds. */
  getUs: number;
}

export interface TreeBench {
  trees: TreeFigures[];
  /** The stored columns of the largest tree under each compressor. */
  compressors: { name: string; bytes: number; ms: number }[];
  /** Client CPU of `Contacts.open` of a known device, microseconds. */
  openUs: number;
  /** The same for a findOneAndUpdate of one field with the bare driver: what no code of ours can go below. */
  driverUs: number;
}

const at = new Date('2026-03-01T00:00:00Z');

/** A gateway with Wi-Fi, hosts and counters, as many hosts as it takes to reach the number of parameters. */
function gateway(parameters: number): { name: string; value: string; type: string }[] {
  const values: { name: string; value: string; type: string }[] = [];
  const random = lcg(7);
  for (let host = 1; values.length < parameters; host += 1) {
    const mac = Array.from({ length: 6 }, () => random(256).toString(16).padStart(2, '0'))
      .join(':')
      .toUpperCase();
    const row: [string, string, string][] = [
      ['PhysAddress', mac, 'string'],
      ['IPAddress', `192.168.${random(4)}.${random(256)}`, 'string'],
      ['AddressSource', 'DHCP', 'string'],
      ['LeaseTimeRemaining', String(random(86_400)), 'int'],
      ['AssociatedDevice', `Device.WiFi.AccessPoint.${1 + random(4)}.AssociatedDevice.${host}.`, 'string'],
      ['Layer1Interface', `Device.WiFi.Radio.${1 + random(2)}.`, 'string'],
      ['HostName', `host-${random(1_000_000).toString(36)}`, 'string'],
      ['Active', random(2) === 0 ? 'false' : 'true', 'boolean'],
      ['X_Stats.BytesSent', String(random(4_000_000_000)), 'unsignedLong'],
      ['X_Stats.BytesReceived', String(random(4_000_000_000)), 'unsignedLong'],
    ];
    for (const [name, value, type] of row)
      values.push({ name: `Device.Hosts.Host.${host}.${name}`, value, type });
  }
  return values.slice(0, parameters);
}

async function treeFigures(parameters: number): Promise<TreeFigures> {
  const values = gateway(parameters);
  const before = memory();
  const tree = new ParameterTree();
  const applyMs = timed(() => tree.apply({ at, values }));
  const rounds = Math.max(3, Math.round(20_000 / parameters));
  const snapshot = await encodeTree(tree);
  const encodeMs = await timedRounds(rounds, () => encodeTree(tree));
  const decodeMs = await timedRounds(rounds, () => decodeTree(snapshot, TREE_FORMAT));
  const decoded = await decodeTree(snapshot, TREE_FORMAT);
  const withBoth = memory();
  const cloneMs = await timedRounds(rounds, () => decoded.clone());
  const looked = Math.min(parameters, 10_000);
  const getUs =
    (timed(() => values.slice(0, looked).forEach(({ name }) => decoded.value(name))) * 1000) / looked;
  // Two trees were made in between: one by changes, one decoded.
  const memoryBytesPerParameter =
    before !== null && withBoth !== null ? (withBoth - before) / 2 / parameters : null;
  return {
    parameters,
    storedBytesPerParameter: snapshot.length / parameters,
    memoryBytesPerParameter,
    encodeMs,
    decodeMs,
    applyMs,
    cloneMs,
    getUs,
  };
}

async function openCost(): Promise<{ openUs: number; driverUs: number }> {
  const test = await openTestStore();
  const store = await openStore({ uri: test.uri });
  const clock = new ManualClock(at);
  const contacts = new Contacts(store, {
    clock,
    events: new MemoryEventBus(clock),
    log: silentLog,
    serverId: 'bench',
    leaseSeconds: 60,
    newDevicePolicy: 'create',
  });
  const contact: ContactFacts = {
    sessionId: '0'.repeat(24),
    at,
    sourceIp: '198.51.100.7',
    tls: false,
    cwmpNamespace: 'urn:dslforum-org:cwmp-1-0',
    cwmpVersion: '1.0',
    deviceId: { manufacturer: 'Acme', oui: '00AABB', productClass: 'IGD', serialNumber: 'S1' },
    events: [{ code: '2 PERIODIC', commandKey: '' }],
    retryCount: 0,
    maxEnvelopes: 1,
    currentTime: at.toISOString(),
    parameters: ['SoftwareVersion', 'HardwareVersion', 'ProvisioningCode', 'SpecVersion'].map((name) => ({
      name: `InternetGatewayDevice.DeviceInfo.${name}`,
      value: '1.0',
      type: 'string',
    })),
  };
  const rounds = 1_000;
  for (let round = 0; round < 200; round += 1) await contacts.open(contact);
  const start = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) await contacts.open(contact);
  const openUs = (spent(start) * 1000) / rounds;
  const devices = store.db.collection('devices');
  const bare = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1)
    await devices.findOneAndUpdate(
      {},
      { $set: { description: String(round) } },
      { returnDocument: 'before' },
    );
  const driverUs = (spent(bare) * 1000) / rounds;
  await store.close();
  await test.close();
  return { openUs, driverUs };
}

/** What parameter trees and the opening of a contact cost. */
export async function runTreeBench(): Promise<TreeBench> {
  const trees: TreeFigures[] = [];
  await treeFigures(1_000);
  for (const parameters of [1_000, 2_000, 100_000]) trees.push(await treeFigures(parameters));
  const large = new ParameterTree();
  large.apply({ at, values: gateway(100_000) });
  const compressors = compareCompressors(brotliDecompressSync(await encodeTree(large)));
  return { trees, compressors, ...(await openCost()) };
}

/** How the stored size and the time depend on the compressor; the choice in `tree-codec.ts` rests on it. */
function compareCompressors(plain: Buffer): { name: string; bytes: number; ms: number }[] {
  const brotli = (quality: number) => ({
    name: `brotli ${quality}`,
    run: () => brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
  });
  const candidates = [
    ...[1, 4, 5, 6, 9].map(brotli),
    ...[1, 6, 9].map((level) => ({ name: `deflate ${level}`, run: () => deflateSync(plain, { level }) })),
  ];
  return candidates.map(({ name, run }) => {
    run();
    let bytes = 0;
    const ms = timed(() => (bytes = run().length));
    return { name, bytes, ms };
  });
}

function memory(): number | null {
  if (!globalThis.gc) return null;
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Milliseconds of CPU, so that what else runs on the machine does not count. */
function timed(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  return spent(start);
}

async function timedRounds(rounds: number, work: () => unknown): Promise<number> {
  await work();
  const start = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) await work();
  return spent(start) / rounds;
}

function spent(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function lcg(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(JSON.stringify(await runTreeBench(), null, 2));
