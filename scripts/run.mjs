// Runs a TypeScript program of the project without a build: `node scripts/run.mjs FILE [arguments]`.
import { fail, prepare, root, run } from './lib/prepare.mjs';

const [file, ...args] = process.argv.slice(2);
if (!file) fail('Usage: node scripts/run.mjs FILE [arguments]');
prepare(false);
process.exitCode = run(process.execPath, ['--import', 'tsx', file, ...args], { cwd: root });
