// What every command needs before it can run: the right Node, the packages of the lock file, a build of the present
// sources. Uses nothing but Node itself, since it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const at = (...parts) => join(root, ...parts);

/** Ends the command with one clear line. */
export function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** Runs a program of node_modules/.bin or Node itself in the project's folder and gives its exit code. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) fail(`Cannot run ${command}: ${result.error.message}`);
  return result.status ?? 1;
}

export const bin = (name) => at('node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);

export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`Provost needs Node 20.19 or later; this is ${process.versions.node}.`);
  }
}

const digest = (texts) => {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex');
};

const stampOf = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');

/** `npm ci`, when node_modules is missing or was installed from another lock file. */
export function ensureDependencies() {
  const stamp = at('node_modules', '.provost');
  const wanted = digest([readFileSync(at('package-lock.json')), process.versions.modules, process.arch]);
  if (stampOf(stamp) === wanted) return;
  process.stderr.write('Installing the packages…\n');
  // Scripts of packages are not needed: every binary comes inside a package. Development packages build the console.
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const status =
    npm?.endsWith('.js') || npm?.endsWith('.cjs') ? run(process.execPath, [npm, ...args]) : run('npm', args);
  if (status !== 0) fail('The packages could not be installed (npm ci failed, see above).');
  writeFileSync(stamp, wanted);
}

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== 'node_modules') yield* files(path);
    } else yield path;
  }
}

const SERVER_SOURCES = ['start', 'common', 'acs', 'nbi', 'store', join('test', 'cpe-simulator')];
const SERVER_FILES = ['main.ts', 'config.ts', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];
const CONSOLE_FILES = ['package-lock.json'];

function sourcesDigest(folders, single) {
  const paths = [
    ...folders.flatMap((folder) => [...files(at(folder))]),
    ...single.map((file) => at(file)),
  ].sort();
  return digest(paths.flatMap((path) => [relative(root, path), readFileSync(path)]));
}

function ensureBuilt(name, wanted, build) {
  const stamp = at('dist', `.${name}`);
  if (stampOf(stamp) === wanted) return;
  process.stderr.write(`Building the ${name}…\n`);
  build();
  mkdirSync(at('dist'), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** Compiles the server and the console into dist/, each only when its sources changed. */
export function ensureBuild({ server = true, console = true } = {}) {
  if (server) {
    ensureBuilt('server', sourcesDigest(SERVER_SOURCES, SERVER_FILES), () => {
      if (run(bin('tsc'), ['-p', 'tsconfig.build.json']) !== 0)
        fail('The server could not be built (see above).');
    });
  }
  if (console) {
    ensureBuilt('console', sourcesDigest(['ui'], CONSOLE_FILES), () => {
      if (run(bin('vite'), ['build', '--config', join('ui', 'vite.config.ts'), '--logLevel', 'warn']) !== 0)
        fail('The console could not be built (see above).');
    });
  }
}

export function prepare(build) {
  requireNode();
  ensureDependencies();
  if (build) ensureBuild(build === true ? {} : build);
}
