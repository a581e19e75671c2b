import { noAnswer, problemOf } from './problem.js';

export const BASE = '/api/v1';

export type QueryValue = string | number | boolean | null | undefined | readonly string[];

export interface RequestOptions {
  query?: Record<string, QueryValue>;
  /** Sent as JSON, except FormData and URLSearchParams, which go as they are. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** False for log-in itself: a 401 is then the answer, not an expired session. */
  regain?: boolean;
}

export interface Answer<T> {
  data: T;
  status: number;
  etag: string | null;
}

interface SessionHooks {
  csrfToken(): string | null;
  /** Resolves when the operator has signed in again; rejects when that was given up. */
  regain(): Promise<void>;
}

let hooks: SessionHooks = { csrfToken: () => null, regain: () => Promise.reject(new Error('no session')) };

/** The session store tells this module how to sign mutations and what to do with an expired session. */
export function useSessionHooks(next: SessionHooks): void {
  hooks = next;
}

/** Joins an id into a path; identities contain `%`, task ids `:`, both are encoded once more. */
export function path(strings: TemplateStringsArray, ...ids: string[]): string {
  return strings.reduce((text, part, i) => text + part + (i < ids.length ? encodeURIComponent(ids[i] ?? '') : ''), '');
}

export function queryString(query: Record<string, QueryValue> = {}): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '' || value === false) continue;
    if (Array.isArray(value)) for (const one of value as readonly string[]) params.append(name, one);
    else params.set(name, String(value));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

export async function send<T>(method: string, target: string, options: RequestOptions = {}): Promise<Answer<T>> {
  const response = await exchange(method, target, options);
  if (response.status === 401 && options.regain !== false) {
    await hooks.regain();
    return read<T>(await exchange(method, target, options));
  }
  return read<T>(response);
}

async function exchange(method: string, target: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  const csrf = hooks.csrfToken();
  if (method !== 'GET' && csrf !== null) headers['X-CSRF-Token'] = csrf;
  let body: BodyInit | null = null;
  if (options.body instanceof FormData || options.body instanceof URLSearchParams) {
    body = options.body;
  } else if (options.body !== undefined) {
    headers['Content-Type'] ??= method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    body = JSON.stringify(options.body);
  }
  try {
    return await fetch(`${BASE}${target}${queryString(options.query)}`, {
      method,
      headers,
      body,
      credentials: 'same-origin',
      signal: options.signal ?? null,
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw noAnswer(error);
  }
}

async function read<T>(response: Response): Promise<Answer<T>> {
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return {
    data: (text === '' ? undefined : JSON.parse(text)) as T,
    status: response.status,
    etag: response.headers.get('etag'),
  };
}

export async function get<T>(target: string, options: RequestOptions = {}): Promise<T> {
  return (await send<T>('GET', target, options)).data;
}

export async function post<T>(target: string, body?: unknown, options: RequestOptions = {}): Promise<T> {
  return (await send<T>('POST', target, body === undefined ? options : { ...options, body })).data;
}
