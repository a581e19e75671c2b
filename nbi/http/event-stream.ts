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
  /** Milliseconds within which the client must have read what waits when the stream ends. */
  grace: number;
  /**
   * Until when the client may listen, null = without end; resolves to null when it may no more. Asked at each sign of
   * life, when that time has come, and when access has changed.
   */
  allowance(): Promise<{ until: Date | null } | null>;
  /** Calls the listener when what the client may do has changed; returns its undo. */
  onAccessChange(listener: () => void): () => void;
  /** Breaks the connection. */
  cutOff(): void;
  /** Aborted: the server ends, and the stream with it. */
  closing: AbortSignal;
  now(): Date;
}

/** A body of server-sent events (HTML Standard §9.2). Ends by itself when the client is slow or no longer allowed. */
export function eventStream(options: EventStreamOptions): Readable {
  const { events, filter, after } = options;
  const stream = new PassThrough();
  const undo: (() => void)[] = [];
  let grace: NodeJS.Timeout | null = null;

  /** What waits is still sent: the client has that much less to resume. One that does not read it is cut off. */
  const end = (): void => {
    if (stream.writableEnded || stream.destroyed) return;
    stream.end();
    for (const one of undo.splice(0)) one();
    grace = setTimeout(() => {
      stream.destroy();
      options.cutOff();
    }, options.grace);
  };
  const write = (text: string): void => {
    if (stream.writableEnded || stream.destroyed) return;
    stream.write(text);
    if (stream.writableLength + stream.readableLength > options.backlog) end();
  };
  const send = (event: ProvostEvent): void => {
    if (matches(filter, event)) write(`id: ${event.id}\ndata: ${JSON.stringify(eventJson(event))}\n\n`);
  };
  stream.once('close', () => {
    for (const one of undo.splice(0)) one();
    if (grace) clearTimeout(grace);
  });

  // A first chunk at once, so that proxies and browsers see the stream as open; and how soon to come again.
  write('retry: 2000\n: open\n\n');
  // Nothing is published between the two: both run without giving way.
  undo.push(events.subscribe(send));
  if (after !== null) resume(events, after, send, () => write(gap(options.now())));
  options.closing.addEventListener('abort', end, { once: true });
  undo.push(() => options.closing.removeEventListener('abort', end));
  undo.push(watch(options, () => write(': alive\n\n'), end));
  // All that was missed may have been too much at once.
  if (stream.writableEnded) for (const one of undo.splice(0)) one();
  return stream;
}

/** Asks again and again whether the client may listen; returns its undo. */
function watch(options: EventStreamOptions, alive: () => void, end: () => void): () => void {
  let expiry: NodeJS.Timeout | null = null;
  let over = false;
  const ask = (): Promise<boolean> =>
    options.allowance().then(
      (allowed) => {
        if (over) return false;
        if (!allowed) end();
        else if (allowed.until) lookAgainAt(allowed.until);
        return allowed !== null;
      },
      // Whether it may cannot be known: then not. The client comes again, and is asked who it is.
      () => {
        end();
        return false;
      },
    );
  const lookAgainAt = (until: Date): void => {
    if (expiry) clearTimeout(expiry);
    const left = until.getTime() - options.now().getTime();
    // A later time is looked at with the next sign of life.
    if (left < options.heartbeat) expiry = setTimeout(() => void ask(), Math.max(0, left) + 1);
  };
  const beat = setInterval(() => {
    void ask().then((allowed) => {
      if (allowed) alive();
    });
  }, options.heartbeat);
  const unlisten = options.onAccessChange(() => void ask());
  void ask();
  return () => {
    over = true;
    clearInterval(beat);
    if (expiry) clearTimeout(expiry);
    unlisten();
  };
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
