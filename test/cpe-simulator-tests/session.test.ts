import { expect } from 'chai';
import { Cpe } from '../cpe-simulator/index.js';
import { FakeAcs, rpcs } from './fake-acs.js';

describe('A session of the simulated CPE', () => {
  let acs: FakeAcs;
  let cpe: Cpe;

  beforeEach(async () => {
    acs = await FakeAcs.listen();
    cpe = new Cpe({ model: 'tr181', acsUrl: acs.url, serialNumber: 'FN0000000001', timeScale: 50 });
  });

  afterEach(async () => {
    await cpe.stop();
    await acs.close();
  });

  it('begins with an Inform, goes on with an empty POST and ends with the 204', async () => {
    await cpe.start();
    const session = await cpe.sessionWith(() => true);
    expect(session.error).to.equal(undefined);
    expect(acs.names).to.deep.equal(['Inform', '']);
    expect(session.statuses).to.deep.equal([200, 204]);
    expect(session.events.map(({ code }) => code)).to.deep.equal(['0 BOOTSTRAP', '1 BOOT']);
    expect(session.violations).to.deep.equal([]);
  });

  it('answers each request of the ACS in its turn', async () => {
    acs.queue.push(rpcs.getValues('Device.DeviceInfo.'), rpcs.getNames('Device.WiFi.', 1), rpcs.methods);
    await cpe.start();
    const session = await cpe.sessionWith(() => true);
    expect(acs.names).to.deep.equal([
      'Inform',
      '',
      'GetParameterValuesResponse',
      'GetParameterNamesResponse',
      'GetRPCMethodsResponse',
    ]);
    expect(session.ok, session.error).to.be.true;
    expect(session.violations).to.deep.equal([]);
  });
});
