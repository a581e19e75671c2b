import { expect } from 'chai';
import { deserialize, Long, serialize, UUID, type Document } from 'bson';
import { connect, type Socket } from 'node:net';
import { MongoClient } from 'mongodb';
import { embeddedStore, withDatabase } from './store-fixture.js';

describe('the wire protocol of the embedded store', () => {
  let path: string;
  let uri: string;

  before(async function () {
    const store = await embeddedStore();
    if (!store) this.skip();
    uri = withDatabase(store.uri, 'test_wire');
    path = decodeURIComponent(/mongodb:\/\/([^/]+)/.exec(store.uri)?.[1] ?? '');
  });

  function frame(opCode: number, body: Buffer, length = body.length + 16): Buffer {
    const head = Buffer.alloc(16);
    head.writeInt32LE(length, 0);
    head.writeInt32LE(7, 4);
    head.writeInt32LE(opCode, 12);
    return Buffer.concat([head, body]);
  }

  const message = (document: Buffer, flags = 0): Buffer => {
    const head = Buffer.alloc(5);
    head.writeUInt32LE(flags, 0);
    return frame(2013, Buffer.concat([head, document]));
  };

  async function open(): Promise<Socket> {
    const socket = connect(path);
    await new Promise((resolve) => socket.once('connect', resolve));
    return socket;
  }

  /** What the server answers to these bytes: its first reply, or undefined when it closes the connection. */
  async function send(bytes: Buffer, pieces = 1): Promise<Document | undefined> {
    const socket = await open();
    const answered = new Promise<Document | undefined>((resolve) => {
      let all = Buffer.alloc(0);
      socket.on('data', (chunk) => {
        all = Buffer.concat([all, chunk]);
        if (all.length >= 4 && all.length >= all.readInt32LE(0))
          resolve(deserialize(all.subarray(21, all.readInt32LE(0))));
      });
      socket.on('close', () => resolve(undefined));
      socket.on('error', () => resolve(undefined));
    });
    const size = Math.ceil(bytes.length / pieces);
    for (let at = 0; at < bytes.length; at += size) {
      socket.write(bytes.subarray(at, at + size));
      await new Promise((next) => setImmediate(next));
    }
    const reply = await answered;
    socket.destroy();
    return reply;
  }

  const ping = Buffer.from(serialize({ ping: 1, $db: 'admin' }));

  it('answers a message that comes byte by byte', async () => {
    expect((await send(message(ping), message(ping).length))?.ok).to.equal(1);
  });

  const hostile: [string, () => Buffer][] = [
    ['a negative length', () => frame(2013, ping, -5)],
    ['a length beyond the limit', () => frame(2013, ping, 48_000_001)],
    ['a length below the header', () => frame(2013, Buffer.alloc(0), 8)],
    ['an unknown operation', () => frame(9999, ping)],
    ['compressed messages, which were not agreed', () => frame(2012, ping)],
    ['unknown flags', () => message(ping, 0x40)],
    ['no body', () => frame(2013, Buffer.alloc(4))],
    ['an unknown section', () => frame(2013, Buffer.concat([Buffer.from([0, 0, 0, 0, 9]), ping]))],
    [
      'a document longer than the message',
      () => message(Buffer.concat([Buffer.from([200, 0, 0, 0]), ping.subarray(4)])),
    ],
    [
      'an element type that does not exist',
      () => message(Buffer.from(ping.toString('hex').replace(/^(.{8})../, '$142'), 'hex')),
    ],
    ['a text without end', () => message(Buffer.from([14, 0, 0, 0, 2, 97, 0, 255, 255, 255, 127, 98, 0, 0]))],
    [
      'a legacy query of a collection',
      () => frame(2004, Buffer.concat([Buffer.alloc(4), Buffer.from('a.b\0'), Buffer.alloc(8), ping])),
    ],
  ];
  for (const [what, bytes] of hostile) {
    it(`closes a connection that sends ${what}, and serves the others`, async () => {
      expect(await send(bytes())).to.equal(undefined);
      expect((await send(message(ping)))?.ok).to.equal(1);
    });
  }

  it('refuses documents that are nested too deeply', async () => {
    let deep: Document = {};
    for (let i = 0; i < 400; i++) deep = { d: deep };
    expect(
      await send(message(Buffer.from(serialize({ insert: 'x', documents: [deep], $db: 'test_wire' })))),
    ).to.equal(undefined);
  });

  it('survives random bytes in the place of a command', async () => {
    for (let round = 0; round < 30; round++) {
      const noise = Buffer.from(
        serialize({ find: 'things', filter: { a: [1, 'x', { b: null }] }, $db: 'test_wire' }),
      );
      for (let i = 0; i < 4; i++)
        noise[4 + ((round * 31 + i * 17) % (noise.length - 5))] = (round * 7 + i * 101) & 0xff;
      await send(message(noise));
    }
    expect((await send(message(ping)))?.ok).to.equal(1);
  });

  it('refuses by name what it does not implement', async () => {
    const client = await MongoClient.connect(uri);
    const db = client.db();
    const refusal = async (command: Document): Promise<{ code: unknown; message: string }> => {
      try {
        const { writeErrors } = await db.command(command);
        const [first] = (writeErrors ?? []) as { code: number; errmsg: string }[];
        if (first) return { code: first.code, message: first.errmsg };
      } catch (error) {
        return error as { code: unknown; message: string };
      }
      throw new Error(`was accepted: ${JSON.stringify(command)}`);
    };
    const cases: [Document, number, RegExp][] = [
      [{ find: 'x', filter: { $where: 'true' } }, 2, /\$where.*MONGODB_URI/],
      [{ find: 'x', filter: { $text: { $search: 'a' } } }, 2, /\$text.*MONGODB_URI/],
      [{ find: 'x', filter: { a: { $near: [0, 0] } } }, 2, /\$near.*MONGODB_URI/],
      [{ find: 'x', filter: {}, collation: { locale: 'de' } }, 238, /collation.*MONGODB_URI/],
      [{ find: 'x', filter: {}, tailable: true }, 238, /tailable.*MONGODB_URI/],
      [{ find: 'x', filter: {}, unheardOf: 1 }, 40415, /unheardOf/],
      [{ aggregate: 'x', pipeline: [{ $out: 'y' }], cursor: {} }, 115, /\$out.*MONGODB_URI/],
      [{ aggregate: 'x', pipeline: [{ $changeStream: {} }], cursor: {} }, 40573, /MONGODB_URI/],
      [{ aggregate: 'x', pipeline: [{ $nonsense: {} }], cursor: {} }, 40324, /\$nonsense/],
      [{ create: 'x', capped: true, size: 1000 }, 72, /capped.*MONGODB_URI/],
      [{ create: 'x', viewOn: 'y', pipeline: [] }, 72, /viewOn.*MONGODB_URI/],
      [{ createIndexes: 'x', indexes: [{ key: { a: 'text' }, name: 'a' }] }, 67, /text.*MONGODB_URI/],
      [{ createIndexes: 'x', indexes: [{ key: { a: '2dsphere' }, name: 'a' }] }, 67, /2dsphere.*MONGODB_URI/],
      [{ update: 'x', updates: [{ q: {}, u: [{ $set: { a: 1 } }] }] }, 238, /pipeline.*MONGODB_URI/],
      [{ find: 'x', filter: { $jsonSchema: {} } }, 2, /\$jsonSchema.*MONGODB_URI/],
      [{ find: 'x', filter: { a: { $geoWithin: {} } } }, 2, /\$geoWithin.*MONGODB_URI/],
      [{ find: 'x', filter: {}, sort: { a: { $meta: 'textScore' } } }, 2, /\$meta.*MONGODB_URI/],
      [{ aggregate: 'x', pipeline: [{ $merge: 'y' }], cursor: {} }, 115, /\$merge.*MONGODB_URI/],
      [{ aggregate: 'x', pipeline: [{ $unionWith: 'y' }], cursor: {} }, 115, /\$unionWith.*MONGODB_URI/],
      [{ aggregate: 'x', pipeline: [{ $graphLookup: {} }], cursor: {} }, 115, /\$graphLookup.*MONGODB_URI/],
      [
        { aggregate: 'x', pipeline: [{ $setWindowFields: {} }], cursor: {} },
        115,
        /\$setWindowFields.*MONGODB_URI/,
      ],
      [
        { aggregate: 'x', pipeline: [{ $lookup: { from: 'y', as: 'z', pipeline: [] } }], cursor: {} },
        115,
        /\$lookup.*pipeline.*MONGODB_URI/,
      ],
      [{ create: 'x', validator: { a: 1 } }, 72, /validator.*MONGODB_URI/],
      [{ create: 'x', timeseries: { timeField: 't' } }, 72, /timeseries.*MONGODB_URI/],
      [{ createIndexes: 'x', indexes: [{ key: { '$**': 1 }, name: 'a' }] }, 67, /wildcard.*MONGODB_URI/],
      [{ createIndexes: 'x', indexes: [{ key: { a: 'hashed' }, name: 'a' }] }, 67, /hashed.*MONGODB_URI/],
      [{ createUser: 'x', pwd: 'y', roles: [] }, 115, /createUser.*MONGODB_URI/],
      [{ createRole: 'x', privileges: [], roles: [] }, 115, /createRole.*MONGODB_URI/],
      [{ insert: 'x', documents: [{ _id: 'x'.repeat(600) }] }, 17280, /_id.*MONGODB_URI/],
      [
        {
          find: 'x',
          filter: {},
          lsid: { id: new UUID() },
          txnNumber: Long.ONE,
          startTransaction: true,
          autocommit: false,
        },
        20,
        /transactions.*MONGODB_URI/,
      ],
      [{ mapReduce: 'x' }, 115, /mapReduce.*MONGODB_URI/],
      [{ nonsense: 1 }, 59, /no such command/],
    ];
    for (const [command, code, text] of cases) {
      const { code: given, message: said } = await refusal(command);
      expect(given, JSON.stringify(command)).to.equal(code);
      expect(said).to.match(text);
    }
    await client.close();
  });
});
