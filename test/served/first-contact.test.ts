import { expect } from 'chai';
import { inPath } from './nbi-client.js';
import { startSystem, type ServedSystem } from './served-system.js';

interface Device {
  model: string | null;
  periodicInformInterval: number | null;
  credentials: { connectionRequest: { username: string; set: boolean } | null };
}
interface ConnectionRequest {
  outcome: string;
  cameAt: string | null;
}

describe('The first contact of a CPE', function () {
  this.timeout(90_000);
  let system: ServedSystem;
  before(async () => {
    system = await startSystem();
  });
  after(() => system.stop());

  const shown = (device: string): Promise<Device> => system.nbi.get<Device>(`/devices/${inPath(device)}`);
  const connect = (device: string): Promise<ConnectionRequest> =>
    system.nbi.post<ConnectionRequest>(
      `/devices/${inPath(device)}/actions/connect`,
      {},
      { prefer: 'wait=20' },
    );

  for (const model of ['tr181', 'tr098'] as const) {
    it(`reads what lists show and gives it credentials for connection requests (${model})`, async () => {
      const cpe = system.cpe({ model, serialNumber: 'FIRST', periodicInformInterval: 4_321 });
      const first = cpe.waitFor('session');
      await cpe.start();
      expect((await first).ok).to.equal(true);
      const device = `02A0C4-FN%2D${model === 'tr181' ? 'GW1' : 'DSL2'}-FIRST`;
      const known = await shown(device);
      expect(known.model).to.match(/Futuro/);
      expect(known.periodicInformInterval).to.equal(4_321);
      expect(known.credentials.connectionRequest).to.include({ set: true });

      const root = model === 'tr181' ? 'Device' : 'InternetGatewayDevice';
      const password = cpe.get(`${root}.ManagementServer.ConnectionRequestPassword`) ?? '';
      expect(password.length).to.be.greaterThan(20);
      // Not `acceptedAt`: the session may come before the CPE's answer to the request does (cpe-quirks.md row 85).
      const { outcome, cameAt } = await connect(device);
      expect(outcome).to.equal('session-started');
      expect(cameAt).to.be.a('string');

      // The factory reset makes the CPE forget them; it gets the same ones again.
      const reset = cpe.sessionWith(({ events }) => events.some(({ code }) => code === '0 BOOTSTRAP'));
      await system.nbi.post(`/devices/${inPath(device)}/actions/factory-reset`, {});
      await cpe.inform('2 PERIODIC');
      await reset;
      await cpe.inform('2 PERIODIC');
      expect(cpe.get(`${root}.ManagementServer.ConnectionRequestPassword`)).to.equal(password);
      expect((await connect(device)).outcome).to.equal('session-started');
      expect(cpe.violations).to.deep.equal([]);
    });
  }

  it('does nothing of it for a CPE that is not managed', async () => {
    const cpe = system.cpe({ model: 'tr181', serialNumber: 'UNMANAGED' });
    await system.nbi.post('/devices', {
      oui: '02A0C4',
      productClass: 'FN-GW1',
      serialNumber: 'UNMANAGED',
      managed: false,
    });
    const first = cpe.waitFor('session');
    await cpe.start();
    expect((await first).rpcs.map(({ rpc }) => rpc)).to.deep.equal(['Inform']);
  });

  it('goes on with the session when the CPE refuses', async () => {
    const cpe = system.cpe({ model: 'tr181', serialNumber: 'REFUSES' });
    cpe.addFault({ after: { rpc: 'GetParameterValues' }, do: { fault: 9002 }, times: Infinity });
    cpe.addFault({ after: { rpc: 'SetParameterValues' }, do: { fault: 9001 } });
    const first = cpe.waitFor('session');
    await cpe.start();
    const session = await first;
    expect(session.ok).to.equal(true);
    expect(session.rpcs.map(({ rpc }) => rpc)).to.deep.equal([
      'Inform',
      'GetParameterValues',
      'SetParameterValues',
    ]);
    expect((await shown('02A0C4-FN%2DGW1-REFUSES')).credentials.connectionRequest).to.equal(null);
  });
});
