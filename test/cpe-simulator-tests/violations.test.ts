import { expect } from 'chai';
import { type Cpe, type CpeOptions, ManualTimers, type ViolationCode } from '../cpe-simulator/index.js';
import { envelope, faultReply, informResponse, type Received, type Reply, rpcs } from './fake-acs.js';
import { Bench } from './support.js';

const atInform =
  (reply: Reply) =>
  (received: Received): Reply | undefined =>
    received.name === 'Inform' ? reply : undefined;

/** The first empty POST is answered in that way. */
const atFirstEmpty = (reply: Reply): ((received: Received) => Reply | undefined) => {
  let isDone = false;
  return ({ name }) => {
    if (name !== '' || isDone) return undefined;
    isDone = true;
    return reply;
  };
};

const request = (body: string): ((received: Received) => Reply | undefined) =>
  atFirstEmpty({ body, id: '1' });

interface Case {
  readonly code: ViolationCode;
  readonly what: string;
  readonly acs: () => (received: Received) => Reply | undefined;
  readonly options?: Partial<CpeOptions>;
  /** Whether the session goes on to its end all the same. */
  readonly ok: boolean;
}

const getValues = rpcs.getValues('Device.DeviceInfo.SerialNumber');
const setEnable = (xsiType: string): string =>
  '<cwmp:SetParameterValues><ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[1]"><ParameterValueStruct>' +
  `<Name>Device.WiFi.Radio.1.Enable</Name><Value${xsiType}>1</Value></ParameterValueStruct></ParameterList><ParameterKey></ParameterKey></cwmp:SetParameterValues>`;

const cases: readonly Case[] = [
  {
    code: 'inform-answered-wrongly',
    what: 'an Inform answered with a request',
    acs: () => atInform({ body: getValues }),
    ok: false,
  },
  {
    code: 'inform-answered-wrongly',
    what: 'an Inform answered with nothing',
    acs: () => atInform({ status: 204 }),
    ok: false,
  },
  {
    code: 'inform-answered-wrongly',
    what: 'an Inform answered with another response',
    acs: () => atInform({ body: '<cwmp:TransferCompleteResponse></cwmp:TransferCompleteResponse>' }),
    ok: false,
  },
  {
    code: 'request-before-empty-post',
    what: "a request in answer to the CPE's GetRPCMethods",
    acs:
      () =>
      ({ name }) =>
        name === 'GetRPCMethods' ? { body: getValues } : undefined,
    options: { asksForMethods: true },
    ok: false,
  },
  {
    code: 'answer-missing',
    what: "nothing in answer to the CPE's GetRPCMethods",
    acs:
      () =>
      ({ name }) =>
        name === 'GetRPCMethods' ? { status: 204 } : undefined,
    options: { asksForMethods: true },
    ok: false,
  },
  {
    code: 'answer-unexpected',
    what: 'a response that nobody asked for',
    acs: () => request(informResponse),
    ok: false,
  },
  {
    code: 'id-mismatch',
    what: 'a wrong ID echo',
    acs: () => atInform({ body: informResponse, id: '1' }),
    ok: true,
  },
  {
    code: 'id-missing',
    what: 'a response without the ID',
    acs: () => atInform({ raw: envelope(informResponse) }),
    ok: true,
  },
  {
    code: 'id-unexpected',
    what: 'an ID in answer to a message without one',
    acs: () => atInform({ body: informResponse, id: '5' }),
    options: { quirks: { noHeader: true } },
    ok: true,
  },
  {
    code: 'cwmp-namespace',
    what: 'a namespace above that of the CPE',
    acs: () => atInform({ body: informResponse, namespace: 'urn:dslforum-org:cwmp-1-2' }),
    options: { cwmpVersion: '1.0' },
    ok: true,
  },
  {
    code: 'cwmp-namespace',
    what: 'another namespace in the middle of the session',
    acs: () => atFirstEmpty({ body: getValues, id: '1', namespace: 'urn:dslforum-org:cwmp-1-0' }),
    ok: true,
  },
  {
    code: 'element-missing',
    what: 'an InformResponse without MaxEnvelopes',
    acs: () => atInform({ body: '<cwmp:InformResponse></cwmp:InformResponse>' }),
    ok: false,
  },
  {
    code: 'element-missing',
    what: 'a Reboot without CommandKey',
    acs: () => request('<cwmp:Reboot></cwmp:Reboot>'),
    ok: true,
  },
  {
    code: 'element-unknown',
    what: 'an argument that the RPC does not have',
    acs: () => request('<cwmp:GetRPCMethods><Verbose>1</Verbose></cwmp:GetRPCMethods>'),
    ok: true,
  },
  {
    code: 'element-order',
    what: 'arguments in another order than the schema has',
    acs: () =>
      request(
        '<cwmp:GetParameterNames><NextLevel>1</NextLevel><ParameterPath>Device.</ParameterPath></cwmp:GetParameterNames>',
      ),
    ok: true,
  },
  {
    code: 'array-type',
    what: 'a list without arrayType',
    acs: () => request(getValues.replace(/ soap-enc:arrayType="[^"]*"/, '')),
    ok: true,
  },
  {
    code: 'array-type',
    what: 'a wrong count in arrayType',
    acs: () => request(getValues.replace('[1]', '[2]')),
    ok: true,
  },
  { code: 'value-type', what: 'a Value without xsi:type', acs: () => request(setEnable('')), ok: true },
  {
    code: 'value-type',
    what: 'an xsi:type without namespace',
    acs: () => request(setEnable(' xsi:type="boolean"')),
    ok: true,
  },
  {
    code: 'boolean-form',
    what: 'a boolean "True"',
    acs: () => request(rpcs.getNames('Device.', 0).replace('>0<', '>True<')),
    ok: true,
  },
  {
    code: 'number-form',
    what: 'a number that is none',
    acs: () => request(rpcs.scheduleInform(1, 'k').replace('>1<', '>soon<')),
    ok: true,
  },
  {
    code: 'string-length',
    what: 'a CommandKey of 33 characters',
    acs: () => request(rpcs.scheduleInform(1, 'k'.repeat(33))),
    ok: true,
  },
  {
    code: 'qualified-descendant',
    what: 'qualified arguments',
    acs: () =>
      request(
        '<cwmp:ScheduleInform><cwmp:DelaySeconds>999999</cwmp:DelaySeconds><CommandKey></CommandKey></cwmp:ScheduleInform>',
      ),
    ok: true,
  },
  {
    code: 'must-understand',
    what: 'an ID without mustUnderstand',
    acs: () => atFirstEmpty({ raw: envelope(getValues, '1').replace(' soap-env:mustUnderstand="1"', '') }),
    ok: true,
  },
  {
    code: 'unknown-header',
    what: 'NoMoreRequests',
    acs: () => atInform({ body: informResponse, header: '<cwmp:NoMoreRequests>1</cwmp:NoMoreRequests>' }),
    ok: true,
  },
  {
    code: 'boolean-form',
    what: 'HoldRequests "yes"',
    acs: () =>
      atInform({
        body: informResponse,
        header: '<cwmp:HoldRequests soap-env:mustUnderstand="1">yes</cwmp:HoldRequests>',
      }),
    ok: true,
  },
  {
    code: 'hold-not-cleared',
    what: 'the end of a session with requests held back',
    acs: () =>
      atInform({
        body: informResponse,
        header: '<cwmp:HoldRequests soap-env:mustUnderstand="1">1</cwmp:HoldRequests>',
      }),
    options: { asksForMethods: true },
    ok: false,
  },
  {
    code: 'version-negotiation',
    what: 'UseCWMPVersion for a CPE that named no versions',
    acs: () =>
      atInform({
        body: informResponse,
        header: '<cwmp:UseCWMPVersion soap-env:mustUnderstand="1">1.2</cwmp:UseCWMPVersion>',
      }),
    ok: true,
  },
  {
    code: 'version-negotiation',
    what: 'no UseCWMPVersion for a CPE that did',
    acs: () => () => undefined,
    options: { cwmpVersion: '1.4' },
    ok: true,
  },
  { code: 'xml-malformed', what: 'broken XML', acs: () => atInform({ raw: '<a><b></a>' }), ok: false },
  {
    code: 'xml-malformed',
    what: 'an undeclared prefix',
    acs: () => atInform({ raw: '<s:Envelope><s:Body/></s:Envelope>' }),
    ok: false,
  },
  {
    code: 'xml-dtd',
    what: 'a document type',
    acs: () => atInform({ raw: `<!DOCTYPE x>${envelope(informResponse, '1')}` }),
    ok: false,
  },
  {
    code: 'xml-control-character',
    what: 'a control character',
    acs: () => request(rpcs.scheduleInform(999_999, 'a\u0002')),
    ok: true,
  },
  {
    code: 'soap-namespace',
    what: 'SOAP 1.2',
    acs: () =>
      atInform({
        raw: envelope(informResponse, '00000001').replace(
          'http://schemas.xmlsoap.org/soap/envelope/',
          'http://www.w3.org/2003/05/soap-envelope',
        ),
      }),
    ok: true,
  },
  {
    code: 'soap-structure',
    what: 'two RPCs in one Body',
    acs: () => request(getValues + getValues),
    ok: true,
  },
  {
    code: 'fault-structure',
    what: 'a fault without detail',
    acs: () =>
      atInform({
        body: '<soap-env:Fault><faultcode>Server</faultcode><faultstring>CWMP fault</faultstring></soap-env:Fault>',
      }),
    ok: false,
  },
  { code: 'fault-structure', what: "a CPE's fault code", acs: () => atInform(faultReply(9002)), ok: false },
  {
    code: 'http-content-type',
    what: 'an envelope as text/html',
    acs: () => atInform({ body: informResponse, headers: { 'Content-Type': 'text/html' } }),
    ok: true,
  },
  {
    code: 'http-cookie',
    what: 'a cookie with characters that clients mangle',
    acs: () => atInform({ body: informResponse, headers: { 'Set-Cookie': 'id="a b"; Path=/' } }),
    ok: true,
  },
  {
    code: 'http-challenge',
    what: 'a 401 without a challenge',
    acs: () => atInform({ status: 401 }),
    options: { acsUsername: 'u' },
    ok: false,
  },
  {
    code: 'message-after-end',
    what: 'an envelope after the end',
    acs: () => {
      let empties = 0;
      return ({ name }) => {
        if (name === '') empties += 1;
        return empties === 2 ? { body: getValues, id: '1' } : undefined;
      };
    },
    options: { quirks: { emptyPostAfterEnd: true } },
    ok: true,
  },
];

describe('What the simulated CPE says of an ACS', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await Bench.open();
  });

  afterEach(() => bench.close());

  const codesOf = (cpe: Cpe): ViolationCode[] => cpe.violations.map(({ code }) => code);

  for (const { code, what, acs, options, ok } of cases) {
    it(`${what} is a breach: ${code}`, async () => {
      bench.acs.override = acs();
      const cpe = await bench.booted({ timers: new ManualTimers(), ...options });
      expect(codesOf(cpe)).to.include(code);
      expect(cpe.sessions[0]?.ok, cpe.sessions[0]?.error).to.equal(ok);
    });
  }

  it('a right ACS has no breaches, whatever the version and the requests', async () => {
    const useVersion = '<cwmp:UseCWMPVersion soap-env:mustUnderstand="1">1.4</cwmp:UseCWMPVersion>';
    bench.acs.override = ({ name, body }) =>
      name === 'Inform' && body.includes('SupportedCWMPVersions')
        ? { body: informResponse, header: useVersion }
        : undefined;
    for (const cwmpVersion of ['1.2', '1.3', '1.4'] as const) {
      bench.acs.queue.push(
        getValues,
        setEnable(' xsi:type="xsd:boolean"'),
        rpcs.setAttributes('Device.Users.', 1),
        rpcs.getNames('Device.', 1),
        rpcs.addObject('Device.NAT.PortMapping.'),
        rpcs.scheduleInform(99_999, 'k'),
        rpcs.download('http://127.0.0.1:1/', 'k', { delay: 9999 }),
        rpcs.upload('http://127.0.0.1:1/', 'k').replace('<DelaySeconds>0', '<DelaySeconds>9999'),
      );
      const cpe = await bench.booted({ cwmpVersion });
      expect(cpe.violations).to.deep.equal([]);
      expect(cpe.sessions[0]?.rpcs.filter(({ fault }) => fault !== undefined)).to.deep.equal([]);
    }
  });

  it('HoldRequests keeps the requests of the CPE back until it is cleared', async () => {
    const hold = '<cwmp:HoldRequests soap-env:mustUnderstand="1">1</cwmp:HoldRequests>';
    bench.acs.override = atInform({ body: informResponse, header: hold });
    bench.acs.queue.push(getValues);
    const cpe = await bench.booted({ asksForMethods: true });
    expect(bench.acs.names).to.deep.equal(['Inform', '', 'GetParameterValuesResponse', 'GetRPCMethods', '']);
    expect(cpe.violations).to.deep.equal([]);
  });

  it('an InformResponse with 8005 makes it repeat the Inform, any other fault ends the session', async () => {
    let refusals = 0;
    bench.acs.override = ({ name }) => (name === 'Inform' && refusals++ < 2 ? faultReply(8005) : undefined);
    const cpe = await bench.booted({ timers: new ManualTimers() });
    expect(bench.acs.names).to.deep.equal(['Inform', 'Inform', 'Inform', '']);
    expect(cpe.sessions[0]?.ok).to.be.true;
    bench.acs.override = () => faultReply(8001);
    expect((await cpe.inform()).error).to.match(/refused the Inform/);
  });

  it('the ID of a request is echoed byte for byte, and left out when there was none', async () => {
    const id = ' 007;ä&amp;x ';
    bench.acs.override = atFirstEmpty({ body: getValues, id });
    const cpe = await bench.booted();
    expect(bench.acs.last('GetParameterValuesResponse').id).to.equal(' 007;ä&x ');
    bench.acs.override = atFirstEmpty({ raw: envelope(getValues) });
    await cpe.inform();
    expect(bench.acs.last('GetParameterValuesResponse').id).to.equal(undefined);
  });
});
