import { expect } from 'chai';
import { ManualClock } from '../../../common/clock.js';
import { MemoryEventBus } from '../../../common/event-bus.js';
import { Desk } from '../../../acs/files/file-desk.js';
import { Resources } from '../../../acs/files/resources.js';
import { Transfers } from '../../../acs/files/transfers.js';
import { openStore, type Store } from '../../../store/store.js';
import { openTestStore, type TestStore } from '../../store/store-fixture.js';

describe('files that are made for one transfer', () => {
  let test: TestStore;
  let store: Store;
  let resources: Resources;
  let desk: Desk;
  before(async () => {
    test = await openTestStore();
    store = await openStore({ uri: test.uri });
    const clock = new ManualClock();
    resources = new Resources(store, { clock, events: new MemoryEventBus(clock), maxBytes: 20_000_000 });
    const transfers = new Transfers(store, clock);
    desk = new Desk({ resources, transfers, clock, publicUrl: () => 'http://files.test', maxUploadBytes: 1 });
  });
  after(async () => {
    await store.close();
    await test.close();
  });
  const file = (text: string, execution = 'e1') => ({
    ...{ name: 'deploy-1', fileName: 'gw.cfg', text, category: 'config' as const, domain: '/' },
    ...{ device: 'd', task: 't', execution },
  });

  it('are stored, replaced by the same execution, read and removed', async () => {
    const first = await desk.storeTemporary(file('grüß'));
    expect(await desk.readText('deploy-1')).to.deep.equal({ id: first.id, fileName: 'gw.cfg', text: 'grüß' });
    const second = await desk.storeTemporary(file('again'));
    expect((await desk.readText(second.id))?.text).to.equal('again');
    expect(await desk.readText(first.id)).to.equal(null);
    await desk.removeTemporary(second.id);
    await desk.removeTemporary(second.id);
    expect(await desk.readText('deploy-1')).to.equal(null);
  });

  it('never take the place of a file of somebody else', async () => {
    await resources.create([Buffer.from('x')], { name: 'deploy-1', fileName: 'x', category: 'config' });
    const error = await desk.storeTemporary(file('mine')).catch((e: unknown) => e);
    expect(error).to.have.property('code', 'conflict');
    expect((await desk.readText('deploy-1'))?.text).to.equal('x');
  });

  it('are not made from a text beyond 5 MB', async () => {
    const big = [Buffer.alloc(5_000_001, 'x')];
    await resources.create(big, { name: 'big', fileName: 'big', category: 'config' });
    expect(await desk.readText('big').catch((e: unknown) => e)).to.have.property('code', 'too-large');
  });
});
