// `npm test`: installs and builds what is needed, finds Chromium (or installs Debian's where that is allowed) and runs
// every test. `npm run test:mongodb` runs what touches the store against the server named by MONGODB_URI.
// Further arguments go to mocha. The last line is `N passed, N failed[, N skipped]`.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin, fail, prepare, root } from './lib/prepare.mjs';

const args = process.argv.slice(2).filter((argument) => argument !== '--mongodb');
const onMongodb = process.argv.includes('--mongodb');

/** What is run against another MongoDB: everything that stores something; the browser and the pure rings do not. */
const STORE_SPECS = [
  'test/store/contract/**/*.test.ts',
  'test/acs/**/*.test.ts',
  'test/nbi/**/*.test.ts',
  'test/served/**/*.test.ts',
];

if (onMongodb && !process.env.MONGODB_URI)
  fail('npm run test:mongodb needs MONGODB_URI: the server to run the tests against.');
prepare(true);

const chromium = onMongodb ? undefined : findChromium();
const report = join(tmpdir(), `provost-tests-${process.pid}.json`);
const child = spawn(
  bin('mocha'),
  [
    '--reporter',
    'scripts/lib/reporter.cjs',
    '--reporter-option',
    `output=${report}`,
    ...(args.length > 0 ? args : onMongodb ? STORE_SPECS : ['test/**/*.test.ts']),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      BUILT_SERVER: join(root, 'dist', 'main.js'),
      ...(chromium === undefined ? {} : { CHROMIUM_PATH: chromium }),
    },
  },
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => {
  let summary = { passed: 0, failed: 1, skipped: 0 };
  if (existsSync(report)) {
    summary = JSON.parse(readFileSync(report, 'utf8'));
    rmSync(report);
  }
  if (!onMongodb && chromium === undefined) {
    process.stdout.write(
      'The browser tests were skipped: no Chromium was found and none could be installed.\n',
    );
  }
  const skipped = summary.skipped > 0 ? `, ${summary.skipped} skipped` : '';
  process.stdout.write(`${summary.passed} passed, ${summary.failed} failed${skipped}\n`);
  process.exitCode = code === 0 && summary.failed === 0 ? 0 : 1;
});

function findChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const find = () => {
    if (process.env.CHROMIUM_PATH && existsSync(process.env.CHROMIUM_PATH)) return process.env.CHROMIUM_PATH;
    for (const name of names) {
      const path = (process.env.PATH ?? '')
        .split(':')
        .map((folder) => join(folder, name))
        .find((file) => existsSync(file));
      if (path) return path;
    }
    return undefined;
  };
  const found = find();
  if (found || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return found;
  process.stderr.write('Installing Chromium for the browser tests…\n');
  const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['update', '-qq'], quiet);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], quiet);
  return find();
}
