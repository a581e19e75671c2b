import { pino, type DestinationStream, type Logger, type LoggerOptions } from 'pino';

export type Log = Logger;

/** Field names whose values never reach a log line, at any depth that our own log calls use. */
const SECRETS = ['password', 'passwordHash', 'authorization', 'cookie', 'token', 'secret', 'value'];

export interface LogOptions {
  level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** Human-readable lines instead of JSON. */
  pretty: boolean;
}

/** Structured log of the process: JSON lines on standard output, or readable ones on a terminal. */
export function createLog(options: LogOptions, destination?: DestinationStream): Log {
  const settings: LoggerOptions = {
    level: options.level,
    base: null,
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '••••••' },
  };
  if (destination) return pino(settings, destination);
  if (!options.pretty) return pino(settings);
  return pino({
    ...settings,
    transport: {
      target: 'pino-pretty',
      options: { translateTime: 'SYS:HH:MM:ss.l', ignore: 'pid,hostname' },
    },
  });
}

/** For tests and tools that want no output. */
export const silentLog: Log = pino({ level: 'silent' });
