import { MEANINGS } from './meanings.js';
import { isSecretPath } from './secret-paths.js';

const SECRET_MEANINGS: readonly RegExp[] = MEANINGS.filter((meaning) => meaning.secret === true).map(
  (meaning) => new RegExp(`^${meaning.key.replaceAll('.', '\\.').replaceAll('{n}', '\\d+')}$`),
);

/** Whether what has this name is a secret: a meaning, a parameter path, or the name of an attribute or property. */
export function isSecretName(name: string): boolean {
  return isSecretPath(name) || SECRET_MEANINGS.some((pattern) => pattern.test(name));
}
