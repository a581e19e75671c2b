import { expect } from 'chai';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataFolder, secretKeyOf } from '../../start/data-folder.js';
import { StartError } from '../../start/start-error.js';

const rejection = async (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => {
      throw new Error('It was accepted');
    },
    (error: unknown) => error as Error,
  );

describe('The data folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'provost-data-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is made where it is missing, for its owner alone', async () => {
    const path = await openDataFolder(join(folder, 'a', 'b'));
    expect((await stat(path)).mode & 0o777).to.equal(0o700);
  });

  it('is refused in one line when a file stands in its way', async () => {
    await writeFile(join(folder, 'file'), '');
    const error = await rejection(openDataFolder(join(folder, 'file', 'data')));
    expect(error).to.be.instanceOf(StartError);
    expect(error.message).to.include('PROVOST_DATA_DIR').and.not.include('\n');
  });

  it('keeps one secret key that only its owner can read', async () => {
    const key = await secretKeyOf(folder);
    expect(key.length).to.be.greaterThan(40);
    expect(await secretKeyOf(folder)).to.equal(key);
    expect((await stat(join(folder, 'secret.key'))).mode & 0o777).to.equal(0o600);
  });

  it('refuses a secret key that was cut short, and leaves it alone', async () => {
    await writeFile(join(folder, 'secret.key'), 'short\n');
    expect(await rejection(secretKeyOf(folder))).to.be.instanceOf(StartError);
    expect(await readFile(join(folder, 'secret.key'), 'utf8')).to.equal('short\n');
  });
});
