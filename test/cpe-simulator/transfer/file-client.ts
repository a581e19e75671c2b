import http from 'node:http';
import { Authenticator, type Credentials } from '../http/authentication.js';
import { ConnectionError, exchange, headerValues, type HttpResponse } from '../http/exchange.js';

/** A transfer that failed, with the code that TransferComplete reports. */
export class TransferFailure extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = 'TransferFailure';
    this.code = code;
  }
}

const maxFile = 512 * 1024 * 1024;
const maxRedirects = 5;

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'TIMEOUT',
  'ETIMEDOUT',
]);

interface FileRequest {
  readonly method: 'GET' | 'PUT';
  readonly url: string;
  readonly credentials: Credentials;
  readonly body?: Buffer;
  readonly timeout: number;
  readonly signal: AbortSignal;
}

async function once(request: FileRequest, url: URL, authenticator: Authenticator): Promise<HttpResponse> {
  const agent = new http.Agent({ keepAlive: false });
  const authorization = authenticator.header(request.method, url.pathname + url.search);
  try {
    return await exchange({
      url,
      method: request.method,
      headers: {
        'User-Agent': 'cpe-simulator',
        ...(request.body ? { 'Content-Type': 'application/octet-stream' } : {}),
        ...(authorization === undefined ? {} : { Authorization: authorization }),
      },
      ...(request.body ? { body: request.body } : {}),
      agent,
      timeout: request.timeout,
      maxBody: maxFile,
      signal: request.signal,
    });
  } catch (error) {
    if (!(error instanceof ConnectionError)) throw error;
    if (unreachable.has(error.code)) throw new TransferFailure(9015, error.message);
    throw new TransferFailure(request.method === 'GET' ? 9017 : 9011, error.message);
  }
}

async function request(file: FileRequest): Promise<HttpResponse> {
  const authenticator = new Authenticator(file.credentials);
  let url = new URL(file.url);
  let challenged = false;
  for (let redirects = 0; redirects <= maxRedirects;) {
    const response = await once(file, url, authenticator);
    if (response.status === 401) {
      const offered = headerValues(response.headers['www-authenticate']);
      if (challenged || file.credentials.username === '' || !authenticator.challenge(offered)) {
        throw new TransferFailure(9012, 'the file server refuses the credentials');
      }
      challenged = true;
    } else if (
      [301, 302, 303, 307, 308].includes(response.status) &&
      response.headers.location !== undefined
    ) {
      redirects += 1;
      url = new URL(response.headers.location, url);
    } else return response;
  }
  throw new TransferFailure(9016, 'too many redirects');
}

/** Fetches a file. Throws TransferFailure 9010, 9012, 9015, 9016 or 9017. */
export async function fetchFile(file: Omit<FileRequest, 'method' | 'body'>): Promise<Buffer> {
  const { status, headers, body } = await request({ ...file, method: 'GET' });
  if (status >= 500) throw new TransferFailure(9010, `the file server answered with ${status}`);
  if (status !== 200) throw new TransferFailure(9016, `the file server answered with ${status}`);
  const announced = headers['content-length'];
  if (
    announced !== undefined &&
    headers['content-encoding'] === undefined &&
    Number(announced) !== body.length
  ) {
    throw new TransferFailure(9017, `${body.length} of ${announced} bytes came`);
  }
  return body;
}

/** Puts a file. Throws TransferFailure 9011, 9012 or 9015. */
export async function putFile(file: Omit<FileRequest, 'method'>): Promise<void> {
  const { status } = await request({ ...file, method: 'PUT' });
  if (![200, 201, 204].includes(status))
    throw new TransferFailure(9011, `the file server answered with ${status}`);
}
