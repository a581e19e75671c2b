import { expect } from 'chai';
import { inPath } from './nbi-client.js';
import { startSystem, type ServedSystem } from './served-system.js';

interface Queue {
  entries: { task: { id: string; system: boolean }; status: string }[];
}

describe('A new installation', function () {
  this.timeout(90_000);
  let system: ServedSystem;
  before(async () => {
    system = await startSystem(['--system-tasks', 'true']);
  });
  after(() => system.stop());

  for (const model of ['tr181', 'tr098'] as const)
    it(`reads the data model of a new CPE in its first session, and asks for nothing in the next (${model})`, async () => {
      const cpe = system.cpe({ model, serialNumber: 'SYSTEM' });
      const first = cpe.waitFor('session');
      await cpe.start();
      const { ok, rpcs } = await first;
      expect(ok).to.equal(true);
      expect(rpcs.map(({ rpc }) => rpc)).to.include.members(['GetParameterNames', 'GetParameterValues']);
      const next = cpe.waitFor('session');
      await cpe.inform('2 PERIODIC');
      expect((await next).rpcs.map(({ rpc }) => rpc)).to.deep.equal(['Inform']);

      const device = `02A0C4-FN%2D${model === 'tr181' ? 'GW1' : 'DSL2'}-SYSTEM`;
      const { entries } = await system.nbi.get<Queue>(`/devices/${inPath(device)}/queue`);
      expect(entries.map(({ task, status }) => [task.id, task.system, status])).to.deep.include.members([
        ['g:root:datamodelRefresher', true, 'SUCCESS'],
      ]);
      expect(entries.map(({ task }) => task.id)).to.include('g:root:ipTrackerSetup');
      expect(cpe.violations).to.deep.equal([]);
      expect(system.invalidEnvelopes).to.deep.equal([]);
    });
});
