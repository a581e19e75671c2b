import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { startEmbeddedStore } from '../../store/embedded/start.js';
import { verifyFolder } from '../../store/embedded/verify.js';

describe('the embedded store on a full disk', function () {
  this.timeout(60_000);
  let mount: string;

  before(function () {
    mount = mkdtempSync(join(tmpdir(), 'provost-full-'));
    // A small file system of its own; only where this account may mount one.
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', mount]).status !== 0) this.skip();
  });

  after(() => {
    spawnSync('umount', [mount]);
    rmSync(mount, { recursive: true, force: true });
  });

  it('fails writes with code 14031, goes on reading, and writes again when there is space', async () => {
    const folder = join(mount, 'data');
    const lines: string[] = [];
    const store = await startEmbeddedStore({ dataDir: folder, log: (_level, line) => lines.push(line) });
    const client = await MongoClient.connect(store.uri, { serverSelectionTimeoutMS: 3000 });
    const things = client.db().collection('things');
    await things.createIndex({ n: 1 }, { unique: true }, {});
    let written = 0;
    let failure: { code?: unknown } | undefined;
    while (!failure && written < 1000) {
      await things
        .insertOne({
          _id: written as never,
          n: written,
          filler: Buffer.from(Array.from({ length: 20_000 }, () => Math.random() * 256)),
        })
        .then(
          () => written++,
          (error: unknown) => (failure = error as { code?: unknown }),
        );
    }
    expect(failure?.code, lines.join('\n')).to.equal(14031);
    expect(await things.countDocuments({ n: { $gte: 0 } })).to.equal(written);
    expect((await things.findOne({ n: written - 1 }))?._id).to.equal(written - 1);
    expect(await things.estimatedDocumentCount()).to.equal(written);

    spawnSync('mount', ['-o', 'remount,size=12m', mount]);
    await things.insertOne({ n: -1 });
    expect(await things.countDocuments()).to.equal(written + 1);
    await client.close();
    await store.stop();
    expect(await verifyFolder(folder)).to.deep.equal([]);
  });
});
