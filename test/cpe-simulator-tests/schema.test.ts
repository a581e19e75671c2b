import { expect } from 'chai';
import { schemasPresent, validateEnvelope } from '../acs/cwmp/xsd.js';
import { rpcs } from './fake-acs.js';
import { Bench } from './support.js';

const badValue = rpcs.setValues({ 'Device.None': ['string', ''], 'Device.WiFi.SSID.1.SSID': ['string', ''] });

describe('What the simulated CPE sends', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await Bench.open();
  });

  afterEach(() => bench.close());

  for (const cwmpVersion of ['1.0', '1.1', '1.2', '1.3', '1.4'] as const) {
    it(`is valid by the schema of CWMP ${cwmpVersion}: every RPC, responses and faults (needs ../shared)`, async function () {
      if (!schemasPresent) this.skip();
      const isLate = cwmpVersion === '1.3' || cwmpVersion === '1.4';
      const cpe = await bench.booted({
        cwmpVersion,
        asksForMethods: true,
        ...(isLate ? { sessionTimeout: 60 } : {}),
      });
      const done = cpe.waitFor('session', ({ rpcs: calls }) =>
        calls.some(({ rpc }) => rpc === 'TransferComplete'),
      );
      await bench.ask(
        cpe,
        rpcs.getValues(''),
        rpcs.getNames('', 0),
        rpcs.setValues({ 'Device.WiFi.SSID.1.SSID': ['string', 'a & <b>'] }),
        badValue,
        rpcs.setAttributes('Device.Users.', 1),
        rpcs.getAttributes('Device.Users.'),
        rpcs.addObject('Device.NAT.PortMapping.'),
        rpcs.deleteObject('Device.NAT.PortMapping.2.'),
        rpcs.methods,
        rpcs.scheduleInform(9999, 'k'),
        rpcs.upload('http://127.0.0.1:1/', 'k'),
        rpcs.download('http://127.0.0.1:1/', 'k', { delay: 99_999 }),
        '<cwmp:GetQueuedTransfers></cwmp:GetQueuedTransfers>',
        ...(cwmpVersion === '1.0' ? [] : ['<cwmp:GetAllQueuedTransfers></cwmp:GetAllQueuedTransfers>']),
        '<cwmp:SetVouchers></cwmp:SetVouchers>',
        rpcs.reboot('k'),
      );
      await done;
      const sent = cpe.trace.filter(({ from, body }) => from === 'CPE' && body !== '');
      expect(new Set(bench.acs.names).size).to.be.at.least(16);
      const version = cwmpVersion === '1.0' || cwmpVersion === '1.1' ? cwmpVersion : '1.2';
      for (const { body } of sent) {
        expect(body).to.contain(`cwmp-${version.replace('.', '-')}"`);
        expect(validateEnvelope(body), body.slice(0, 2000)).to.deep.equal([]);
      }
    });
  }
});
