import { Agent, request as send, type Dispatcher } from 'undici';
import type { OAuthOrder, RestAnswer, RestClient, RestRequest } from '../ports/rest-client.js';
import { OutboundFailure } from '../ports/workflow-ports.js';
import type { AddressGuard } from './address-guard.js';

/** Bytes of an answer. */
const MAX_ANSWER = 1_048_576;
/** Connections to one host at a time. */
const MAX_CONNECTIONS = 50;
/** Headers that say where a message goes or where it ends; not a caller's to set. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'upgrade',
  'expect',
  'te',
  'trailer',
  'keep-alive',
  'proxy-authorization',
]);

/** HTTP calls of workflows, to hosts that the administrator allows. Redirects are results, never followed. */
export class GuardedRestClient implements RestClient {
  readonly #guard: AddressGuard;
  readonly #agent: Agent;

  constructor(guard: AddressGuard, options: { ca?: string } = {}) {
    this.#guard = guard;
    this.#agent = new Agent({
      connections: MAX_CONNECTIONS,
      connect: { lookup: guard.lookup, ...(options.ca !== undefined && { ca: options.ca }) },
    });
  }

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async call(request: RestRequest): Promise<RestAnswer> {
    const signal = AbortSignal.timeout(Math.max(1, Math.trunc(request.timeoutMs)));
    const headers: Record<string, string> = {};
    for (const { name, value } of request.headers) {
      if (OWN_HEADERS.has(name.toLowerCase())) throw new OutboundFailure(`the header ${name} cannot be set`);
      headers[name] = value;
    }
    if (request.oauth) headers.authorization = `Bearer ${await this.#token(request, request.oauth, signal)}`;
    else if (request.authorization !== '') headers.authorization = request.authorization;
    else if (request.user !== '') headers.authorization = basic(request.user, request.password);
    return await this.#send(request.url, { method: request.method, headers, body: request.body, signal });
  }

  async #token(request: RestRequest, order: OAuthOrder, signal: AbortSignal): Promise<string> {
    const form = new URLSearchParams({ grant_type: order.grant });
    if (order.scope !== '') form.set('scope', order.scope);
    if (order.grant === 'password') {
      form.set('username', request.user);
      form.set('password', request.password);
    }
    if (order.grant === 'refresh_token') form.set('refresh_token', order.refreshToken);
    const { status, text } = await this.#send(order.tokenUrl, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: basic(encodeURIComponent(order.clientId), encodeURIComponent(order.clientSecret)),
      },
      body: form.toString(),
      signal,
    });
    const token = status === 200 ? accessToken(text) : null;
    if (token === null) throw new OutboundFailure(`no OAuth2 token was given (status ${status})`);
    return token;
  }

  async #send(
    address: string,
    options: {
      method: RestRequest['method'];
      headers: Record<string, string>;
      body: string | null;
      signal: AbortSignal;
    },
  ): Promise<RestAnswer> {
    const url = this.#checked(address);
    try {
      const answer = await send(url, { ...options, dispatcher: this.#agent });
      return { status: answer.statusCode, text: await bodyOf(answer) };
    } catch (error) {
      throw asFailure(error, url);
    }
  }

  #checked(address: string): URL {
    const url = URL.canParse(address) ? new URL(address) : null;
    if (!url || !/^https?:$/.test(url.protocol)) throw new OutboundFailure('the URL is no http or https URL');
    if (url.username !== '' || url.password !== '')
      throw new OutboundFailure('credentials do not belong into the URL');
    this.#guard.assertHost(url.hostname);
    return url;
  }
}

async function bodyOf({ body }: Dispatcher.ResponseData): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MAX_ANSWER) {
      body.destroy();
      throw new OutboundFailure('the answer is over 1 MiB');
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function asFailure(error: unknown, { host }: URL): OutboundFailure {
  if (error instanceof OutboundFailure) return error;
  const { cause, name, code } = error as { cause?: unknown; name?: string; code?: string };
  if (cause instanceof OutboundFailure) return cause;
  if (name === 'TimeoutError' || name === 'AbortError')
    return new OutboundFailure(`${host} did not answer in time`);
  return new OutboundFailure(`${host} cannot be reached (${code ?? name ?? 'unknown reason'})`);
}

function accessToken(text: string): string | null {
  try {
    const document = JSON.parse(text) as { access_token?: unknown } | null;
    return typeof document?.access_token === 'string' ? document.access_token : null;
  } catch {
    return null;
  }
}

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
