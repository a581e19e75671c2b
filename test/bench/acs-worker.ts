import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { createCwmpServer, type CwmpServer } from '../../acs/cwmp/endpoint.js';
import { deviceIdentity } from '../../acs/devices/identity.js';
import { systemClock } from '../../common/clock.js';
import { createLog } from '../../common/log.js';
import { SecretBox } from '../../common/secret-box.js';
import { loadConfig } from '../../config.js';
import { assemble, type Parts } from '../../start/parts.js';
import { startEmbeddedStore, type EmbeddedStore } from '../../store/embedded/start.js';
import { openStore, type Store } from '../../store/store.js';
import { knownParameters, OUI, PRODUCT_CLASS, serialOf } from './envelopes.js';
import { serve } from './worker.js';

const KEY = 'a key for the bench only';

interface Running {
  folder: string;
  embedded: EmbeddedStore | null;
  store: Store;
  parts: Parts;
  server: CwmpServer;
}

let running: Running | null = null;

const identity = (device: number): string =>
  deviceIdentity({ oui: OUI, productClass: PRODUCT_CLASS, serialNumber: serialOf(device) });

function parts(): Parts {
  if (!running) throw new Error('Not prepared');
  return running.parts;
}

/** The ACS as `main.ts` puts it together, with `devices` devices of `parameters` known parameters each. */
async function prepare({ devices, parameters }: { devices: number; parameters: number }): Promise<{
  port: number;
  storePid: number | null;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'provost-bench-'));
  const { config } = loadConfig({
    // The load worker is no CPE whose data model could be read.
    argv: [
      '--data-dir',
      folder,
      '--cwmp-authentication',
      'none',
      '--system-tasks',
      'false',
      '--starting-templates',
      'false',
    ],
    env: {},
    readFile: () => {
      throw Object.assign(new Error('no file'), { code: 'ENOENT' });
    },
  });
  const given = process.env.MONGODB_URI;
  const embedded = given === undefined ? await startEmbeddedStore({ dataDir: folder }) : null;
  const store = await openStore({ uri: given ?? embedded?.uri ?? '' });
  // The log of a real server, written to where it costs no one but the ACS.
  const log = createLog({ level: 'info', pretty: false }, pino.destination('/dev/null'));
  const made = await assemble({
    ...{ config, clock: systemClock, log, store, secretKey: KEY, serverId: 'bench' },
    secretBox: new SecretBox(KEY),
    cpe: { username: '', password: '', generated: false },
    filesUrl: () => 'http://127.0.0.1:7567',
  });
  const server = createCwmpServer({
    ...{ conductor: made.engine, authenticator: made.authenticator, clock: systemClock, log },
  });
  const { port } = await server.listen(0, '127.0.0.1');
  running = { folder, embedded, store, parts: made, server };

  const values = knownParameters(parameters);
  for (let device = 0; device < devices; device += 1)
    await made.trees.save({ _id: identity(device) }, [{ at: systemClock.now(), values }]);
  return { port, storePid: embedded?.pid ?? null };
}

/** One pending SetValues for each device, in place of those of the round before. */
async function plan({ devices, round }: { devices: number; round: number }): Promise<void> {
  const { store, tasks } = parts();
  for (const model of [store.tasks, store.executions, store.executionLogs, store.logLines])
    await model.collection.deleteMany({});
  for (let device = 0; device < devices; device += 1)
    await tasks.create(
      {
        device: identity(device),
        type: 'SetValues',
        config: { param: [{ name: 'Device.WiFi.SSID.1.SSID', value: `Home ${round}` }] },
      },
      { user: 'bench' },
    );
}

/** Resolves when the sessions that were served have been stored as well; says how many tasks have succeeded. */
async function settle(): Promise<number> {
  const { store } = parts();
  while ((await store.devices.collection.countDocuments({ 'lease.session': { $ne: null } })) > 0)
    await new Promise((resolve) => setTimeout(resolve, 5));
  return await store.executions.collection.countDocuments({ status: 'SUCCESS' });
}

const inspector = new Session();

async function startProfile(): Promise<void> {
  inspector.connect();
  await inspector.post('Profiler.enable');
  await inspector.post('Profiler.setSamplingInterval', { interval: 250 });
  await inspector.post('Profiler.start');
}

/** Writes what was used since the start as a `.cpuprofile`. */
async function stopProfile({ folder, name }: { folder: string; name: string }): Promise<void> {
  const { profile } = await inspector.post('Profiler.stop');
  inspector.disconnect();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.cpuprofile`), JSON.stringify(profile));
}

async function end(): Promise<void> {
  if (!running) return;
  const { folder, embedded, store, parts: made, server } = running;
  await server.close({ graceMs: 0 });
  await made.close();
  await store.close();
  await embedded?.stop();
  rmSync(folder, { recursive: true, force: true });
}

serve({ prepare, plan, settle, startProfile, stopProfile }, end);
