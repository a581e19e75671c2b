import { expect } from 'chai';
import mongoose, { type mongo } from 'mongoose';
import { isDuplicateKey } from '../../store/duplicate-key.js';
import { GatheredFinds } from '../../store/gathered-finds.js';
import { GatheredWrites } from '../../store/gathered-writes.js';
import { openTestStore, type TestStore } from './store-fixture.js';

interface Item {
  _id: string;
  owner: string;
  text?: string;
}

describe('What many callers ask of the store at once', () => {
  let test: TestStore;
  let client: mongo.MongoClient;
  let items: mongo.Collection<Item>;
  let commands: string[];
  before(async () => {
    test = await openTestStore();
    client = await mongoose.mongo.MongoClient.connect(test.uri, { monitorCommands: true });
    items = client.db(test.dbName).collection<Item>('items');
    client.on('commandStarted', ({ commandName }) => commands.push(commandName));
  });
  after(async () => {
    await client.close();
    await test.close();
  });
  beforeEach(async () => {
    commands = [];
    await items.deleteMany({});
    commands.length = 0;
  });

  const insert = (...documents: Item[]): mongo.AnyBulkWriteOperation<Item>[] =>
    documents.map((document) => ({ insertOne: { document } }));
  const outcomes = async (writes: Promise<void>[]): Promise<string[]> =>
    (await Promise.allSettled(writes)).map((one) =>
      one.status === 'fulfilled' ? 'stored' : isDuplicateKey(one.reason) ? 'duplicate' : 'refused',
    );

  describe('to write', () => {
    it('goes in one command, and each is told when its own is stored', async () => {
      const writes = new GatheredWrites(() => items);
      const all = Array.from({ length: 50 }, (_, index) =>
        writes.write(insert({ _id: `a${index}`, owner: 'a' })),
      );
      expect(await outcomes(all)).to.deep.equal(Array(50).fill('stored'));
      expect(commands).to.deep.equal(['insert']);
      expect(await items.countDocuments({})).to.equal(50);
    });

    it('goes in batches of a bounded size, in order', async () => {
      const writes = new GatheredWrites(() => items, { most: 10 });
      const upsert = (text: string): Promise<void> =>
        writes.write([
          { updateOne: { filter: { _id: 'same' }, update: { $set: { owner: 'a', text } }, upsert: true } },
        ]);
      await Promise.all(Array.from({ length: 25 }, (_, index) => upsert(String(index))));
      expect(commands).to.have.length(3);
      expect((await items.findOne({ _id: 'same' }))?.text).to.equal('24');
    });

    it('gathers while a batch is under way', async () => {
      const writes = new GatheredWrites(() => items);
      const first = writes.write(insert({ _id: 'first', owner: 'a' }));
      await first;
      const second = writes.write(insert({ _id: 'second', owner: 'a' }));
      await Promise.all([second, writes.write(insert({ _id: 'third', owner: 'a' }))]);
      expect(commands).to.deep.equal(['insert', 'insert']);
    });

    it('is refused to those alone whose own it concerns', async () => {
      const writes = new GatheredWrites(() => items);
      await writes.write(insert({ _id: 'there', owner: 'a' }));
      const all = [
        writes.write(insert({ _id: 'new1', owner: 'b' }, { _id: 'new2', owner: 'b' })),
        writes.write(
          insert({ _id: 'new3', owner: 'c' }, { _id: 'there', owner: 'c' }, { _id: 'new4', owner: 'c' }),
        ),
        writes.write(insert({ _id: 'new5', owner: 'd' })),
        writes.write(insert({ _id: 'there', owner: 'e' })),
      ];
      expect(await outcomes(all)).to.deep.equal(['stored', 'duplicate', 'stored', 'duplicate']);
      const ids = (await items.find({}).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);
      expect(ids).to.deep.equal(['new1', 'new2', 'new3', 'new4', 'new5', 'there']);
    });

    it('does not suffer by one that cannot be sent', async () => {
      const writes = new GatheredWrites(() => items);
      const all = [
        writes.write(insert({ _id: 'small', owner: 'a' })),
        writes.write(insert({ _id: 'large', owner: 'b', text: 'x'.repeat(17 * 1024 * 1024) })),
        writes.write(insert({ _id: 'small2', owner: 'c' })),
      ];
      expect(await outcomes(all)).to.deep.equal(['stored', 'refused', 'stored']);
    });

    it('fails for all when the store does, and goes on after that', async () => {
      let broken = true;
      const failing = {
        bulkWrite: () => Promise.reject(new mongoose.mongo.MongoNetworkError('closed')),
      } as unknown as mongo.Collection<Item>;
      const writes = new GatheredWrites<Item>(() => (broken ? failing : items));
      const write = (id: string): Promise<void> => writes.write(insert({ _id: id, owner: 'a' }));
      expect(await outcomes([write('one'), write('two')])).to.deep.equal(['refused', 'refused']);
      broken = false;
      expect(await outcomes([write('three')])).to.deep.equal(['stored']);
    });
  });

  describe('to look up', () => {
    beforeEach(async () => {
      await items.insertMany(
        ['a1', 'a2', 'b1'].map((_id) => ({ _id, owner: _id.slice(0, 1), text: 'long' })),
      );
      commands.length = 0;
    });

    it('goes in one query, and each gets what it asked for', async () => {
      const finds = new GatheredFinds(() => items, 'owner');
      const found = await Promise.all(['a', 'b', 'c', 'a'].map((owner) => finds.find(owner)));
      expect(found.map((records) => records.map(({ _id }) => _id).sort())).to.deep.equal([
        ['a1', 'a2'],
        ['b1'],
        [],
        ['a1', 'a2'],
      ]);
      expect(commands).to.deep.equal(['find']);
    });

    it('brings the fields that are wanted', async () => {
      const finds = new GatheredFinds<Item>(() => items, '_id', { projection: { _id: 1 } });
      expect(await finds.find('a1')).to.deep.equal([{ _id: 'a1' }]);
    });

    it('shows what was written before it was asked for', async () => {
      const finds = new GatheredFinds(() => items, 'owner');
      const early = finds.find('a');
      await items.deleteOne({ _id: 'a1' });
      await early;
      expect((await finds.find('a')).map(({ _id }) => _id)).to.deep.equal(['a2']);
    });

    it('fails for all when the store does', async () => {
      const failing = {
        find: () => ({ toArray: () => Promise.reject(new mongoose.mongo.MongoNetworkError('closed')) }),
      } as unknown as mongo.Collection<Item>;
      const finds = new GatheredFinds(() => failing, 'owner');
      const results = await Promise.allSettled([finds.find('a'), finds.find('b')]);
      expect(results.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    });
  });
});
