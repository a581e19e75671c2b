import { expect } from 'chai';
import { ManualTimers } from '../cpe-simulator/index.js';
import { rpcs } from './fake-acs.js';
import { Bench, faultCode, listOf, parameterFaults, textAt } from './support.js';

const getValues = rpcs.getValues('Device.DeviceInfo.SerialNumber');

describe('Faults on demand of the simulated CPE', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await Bench.open();
  });

  afterEach(() => bench.close());

  it('drop breaks the connection off at that request, once', async () => {
    const cpe = await bench.booted({ timers: new ManualTimers() });
    cpe.addFault({ after: { rpc: 'GetParameterValues' }, do: 'drop' });
    bench.acs.queue.push(getValues);
    expect((await cpe.inform()).error).to.match(/dropped/);
    expect(bench.acs.names.at(-1)).to.equal('');
    expect((await bench.ask(cpe, getValues)).map(({ name }) => name)).to.deep.equal([
      'GetParameterValuesResponse',
    ]);
  });

  it('a message number counts what came from the ACS; 0 is before the Inform', async () => {
    const cpe = await bench.booted({ timers: new ManualTimers() });
    const count = bench.acs.received.length;
    cpe.addFault({ after: { message: 0 }, do: 'drop' });
    expect((await cpe.inform()).ok).to.be.false;
    expect(bench.acs.received).to.have.length(count);
    cpe.addFault({ after: { message: 1 }, do: 'drop' });
    expect((await cpe.inform()).rpcs.map(({ rpc }) => rpc)).to.deep.equal(['Inform']);
  });

  it('a fault answers in place of the RPC, which is not carried out', async () => {
    const cpe = await bench.booted();
    cpe.addFault({ after: { rpc: 'SetParameterValues' }, do: { fault: 9002 }, times: 2 });
    const set = rpcs.setValues({ 'Device.WiFi.SSID.1.SSID': ['string', 'new'] });
    const answers = await bench.ask(cpe, set, set, set);
    expect(answers.map(({ name }) => name)).to.deep.equal(['Fault', 'Fault', 'SetParameterValuesResponse']);
    expect(faultCode(answers[0])).to.equal(9002);
  });

  it('a repeating fault strikes until it is taken away', async () => {
    const cpe = await bench.booted();
    const takeAway = cpe.addFault({
      after: { rpc: 'GetParameterValues' },
      do: { fault: 9004 },
      times: Infinity,
    });
    expect((await bench.ask(cpe, getValues, getValues)).map(({ name }) => name)).to.deep.equal([
      'Fault',
      'Fault',
    ]);
    takeAway();
    expect((await bench.ask(cpe, getValues)).map(({ name }) => name)).to.deep.equal([
      'GetParameterValuesResponse',
    ]);
  });

  it('garbage and an empty POST go in place of the response', async () => {
    const cpe = await bench.booted();
    cpe.addFault({ after: { rpc: 'GetParameterValues' }, do: 'garbage' });
    bench.acs.queue.push(getValues);
    await cpe.inform();
    expect(bench.acs.received.at(-1)?.body).to.match(/not xml/);
    cpe.addFault({ after: { rpc: 'GetParameterValues' }, do: 'empty' });
    bench.acs.queue.push(getValues);
    await cpe.inform();
    expect(bench.acs.received.at(-1)?.body).to.equal('');
  });

  it('silence lasts until the device itself gives the session up', async () => {
    const cpe = await bench.booted({ timers: new ManualTimers(), http: { responseTimeout: 50 } });
    cpe.addFault({ after: { rpc: 'GetParameterValues' }, do: 'silence' });
    bench.acs.queue.push(getValues);
    expect((await cpe.inform()).error).to.match(/silent/);
  });

  it('delay puts the answer off', async () => {
    const cpe = await bench.booted();
    cpe.addFault({ after: { rpc: 'GetParameterValues' }, do: { delay: 60 } });
    bench.acs.queue.push(getValues);
    const session = await cpe.inform();
    expect(session.ok).to.be.true;
    expect(session.duration).to.be.at.least(55);
  });

  it('reboot restarts it in the middle of the session', async () => {
    const cpe = await bench.booted();
    cpe.addFault({ after: { rpc: 'GetParameterValues' }, do: 'reboot' });
    const back = cpe.waitFor('session', ({ events }) => events.some(({ code }) => code === '1 BOOT'));
    bench.acs.queue.push(getValues);
    expect((await cpe.inform()).ok).to.be.false;
    expect((await back).ok).to.be.true;
  });

  it('a transfer can be made to fail with any code', async () => {
    const cpe = await bench.booted({ faults: [{ after: { transfer: 'Download' }, do: { fault: 9019 } }] });
    const done = cpe.waitFor('session', ({ rpcs: calls }) =>
      calls.some(({ rpc }) => rpc === 'TransferComplete'),
    );
    await bench.ask(cpe, rpcs.download('http://127.0.0.1:1/', 'k'));
    await done;
    expect(textAt(bench.acs.last('TransferComplete').rpc, 'FaultStruct', 'FaultCode')).to.equal('9019');
  });

  it('an ACS that does not answer makes the session fail', async () => {
    const { acs } = bench;
    const cpe = await bench.booted({ timers: new ManualTimers() });
    await acs.close();
    const session = await cpe.inform();
    expect(session.error).to.match(/ECONNREFUSED|ECONNRESET|socket hang up/);
  });

  it('quirks: no header, wrong arrayType, no types, no Status, words for booleans', async () => {
    const cpe = await bench.booted({
      quirks: {
        noHeader: true,
        arrayType: 'wrong',
        untypedValues: true,
        noStatus: true,
        booleanWords: true,
        trailingNul: true,
      },
    });
    const path = 'Device.WiFi.Radio.1.Enable';
    const [set, get] = await bench.ask(
      cpe,
      rpcs.setValues({ [path]: ['boolean', '1'] }),
      rpcs.getValues(path),
    );
    expect(set?.body).not.to.contain('Status').and.not.to.contain('Header');
    expect(get?.body).to.match(/\0$/).and.to.contain('[0004]').and.not.to.contain('xsi:type');
    expect(listOf(get)).to.deep.equal({ [path]: 'true' });
  });

  it('quirks: RPCs missing or unanswered, paths refused, lists cut short', async () => {
    const cpe = await bench.booted({
      quirks: {
        unsupported: ['AddObject'],
        unanswered: ['GetParameterAttributes'],
        noRootPath: true,
        nextLevelIgnored: true,
        noPartialPaths: true,
        unknownNamesLeftOut: true,
        maxValues: 2,
        parameterFaults: 'first',
      },
    });
    const users = 'Device.Users.User.1.';
    const answers = await bench.ask(
      cpe,
      rpcs.addObject('Device.NAT.PortMapping.'),
      rpcs.getNames('', 0),
      rpcs.getNames('Device.Users.', 1),
      rpcs.getValues('Device.Users.'),
      rpcs.getValues(`${users}Username`, 'Device.None'),
      rpcs.getValues(`${users}Username`, `${users}Enable`, `${users}Language`),
      rpcs.setValues({ 'Device.A': ['string', ''], 'Device.B': ['string', ''] }),
      rpcs.getAttributes(`${users}Username`),
    );
    expect(
      answers.map((answer) => (answer.name === 'Fault' ? faultCode(answer) : answer.name)),
    ).to.deep.equal([
      9000,
      9005,
      'GetParameterNamesResponse',
      9005,
      'GetParameterValuesResponse',
      9004,
      9003,
    ]);
    expect(Object.keys(listOf(answers[2], 'Writable'))).to.include('Device.Users.User.1.');
    expect(Object.keys(listOf(answers[4]))).to.deep.equal([`${users}Username`]);
    expect(parameterFaults(answers[6])).to.deep.equal({ 'Device.A': 9005 });
    expect(bench.acs.names.at(-1)).to.equal('');
  });
});
