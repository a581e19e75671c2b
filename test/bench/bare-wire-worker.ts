import { serialize, type Document } from 'bson';
import { createServer, type Server } from 'node:net';
import { serve } from './worker.js';

/**
 * The least that a server of the MongoDB wire protocol in Node.js can be: it looks at nothing but the command's name and gives each time the
 * same reply. What it costs is spent on waking up, reading and writing; the store cannot cost less.
 */
const HEADER = 16;
const OP_QUERY = 2004;
const OP_MSG = 2013;
/** Where in an OP_MSG the name of the first field, the command's, begins. */
const NAME_AT = HEADER + 4 + 1 + 4 + 1;

const document = (fields: Document): Buffer => Buffer.from(serialize({ ...fields, ok: 1 }));

const HELLO = document({
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  minWireVersion: 0,
  maxWireVersion: 21,
  logicalSessionTimeoutMinutes: 30,
});

interface Replies {
  readonly path: string;
  /** The document that reads give. */
  readonly found: Document;
}

let server: Server | undefined;

function listen({ path, found }: Replies): Promise<number> {
  const written = document({ n: 1, nModified: 1 });
  const replies: Record<string, Buffer> = {
    hello: HELLO,
    find: document({ cursor: { firstBatch: [found], id: 0n, ns: 'bench.things' } }),
    insert: written,
    update: written,
    findAndModify: document({ lastErrorObject: { n: 1, updatedExisting: true }, value: found }),
  };
  server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (message) => {
      const legacy = message.readInt32LE(12) === OP_QUERY;
      const name = legacy ? 'hello' : message.toString('latin1', NAME_AT, message.indexOf(0, NAME_AT));
      const body = replies[name] ?? written;
      const headSize = HEADER + (legacy ? 20 : 5);
      const reply = Buffer.allocUnsafe(headSize + body.length);
      reply.fill(0, 0, headSize);
      reply.writeInt32LE(reply.length, 0);
      reply.writeInt32LE(message.readInt32LE(4), 8);
      reply.writeInt32LE(legacy ? 1 : OP_MSG, 12);
      if (legacy) reply.writeInt32LE(1, HEADER + 16);
      reply.set(body, headSize);
      socket.write(reply);
    });
  });
  return new Promise((resolve) => server?.listen(path, () => resolve(process.pid)));
}

serve({ listen });
