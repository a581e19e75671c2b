// `npm start`: installs and builds what is missing or stale, then runs the server in this process.
import { prepare } from './lib/prepare.mjs';

prepare(true);
await import('../dist/main.js');
