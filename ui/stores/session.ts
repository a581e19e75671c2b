import { useQueryCache } from '@pinia/colada';
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { useSessionHooks } from '../api/client.js';
import { enableLive } from '../api/live.js';
import { auth } from '../api/nbi.js';
import { ApiProblem } from '../api/problem.js';
import type { Me } from '../api/types.js';
import { grants } from '../logic/permissions.js';

/** Who is signed in. An expired session keeps the page: the calls that met a 401 wait for the sign-in sheet. */
export const useSession = defineStore('session', () => {
  const me = ref<Me | null>(null);
  const lastLogin = ref<string | null>(null);
  const csrfToken = ref<string | null>(null);
  const expired = ref(false);
  const signedIn = computed(() => me.value !== null);
  const cache = useQueryCache();
  let waiting: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  let started: Promise<void> | null = null;

  return { me, lastLogin, expired, signedIn, may, begin, ready, signIn, signOut, giveUp };

  /** What one may not do is not offered. */
  function may(key: string): boolean {
    return me.value !== null && (me.value.administrator || grants(me.value.permissions, key));
  }

  function begin(): void {
    useSessionHooks({ csrfToken: () => csrfToken.value, regain });
  }

  /** Asks once whether the browser holds a session. */
  function ready(): Promise<void> {
    started ??= load().catch((error: unknown) => {
      if (error instanceof ApiProblem && error.status === 401) return;
      started = null;
      throw error;
    });
    return started;
  }

  async function load(): Promise<void> {
    const found = await auth.me();
    csrfToken.value = found.csrfToken ?? csrfToken.value;
    me.value = found;
    enableLive(true);
  }

  async function signIn(username: string, password: string): Promise<void> {
    const answer = await auth.signIn(username, password);
    csrfToken.value = answer.csrfToken;
    lastLogin.value = answer.lastLogin;
    const before = me.value?.login;
    await load();
    if (before !== undefined && before !== me.value?.login) await cache.invalidateQueries();
    expired.value = false;
    const resumed = waiting;
    waiting = [];
    for (const one of resumed) one.resolve();
  }

  async function signOut(): Promise<void> {
    await auth.signOut().catch(() => undefined);
    giveUp();
  }

  /** Leaves the session behind: everything that was read belongs to it. */
  function giveUp(): void {
    enableLive(false);
    me.value = null;
    csrfToken.value = null;
    expired.value = false;
    started = Promise.resolve();
    for (const one of waiting) one.reject(new Error('Signed out'));
    waiting = [];
    for (const entry of cache.getEntries()) cache.remove(entry);
  }

  function regain(): Promise<void> {
    if (me.value === null) return Promise.reject(new Error('Signed out'));
    expired.value = true;
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  }
});
