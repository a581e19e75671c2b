import type { Config } from '../config.js';
import type { Log } from '../common/log.js';
import { startEmbeddedStore, type EmbeddedStore } from '../store/embedded/start.js';
import { openStore, type Store } from '../store/store.js';
import { StartError } from './start-error.js';

export interface Storage {
  store: Store;
  kind: 'mongodb' | 'embedded';
  /** Resolves, with why, when the embedded store's process ended without being asked to; never for MongoDB. */
  lost: Promise<string>;
  close(): Promise<void>;
}

/** Connects to the MongoDB that was configured, else starts the embedded store on the data folder. */
export async function openStorage(config: Config, dataFolder: string, log: Log): Promise<Storage> {
  if (config.mongodbUri !== '') {
    const store = await connect(config.mongodbUri, `MongoDB at ${withoutCredentials(config.mongodbUri)}`);
    return { store, kind: 'mongodb', lost: new Promise(() => undefined), close: () => store.close() };
  }
  const embedded = await start(config, dataFolder, log);
  try {
    return embeddedStorage(await connect(embedded.uri, 'the embedded store'), embedded);
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

async function start(config: Config, dataFolder: string, log: Log): Promise<EmbeddedStore> {
  try {
    return await startEmbeddedStore({
      dataDir: dataFolder,
      ...(config.storeTcpPort === 0 ? {} : { tcpPort: config.storeTcpPort }),
      log: (level, text) => log[level]({ part: 'store' }, text),
    });
  } catch (error) {
    throw new StartError(`The embedded store could not be started: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

async function connect(uri: string, what: string): Promise<Store> {
  try {
    return await openStore({ uri });
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0] ?? '';
    throw new StartError(`Cannot use ${what}: ${reason}`, { cause: error });
  }
}

function embeddedStorage(store: Store, embedded: EmbeddedStore): Storage {
  let closing = false;
  const lost = new Promise<string>((resolve) => {
    void embedded.exited.then(({ code, signal }) => {
      if (!closing) resolve(`The embedded store ended by itself (${signal ?? `exit code ${code ?? '?'}`})`);
    });
  });
  return {
    store,
    kind: 'embedded',
    lost,
    close: async () => {
      closing = true;
      await store.close();
      await embedded.stop();
    },
  };
}

/** For messages: a URI may hold a password. */
function withoutCredentials(uri: string): string {
  return uri.replace(/^(mongodb(?:\+srv)?:\/\/)[^@/]*@/, '$1').replace(/\?.*$/, '');
}
