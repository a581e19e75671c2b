import createClient from 'openapi-fetch';
import type { paths } from '../generated/api.js';
import { noAnswer, problemFrom } from './problem.js';

export const BASE = '/api/v1';

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

export function csrfToken(): string | null {
  return hooks.csrfToken();
}

/** A call that met an expired session waits for the sign-in sheet and is then sent once more. */
async function exchange(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await transmit(request);
  if (response.status !== 401) return response;
  await hooks.regain();
  return transmit(again);
}

async function transmit(request: Request): Promise<Response> {
  const csrf = hooks.csrfToken();
  if (request.method !== 'GET' && csrf !== null) request.headers.set('X-CSRF-Token', csrf);
  try {
    return await fetch(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw noAnswer(error);
  }
}

export const client = createClient<paths>({ baseUrl: BASE, credentials: 'same-origin', fetch: exchange });

/** The client of log-in itself: there a 401 is the answer, not an expired session. */
export const openClient = createClient<paths>({ baseUrl: BASE, credentials: 'same-origin', fetch: transmit });

/** The data of an answer; a refusal is thrown as its problem. */
export async function take<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemFrom(response, error);
  return data as T;
}
