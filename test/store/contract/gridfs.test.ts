import { expect } from 'chai';
import { createHash, randomBytes } from 'node:crypto';
import { GridFSBucket, MongoClient } from 'mongodb';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openTestStore, type TestStore } from '../store-fixture.js';

describe('GridFS on the store', () => {
  let store: TestStore;
  let client: MongoClient;
  let bucket: GridFSBucket;

  before(async () => {
    store = await openTestStore();
    client = await MongoClient.connect(store.uri);
    bucket = new GridFSBucket(client.db(), { bucketName: 'files' });
  });

  after(async () => {
    await client.close();
    await store.close();
  });

  async function upload(
    name: string,
    content: Buffer,
  ): Promise<GridFSBucket['openUploadStream'] extends (...args: never[]) => infer S ? S : never> {
    const stream = bucket.openUploadStream(name, {
      metadata: { sha256: createHash('sha256').update(content).digest('hex') },
    });
    await pipeline(Readable.from([content]), stream);
    return stream;
  }

  async function download(stream: Readable): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  it('gives back a file of several megabytes byte for byte', async () => {
    const content = randomBytes(5_000_001);
    const { id } = await upload('firmware.bin', content);
    const [file] = await bucket.find({ _id: id }).toArray();
    expect(file?.length).to.equal(content.length);
    expect((await download(bucket.openDownloadStream(id))).equals(content)).to.be.true;
  });

  it('reads a range', async () => {
    const content = randomBytes(1_000_000);
    const { id } = await upload('range.bin', content);
    const part = await download(bucket.openDownloadStream(id, { start: 300_000, end: 700_001 }));
    expect(part.equals(content.subarray(300_000, 700_001))).to.be.true;
  });

  it('renames and deletes a file with its chunks', async () => {
    const { id } = await upload('old name', randomBytes(600_000));
    await bucket.rename(id, 'new name');
    expect(await bucket.find({ filename: 'new name' }).toArray()).to.have.length(1);
    await bucket.delete(id);
    expect(await bucket.find({ _id: id }).toArray()).to.deep.equal([]);
    expect(await client.db().collection('files.chunks').countDocuments({ files_id: id })).to.equal(0);
  });
});
