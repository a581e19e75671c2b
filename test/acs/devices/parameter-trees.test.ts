import { expect } from 'chai';
import fc from 'fast-check';
import { ParameterTree, type TreeChange } from '../../../acs/devices/parameter-tree.js';
import { ParameterTrees } from '../../../acs/devices/parameter-trees.js';
import { openDevices, rejection, type DevicesFixture } from './devices-fixture.js';
import { anyChange } from './tree-model.js';

const device = { _id: 'A-1' };
const at = new Date('2026-03-01T12:00:00Z');
const set = (name: string, value: string): TreeChange => ({ at, values: [{ name, value, type: 'string' }] });

describe('The stored parameter trees', () => {
  let fixture: DevicesFixture;
  before(async () => (fixture = await openDevices()));
  after(() => fixture.close());
  beforeEach(() => fixture.store.parameterTrees.deleteMany({}));
  const open = (cacheEntries = 10_000): ParameterTrees =>
    new ParameterTrees(fixture.store, { clock: fixture.clock, cacheEntries });
  const record = () => fixture.store.parameterTrees.collection.findOne({ _id: 'A-1' as never });

  it('are empty for a device of which nothing is known', async () => {
    expect([...(await open().load(device))]).to.deep.equal([]);
  });

  it('give back what was saved, to this process and to another, whatever the changes', async () => {
    const [mine, other, cold] = [open(), open(), open(1)];
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(anyChange, { maxLength: 3 }), { maxLength: 5 }), async (saves) => {
        number += 1;
        const id = { _id: `P-${number}` };
        const direct = new ParameterTree();
        for (const changes of saves) {
          await mine.save(id, changes);
          for (const change of changes) direct.apply(change);
          await other.load(id);
        }
        for (const trees of [mine, other, cold])
          expect([...(await trees.load(id))]).to.deep.equal([...direct]);
      }),
      { numRuns: 40 },
    );
  });

  it('keep a changed tree that is handed over, unless another writer came between', async () => {
    const [trees, other] = [open(), open()];
    await trees.save(device, [set('Device.A', '1')]);
    const learn = async (name: string): Promise<{ before: ParameterTree; after: ParameterTree }> => {
      const before = await trees.load(device);
      const after = before.clone();
      after.apply(set(name, '2'));
      return { before, after };
    };
    const known = await learn('Device.B');
    await trees.save(device, [set('Device.B', '2')], { known });
    expect(await trees.load(device)).to.equal(known.after);
    const late = await learn('Device.C');
    await other.save(device, [set('Device.D', '2')]);
    await trees.save(device, [set('Device.C', '2')], { known: late });
    const paths = [...(await trees.load(device)).values('')].map(({ path }) => path);
    expect(paths).to.deep.equal(['Device.A', 'Device.B', 'Device.C', 'Device.D']);
  });

  it('append a small change in one write that reads nothing', async () => {
    const trees = open();
    await trees.save(device, [set('Device.A', '1')]);
    const snapshot = await record();
    const commands: string[] = [];
    const client = fixture.store.connection.getClient();
    const watch = ({ commandName }: { commandName: string }): void => void commands.push(commandName);
    client.on('commandStarted', watch);
    await trees.save(device, [set('Device.B', '2'), set('Device.C', '3')]);
    client.off('commandStarted', watch);
    expect(commands).to.deep.equal(['findAndModify']);
    const appended = await record();
    expect(appended?.patches).to.have.length(2);
    expect(appended?.snapshot).to.deep.equal(snapshot?.snapshot);
    expect((await open().load(device)).value('Device.C')).to.equal('3');
  });

  it('fold patches into the snapshot when they are many, and a large change at once', async () => {
    const trees = open();
    for (let index = 0; index < 70; index += 1) {
      await trees.save(device, [set(`Device.V${index % 7}`, String(index))]);
      expect(((await record())?.patches as unknown[]).length).to.be.at.most(32);
    }
    const large = Array.from({ length: 600 }, (_, index) => ({
      name: `Device.T.${index}.V`,
      value: 'x',
      type: 'string',
    }));
    await trees.save(device, [{ at, values: large }]);
    expect(await record()).to.deep.include({ patches: [], parameters: 607 });
    expect((await open().load(device)).parameterCount).to.equal(607);
  });

  it('lose no change of writers that overlap', async () => {
    const writers = [open(), open(), open()];
    await Promise.all(
      writers.flatMap((trees, writer) =>
        Array.from({ length: 12 }, (_, index) => {
          const values = Array.from({ length: index % 6 === 0 ? 600 : 1 }, (_, part) => ({
            name: `Device.W${writer}.${index}.${part}`,
            value: 'x',
            type: 'string',
          }));
          return trees.save(device, [{ at, values }]);
        }),
      ),
    );
    const expected = writers.length * (2 * 600 + 10);
    for (const trees of [...writers, open()])
      expect((await trees.load(device)).parameterCount).to.equal(expected);
  });

  it('leave a tree that somebody holds as it was', async () => {
    const trees = open();
    await trees.save(device, [set('Device.A', '1')]);
    const held = await trees.load(device);
    await trees.save(device, [set('Device.A', '2')]);
    expect(held.value('Device.A')).to.equal('1');
    expect((await trees.load(device)).value('Device.A')).to.equal('2');
  });

  it('do not take a tree that was made anew for the one in the cache', async () => {
    const [mine, other] = [open(), open()];
    await mine.save(device, [set('Device.A', '1')]);
    await mine.load(device);
    await other.remove(device._id);
    fixture.clock.advance(1_000);
    await other.save(device, [set('Device.B', '1')]);
    expect((await mine.load(device)).has('Device.A')).to.equal(false);
  });

  it('refuse a snapshot in a format that they do not know, and leave it', async () => {
    await open().save(device, [set('Device.A', '1')]);
    await fixture.store.parameterTrees.updateOne({ _id: 'A-1' }, { format: 'later' });
    expect((await rejection(open().load(device))).message).to.contain('later');
    const many = Array.from({ length: 600 }, (_, index) => ({
      name: `Device.${index}`,
      value: '',
      type: 'string',
    }));
    await rejection(open().save(device, [{ at, values: many }]));
    expect(await record()).to.include({ format: 'later' });
  });
});
