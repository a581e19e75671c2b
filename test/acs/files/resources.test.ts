import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect } from 'chai';
import fc from 'fast-check';
import { Resources } from '../../../acs/files/resources.js';
import type { NewResource } from '../../../acs/files/resource-fields.js';
import { ManualClock } from '../../../common/clock.js';
import {
  ConflictError,
  NotFoundError,
  StaleError,
  TooLargeError,
  ValidationError,
} from '../../../common/errors.js';
import { MemoryEventBus } from '../../../common/event-bus.js';
import type { Store } from '../../../store/store.js';
import { openTestStore } from '../with-store.js';

const MAX_BYTES = 2_000_000;

const firmware = (name: string, more: Partial<NewResource> = {}): NewResource => ({
  name,
  fileName: `${name}.bin`,
  fileType: '1 Firmware Upgrade Image',
  category: 'firmware',
  ...more,
});

async function failure(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was thrown');
}

describe('Resources', () => {
  let store: Store;
  let close: () => Promise<void>;
  let clock: ManualClock;
  let events: MemoryEventBus;
  let resources: Resources;

  before(async () => {
    ({ store, close } = await openTestStore());
  });
  after(async () => close());

  beforeEach(async () => {
    clock = new ManualClock();
    events = new MemoryEventBus(clock);
    resources = new Resources(store, { clock, events, maxBytes: MAX_BYTES });
    for (const model of [store.resources, store.tasks]) await model.collection.deleteMany({});
    for (const name of ['files.files', 'files.chunks']) await store.db.collection(name).deleteMany({});
  });

  const stored = async (): Promise<number[]> =>
    Promise.all(
      ['files.files', 'files.chunks', 'resources'].map((name) =>
        store.db.collection(name).countDocuments({}),
      ),
    );

  const addTask = async (id: string, resourceId: string): Promise<void> => {
    await store.tasks.create({
      _id: id,
      device: 'A',
      type: 'Download',
      config: { resourceId },
      priority: 10,
      user: 'u',
      createdAt: clock.now(),
      editedAt: clock.now(),
    });
  };

  it('keep size, hash and bytes of a file of several chunks', async () => {
    const bytes = randomBytes(700_000);
    const record = await resources.create(
      Readable.from([bytes.subarray(0, 10), bytes.subarray(10)]),
      firmware('a'),
    );
    expect(record.size).to.equal(bytes.length);
    expect(record.sha256).to.equal(createHash('sha256').update(bytes).digest('hex'));
    const opened = await resources.open(record._id);
    expect((await buffer(opened.stream)).equals(bytes)).to.equal(true);
    expect(await resources.get(record._id)).to.deep.include({ name: 'a', revision: 1, models: [] });
  });

  it('give any span of a file', async () => {
    const bytes = randomBytes(600_000);
    const record = await resources.create([bytes], firmware('spans'));
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length), fc.nat(bytes.length), async (one, other) => {
        const span = { start: Math.min(one, other), end: Math.max(one, other) };
        const got = await buffer(resources.openRecord(record, span).stream);
        expect(got.equals(bytes.subarray(span.start, span.end))).to.equal(true);
      }),
      {
        numRuns: 40,
        examples: [
          [0, 0],
          [261_120, 261_120],
          [261_119, 261_121],
          [0, 600_000],
          [522_240, 600_000],
        ],
      },
    );
  });

  it('may be empty files', async () => {
    const record = await resources.create([], firmware('empty'));
    expect(record.size).to.equal(0);
    expect((await buffer((await resources.open(record._id)).stream)).length).to.equal(0);
  });

  it('leave nothing of a file over the limit', async () => {
    const error = await failure(
      resources.create([randomBytes(MAX_BYTES), Buffer.from('x')], firmware('big')),
    );
    expect(error).to.be.instanceOf(TooLargeError).with.property('limit', MAX_BYTES);
    expect(await stored()).to.deep.equal([0, 0, 0]);
  });

  it('leave nothing of a file whose source breaks off', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield randomBytes(600_000);
      await Promise.reject(new Error('gone'));
    }
    expect(await failure(resources.create(broken(), firmware('broken')))).to.have.property('message', 'gone');
    expect(await stored()).to.deep.equal([0, 0, 0]);
  });

  it('name every wrong field at once and store nothing', async () => {
    const error = await failure(
      resources.create([Buffer.from('x')], {
        ...firmware('a\nb'),
        fileName: '../etc/passwd',
        fileType: 'Firmware',
        category: 'nonsense' as never,
        extra: 1,
      } as NewResource),
    );
    expect(error).to.be.instanceOf(ValidationError);
    expect((error as ValidationError).issues.map(({ pointer }) => pointer)).to.have.members([
      '/name',
      '/fileName',
      '/fileType',
      '/category',
      '/extra',
    ]);
    expect(await stored()).to.deep.equal([0, 0, 0]);
  });

  it('take vendor file types and instances', async () => {
    for (const fileType of ['X 00507F Certificates', '3 Vendor Configuration File 2', ''])
      await resources.create([Buffer.from('x')], firmware(`type ${fileType}`, { fileType }));
  });

  it('have names that are unique in their domain', async () => {
    await resources.create([Buffer.from('1')], firmware('same'));
    const error = await failure(resources.create([Buffer.from('2')], firmware('same')));
    expect(error).to.be.instanceOf(ConflictError).with.property('code', 'conflict');
    await resources.create([Buffer.from('3')], firmware('same', { domain: '/other/' }));
    expect(await stored()).to.deep.equal([2, 2, 2]);
  });

  it('take a name only once when two uploads run at the same time', async () => {
    const results = await Promise.allSettled(
      [1, 2, 3].map((n) => resources.create([randomBytes(300_000 + n)], firmware('race'))),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    expect((await stored())[2]).to.equal(1);
    expect((await stored())[0]).to.equal(1);
    expect((await stored())[1]).to.equal(2);
  });

  it('are paged without gaps or repeats in every order', async () => {
    for (let n = 0; n < 9; n += 1) {
      await resources.create([Buffer.alloc(n % 3)], firmware(`f${n}`));
      if (n % 2) clock.advance(1_000);
    }
    for (const field of ['createdAt', 'name', 'size'] as const)
      for (const direction of ['asc', 'desc'] as const) {
        const all = (await resources.list({ limit: 100, sort: { field, direction } })).items.map(
          (r) => r._id,
        );
        const paged: string[] = [];
        let cursor: string | undefined;
        do {
          const page = await resources.list({
            limit: 2,
            sort: { field, direction },
            ...(cursor === undefined ? {} : { cursor }),
            count: true,
          });
          expect(page.total).to.equal(9);
          paged.push(...page.items.map((r) => r._id));
          cursor = page.next ?? undefined;
        } while (cursor !== undefined);
        expect(paged).to.deep.equal(all);
        expect(new Set(all).size).to.equal(9);
      }
  });

  it('refuse a cursor that is none of theirs', async () => {
    for (const cursor of ['', '!!', Buffer.from('["name","x","y"]').toString('base64url')])
      expect(await failure(resources.list({ limit: 1, cursor }))).to.be.instanceOf(ValidationError);
  });

  it('are found by text, category, device, task and model', async () => {
    await resources.create([], firmware('Alpha (1)', { version: '9.9.1', models: ['X1', 'X2', 'X1'] }));
    await resources.create(
      [],
      firmware('beta', { category: 'config.backup', fileType: '', device: 'D1', task: 'd:D1:1' }),
    );
    const names = async (query: Partial<Parameters<Resources['list']>[0]>): Promise<string[]> =>
      (await resources.list({ limit: 10, ...query })).items.map(({ name }) => name);
    expect(await names({ q: 'ALPHA (' })).to.deep.equal(['Alpha (1)']);
    expect(await names({ q: '9.9.' })).to.deep.equal(['Alpha (1)']);
    expect(await names({ q: '9x9' })).to.deep.equal([]);
    expect(await names({ category: 'config.backup' })).to.deep.equal(['beta']);
    expect(await names({ category: ['firmware', 'image'] })).to.deep.equal(['Alpha (1)']);
    expect(await names({ device: 'D1', task: 'd:D1:1' })).to.deep.equal(['beta']);
    expect(await names({ model: 'X2' })).to.deep.equal(['Alpha (1)']);
    expect((await resources.find('beta'))?.device).to.equal('D1');
    expect(await resources.find('nobody')).to.equal(null);
  });

  it('are changed only by who read the present revision', async () => {
    const record = await resources.create([Buffer.from('x')], firmware('edit'));
    const after = await resources.update(record._id, { version: '2.0' }, { revision: 1 });
    expect(after).to.include({ version: '2.0', revision: 2, sha256: record.sha256 });
    expect(await failure(resources.update(record._id, { version: '3' }, { revision: 1 }))).to.be.instanceOf(
      StaleError,
    );
    expect(await failure(resources.update(record._id, { size: 3 } as never))).to.be.instanceOf(
      ValidationError,
    );
    expect(await failure(resources.update('nobody', {}))).to.be.instanceOf(NotFoundError);
    expect((await resources.get(record._id)).version).to.equal('2.0');
  });

  it('are neither deleted nor renamed while a task refers to them, by id or by name', async () => {
    const record = await resources.create([Buffer.from('x')], firmware('used'));
    await addTask('d:A:1', record._id);
    await addTask('d:A:2', 'used');
    const error = await failure(resources.remove(record._id));
    expect(error).to.be.instanceOf(ConflictError).with.property('code', 'in-use');
    expect((error as Error).message)
      .to.contain('d:A:1')
      .and.to.contain('d:A:2');
    const renaming = await failure(resources.update(record._id, { name: 'other' }));
    expect(renaming).to.have.property('code', 'in-use');
    expect((renaming as Error).message)
      .to.contain('d:A:2')
      .and.not.to.contain('d:A:1');
    expect(await resources.inUse([record])).to.deep.equal(new Set([record._id]));

    await store.tasks.deleteMany({});
    expect(await resources.inUse([record])).to.deep.equal(new Set());
    await resources.remove(record._id);
    expect(await stored()).to.deep.equal([0, 0, 0]);
  });

  it('tell of each change', async () => {
    const seen: string[] = [];
    events.subscribe(({ type }) => seen.push(type));
    const { _id } = await resources.create([], firmware('told'));
    await resources.update(_id, { description: 'd' });
    await resources.remove(_id);
    expect(seen).to.deep.equal(['resource.created', 'resource.changed', 'resource.deleted']);
  });

  it('keep their content when what a killed server left is removed', async () => {
    const kept = await resources.create([randomBytes(600_000)], firmware('kept'));
    const empty = await resources.create([], firmware('empty'));
    await resources.content.write([randomBytes(600_000)], 'lost', 'nobody', MAX_BYTES);
    await resources.content.write([], 'lost too', 'nobody', MAX_BYTES);
    const half = await resources.content.write([randomBytes(300_000)], 'half', 'nobody', MAX_BYTES);
    await store.db.collection('files.files').deleteOne({ _id: half.file });

    expect(await resources.content.removeOrphans(new Date(Date.now() - 3_600_000))).to.equal(0);
    expect(await resources.content.removeOrphans(new Date(Date.now() + 60_000))).to.equal(3);
    expect(await stored()).to.deep.equal([2, 3, 2]);
    expect((await buffer((await resources.open(kept._id)).stream)).length).to.equal(600_000);
    expect((await resources.get(empty._id)).size).to.equal(0);
  });
});
