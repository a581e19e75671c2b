import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { ADMIN, startNbi, type Nbi } from './harness.js';

const run = promisify(execFile);

describe('docs/nbi.md', () => {
  let nbi: Nbi;
  before(async () => {
    nbi = await startNbi();
  });
  after(() => nbi.close());

  it('has examples that work as they stand, in their order', async () => {
    const text = readFileSync(new URL('../../docs/nbi.md', import.meta.url), 'utf8');
    const examples = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code]) => code ?? '');
    expect(examples).to.have.length.above(4);
    const script = `set -e\n${examples.join('\necho\n')}`;
    const env = { ...process.env, NBI: nbi.base, PASSWORD: ADMIN.password };
    const { stdout } = await run('bash', ['-c', script], { env });
    expect(stdout).to.include('"login":"admin"').and.include('d:02A0C4-GW-E5CAE8:1').and.include('"pvt_');
  });
});
