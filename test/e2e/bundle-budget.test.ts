import { expect } from 'chai';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** The console as it was built with the server that is tested; null = the tests run on the sources. */
const built = process.env.BUILT_SERVER === undefined ? null : join(dirname(process.env.BUILT_SERVER), 'ui');
const FIRST_LOAD = 300_000;
const PART = 120_000;

describe('Size of the console', () => {
  before(async function () {
    const there = built !== null && (await stat(built).catch(() => null)) !== null;
    if (there) return;
    if (this.test) this.test.title = 'is skipped: the console is not built';
    this.skip();
  });

  const zipped = async (file: string): Promise<number> =>
    gzipSync(await readFile(join(built ?? '', file)), { level: 9 }).length;

  it('is at most 300 kB of scripts, compressed, before anything can be seen', async () => {
    const page = await readFile(join(built ?? '', 'index.html'), 'utf8');
    const scripts = [...page.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file = '']) => file);
    expect(scripts).to.not.be.empty;
    const sizes = await Promise.all(scripts.map(zipped));
    expect(sizes.reduce((sum, size) => sum + size, 0)).to.be.below(FIRST_LOAD);
  });

  it('is at most 120 kB, compressed, in each part that is loaded where it is used', async () => {
    const files = (await readdir(join(built ?? '', 'assets'))).filter((file) => file.endsWith('.js'));
    for (const file of files) expect(await zipped(join('assets', file)), file).to.be.below(PART);
  });
});
