import { ConfigError, helpText, loadConfig } from './config.js';
import { createLog, type Log } from './common/log.js';
import { startServer, type RunningServer } from './start/server.js';
import { StartError } from './start/start-error.js';

process.setSourceMapsEnabled(true);

const write = (text: string): void => {
  process.stdout.write(text);
};

async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  if (argv.includes('--help') || argv.includes('-h')) {
    write(helpText());
    return;
  }
  const { config, warnings } = loadConfig({ argv, env: process.env });
  const log = createLog({
    level: config.logLevel,
    pretty: config.logFormat === 'pretty' || (config.logFormat === 'auto' && process.stdout.isTTY),
  });
  for (const warning of warnings) log.warn(warning);
  const server = await startServer(config, { log });
  endOnSignals(server, log);
  write(server.banner);
}

/**
 * Ctrl-C and `kill` end cleanly; a second one at once. An embedded store that died takes the server with it, at once too:
 * without it no session can go on and nothing can be kept. What was acknowledged is on disk.
 */
function endOnSignals(server: RunningServer, log: Log): void {
  let ending = false;
  const end = (why: string): void => {
    if (ending) process.exit(130);
    ending = true;
    log.info({ why }, 'ending; open sessions get up to 8 s');
    server.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'could not end cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => end('SIGINT'));
  process.on('SIGTERM', () => end('SIGTERM'));
  void server.storeLost.then((reason) => {
    log.fatal(reason);
    process.exit(1);
  });
}

main().catch((error: unknown) => {
  const expected = error instanceof StartError || error instanceof ConfigError;
  process.stderr.write(
    `${expected ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exit(1);
});
