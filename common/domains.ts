/**
 * Domains: paths of tenants such as `/`, `/org1/`, `/org1/a/` (tasks.md §1.2). What is stored begins and ends with a slash,
 * so that whether one lies in another can be told by its beginning alone.
 */
export const DOMAIN = /^\/(?:[A-Za-z0-9_.-]+\/)*$/;
export const MAX_DOMAIN = 500;
export const DOMAIN_RULE =
  'Must begin and end with a slash, as / or /org1/a/; segments are of letters, digits, "_", "." and "-"';

export function isDomain(text: string): boolean {
  return text.length <= MAX_DOMAIN && DOMAIN.test(text);
}

/** The domain that somebody means who looks for one: `org1` and `/org1` are `/org1/`. */
export function domainOf(text: string): string {
  const inner = text.trim().replace(/^\/+|\/+$/g, '');
  return inner === '' ? '/' : `/${inner}/`;
}

/** Whether the second is the first or lies below it. */
export function domainCovers(outer: string, inner: string): boolean {
  return domainOf(inner).startsWith(domainOf(outer));
}

/** The domain itself and those above it, `/` first. */
export function domainsAbove(domain: string): string[] {
  return [...domain.matchAll(/\//g)].map(({ index }) => domain.slice(0, index + 1));
}

/** The condition for what lies in a domain or below it; null for `/`, where everything does. */
export function inDomain(outer: string): { $regex: string } | null {
  const domain = domainOf(outer);
  return domain === '/' ? null : { $regex: `^${domain.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}` };
}
