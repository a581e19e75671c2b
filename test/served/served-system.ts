import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../common/log.js';
import { loadConfig } from '../../config.js';
import { startServer, type RunningServer } from '../../start/server.js';
import { createCpe, type Cpe, type CpeOptions } from '../cpe-simulator/index.js';
import { openTestStore } from '../store/store-fixture.js';
import { validateEnvelope } from '../acs/cwmp/xsd.js';
import { NbiClient } from './nbi-client.js';

export const ADMIN_PASSWORD = 'correct horse battery';

/** A real server on free loopback ports with an empty database, and simulated CPEs that call it over HTTP. */
export interface ServedSystem {
  server: RunningServer;
  nbi: NbiClient;
  /** Envelopes the server sent that do not fit the schemas. */
  invalidEnvelopes: string[];
  /** Started CPEs are stopped with the system. */
  cpe(options: Omit<CpeOptions, 'acsUrl'>): Cpe;
  stop(): Promise<void>;
}

export async function startSystem(flags: readonly string[] = []): Promise<ServedSystem> {
  const database = await openTestStore();
  const folder = await mkdtemp(join(tmpdir(), 'provost-served-'));
  const { config } = loadConfig({
    argv: [
      ...['--mongodb-uri', database.uri, '--data-dir', folder, '--admin-password', ADMIN_PASSWORD],
      ...['--cwmp-port', '0', '--files-port', '0', '--http-port', '0'],
      ...['--cwmp-host', '127.0.0.1', '--files-host', '127.0.0.1', '--cwmp-authentication', 'none'],
      // What the first session of a CPE does is then what a test has asked for.
      ...['--system-tasks', 'false', '--starting-templates', 'false'],
      ...flags,
    ],
    env: {},
  });
  const invalidEnvelopes: string[] = [];
  const server = await startServer(config, {
    log: silentLog,
    onEnvelope: (xml) => {
      const faults = validateEnvelope(xml);
      if (faults.length > 0) invalidEnvelopes.push(`${faults.join('; ')}\n${xml}`);
    },
  });
  const nbi = await new NbiClient(server.urls.console).signIn('admin', ADMIN_PASSWORD);
  const cpes: Cpe[] = [];
  return {
    server,
    nbi,
    invalidEnvelopes,
    cpe: (options) => {
      const cpe = createCpe({ acsUrl: `${server.urls.cwmp}/`, ...options });
      cpes.push(cpe);
      return cpe;
    },
    stop: async () => {
      for (const cpe of cpes) await cpe.stop();
      await server.stop();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
