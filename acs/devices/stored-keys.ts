/**
 * Names that users and meanings give (`wifi.1.ssid`, a property `site.code`) as field names of stored documents: a dot
 * would be read as a path and a leading dollar as an operator by queries and updates, so both are percent-encoded.
 */
export function storedKey(name: string): string {
  return /^[^.$%\0]+$/.test(name)
    ? name
    : `${name === '' ? '%' : ''}${name.replace(/[.$%\0]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)}`;
}

export function nameOfStoredKey(key: string): string {
  if (!key.includes('%')) return key;
  return key === '%'
    ? ''
    : key.replace(/%([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** A map by name as it is stored. */
export function storedMap<T>(map: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [storedKey(name), value]));
}

/** A stored map by name; the map itself when no name needed encoding. */
export function mapOfStored<T>(stored: Readonly<Record<string, T>> | null | undefined): Record<string, T> {
  return Object.fromEntries(
    Object.entries(stored ?? {}).map(([key, value]) => [nameOfStoredKey(key), value]),
  );
}
