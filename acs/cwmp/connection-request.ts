import { Agent, request, type IncomingMessage } from 'node:http';
import { answerChallenge, readChallenges } from './digest.js';

export interface ConnectionRequestOptions {
  /** `ManagementServer.ConnectionRequestURL` as the device reports it. */
  url: string | null;
  /** Null = none are known; the request is made without. */
  username: string | null;
  password: string | null;
  /** Milliseconds for the whole request, both tries of it. */
  timeoutMs: number;
}

/** How a connection request came out (devices.md §10). Accepted says only that the CPE will come (cpe-quirks.md row 85). */
export type ConnectionRequestOutcome =
  | 'accepted'
  | 'refused-401'
  | 'busy-503'
  /** No connection, or an answer that is none of the others. */
  | 'unreachable'
  | 'timeout'
  | 'no-url';

export interface ConnectionRequestResult {
  /** HTTP status of the last answer; null = none came. */
  status: number | null;
  outcome: ConnectionRequestOutcome;
  /** Milliseconds. */
  duration: number;
  /** One sentence for the operator; never a secret. */
  detail: string;
}

/** Asks a CPE over HTTP to open a session (cwmp.md §10.1). Never rejects. */
export async function sendConnectionRequest(
  options: ConnectionRequestOptions,
): Promise<ConnectionRequestResult> {
  const begin = performance.now();
  const result = await attempt(options, begin + options.timeoutMs);
  return { ...result, duration: Math.round(performance.now() - begin) };
}

type Result = Omit<ConnectionRequestResult, 'duration'>;

async function attempt(options: ConnectionRequestOptions, deadline: number): Promise<Result> {
  const target = readUrl(options.url);
  if ('outcome' in target) return target;
  // One connection: the challenge is answered on the one that it came by, as long as the CPE keeps it (row 83).
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const first = await get(target, null, agent, deadline);
    if (!('challenges' in first) || first.status !== 401) return settle(first);
    const authorization = authorize(first.challenges, options, target);
    if (authorization === null) return settle(first);
    return settle(await get(target, authorization, agent, deadline));
  } finally {
    agent.destroy();
  }
}

interface Target {
  host: string;
  port: number;
  /** Path and query as the device wrote them. */
  path: string;
  family: 4 | 6 | undefined;
}

/** URLs are reported with blanks, without a host, or for other protocols (cpe-quirks.md row 84). */
function readUrl(text: string | null): Target | Result {
  const trimmed = (text ?? '').trim();
  if (trimmed === '')
    return { status: null, outcome: 'no-url', detail: 'The device has reported no connection request URL' };
  let url: URL;
  try {
    url = new URL(trimmed);
  } catch {
    return unreachable(`${trimmed.slice(0, 256)} is no URL`);
  }
  if (url.protocol !== 'http:')
    return unreachable(`Connection requests go over http, not ${url.protocol.slice(0, -1)}`);
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (host === '0.0.0.0' || host === '::') return unreachable(`${host} is the address of no device`);
  // The parser would escape and shorten what the device compares letter by letter.
  const written = /^http:\/\/[^/?#]*([^#]*)/i.exec(trimmed)?.[1] ?? '';
  const path = written.startsWith('/') ? written : `/${written}`;
  const target = {
    host,
    port: url.port === '' ? 80 : Number(url.port),
    family: host.includes(':') ? (6 as const) : undefined,
  };
  return { ...target, path: /^[\x21-\x7e]*$/.test(path) ? path : url.pathname + url.search };
}

function unreachable(detail: string): Result {
  return { status: null, outcome: 'unreachable', detail };
}

function authorize(challenges: string[], options: ConnectionRequestOptions, target: Target): string | null {
  if (options.username === null || options.password === null) return null;
  const { username, password } = options;
  return answerChallenge(readChallenges(challenges), { username, password, method: 'GET', uri: target.path });
}

interface Answered {
  status: number;
  challenges: string[];
}
interface Failed {
  failure: 'timeout' | 'network';
  code: string;
}

/** One GET; once more on a new connection where the CPE had closed the one that was to be used again (row 83). */
async function get(
  target: Target,
  authorization: string | null,
  agent: Agent,
  deadline: number,
): Promise<Answered | Failed> {
  const first = await getOnce(target, authorization, agent, deadline);
  const closed = 'failure' in first && first.failure === 'network' && authorization !== null;
  return closed ? getOnce(target, authorization, false, deadline) : first;
}

function getOnce(
  { host, port, path, family }: Target,
  authorization: string | null,
  agent: Agent | false,
  deadline: number,
): Promise<Answered | Failed> {
  return new Promise((resolve) => {
    const sent = request({
      host,
      port,
      path,
      family,
      agent,
      method: 'GET',
      headers: authorization === null ? {} : { Authorization: authorization },
    });
    const timer = setTimeout(
      () => {
        resolve({ failure: 'timeout', code: 'ETIMEDOUT' });
        sent.destroy();
      },
      Math.max(0, deadline - performance.now()),
    );
    sent.on('response', (response: IncomingMessage) => {
      clearTimeout(timer);
      resolve({ status: response.statusCode ?? 0, challenges: challengesOf(response) });
      discard(response);
    });
    sent.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve({ failure: 'network', code: error.code ?? error.message });
    });
    sent.end();
  });
}

/** The body says nothing, but must be read for the connection to be used again; an endless one is cut. */
function discard(response: IncomingMessage): void {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > 65_536) response.destroy();
  });
  response.on('error', () => {
    // The answer was complete with its head.
  });
}

/** Node joins repeated headers of this name with commas in `headers`; the raw ones keep them apart. */
function challengesOf(response: IncomingMessage): string[] {
  const challenges: string[] = [];
  for (let at = 0; at + 1 < response.rawHeaders.length; at += 2)
    if (response.rawHeaders[at]?.toLowerCase() === 'www-authenticate')
      challenges.push(response.rawHeaders[at + 1] ?? '');
  return challenges;
}

function settle(answer: Answered | Failed): Result {
  if ('failure' in answer) {
    if (answer.failure === 'timeout')
      return { status: null, outcome: 'timeout', detail: 'The device did not answer in time' };
    return unreachable(`The device cannot be reached (${answer.code})`);
  }
  const { status } = answer;
  if (status >= 200 && status < 300)
    return { status, outcome: 'accepted', detail: 'The device has accepted the request' };
  if (status === 401 || status === 403)
    return { status, outcome: 'refused-401', detail: 'The device has refused the credentials' };
  if (status === 503) return { status, outcome: 'busy-503', detail: 'The device is busy or in a session' };
  return { status, outcome: 'unreachable', detail: `The device answered with status ${status}` };
}
