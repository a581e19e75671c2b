import { expect } from 'chai';

/** The northbound interface as an integrator's script uses it: password grant, then JSON with a bearer token. */
export class NbiClient {
  readonly #base: string;
  #token = '';

  /** `console`: scheme, host and port. */
  constructor(console: string) {
    this.#base = `${console}/api/v1`;
  }

  async signIn(username: string, password: string): Promise<this> {
    const answer = await fetch(`${this.#base}/auth/oauth_password`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'password', username, password }),
    });
    expect(answer.status, await answer.clone().text()).to.equal(200);
    this.#token = ((await answer.json()) as { access_token: string }).access_token;
    return this;
  }

  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.#base + path, {
      ...init,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(init.headers as Record<string, string> | undefined),
      },
    });
  }

  async get<Body = Record<string, unknown>>(path: string): Promise<Body> {
    return this.#json<Body>(await this.#patiently(path), path);
  }

  async post<Body = Record<string, unknown>>(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Body> {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    };
    return this.#json<Body>(await this.#patiently(path, init), path);
  }

  /** Waits as long as the server says when it was asked too often in a second. */
  async #patiently(path: string, init: RequestInit = {}): Promise<Response> {
    for (;;) {
      const answer = await this.fetch(path, init);
      if (answer.status !== 429) return answer;
      const seconds = Number(answer.headers.get('retry-after') ?? 1);
      await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
    }
  }

  async #json<Body>(answer: Response, path: string): Promise<Body> {
    const text = await answer.text();
    expect(answer.ok, `${path}: ${answer.status} ${text}`).to.equal(true);
    return JSON.parse(text) as Body;
  }
}

/** Ids hold `%` and `:`, so they are encoded once more in a path. */
export const inPath = (id: string): string => encodeURIComponent(id);
