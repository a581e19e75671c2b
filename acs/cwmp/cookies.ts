/** The one cookie of the endpoint; name and values from `[A-Za-z0-9_-]` (cwmp.md §3). */
export const SESSION_COOKIE = 'session';

export function setSessionCookie(value: string): string {
  return `${SESSION_COOKIE}=${value}; Path=/; HttpOnly`;
}

/**
 * All values that a CPE gives for the session cookie. Commas separate as semicolons do, values may be quoted, and the
 * case of the name may be lost (cpe-quirks.md rows 68, 69); an old cookie may stand beside the new one.
 */
export function sessionCookies(header: string | undefined): string[] {
  if (header === undefined) return [];
  const values: string[] = [];
  for (const part of header.split(/[;,]/)) {
    const equals = part.indexOf('=');
    if (equals === -1 || part.slice(0, equals).trim().toLowerCase() !== SESSION_COOKIE) continue;
    const value = part
      .slice(equals + 1)
      .trim()
      .replace(/^"(.*)"$/, '$1');
    if (value !== '') values.push(value);
  }
  return values;
}
