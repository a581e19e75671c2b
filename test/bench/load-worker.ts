import { connect, type Socket } from 'node:net';
import { getParameterValuesResponse, inform, setParameterValuesResponse } from './envelopes.js';
import { serve } from './worker.js';

/** `idle`: a periodic Inform with nothing to do. `set`: the same, and one SetParameterValues is answered. */
export type Scenario = 'idle' | 'set';

/** Devices 0 … devices - 1 call in for the first time and answer whatever the ACS wants to know of them. */
export interface Introduction {
  port: number;
  devices: number;
}

export interface LoadOrder {
  port: number;
  scenario: Scenario;
  /** Devices 0 … devices - 1 call in, each so many times. */
  devices: number;
  passes: number;
  concurrency: number;
  /** For the bare server: the bytes of each reply, as the ACS sent them. Null = talk to an ACS. */
  replies: number[] | null;
}

export interface LoadResult {
  sessions: number;
  /** Milliseconds of wall clock. */
  duration: number;
  /** Bytes of the bodies of one session, in order. */
  requests: number[];
  replies: number[];
}

interface HttpReply {
  status: number;
  head: string;
  body: string;
}

const EXCHANGES: Record<Scenario, number> = { idle: 2, set: 3 };

/** The least that is an HTTP client: one request at a time on one connection, replies with Content-Length or none. */
class Connection {
  readonly #socket: Socket;
  #buffer = Buffer.alloc(0);
  #settle: { resolve: (reply: HttpReply) => void; reject: (error: Error) => void } | null = null;

  constructor(port: number) {
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.#socket.on('data', (piece) => {
      this.#buffer = this.#buffer.length === 0 ? piece : Buffer.concat([this.#buffer, piece]);
      this.#read();
    });
    const fail = (error: Error): void => this.#settle?.reject(error);
    this.#socket.on('error', fail);
    this.#socket.on('close', () => fail(new Error('The server closed the connection')));
  }

  post(path: string, headers: string, body: string): Promise<HttpReply> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(
        `POST ${path} HTTP/1.1\r\nHost: acs\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    });
  }

  end(): void {
    this.#settle = null;
    this.#socket.destroy();
  }

  #read(): void {
    const end = this.#buffer.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.#buffer.toString('latin1', 0, end);
    const status = Number(head.slice(9, 12));
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    if (this.#buffer.length < end + 4 + length) return;
    const body = this.#buffer.toString('utf8', end + 4, end + 4 + length);
    this.#buffer = this.#buffer.subarray(end + 4 + length);
    const settle = this.#settle;
    this.#settle = null;
    settle?.resolve({ status, head, body });
  }
}

const XML = 'Content-Type: text/xml; charset=utf-8\r\nSOAPAction: ""\r\n';

/** By device, as a CPE remembers it; the ACS would take a lost one for a reset. */
const parameterKeys = new Map<number, string>();

const bytes = (text: string): number => Buffer.byteLength(text);

/** One session with the ACS; returns the bytes of its requests and replies. Throws when it goes another way than planned. */
async function acsSession(connection: Connection, device: number, scenario: Scenario): Promise<number[][]> {
  const first = inform(device, parameterKeys.get(device) ?? '');
  const opened = await connection.post('/', XML, first);
  if (opened.status !== 200 || !opened.body.includes('InformResponse'))
    throw new Error(`The Inform was answered by ${opened.status}: ${opened.body.slice(0, 300)}`);
  const cookie = /\r\nset-cookie: *([^;\r]+)/i.exec(opened.head)?.[1] ?? '';
  const session = `Cookie: ${cookie}\r\n`;
  const requests = [bytes(first), 0];
  const replies = [bytes(opened.body)];
  let reply = await connection.post('/', session, '');
  if (scenario === 'set') {
    replies.push(bytes(reply.body));
    const id = /<(?:\w+:)?ID[^>]*>([^<]*)</.exec(reply.body)?.[1] ?? '';
    if (!reply.body.includes('SetParameterValues'))
      throw new Error(`Expected SetParameterValues, not ${reply.status}: ${reply.body.slice(0, 300)}`);
    parameterKeys.set(device, /<ParameterKey[^>]*>([^<]*)</.exec(reply.body)?.[1] ?? '');
    const answer = setParameterValuesResponse(id);
    requests.push(bytes(answer));
    reply = await connection.post('/', session + XML, answer);
  }
  replies.push(0);
  if (reply.status !== 204)
    throw new Error(`Expected the end, not ${reply.status}: ${reply.body.slice(0, 300)}`);
  return [requests, replies];
}

/** A first contact: how much the ACS asks is its own affair, so that the sessions that are measured are like any later one. */
async function introduce({ port, devices }: Introduction): Promise<void> {
  for (let device = 0; device < devices; device += 1) {
    const connection = new Connection(port);
    try {
      const opened = await connection.post('/', XML, inform(device, ''));
      const cookie = /\r\nset-cookie: *([^;\r]+)/i.exec(opened.head)?.[1] ?? '';
      const session = `Cookie: ${cookie}\r\n`;
      let reply = await connection.post('/', session, '');
      while (reply.status === 200) reply = await connection.post('/', session + XML, answerTo(reply.body));
      if (reply.status !== 204) throw new Error(`Expected the end, not ${reply.status}`);
    } finally {
      connection.end();
    }
  }
}

function answerTo(request: string): string {
  const id = /<(?:\w+:)?ID[^>]*>([^<]*)</.exec(request)?.[1] ?? '';
  if (request.includes('<cwmp:SetParameterValues>')) return setParameterValuesResponse(id);
  if (!request.includes('<cwmp:GetParameterValues>'))
    throw new Error(`No answer to ${request.slice(0, 900)}`);
  const names = [...request.matchAll(/<string>([^<]*)</g)].map(([, name]) => name ?? '');
  return getParameterValuesResponse(id, names);
}

/** As many exchanges of the same sizes with the bare server. */
async function bareSession(
  connection: Connection,
  device: number,
  scenario: Scenario,
  replies: readonly number[],
): Promise<number[][]> {
  const bodies = [inform(device, ''), '', setParameterValuesResponse('1')].slice(0, EXCHANGES[scenario]);
  for (const [index, body] of bodies.entries()) {
    const headers =
      index === 0 ? XML : `Cookie: session=0123456789abcdef01234567\r\n${body === '' ? '' : XML}`;
    const { status } = await connection.post(`/${replies[index] ?? 0}`, headers, body);
    if (status !== (replies[index] === 0 ? 204 : 200)) throw new Error(`The bare server answered ${status}`);
  }
  return [bodies.map(bytes), [...replies]];
}

async function run(order: LoadOrder): Promise<LoadResult> {
  const { port, scenario, devices, passes, concurrency, replies } = order;
  const total = devices * passes;
  const started = performance.now();
  let next = 0;
  let sizes: number[][] = [[], []];
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (next < total) {
        const device = next % devices;
        next += 1;
        // One connection a session, as CPEs do; both servers close it after the last reply.
        const connection = new Connection(port);
        try {
          sizes = replies
            ? await bareSession(connection, device, scenario, replies)
            : await acsSession(connection, device, scenario);
        } finally {
          connection.end();
        }
      }
    }),
  );
  return {
    sessions: total,
    duration: performance.now() - started,
    requests: sizes[0] ?? [],
    replies: sizes[1] ?? [],
  };
}

serve({ introduce, run });
