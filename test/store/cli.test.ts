import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Decimal128, Long, MongoClient } from 'mongodb';
import { startEmbeddedStore } from '../../store/embedded/start.js';

const CLI = fileURLToPath(new URL('../../store/embedded/cli.ts', import.meta.url));

function run(...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', CLI, ...args]);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

describe('the commands of the embedded store', function () {
  this.timeout(60_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'provost-cli-'));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  it('export, import and check carry documents and indexes over, type for type', async () => {
    const documents = [
      { _id: 1, price: Decimal128.fromString('1.10'), long: Long.fromNumber(3), when: new Date(5) },
      { _id: 2, list: [1, { a: null }], text: 'ü' },
    ];
    const [from, to, dump] = ['from', 'to', 'dump'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    const first = await startEmbeddedStore({ dataDir: from });
    const client = await MongoClient.connect(first.uri);
    const things = client.db('shop').collection('odd/name');
    await things.insertMany(documents as never[]);
    await things.createIndex(
      { text: 1 },
      { unique: true, partialFilterExpression: { text: { $exists: true } }, name: 'by text' },
      {},
    );
    await things.createIndex({ when: -1 }, { expireAfterSeconds: 2_000_000_000 }, {});
    const indexes = await things.indexes();
    await client.close();

    const refused = await run('export', '--data', from, '--out', dump);
    expect(refused.code).to.equal(1);
    expect(refused.output).to.match(/in use/);
    await first.stop();

    expect((await run('check', '--data', from)).code).to.equal(0);
    expect((await run('export', '--data', from, '--out', dump)).output).to.match(/odd\/name: 2 documents/);
    expect(existsSync(join(dump, 'shop', 'odd%2Fname.metadata.json'))).to.be.true;
    expect((await run('import', '--data', to, '--out', dump)).code).to.equal(0);
    expect((await run('check', '--data', to)).output).to.match(/2 documents, 3 indexes/);

    const second = await startEmbeddedStore({ dataDir: to });
    const reader = await MongoClient.connect(second.uri);
    const copy = reader.db('shop').collection('odd/name');
    const saved = await copy.findOne({ _id: 1 as never }, { promoteLongs: false });
    expect(saved).to.deep.equal(documents[0]);
    expect(await copy.indexes()).to.deep.equal(indexes);
    await reader.close();
    await second.stop();
  });
});
