import { expect } from 'chai';
import { seedDevice, startNbi, type Nbi } from './harness.js';

interface Rehearsal extends Record<string, unknown> {
  end: string;
  exchanges: { method: string; parameters: { name: string; value: string | null }[]; fault: unknown }[];
  changes: { path: string; before: string | null; after: string | null }[];
}
interface Problem extends Record<string, unknown> {
  code: string;
  errors: { pointer: string }[];
}
const MASK = '••••••';

describe('NBI: rehearsals', () => {
  let nbi: Nbi;
  let device: string;
  before(async () => {
    nbi = await startNbi();
    device = await seedDevice(nbi, 'R-1');
    const at = new Date();
    const values = [
      { name: 'Device.DeviceInfo.SoftwareVersion', value: '1.0', type: 'string' },
      { name: 'Device.WiFi.SSID.1.SSID', value: 'Home', type: 'string' },
      { name: 'Device.WiFi.AccessPoint.1.Security.KeyPassphrase', value: '', type: 'string' },
    ];
    const names = values.map(({ name }) => ({ name, writable: !name.includes('Version') }));
    await nbi.trees.save({ _id: device }, [{ at, names, values }]);
  });
  after(() => nbi.close());
  const rehearse = <T = Rehearsal>(body: object, token?: string) =>
    nbi.call<T>('/tasks/rehearse', { body, ...(token === undefined ? {} : { token }) });
  const set = (name: string, value: string): object => ({
    ...{ device, type: 'SetValues', config: { param: [{ name, value }] } },
  });

  it('say what a task that is not stored would send, and store nothing', async () => {
    const before = await nbi.store.tasks.countDocuments({});
    const answer = await rehearse(set('Device.WiFi.SSID.1.SSID', '${device.serialNumber}'));
    expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    expect(answer.body.exchanges).to.containSubset([
      {
        method: 'SetParameterValues',
        parameters: [{ name: 'Device.WiFi.SSID.1.SSID', value: 'R-1' }],
        fault: null,
      },
    ]);
    expect(answer.body.changes).to.deep.equal([
      { path: 'Device.WiFi.SSID.1.SSID', before: 'Home', after: 'R-1' },
    ]);
    expect(await nbi.store.tasks.countDocuments({})).to.equal(before);
  });

  it('play a stored task, and tell the fault that the device would answer with', async () => {
    const task = await nbi.call<{ id: string }>('/tasks', {
      body: set('Device.DeviceInfo.SoftwareVersion', '2.0'),
    });
    const answer = await rehearse({ device, task: task.body.id, scope: 'whole' });
    expect(answer.body.end).to.equal('ERROR');
    expect(answer.body.exchanges[0]?.fault).to.containSubset({ code: 9003, parameters: [{ code: 9008 }] });
  });

  it('mask secrets for those who may not see them', async () => {
    const reader = await nbi.userWith(['tasks.view', 'devices.read', 'api']);
    const name = 'Device.WiFi.AccessPoint.1.Security.KeyPassphrase';
    const answer = await rehearse(set(name, 'correct horse'), reader);
    expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
    expect(JSON.stringify(answer.body)).to.not.contain('correct horse');
    expect(answer.body.exchanges[0]?.parameters).to.deep.equal([{ name, value: MASK }]);
  });

  it('are refused without a task, with two, with a wrong one and for an unknown data model', async () => {
    expect((await rehearse({ device })).status).to.equal(422);
    expect((await rehearse({ ...set('a.b', 'x'), task: 'd:x:1' })).status).to.equal(422);
    const wrong = await rehearse<Problem>({ device, type: 'SetValues', config: { param: [] } });
    expect(wrong.body.errors[0]?.pointer).to.equal('/config/param');
    expect((await rehearse({ device, type: 'Nothing' })).status).to.equal(422);
    const unread = await seedDevice(nbi, 'R-2');
    await nbi.store.parameterTrees.deleteOne({ _id: unread });
    expect((await rehearse({ ...set('a.b', 'x'), device: unread })).status).to.equal(409);
    const stranger = await nbi.userWith(['tasks.view', 'api'], { domain: '/other/' });
    expect((await rehearse(set('a.b', 'x'), stranger)).status).to.equal(404);
  });
});
