import { expect } from 'chai';
import { serialize, type Document } from 'bson';
import { connect, type Socket } from 'node:net';
import { MongoClient } from 'mongodb';
import { embeddedStore, withDatabase } from './store-fixture.js';

const MEGABYTE = 1024 * 1024;

describe('a client of the embedded store that sends and does not read', function () {
  this.timeout(60_000);
  let client: MongoClient;
  let idle: Socket;

  before(async function () {
    const store = await embeddedStore();
    if (!store) this.skip();
    client = await MongoClient.connect(withDatabase(store.uri, 'test_back_pressure'), { maxPoolSize: 1 });
    await client
      .db()
      .collection('things')
      .insertOne({ _id: 'large' as never, filler: 'x'.repeat(MEGABYTE) });
    const path = decodeURIComponent(/mongodb:\/\/([^/]+)/.exec(store.uri)?.[1] ?? '');
    idle = connect(path);
    await new Promise((resolve) => idle.once('connect', resolve));
  });

  afterEach(() => idle.pause());

  after(async () => {
    idle.destroy();
    await client.db().dropDatabase();
    await client.close();
  });

  let lastRequest = 0;

  function message(command: Document): Buffer {
    const body = serialize({ ...command, $db: 'test_back_pressure' });
    const head = Buffer.alloc(21);
    head.writeInt32LE(head.length + body.length, 0);
    head.writeInt32LE((lastRequest += 1), 4);
    head.writeInt32LE(2013, 12);
    return Buffer.concat([head, body]);
  }

  /** Resident memory of the store, megabytes; a command of its own, so that it is also a turn of the store's loop. */
  async function resident(): Promise<number> {
    const { mem } = (await client.db('admin').command({ serverStatus: 1 })) as { mem: { resident: number } };
    return mem.resident;
  }

  /** Sends one message after the other, each when the one before has left this process. */
  function send(messages: readonly Buffer[]): { readonly sent: () => number; readonly all: Promise<void> } {
    let sent = 0;
    const next = async (): Promise<void> => {
      for (const bytes of messages) {
        await new Promise((resolve) => idle.write(bytes, resolve));
        sent++;
      }
    };
    return { sent: () => sent, all: next() };
  }

  /** Waits until the store takes nothing more from the idle client; the most memory that it had meanwhile. */
  async function untilHeldBack(sent: () => number): Promise<number> {
    let most = 0;
    for (let same = 0, last = -1; same < 50;) {
      most = Math.max(most, await resident());
      same = sent() === last ? same + 1 : 0;
      last = sent();
    }
    return most;
  }

  /** The request numbers that the next replies answer. */
  function replies(count: number): Promise<number[]> {
    const answered: number[] = [];
    let head = Buffer.alloc(0);
    let left = 0;
    return new Promise((resolve) => {
      const take = (chunk: Buffer): void => {
        for (let at = 0; at < chunk.length;) {
          const skipped = Math.min(left, chunk.length - at);
          left -= skipped;
          at += skipped;
          const part = left === 0 ? chunk.subarray(at, at + 16 - head.length) : Buffer.alloc(0);
          head = Buffer.concat([head, part]);
          at += part.length;
          if (head.length < 16) continue;
          left = head.readInt32LE(0) - 16;
          answered.push(head.readInt32LE(8));
          head = Buffer.alloc(0);
        }
        if (answered.length < count || left > 0) return;
        idle.off('data', take);
        resolve(answered);
      };
      idle.on('data', take);
      idle.resume();
    });
  }

  it('costs the store no memory for replies that nobody fetches, and gets them all when it reads', async () => {
    const before = await resident();
    const first = lastRequest + 1;
    const finds = Array.from({ length: 200 }, () =>
      message({ find: 'things', filter: { _id: 'large' }, limit: 1, singleBatch: true }),
    );
    const { sent } = send(finds);
    const most = await untilHeldBack(sent);
    expect(most - before, 'megabytes more for 200 replies of one').to.be.lessThan(100);
    expect(await replies(finds.length)).to.deep.equal(finds.map((_, i) => first + i));
  });

  it('is not read from for ever', async () => {
    const before = await resident();
    const first = lastRequest + 1;
    // First some whose replies do not fit into what the system holds for a socket.
    const finds = Array.from({ length: 4 }, () =>
      message({ find: 'things', filter: { _id: 'large' }, limit: 1, singleBatch: true }),
    );
    const pings = Array.from({ length: 150 }, () => message({ ping: 1, comment: 'x'.repeat(MEGABYTE) }));
    const messages = [...finds, ...pings];
    const { sent, all } = send(messages);
    const most = await untilHeldBack(sent);
    expect(sent(), 'messages that the store took').to.be.within(finds.length, finds.length + 20);
    expect(most - before, 'megabytes more for 150 sent').to.be.lessThan(100);
    expect(await replies(messages.length)).to.deep.equal(messages.map((_, i) => first + i));
    await all;
  });
});
