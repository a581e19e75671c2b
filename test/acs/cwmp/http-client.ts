import { Agent, request, type IncomingHttpHeaders } from 'node:http';

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  text: string;
}

export interface PostOptions {
  headers?: Record<string, string>;
  /** Without one, every POST has a connection of its own. */
  agent?: Agent;
  method?: string;
  path?: string;
}

/** A CPE's keep-alive connection. */
export function oneConnection(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 1 });
}

export function post(port: number, body: string | Buffer, options: PostOptions = {}): Promise<Reply> {
  const bytes = Buffer.from(body);
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        path: options.path ?? '/',
        method: options.method ?? 'POST',
        agent: options.agent ?? false,
        headers: {
          ...(bytes.length > 0 ? { 'Content-Type': 'text/xml; charset=utf-8', SOAPAction: '' } : {}),
          'Content-Length': String(bytes.length),
          ...options.headers,
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const whole = Buffer.concat(chunks);
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: whole,
            text: whole.toString('utf8'),
          });
        });
      },
    );
    sent.on('error', reject);
    sent.end(bytes);
  });
}

/** The cookie to send back, from a reply that sets one. */
export function cookieOf(reply: Reply): string {
  const [header = ''] = reply.headers['set-cookie'] ?? [];
  return header.split(';', 1)[0] ?? '';
}

/** Waits until something is true, or fails after two seconds. */
export async function eventually(what: string, condition: () => boolean): Promise<void> {
  const end = performance.now() + 2_000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`Never: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
