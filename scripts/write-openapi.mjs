// Writes the OpenAPI document of the NBI: node scripts/write-openapi.mjs <file>
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { tsImport } from 'tsx/esm/api';

const target = process.argv[2];
if (target === undefined) {
  process.stderr.write('Usage: node scripts/write-openapi.mjs <file>\n');
  process.exit(2);
}
const { openApiDocument } = await tsImport('../nbi/openapi.ts', import.meta.url);
const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
const path = resolve(target);
await mkdir(dirname(path), { recursive: true });
await writeFile(path, `${JSON.stringify(openApiDocument({ version }), null, 2)}\n`);
