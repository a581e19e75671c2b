import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

describe('The console’s types of the northbound interface', () => {
  it('are those that its OpenAPI document makes now', function () {
    this.timeout(60_000);
    const script = fileURLToPath(new URL('../../scripts/generate-api.mjs', import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
    expect(status, stderr).to.equal(0);
  });
});
