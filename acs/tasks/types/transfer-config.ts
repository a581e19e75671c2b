import { z } from 'zod';
import { text, whole } from '../config-fields.js';

const PROTOCOLS = ['http', 'httpWithAuth', 'https', 'httpsWithAuth'] as const;
const FTP = new Set(['ftp', 'anonymousFtp', 'emptyFtp']);

const protocol = z
  .enum(PROTOCOLS, {
    error: ({ input }) =>
      FTP.has(String(input))
        ? `${String(input)}: this server has no FTP; use http, httpWithAuth, https or httpsWithAuth`
        : `is none of ${PROTOCOLS.join(', ')}`,
  })
  .optional()
  .meta({ title: 'Protocol', description: 'Left out = as the base URL says, else http' });

/** Seconds, when the time limit is not given (task-types.md §3.1). */
export const DEFAULT_TIME_LIMIT = 3_600;

/** The attributes that all transfers share (task-types.md §3.1). */
export const transferFields = {
  protocol,
  baseUrl: text(200)
    .refine((url) => url === '' || /^https?:\/\/[^\s/?#@]+\/?$/i.test(url), 'is no http(s)://host:port')
    .default('')
    .meta({
      title: 'Base URL',
      description: 'The file server as the device sees it; empty = the server setting',
    }),
  maxInformCount: whole(1, 1_000).default(10).meta({
    title: 'Max inform count',
    description: 'Informs without the awaited answer after which an attempt is given up',
  }),
  retryCount: whole(0, 100).default(0).meta({
    title: 'Retry count',
    description: 'Further attempts after a failed one',
  }),
  retryOnBootstrap: z.boolean().default(false).meta({
    title: 'Retry on bootstrap',
    description: 'A factory reset meanwhile: the request is sent again',
  }),
  blocking: z.boolean().default(true).meta({
    title: 'Blocking',
    description: 'No other task runs before the transfer has ended',
  }),
  useQuota: z.boolean().default(false).meta({
    title: 'Use quota',
    description: 'Counts against the simultaneous transfers of this server',
  }),
  delaySeconds: whole(0, 86_400 * 365)
    .default(0)
    .meta({ title: 'Delay', description: 'Seconds that the device waits before it begins' }),
  timeLimit: whole(0, 86_400 * 365)
    .default(0)
    .meta({
      title: 'Time limit',
      description: 'Seconds from sending to completion, per attempt; 0 = 3600',
    }),
};

/** The values of an example, so that it is complete. */
export const transferDefaults = {
  baseUrl: '',
  maxInformCount: 10,
  retryCount: 0,
  retryOnBootstrap: false,
  blocking: true,
  useQuota: false,
  delaySeconds: 0,
  timeLimit: 0,
};

export type TransferConfig = z.infer<z.ZodObject<typeof transferFields>>;

/** Protocol and base URL must not contradict each other. */
export function schemeFits({ protocol: chosen, baseUrl }: TransferConfig): boolean {
  // What an expression gives is not known yet.
  if (chosen === undefined || baseUrl === '' || chosen.includes('${') || baseUrl.includes('${')) return true;
  return schemeOf(chosen) === baseUrl.slice(0, baseUrl.indexOf(':')).toLowerCase();
}
export const SCHEME_MISMATCH = { error: 'contradicts the base URL', path: ['protocol'] };

export function schemeOf(chosen: TransferConfig['protocol']): 'http' | 'https' {
  return chosen?.startsWith('https') ? 'https' : 'http';
}

export function withCredentials(chosen: TransferConfig['protocol']): boolean {
  return chosen?.endsWith('WithAuth') ?? false;
}
