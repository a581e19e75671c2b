import { reactive, readonly } from 'vue';
import { EventStreamReader, type StreamMessage } from './event-stream.js';
import { BASE } from './client.js';
import { fits, joinFilters, type LiveFilter } from '../logic/live-filter.js';
import type { LiveEvent } from './types.js';

interface Watcher extends LiveFilter {
  onEvents(events: LiveEvent[]): void;
  /** Events were missed: what is shown has to be fetched again. */
  onGap(): void;
}

/** At most four paints a second: what comes in between is handed over together. */
const PAINT_MS = 250;
const HIDDEN_PAUSE_MS = 60_000;
const RETRIES_MS = [1_000, 2_000, 5_000, 10_000, 15_000];

const state = reactive({
  connected: false,
  paused: false,
  /** Whether anything on the page follows events. */
  wanted: false,
  /** When the updates stopped; null while they flow. */
  lostAt: null as number | null,
  tries: 0,
});

/** The state of the one stream of this page, for the live pill. */
export const liveState = readonly(state);

const watchers = new Set<Watcher>();
let buffer: LiveEvent[] = [];
let lastId: string | null = null;
let openFilter = '';
let abort: AbortController | null = null;
let paintTimer: ReturnType<typeof setTimeout> | undefined;
let retryTimer: ReturnType<typeof setTimeout> | undefined;
let hiddenTimer: ReturnType<typeof setTimeout> | undefined;
let enabled = false;

/** Follows events from now on; returns its own undo. */
export function watchLive(watcher: Watcher): () => void {
  watchers.add(watcher);
  queueMicrotask(refit);
  return () => {
    watchers.delete(watcher);
    queueMicrotask(refit);
  };
}

/** Called at sign-in and sign-out: there is no stream without a session. */
export function enableLive(on: boolean): void {
  enabled = on;
  if (on) refit();
  else {
    close();
    openFilter = '';
    lastId = null;
    state.lostAt = null;
  }
}

/** The narrowest filter that serves all watchers. */
function wantedFilter(): string {
  if (watchers.size === 0) return '';
  const { types, device } = joinFilters([...watchers]);
  const query = new URLSearchParams({ types: types.join(',') });
  if (device !== null) query.set('device', device);
  return `?${query.toString()}`;
}

function refit(): void {
  if (!enabled || state.paused) return;
  const wanted = wantedFilter();
  state.wanted = wanted !== '';
  if (wanted === '') {
    state.lostAt = null;
    close();
    openFilter = '';
    return;
  }
  if (wanted === openFilter && abort !== null) return;
  openFilter = wanted;
  void connect();
}

async function connect(): Promise<void> {
  close();
  const mine = new AbortController();
  abort = mine;
  try {
    const response = await fetch(`${BASE}/events/stream${openFilter}`, {
      headers: { Accept: 'text/event-stream', ...(lastId === null ? {} : { 'Last-Event-ID': lastId }) },
      signal: mine.signal,
      credentials: 'same-origin',
    });
    if (!response.ok || response.body === null) throw new Error(`stream answered ${response.status}`);
    const missed = state.lostAt !== null && lastId === null;
    state.connected = true;
    state.lostAt = null;
    state.tries = 0;
    if (missed) announceGap();
    await drain(response.body);
    throw new Error('stream ended');
  } catch {
    if (mine.signal.aborted) return;
    abort = null;
    state.connected = false;
    state.lostAt ??= Date.now();
    const wait = RETRIES_MS[Math.min(state.tries, RETRIES_MS.length - 1)] ?? 15_000;
    state.tries += 1;
    retryTimer = setTimeout(() => void connect(), wait);
  }
}

async function drain(body: ReadableStream<Uint8Array>): Promise<void> {
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  const parser = new EventStreamReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const message of parser.push(value)) accept(message);
  }
}

function accept(message: StreamMessage): void {
  if (message.id !== null) lastId = message.id;
  const event = parseEvent(message);
  if (event === null) return;
  if (event.type === 'stream.gap') {
    announceGap();
    return;
  }
  buffer.push(event);
  paintTimer ??= setTimeout(paint, PAINT_MS);
}

function parseEvent(message: StreamMessage): LiveEvent | null {
  try {
    const event = JSON.parse(message.data) as LiveEvent;
    return typeof event.type === 'string' ? event : null;
  } catch {
    return null;
  }
}

function paint(): void {
  paintTimer = undefined;
  const events = buffer;
  buffer = [];
  for (const watcher of [...watchers]) {
    const mine = events.filter((event) => fits(watcher, event));
    if (mine.length > 0) watcher.onEvents(mine);
  }
}

function announceGap(): void {
  for (const watcher of [...watchers]) watcher.onGap();
}

function close(): void {
  clearTimeout(retryTimer);
  abort?.abort();
  abort = null;
  state.connected = false;
}

/** A hidden tab stops after a minute and catches up when it is seen again. */
export function pauseWhenHidden(): void {
  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiddenTimer);
    if (document.hidden) {
      hiddenTimer = setTimeout(() => {
        state.paused = true;
        close();
      }, HIDDEN_PAUSE_MS);
    } else if (state.paused) {
      state.paused = false;
      openFilter = '';
      refit();
    }
  });
}
