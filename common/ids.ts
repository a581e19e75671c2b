import { randomBytes } from 'node:crypto';

let counter = randomBytes(3).readUIntBE(0, 3);
const processPart = randomBytes(5).toString('hex');

/**
 * A new id of 24 hexadecimal digits: 4 bytes of seconds, 5 random for the process, 3 counted. Ids made later sort
 * later (to the second, and in order within a process); short enough to be, with an attempt behind it, a
 * CommandKey or ParameterKey (string(32), TR-069 A6 tables 29 and 43).
 */
export function newId(now: Date): string {
  counter = (counter + 1) & 0xffffff;
  const seconds = Math.floor(now.getTime() / 1000) >>> 0;
  return seconds.toString(16).padStart(8, '0') + processPart + counter.toString(16).padStart(6, '0');
}

/** Unguessable text for tokens, cookies and one-time URLs: base64url of 32 random bytes unless told otherwise. */
export function newSecret(bytes = 32): string {
  return randomBytes(bytes).toString('base64url');
}
