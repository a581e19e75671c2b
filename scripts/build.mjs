// `npm run build`: the server and the console into dist/, when their sources changed.
import { prepare } from './lib/prepare.mjs';

prepare(true);
