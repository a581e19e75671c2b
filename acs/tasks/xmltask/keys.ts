import { looksLikeMeaning } from '../../devices/meanings.js';

const ROOTS = ['InternetGatewayDevice.', 'Device.'];
const ALIAS = 'Root.';

/**
 * The full path of a key (xmltask.md §1): one that begins with a root object is full, `Root.` stands for the device's,
 * anything else lies below the prefix. Without a prefix a meaning such as `wifi.1.ssid` stays one, to be looked up.
 */
export function pathOf(key: string, root: string, prefix: string | null): string {
  if (key.startsWith(ALIAS)) return root + key.slice(ALIAS.length);
  if (key === ALIAS.slice(0, -1)) return root;
  if (key.startsWith(root) || ROOTS.some((one) => key.startsWith(one))) return key;
  if (prefix === null && looksLikeMeaning(key) && key.includes('.')) return key;
  return (prefix ?? root) + key;
}

export const asObject = (path: string): string => (path === '' || path.endsWith('.') ? path : `${path}.`);
