import { isSecretName } from '../../acs/devices/secret-names.js';
import { mapXmlSecrets } from '../../acs/tasks/xmltask/xml-secrets.js';
import { isSecretPath, SECRET_MASK } from '../../acs/devices/secret-paths.js';

/** The keys by which a child of a configuration names the parameter that its `value` belongs to. */
const NAME_KEYS = ['name', 'key', 'path', 'parameterName'] as const;

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Where a configuration holds secrets: attributes with password-like names, and values beside the name of a secret
 * parameter. `visit` gets each text found there and returns what shall stand in its place.
 */
function mapSecrets(
  value: unknown,
  visit: (text: string, place: readonly Step[]) => string,
  place: Step[] = [],
): unknown {
  if (Array.isArray(value))
    return value.map((item, at) => mapSecrets(item, visit, [...place, { at, label: labelOf(item) }]));
  if (!isFields(value)) return value;
  const named = isSecretName(labelOf(value));
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => {
      const step = [...place, { at: key, label: '' }];
      // A workflow is one text.
      if (key === 'xml' && typeof field === 'string')
        return [
          key,
          mapXmlSecrets(field, (text, address) => visit(text, [...step, { at: address, label: address }])),
        ];
      const secret = (named && key === 'value') || (!NAME_KEYS.includes(key as never) && isSecretPath(key));
      if (secret && typeof field === 'string' && field !== '') return [key, visit(field, step)];
      return [key, mapSecrets(field, visit, step)];
    }),
  );
}

interface Step {
  at: string | number;
  /** Of an item of an array: what it names, so that it is found again when the order has changed. */
  label: string;
}

function labelOf(value: unknown): string {
  if (!isFields(value)) return '';
  for (const key of NAME_KEYS) {
    const name = value[key];
    if (typeof name === 'string') return name;
  }
  return '';
}

/** A configuration (or a definition that holds one) with its secrets masked. */
export function maskConfig<T>(config: T, showSecrets: () => boolean): T {
  return mapSecrets(config, (text) => (showSecrets() ? text : SECRET_MASK)) as T;
}

/**
 * What came back from a reader: masked values are replaced by those stored, found by the name of the parameter, so that
 * read–modify–write destroys no password. `lost` are the pointers of masks for which nothing is stored.
 */
export function unmask<T>(given: T, stored: unknown): { value: T; lost: string[] } {
  const known = new Map<string, string>();
  mapSecrets(stored, (text, place) => {
    known.set(addressOf(place), text);
    return text;
  });
  const lost: string[] = [];
  const value = mapSecrets(given, (text, place) => {
    if (text !== SECRET_MASK) return text;
    const kept = known.get(addressOf(place));
    if (kept === undefined) lost.push(place.map((step) => `/${step.at}`).join(''));
    return kept ?? text;
  });
  return { value: value as T, lost };
}

function addressOf(place: readonly Step[]): string {
  return JSON.stringify(place.map((step) => (step.label === '' ? step.at : step.label)));
}
