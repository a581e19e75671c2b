import type { Config } from '../config.js';
import type { CpeCredentials } from './cpe-credentials.js';

export interface BannerFacts {
  urls: { console: string; cwmp: string; files: string };
  /** Where the data lie. */
  storage: string;
  /** Of the administrator that was made just now; null = there was one. */
  adminPassword: string | null;
  cpe: CpeCredentials;
}

/** What the person who started the server sees first. Secrets made just now are shown this once and never again. */
export function banner(config: Config, facts: BannerFacts): string {
  const rows: [string, string][] = [
    ['Console', facts.urls.console],
    ['API', `${facts.urls.console}/api/v1  (reference: ${facts.urls.console}/api/docs)`],
    ['ACS URL for CPEs', `${facts.urls.cwmp}/`],
    ['File server', facts.urls.files],
    ['Data', facts.storage],
  ];
  if (facts.adminPassword !== null)
    rows.push(['Administrator', `user admin, password ${facts.adminPassword}  (shown this once)`]);
  if (config.cwmpAuthentication === 'none')
    rows.push(['CPEs', 'NO password is asked for: anybody who reaches the ACS URL is let in']);
  else if (facts.cpe.generated)
    rows.push(['CPEs', `user ${facts.cpe.username}, password ${facts.cpe.password}  (shown this once)`]);
  if (config.demo) rows.push(['Demo', `${config.demoDevices} simulated CPEs are calling in`]);
  const width = Math.max(...rows.map(([title]) => title.length));
  return `\nProvost is running. Ctrl-C ends it.\n\n${rows.map(([title, text]) => `  ${title.padEnd(width)}  ${text}\n`).join('')}\n`;
}
