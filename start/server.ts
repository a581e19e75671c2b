import { hostname } from 'node:os';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCwmpServer, type CwmpServer } from '../acs/cwmp/endpoint.js';
import { FileServer } from '../acs/files/file-server.js';
import { systemClock, type Clock } from '../common/clock.js';
import { newId } from '../common/ids.js';
import type { Log } from '../common/log.js';
import { SecretBox } from '../common/secret-box.js';
import { listOf, type Config } from '../config.js';
import { createNbiServer } from '../nbi/server.js';
import { banner } from './banner.js';
import { installationCredentials } from './cpe-credentials.js';
import { openDataFolder, secretKeyOf } from './data-folder.js';
import { offerDemoFirmware } from './demo-firmware.js';
import { openStorage, type Storage } from './open-storage.js';
import { assemble, type Parts } from './parts.js';
import { publicUrl } from './public-url.js';
import { startSimulatedFleet } from './simulated-fleet.js';
import { listenError } from './start-error.js';
import { version } from './version.js';

/**
 * Open sessions and transfers get this long when the server ends; with what comes after it, an end takes less than the
 * 10 s after which service managers lose patience.
 */
const GRACE_MS = 8_000;
/** The first administrator's log-in. */
const ADMINISTRATOR = 'admin';

export interface RunningServer {
  /** Where it listens, as CPEs and people reach it. */
  readonly urls: Urls;
  /** Of the first administrator, when it was made just now without a configured password. */
  readonly adminPassword: string | null;
  /** What the person at the terminal is told. */
  readonly banner: string;
  /** Resolves, with why, when the embedded store died. */
  readonly storeLost: Promise<string>;
  /** Ends cleanly: no new sessions, open ones get up to 8 s, then everything is flushed. */
  stop(): Promise<void>;
}

interface Urls {
  console: string;
  cwmp: string;
  files: string;
}

export interface ServerDeps {
  log: Log;
  clock?: Clock;
  /** Sees every envelope that is sent to a CPE. */
  onEnvelope?: (xml: string) => void;
}

/** Starts everything that the configuration asks for. Rejects with `StartError`, all that was started ended again. */
export async function startServer(config: Config, deps: ServerDeps): Promise<RunningServer> {
  const starting = new Starting(config, deps);
  try {
    return await starting.start();
  } catch (error) {
    await starting.stop();
    throw error;
  }
}

/** The start in its order, and its undoing in reverse: what was started last needs what was started first. */
class Starting {
  readonly #config: Config;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #onEnvelope: ServerDeps['onEnvelope'];
  readonly #ends: (() => Promise<unknown>)[] = [];
  /** The listeners are ended together, so that the grace of one does not come on top of that of another. */
  readonly #listeners: (() => Promise<void>)[] = [];
  readonly #urls: Urls = { console: '', cwmp: '', files: '' };

  constructor(config: Config, { log, clock, onEnvelope }: ServerDeps) {
    this.#config = config;
    this.#log = log;
    this.#clock = clock ?? systemClock;
    this.#onEnvelope = onEnvelope;
  }

  async start(): Promise<RunningServer> {
    const config = this.#config;
    const startedAt = this.#clock.now();
    const dataFolder = await openDataFolder(config.dataDir);
    const secretKey = config.secretKey === '' ? await secretKeyOf(dataFolder) : config.secretKey;
    const secretBox = new SecretBox(secretKey);
    const storage = await openStorage(config, dataFolder, this.#log);
    this.#ends.push(() => storage.close());
    const cpe = await installationCredentials(storage.store, secretBox, this.#clock, {
      username: config.cwmpUsername,
      password: config.cwmpPassword,
    });
    const parts = await assemble({
      ...{ config, secretBox, secretKey, cpe, clock: this.#clock, log: this.#log, store: storage.store },
      // Names this process in leases and jobs; unique even when two servers share a machine.
      serverId: `${hostname()}-${process.pid}-${newId(startedAt).slice(-6)}`,
      filesUrl: () => this.#urls.files,
    });
    this.#ends.push(() => parts.close());
    this.#ends.push(() => Promise.all(this.#listeners.map((close) => close())));

    await this.#listenForFiles(parts);
    const cwmp = await this.#listenForCpes(parts);
    const adminPassword = await this.#listenForPeople(parts, storage, cwmp, startedAt);
    if (config.demo) await this.#startDemo(parts, dataFolder, cpe);

    return {
      urls: this.#urls,
      adminPassword,
      banner: banner(config, {
        ...{ urls: this.#urls, adminPassword, cpe },
        storage: storage.kind === 'embedded' ? `${dataFolder} (embedded store)` : 'MongoDB (MONGODB_URI)',
      }),
      storeLost: storage.lost,
      stop: () => this.stop(),
    };
  }

  async stop(): Promise<void> {
    for (const end of this.#ends.splice(0).reverse()) await end();
  }

  async #listenForFiles({ resources, transfers }: Parts): Promise<void> {
    const { filesHost, filesPort, filesPublicUrl, filesMaxTransfers } = this.#config;
    const server = new FileServer({
      ...{ resources, transfers, clock: this.#clock, log: this.#log },
      limits: { transfers: filesMaxTransfers },
    });
    const { port } = await server.listen(filesPort, filesHost).catch((error: unknown) => {
      throw listenError(error, 'file transfers', 'PROVOST_FILES_PORT', filesHost, filesPort);
    });
    this.#listeners.push(() => server.close({ graceMs: GRACE_MS }));
    this.#urls.files = publicUrl(filesPublicUrl, filesHost, port);
  }

  async #listenForCpes({ engine, authenticator }: Parts): Promise<CwmpServer> {
    const { cwmpHost, cwmpPort, cwmpPublicUrl, cwmpMaxBody, cwmpMaxSessions, cwmpTimeout } = this.#config;
    const server = createCwmpServer({
      ...{ conductor: engine, authenticator, clock: this.#clock, log: this.#log },
      limits: { bodyBytes: cwmpMaxBody, sessions: cwmpMaxSessions, answerMs: cwmpTimeout * 1_000 },
      ...(this.#onEnvelope && { onEnvelope: this.#onEnvelope }),
    });
    const { port } = await server.listen(cwmpPort, cwmpHost).catch((error: unknown) => {
      throw listenError(error, 'CPEs', 'PROVOST_CWMP_PORT', cwmpHost, cwmpPort);
    });
    this.#listeners.push(() => {
      engine.drain();
      return server.close({ graceMs: GRACE_MS });
    });
    this.#urls.cwmp = publicUrl(cwmpPublicUrl, cwmpHost, port);
    return server;
  }

  /** Gives the password of the administrator that was made now, unless it was configured. */
  async #listenForPeople(
    parts: Parts,
    storage: Storage,
    cwmp: CwmpServer,
    startedAt: Date,
  ): Promise<string | null> {
    const { httpHost, httpPort, httpMaxUpload, httpTrustedProxies, adminPassword } = this.#config;
    const consoleFolder = consolePlace();
    const server = createNbiServer({
      ...{ ...parts, clock: this.#clock, log: this.#log },
      limits: { upload: httpMaxUpload },
      proxies: listOf(httpTrustedProxies),
      info: {
        ...{ version, name: 'Provost', startedAt, storeKind: storage.kind },
        cwmpUrl: `${this.#urls.cwmp}/`,
        filesUrl: this.#urls.files,
        checks: { cwmp: () => Promise.resolve(cwmp.address !== null) },
      },
      ...(consoleFolder !== null && { uiDir: consoleFolder }),
    });
    const made = await server.accounts.ensureAdministrator({
      login: ADMINISTRATOR,
      ...(adminPassword !== '' && { password: adminPassword }),
    });
    const { port } = await server.listen(httpPort, httpHost).catch((error: unknown) => {
      throw listenError(error, 'the console', 'PROVOST_HTTP_PORT', httpHost, httpPort);
    });
    this.#listeners.push(() => server.close());
    this.#urls.console = publicUrl('', httpHost, port);
    return made;
  }

  async #startDemo(
    { resources }: Parts,
    dataFolder: string,
    cpe: { username: string; password: string },
  ): Promise<void> {
    await offerDemoFirmware(resources);
    const open = this.#config.cwmpAuthentication === 'none';
    const fleet = startSimulatedFleet(
      {
        acsUrl: `${this.#urls.cwmp}/`,
        count: this.#config.demoDevices,
        stateFolder: join(dataFolder, 'demo'),
        username: cpe.username,
        password: open ? '' : cpe.password,
      },
      this.#log,
    );
    this.#ends.push(() => fleet.stop());
  }
}

/** The built console, beside the compiled server; null when it was not built. */
function consolePlace(): string | null {
  const places = ['../ui', '../dist/ui'].map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return places.find((place) => existsSync(join(place, 'assets'))) ?? null;
}
