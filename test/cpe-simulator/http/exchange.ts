import http from 'node:http';
import https from 'node:https';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';

export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | undefined;
  readonly agent: http.Agent;
  /** Sends the body in chunks, without Content-Length. */
  readonly chunked?: boolean;
  /** Sends `Expect: 100-continue` and waits for the 100. */
  readonly expectContinue?: boolean;
  /** Milliseconds of silence after which the exchange fails. */
  readonly timeout: number;
  readonly maxBody: number;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** The connection failed; `code` is that of the operating system where there is one. */
export class ConnectionError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'ConnectionError';
    this.code = code;
  }
}

const connectionError = (error: unknown): ConnectionError => {
  if (error instanceof ConnectionError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'FAILED';
  return new ConnectionError(code, error instanceof Error ? error.message : String(error));
};

const inflaters = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
} as const;

async function decoded(coding: string | undefined, body: Buffer): Promise<Buffer> {
  if (coding === undefined || coding === 'identity' || body.length === 0) return body;
  const inflater = inflaters[coding as keyof typeof inflaters] as (typeof inflaters)['gzip'] | undefined;
  if (!inflater) throw new ConnectionError('CODING', `the answer has the unknown content coding ${coding}`);
  return inflater(body);
}

function receive(response: http.IncomingMessage, maxBody: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    response.on('data', (part: Buffer) => {
      size += part.length;
      parts.push(part);
      if (size > maxBody)
        response.destroy(new ConnectionError('TOO_LARGE', `the answer has more than ${maxBody} bytes`));
    });
    response.on('end', () => resolve(Buffer.concat(parts)));
    response.on('error', reject);
    response.on('aborted', () => reject(new ConnectionError('ABORTED', 'the answer broke off')));
  });
}

function open(request: HttpRequest): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string> = { ...request.headers };
    const { body } = request;
    if (body && request.chunked !== true) headers['Content-Length'] = String(body.length);
    if (body && request.chunked === true) headers['Transfer-Encoding'] = 'chunked';
    if (request.expectContinue === true && body) headers.Expect = '100-continue';
    const client = request.url.protocol === 'https:' ? https : http;
    const outgoing = client.request(request.url, {
      method: request.method,
      headers,
      agent: request.agent,
      ...(request.signal ? { signal: request.signal } : {}),
    });
    outgoing.setNoDelay(true);
    outgoing.setTimeout(request.timeout, () => {
      outgoing.destroy(new ConnectionError('TIMEOUT', `no answer within ${request.timeout} ms`));
    });
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
    if (request.expectContinue === true && body) {
      outgoing.on('continue', () => outgoing.end(body));
      outgoing.flushHeaders();
    } else outgoing.end(body);
  });
}

/** One HTTP exchange, without redirects or authentication. Throws ConnectionError. */
export async function exchange(request: HttpRequest): Promise<HttpResponse> {
  try {
    const response = await open(request);
    const body = await receive(response, request.maxBody);
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      body: await decoded(response.headers['content-encoding'], body),
    };
  } catch (error) {
    throw connectionError(error);
  }
}

/** All values of a header that may occur more than once. */
export const headerValues = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
