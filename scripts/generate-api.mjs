// Writes ui/generated/api.ts, the console's types of the northbound interface, from the NBI's own OpenAPI document.
// With --check nothing is written: exit code 1 and one line when the file is not what it should be.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { tsImport } from 'tsx/esm/api';

const target = fileURLToPath(new URL('../ui/generated/api.ts', import.meta.url));
const head = '// Generated from the OpenAPI document by scripts/generate-api.mjs; not edited by hand.\n';

/** Only what the types need: answers that succeed, as JSON where there is JSON; no examples, no headers. */
function slim(document) {
  const copy = structuredClone(document);
  for (const path of Object.values(copy.paths ?? {})) {
    for (const operation of Object.values(path)) {
      if (typeof operation !== 'object' || operation === null || !operation.responses) continue;
      for (const [status, response] of Object.entries(operation.responses)) {
        if (!status.startsWith('2')) delete operation.responses[status];
        else {
          delete response.headers;
          if (response.content?.['application/json'])
            response.content = { 'application/json': response.content['application/json'] };
        }
      }
    }
  }
  delete copy.components?.examples;
  return JSON.parse(
    JSON.stringify(copy, (key, value) => (key === 'examples' || key === 'example' ? undefined : value)),
  );
}

export async function apiTypes() {
  const { openApiDocument } = await tsImport('../nbi/openapi.ts', import.meta.url);
  const document = JSON.parse(JSON.stringify(openApiDocument({ version: '0' })));
  return head + astToString(await openapiTS(slim(document), { alphabetize: true }));
}

const wanted = await apiTypes();
if (process.argv.includes('--check')) {
  const present = await readFile(target, 'utf8').catch(() => '');
  if (present !== wanted) {
    process.stderr.write('ui/generated/api.ts is stale: run node scripts/generate-api.mjs\n');
    process.exitCode = 1;
  }
} else {
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, wanted);
}
