import { expect } from 'chai';
import { FaultyFleet } from './faulty-fleet.js';
import { inPath } from './nbi-client.js';
import { startSystem, type ServedSystem } from './served-system.js';

const COUNT = 300;
const RULE = { on: 'errors', percent: 15, last: 40, minimum: 20 };

interface Rollout {
  phase: string;
  opened: number;
  running: number;
  pause: { by: string; text: string; broken: { rule: object; hits: number; sample: number } } | null;
  figures: { devices: number | null; SUCCESS: number; ERROR: number }[];
}

describe('A rollout over 300 CPEs of which a fifth faults', function () {
  this.timeout(180_000);
  let system: ServedSystem;
  let fleet: FaultyFleet;
  let task: string;

  before(async () => {
    system = await startSystem();
    fleet = new FaultyFleet(system, COUNT);
    await fleet.start();
    const { id } = await system.nbi.post<{ id: string }>('/tasks', {
      group: 'root.cwmp',
      type: 'GetNames',
      config: { objectName: 'Device.DeviceInfo.', recursive: false },
      rollout: {
        waves: [{ kind: 'percent', percent: 20 }, { kind: 'percent', percent: 30 }, { kind: 'rest' }],
        soak: 'PT0S',
        minSuccess: 70,
        stopRules: [RULE],
      },
    });
    task = id;
  });
  after(() => (system as ServedSystem | undefined)?.stop());

  const rollout = () => system.nbi.get<Rollout>(`/tasks/${inPath(task)}/rollout`);
  const reports = async (): Promise<number> => {
    const query = `task=${encodeURIComponent(task)}&limit=1000`;
    return (await system.nbi.get<{ items: object[] }>(`/executions?${query}`)).items.length;
  };

  it('has let a fifth of them in when it begins', async () => {
    const now = await rollout();
    expect(now).to.include({ phase: 'running', opened: 1, pause: null });
    expect(now.figures.map(({ devices }) => devices)).to.deep.equal([60, null, null]);
  });

  it('stops by its rule while the first wave runs, and says why with its figures', async () => {
    await fleet.callIn();
    const now = await rollout();
    expect(now).to.include({ phase: 'paused', opened: 1, running: 0 });
    const { by, broken, text } = now.pause!;
    expect(by).to.equal('system');
    expect(broken.rule).to.deep.equal(RULE);
    expect(broken.sample).to.be.at.least(20);
    expect(broken.hits / broken.sample).to.be.at.least(0.15);
    expect(text).to.match(/^Stopped by a rule: \d+ of the last \d+ results .* ended with ERROR/);
  });

  it('has touched no device outside the wave, and touches none afterwards', async () => {
    const touched = await reports();
    expect(touched).to.be.within(20, 60);
    await fleet.callIn();
    expect(await reports()).to.equal(touched);
    const { figures } = await rollout();
    expect(figures[0]!.SUCCESS + figures[0]!.ERROR).to.equal(touched);
  });

  it('goes on with a reason, and stops again when the devices are no better', async () => {
    const before = await reports();
    await system.nbi.post(`/tasks/${inPath(task)}/rollout/continue`, {
      note: 'known models, they are left out',
    });
    await system.nbi.post(`/tasks/${inPath(task)}/rollout/open-all`, {});
    await fleet.callIn();
    const now = await rollout();
    // The rules look at the results since then, and stop it again.
    expect(now).to.include({ phase: 'paused', opened: 2 });
    expect(await reports())
      .to.be.above(before)
      .and.below(COUNT);
  });
});
