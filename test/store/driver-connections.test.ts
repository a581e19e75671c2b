import { expect } from 'chai';
import { createRequire } from 'node:module';
import { Duplex } from 'node:stream';
import mongoose from 'mongoose';
import { mendDriverConnections } from '../../store/driver-connections.js';

interface DriverConnection {
  command(namespace: unknown, command: object, options: object): Promise<unknown>;
}

const require = createRequire(import.meta.url);
const { Connection } = require('mongodb/lib/cmap/connection.js') as {
  Connection: new (stream: Duplex, options: object) => DriverConnection;
};
const { HostAddress, ns } = require('mongodb/lib/utils.js') as {
  HostAddress: new (address: string) => object;
  ns: (name: string) => unknown;
};

/** A socket that takes what is written and passes nothing on, as one that Node has destroyed but not yet closed. */
class StuckSocket extends Duplex {
  constructor() {
    super({ writableHighWaterMark: 1 });
  }
  override _read(): void {
    // Nothing ever comes.
  }
  override _write(): void {
    // Never done, so `drain` never comes.
  }
  setTimeout(): this {
    return this;
  }
}

describe("The driver's connections", () => {
  it('fail a command that still waits to be written when they close, instead of leaving it for ever', async () => {
    mendDriverConnections();
    const socket = new StuckSocket();
    const connection = new Connection(socket, {
      id: 1,
      generation: 1,
      hostAddress: new HostAddress('127.0.0.1:27017'),
    });
    const command = connection.command(ns('admin.$cmd'), { hello: 1 }, {}).then(
      () => 'answered',
      (error: unknown) => error,
    );
    setImmediate(() => socket.destroy());
    expect(await command).to.be.instanceOf(mongoose.mongo.MongoNetworkError);
  }).timeout(20_000);
});
