import { existsSync } from 'node:fs';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { Cpe } from '../cpe-simulator/index.js';
import { inPath } from '../served/nbi-client.js';
import { ADMIN_PASSWORD, startSystem, type ServedSystem } from '../served/served-system.js';
import { until } from '../served/until.js';
import { chromiumPath, launchChromium } from './chromium.js';

export { ADMIN_PASSWORD, inPath, until };

/** Why the console cannot be driven here; null when it can. */
export function reasonToSkip(): string | null {
  if (chromiumPath() === null) return 'no Chromium is installed and CHROMIUM_PATH is not set';
  return existsSync(new URL('../../dist/ui/index.html', import.meta.url))
    ? null
    : 'the console is not built (npm run build)';
}

/** A real server, one simulated CPE that has called in, and a signed-in browser. */
export interface ServedConsole {
  system: ServedSystem;
  cpe: Cpe;
  /** Identity of the CPE's device. */
  device: string;
  url: string;
  /** Makes a group, with those above it, and puts the device into it. */
  joinGroup(name: string): Promise<void>;
  /** A page of a signed-in context of its own; errors of the page fail the test at `close`. */
  page(options?: BrowserContextOptions): Promise<Page>;
  /** A page without a session. */
  stranger(): Promise<Page>;
  /** Closes the pages that were opened since the last call, and throws what went wrong in them. */
  closePages(): Promise<void>;
  stop(): Promise<void>;
}

export async function startConsole(flags: readonly string[] = []): Promise<ServedConsole> {
  const executable = chromiumPath();
  if (executable === null) throw new Error('No Chromium');
  const system = await startSystem(flags);
  const url = system.server.urls.console;
  const cpe = system.cpe({ model: 'tr181', serialNumber: 'FN0000000001', softwareVersion: '1.0.0' });
  await cpe.start();
  const device = await until('the CPE in the inventory', async () => {
    const { items } = await system.nbi.get<{ items: { id: string; contact: { state: string } }[] }>(
      '/devices',
    );
    return items[0]?.contact.state === 'on-time' ? items[0].id : null;
  });
  const browser = await launchChromium(executable);
  const faults: string[] = [];
  const contexts: BrowserContext[] = [];
  const session = await signedInState(browser, url);

  const open = async (options: BrowserContextOptions): Promise<Page> => {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
    contexts.push(context);
    const page = await context.newPage();
    page.on('pageerror', (error) => faults.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && /Content Security Policy|Uncaught|\[Vue/.test(message.text())) {
        faults.push(message.text());
      }
    });
    return page;
  };
  const closePages = async (): Promise<void> => {
    for (const context of contexts.splice(0)) await context.close();
    const found = faults.splice(0);
    if (found.length > 0) throw new Error(`The page failed: ${found.join('\n')}`);
  };
  return {
    system,
    cpe,
    device,
    url,
    joinGroup: async (name) => {
      const steps = name.split('.');
      for (let depth = 1; depth <= steps.length; depth += 1) {
        const made = await system.nbi.fetch('/groups', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ name: steps.slice(0, depth).join('.') }),
        });
        // It may be there already, as those above.
        if (!made.ok && made.status !== 409) throw new Error(await made.text());
      }
      const answer = await system.nbi.fetch(`/devices/${inPath(device)}`, {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ groups: [name] }),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    page: (options = {}) => open({ storageState: session, ...options }),
    stranger: () => open({}),
    closePages,
    stop: async () => {
      for (const context of contexts.splice(0)) await context.close();
      await browser.close();
      await system.stop();
    },
  };
}

async function signedInState(browser: Browser, url: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await signIn(page);
  const state = await context.storageState();
  await context.close();
  return state;
}

export async function signIn(page: Page, password = ADMIN_PASSWORD): Promise<void> {
  await page.getByLabel('User name').fill('admin');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  if (password === ADMIN_PASSWORD) await page.getByRole('heading', { name: 'Devices' }).waitFor();
}
