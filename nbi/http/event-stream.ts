import { PassThrough, type Readable } from 'node:stream';
import type { EventBus, ProvostEvent } from '../../common/events.js';
import { eventJson } from '../views/event-view.js';

export interface EventFilter {
  /** `execution.finished`, `execution.*`; null = all but those of sessions, which are many. */
  types: readonly string[] | null;
  device: string | null;
  sees(domain: string): boolean;
}

export function matches(filter: EventFilter, event: ProvostEvent): boolean {
  if (!filter.sees(event.domain)) return false;
  if (filter.device !== null && event.subject !== filter.device && event.data.device !== filter.device)
    return false;
  if (filter.types === null) return !event.type.startsWith('session.');
  return filter.types.some((type) =>
    type.endsWith('.*') ? event.type.startsWith(type.slice(0, -1)) : event.type === type,
  );
}

export interface EventStreamOptions {
  events: EventBus;
  filter: EventFilter;
  /** Id of the last event that the client has; null = begin now. */
  after: string | null;
  /** Milliseconds between signs of life. */
  heartbeat: number;
  /** Bytes that may wait for a slow client; beyond, the stream ends and the client resumes. */
  backlog: number;
  /** Asked at each sign of life; false ends the stream. */
  stillAllowed(): Promise<boolean>;
  /** Aborted: the server ends, and the stream with it. */
  closing: AbortSignal;
  now(): Date;
}

/** A body of server-sent events (HTML Standard §9.2). Ends by itself when the client is slow or no longer allowed. */
export function eventStream(options: EventStreamOptions): Readable {
  const { events, filter, after } = options;
  const stream = new PassThrough();
  const send = (event: ProvostEvent): void => {
    if (!matches(filter, event)) return;
    write(`id: ${event.id}\ndata: ${JSON.stringify(eventJson(event))}\n\n`);
  };
  const write = (text: string): void => {
    if (stream.writableEnded || stream.destroyed) return;
    stream.write(text);
    if (stream.writableLength + stream.readableLength > options.backlog) stream.end();
  };

  // A first chunk at once, so that proxies and browsers see the stream as open; and how soon to come again.
  write('retry: 2000\n: open\n\n');
  // Nothing is published between the two: both run without giving way.
  const unsubscribe = events.subscribe(send);
  if (after !== null) resume(events, after, send, () => write(gap(options.now())));

  const beat = setInterval(() => {
    options.stillAllowed().then(
      (allowed) => {
        if (allowed) write(': alive\n\n');
        else stream.end();
      },
      () => stream.end(),
    );
  }, options.heartbeat);
  const close = (): void => {
    stream.end();
  };
  options.closing.addEventListener('abort', close, { once: true });
  const end = (): void => {
    options.closing.removeEventListener('abort', close);
    clearInterval(beat);
    unsubscribe();
  };
  stream.once('close', end);
  stream.once('finish', end);
  return stream;
}

function resume(
  events: EventBus,
  after: string,
  send: (event: ProvostEvent) => void,
  tellGap: () => void,
): void {
  const missed = events.since(after);
  if (missed === null) tellGap();
  else missed.forEach(send);
}

/** Tells the client that events were lost: what it shows must be fetched again. */
function gap(now: Date): string {
  const event = { id: '', type: 'stream.gap', time: now, subject: '', domain: '/', data: {} };
  return `data: ${JSON.stringify(eventJson(event))}\n\n`;
}
