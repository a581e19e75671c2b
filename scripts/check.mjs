// `npm run check`: types, lint, format, import arrows and unused code; runs all of them and names those that failed.
import { bin, prepare, run } from './lib/prepare.mjs';

prepare(false);
const checks = [
  ['types of the server', 'tsc', ['--noEmit', '-p', '.']],
  ['types of the console', 'vue-tsc', ['--noEmit', '-p', 'ui']],
  ['types generated for the console', process.execPath, ['scripts/generate-api.mjs', '--check']],
  ['lint', 'eslint', ['--max-warnings', '0', '.']],
  ['format', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ['import arrows', 'depcruise', ['--config', 'dependency-cruiser.config.cjs', '--output-type', 'err', '.']],
  ['unused code', 'knip', ['--no-progress']],
];
const failed = checks
  .filter(([, command, args]) => run(command === process.execPath ? command : bin(command), args) !== 0)
  .map(([title]) => title);
if (failed.length > 0) {
  process.stderr.write(`\nFailed: ${failed.join(', ')}\n`);
  process.exitCode = 1;
} else process.stdout.write('All checks passed\n');
