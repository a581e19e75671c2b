/** Last segments of parameter names whose values are hidden (administration.md §13), in lower case. */
const SECRET_SEGMENTS: ReadonlySet<string> = new Set(
  [
    'Password',
    'ConnectionRequestPassword',
    'STUNPassword',
    'ConfigPassword',
    'KeyPassphrase',
    'DevicePassword',
    'WEPKey',
    'PreSharedKey',
    'pass',
    'AdminPassword',
    // Hidden or secured by TR-181 itself; the list above is older than they are.
    'SAEPassphrase',
    'RadiusSecret',
    'SecondaryRadiusSecret',
  ].map((segment) => segment.toLowerCase()),
);

/** Shown in place of a secret value. */
export const SECRET_MASK = '••••••';

/**
 * Whether the value of a parameter may be shown only to those who may see secrets: by its last named segment (instance
 * numbers are passed over: `WEPKey.1.` holds a `WEPKey`), or because `password` stands anywhere in the name.
 */
export function isSecretPath(path: string): boolean {
  if (/password/i.test(path)) return true;
  const segments = path.split('.');
  for (let index = segments.length - 1; index >= 0; index -= 1) {
    const segment = segments[index] ?? '';
    if (segment === '' || /^(\d+|\[.*\])$/.test(segment)) continue;
    return SECRET_SEGMENTS.has(segment.toLowerCase());
  }
  return false;
}
