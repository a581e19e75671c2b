import type { CwmpEnvelope } from './soap/envelope.js';

/** The versions that the ACS speaks, ascending. */
export const CWMP_VERSIONS: readonly string[] = ['1.0', '1.1', '1.2', '1.3', '1.4'];

export interface AgreedVersion {
  version: string;
  /** What `UseCWMPVersion` has to say; null when the CPE did not offer a choice. */
  useVersion: string | null;
}

/**
 * The version of a session (TR-069 A6 §3.7.2.1). A CPE of 1.4 lists its versions and the highest common one is used;
 * null when there is none, which is Fault 8006. Before 1.4 the namespace decides, but 1.2 and 1.3 share one, so that
 * `SessionTimeout` is what tells 1.3. An unknown namespace counts as the nearest.
 */
export function agreeOnVersion(
  envelope: Pick<CwmpEnvelope, 'namespace' | 'sessionTimeout' | 'supportedVersions'>,
): AgreedVersion | null {
  const offered = envelope.supportedVersions;
  if (offered && offered.length > 0) {
    const common = CWMP_VERSIONS.findLast((version) => offered.includes(version));
    return common === undefined ? null : { version: common, useVersion: common };
  }
  const match = /cwmp-(\d+)-(\d+)$/.exec(envelope.namespace);
  const named = match ? `${Number(match[1])}.${Number(match[2])}` : '1.0';
  if (named === '1.2' && envelope.sessionTimeout !== null) return { version: '1.3', useVersion: null };
  if (CWMP_VERSIONS.includes(named)) return { version: named, useVersion: null };
  return { version: match && Number(match[1]) >= 1 ? '1.4' : '1.0', useVersion: null };
}
