interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly path: string;
}

const pathFits = (cookiePath: string, path: string): boolean =>
  path === cookiePath || path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);

/** The cookies of one session (RFC 6265; host cookies only, since an ACS has one host). */
export class CookieJar {
  readonly #cookies = new Map<string, Cookie>();

  /** Takes a Set-Cookie header; returns what is wrong with it, if anything. */
  store(header: string, url: URL): string | undefined {
    const [pair = '', ...attributes] = header.split(';').map((part) => part.trim());
    const equals = pair.indexOf('=');
    const name = pair.slice(0, equals).trim();
    if (equals < 1) return `"${header}" is no cookie`;
    const value = pair.slice(equals + 1).trim();
    const settings = new Map(
      attributes.map((attribute) => {
        const [key = '', ...rest] = attribute.split('=');
        return [key.toLowerCase(), rest.join('=')] as const;
      }),
    );
    const given = settings.get('path');
    const path = given?.startsWith('/') ? given : url.pathname.replace(/\/[^/]*$/, '') || '/';
    const key = `${name};${path}`;
    const maxAge = settings.get('max-age');
    const expires = settings.get('expires');
    if (
      (maxAge !== undefined && Number(maxAge) <= 0) ||
      (expires !== undefined && Date.parse(expires) < Date.now())
    ) {
      this.#cookies.delete(key);
    } else this.#cookies.set(key, { name, value, host: url.hostname, path });
    return /^[\w-]+$/.test(name) && /^[\w-]*$/.test(value)
      ? undefined
      : `the cookie "${pair}" has characters outside A-Z a-z 0-9 _ -, which simple clients mangle`;
  }

  /** The Cookie header for a request; undefined when there is nothing to send. */
  header(url: URL): string | undefined {
    const fitting = [...this.#cookies.values()].filter(
      (cookie) => cookie.host === url.hostname && pathFits(cookie.path, url.pathname),
    );
    return fitting.length === 0 ? undefined : fitting.map(({ name, value }) => `${name}=${value}`).join('; ');
  }
}
