import { parseArgs } from 'node:util';
import { Fleet, type FleetOptions, type FleetStatistics } from './fleet.js';

const usage = `Simulates CPEs that call an ACS by TR-069.

Usage: npm run simulate -- --acs URL [options]

  --acs URL                            ACS to call, for example http://127.0.0.1:7547/
  --count N                            number of CPEs (1)
  --model tr181|tr098|mixed            data model of the CPEs (mixed)
  --interval SECONDS                   periodic Inform interval (300)
  --spread SECONDS                     time over which they are switched on (count / 20, at most the interval)
  --username NAME                      for the ACS; %s stands for the serial number (OUI-ProductClass-SerialNumber)
  --password TEXT                      for the ACS
  --serial-prefix TEXT                 of the serial numbers, ten digits follow (FN)
  --first N                            number of the first CPE (1)
  --connection-request-host ADDRESS    to listen on for connection requests (127.0.0.1)
  --connection-request-port-base N     a port of its own for each CPE, from N on (one shared port)
  --connection-request-username NAME   the factory's credentials for connection requests (none)
  --connection-request-password TEXT
  --no-connection-requests             do not listen for connection requests
  --state DIR                          keep the CPEs' state in this folder
  --reboot-time SECONDS                time that a restart takes (10)
  --parameters N                       further parameters of a vendor object for each CPE (0)
  --seed N                             makes another fleet of the same size (0)
  --still                              nothing happens in the households
  --verbose                            print every failed session
  --help
`;

class UsageError extends Error {}

function number(name: string, text: string, low: number, high: number): number {
  const value = Number(text);
  if (!Number.isFinite(value) || text.trim() === '' || value < low || value > high) {
    throw new UsageError(`--${name} is "${text}"; a number from ${low} to ${high} is needed`);
  }
  return value;
}

function whole(name: string, text: string, low: number, high: number): number {
  const value = number(name, text, low, high);
  if (!Number.isInteger(value)) throw new UsageError(`--${name} is "${text}"; a whole number is needed`);
  return value;
}

const flags = {
  acs: { type: 'string' },
  count: { type: 'string', default: '1' },
  model: { type: 'string', default: 'mixed' },
  interval: { type: 'string', default: '300' },
  spread: { type: 'string' },
  username: { type: 'string' },
  password: { type: 'string' },
  'serial-prefix': { type: 'string', default: 'FN' },
  first: { type: 'string', default: '1' },
  'connection-request-host': { type: 'string', default: '127.0.0.1' },
  'connection-request-port-base': { type: 'string' },
  'connection-request-username': { type: 'string' },
  'connection-request-password': { type: 'string' },
  'no-connection-requests': { type: 'boolean', default: false },
  state: { type: 'string' },
  'reboot-time': { type: 'string', default: '10' },
  parameters: { type: 'string', default: '0' },
  seed: { type: 'string', default: '0' },
  still: { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: flags, strict: true }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

type Values = ReturnType<typeof parse>;

function acsUrl(text: string | undefined): string {
  if (text === undefined) throw new UsageError('--acs is missing');
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new UsageError(`--acs is "${text}", which is no URL`);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new UsageError(`--acs is "${text}"; http or https is needed`);
  return url.href;
}

function connectionRequests(values: Values, count: number): NonNullable<FleetOptions['connectionRequest']> {
  if (values['no-connection-requests']) return false;
  const base = values['connection-request-port-base'];
  const username = values['connection-request-username'];
  const password = values['connection-request-password'];
  return {
    host: values['connection-request-host'],
    ...(base === undefined
      ? {}
      : { portBase: whole('connection-request-port-base', base, 1, 65_536 - count) }),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
  };
}

function fleetOptions(values: Values): FleetOptions {
  const { model } = values;
  if (model !== 'tr098' && model !== 'tr181' && model !== 'mixed') {
    throw new UsageError(`--model is "${model}"; tr181, tr098 or mixed is needed`);
  }
  const count = whole('count', values.count, 1, 100_000);
  const interval = whole('interval', values.interval, 1, 4_294_967_295);
  return {
    acsUrl: acsUrl(values.acs),
    count,
    model,
    interval,
    spread:
      values.spread === undefined
        ? Math.min(interval, count / 20)
        : number('spread', values.spread, 0, 86_400),
    serialPrefix: values['serial-prefix'],
    firstNumber: whole('first', values.first, 0, 9_999_999_999),
    connectionRequest: connectionRequests(values, count),
    rebootTime: number('reboot-time', values['reboot-time'], 0, 3600),
    fillerParameters: whole('parameters', values.parameters, 0, 1_000_000),
    seed: whole('seed', values.seed, 0, 4_294_967_295),
    lively: !values.still,
    ...(values.username === undefined ? {} : { username: values.username }),
    ...(values.password === undefined ? {} : { password: values.password }),
    ...(values.state === undefined ? {} : { stateDir: values.state }),
    ...(values.verbose ? { log: (message: string) => console.log(message) } : {}),
  };
}

function line(statistics: FleetStatistics): string {
  const { duration, lastError, violations } = statistics;
  return [
    new Date().toTimeString().slice(0, 8),
    `${statistics.online}/${statistics.devices} online`,
    `${statistics.inSession} in session`,
    `${statistics.sessions} sessions, ${statistics.failures} failed`,
    `median ${duration.median.toFixed(0)} ms, 95 % ${duration.p95.toFixed(0)} ms`,
    `${violations} breaches of TR-069 by the ACS`,
    ...(statistics.online < statistics.devices && lastError !== undefined
      ? [`last failure: ${lastError}`]
      : []),
  ].join(' · ');
}

async function main(args: readonly string[]): Promise<void> {
  const values = parse(args);
  if (values.help) {
    process.stdout.write(usage);
    return;
  }
  const fleet = new Fleet(fleetOptions(values));
  const report = setInterval(() => console.log(line(fleet.statistics())), 10_000);
  const stopping = new AbortController();
  const stop = (): void => {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
    clearInterval(report);
    void fleet.stop().then(() => {
      console.log(line(fleet.statistics()));
      process.exit(0);
    });
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  // Started by another program over a channel, it ends with that program.
  if (process.connected) process.on('disconnect', stop);
  console.log(`${values.count} simulated CPEs call ${values.acs ?? ''}`);
  try {
    await fleet.start();
  } catch (error) {
    if (stopping.signal.aborted) return;
    clearInterval(report);
    await fleet.stop();
    throw error;
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  console.error(error instanceof UsageError ? `${message}\nSee --help.` : `cannot simulate: ${message}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
