import { expect } from 'chai';
import fc from 'fast-check';
import { build } from '../../../acs/cwmp/soap/build.js';
import { acsMessage, xmlText } from './arbitraries.js';
import { schemasPresent, validateEnvelope } from './xsd.js';

const CWMP_1_0 = 'urn:dslforum-org:cwmp-1-0';

describe('CWMP envelopes of the ACS', () => {
  describe('against the schemas of the Broadband Forum (skipped where they do not lie beside the project)', () => {
    before(function () {
      if (!schemasPresent) this.skip();
    });

    for (const version of ['1-0', '1-1', '1-2', '1-3', '1-4']) {
      it(`are valid in namespace cwmp-${version}, whatever they say`, function () {
        this.timeout(60_000);
        const namespace = `urn:dslforum-org:cwmp-${version}`;
        fc.assert(
          fc.property(acsMessage, fc.option(xmlText(40)), (message, id) => {
            expect(validateEnvelope(build(message, { namespace, id }))).to.deep.equal([]);
          }),
          { numRuns: 150 },
        );
      });
    }

    it('carry UseCWMPVersion as version 1.4 defines it', () => {
      const xml = build(
        { kind: 'inform-response' },
        { namespace: 'urn:dslforum-org:cwmp-1-4', id: '1', useVersion: '1.4' },
      );
      expect(xml).to.contain('<cwmp:UseCWMPVersion soap-env:mustUnderstand="1">1.4</cwmp:UseCWMPVersion>');
      expect(validateEnvelope(xml)).to.deep.equal([]);
    });

    it('would be refused with a missing argument or a wrong count', () => {
      const xml = build(
        { kind: 'request', request: { method: 'GetParameterValues', names: ['A.B'] } },
        { namespace: CWMP_1_0, id: '1' },
      );
      expect(validateEnvelope(xml.replace('[1]', '[2]'))).to.have.length(1);
      expect(validateEnvelope(xml.replace(/<ParameterNames.*<\/ParameterNames>/, ''))).to.not.be.empty;
    });
  });

  it('stand on one line with fixed prefixes and no self-closing element', () => {
    fc.assert(
      fc.property(acsMessage, (message) => {
        const xml = build(message, { namespace: CWMP_1_0, id: 'x' });
        expect(xml).to.match(/^<\?xml version="1.0" encoding="UTF-8"\?><soap-env:Envelope xmlns:soap-env=/);
        expect(xml).to.match(/<soap-env:Body><(cwmp|soap-env):\w+>/);
        expect(xml).to.not.contain('/>');
      }),
      { numRuns: 50 },
    );
  });

  it('are without XML declaration for a CPE that sends none', () => {
    const xml = build({ kind: 'inform-response' }, { namespace: CWMP_1_0, id: null, declaration: false });
    expect(xml).to.match(/^<soap-env:Envelope /);
  });

  it('echo the ID byte for byte, with mustUnderstand, and have none where none came', () => {
    const context = { namespace: CWMP_1_0, id: ' a&"<ü\r\n ' };
    expect(build({ kind: 'inform-response' }, context)).to.contain(
      '<cwmp:ID soap-env:mustUnderstand="1"> a&amp;&quot;&lt;ü&#13;\n </cwmp:ID>',
    );
    expect(build({ kind: 'inform-response' }, { namespace: CWMP_1_0, id: '' })).to.contain('"1"></cwmp:ID>');
    expect(build({ kind: 'inform-response' }, { namespace: CWMP_1_0, id: null })).to.not.contain('cwmp:ID');
  });

  it('write booleans as digits unless the device uses words, and NextLevel always as a digit', () => {
    const parameters = [{ name: 'A.B', value: 'true', type: 'boolean' as const }];
    const request = { method: 'SetParameterValues' as const, parameters, parameterKey: '' };
    const context = { namespace: CWMP_1_0, id: '1' };
    expect(build({ kind: 'request', request }, context)).to.contain('xsi:type="xsd:boolean">1</Value>');
    expect(build({ kind: 'request', request }, { ...context, booleans: 'words' })).to.contain(
      '>true</Value>',
    );
    const names = { method: 'GetParameterNames' as const, path: 'Device.', nextLevel: false };
    expect(build({ kind: 'request', request: names }, { ...context, booleans: 'words' })).to.contain(
      '<NextLevel>0</NextLevel>',
    );
  });

  it('carry every element of an attribute change, whatever is changed', () => {
    const parameters = [{ name: 'A.', notification: null, accessList: ['Subscriber'] }];
    const request = { method: 'SetParameterAttributes' as const, parameters };
    expect(build({ kind: 'request', request }, { namespace: CWMP_1_0, id: '1' })).to.contain(
      '<Name>A.</Name><NotificationChange>0</NotificationChange><Notification>0</Notification>' +
        '<AccessListChange>1</AccessListChange><AccessList soap-enc:arrayType="xsd:string[1]">' +
        '<string>Subscriber</string></AccessList>',
    );
  });

  it('never carry milliseconds in a dateTime', () => {
    const parameters = [{ name: 'A.B', value: '2026-01-02T03:04:05.678Z', type: 'dateTime' as const }];
    const request = { method: 'SetParameterValues' as const, parameters, parameterKey: '' };
    expect(build({ kind: 'request', request }, { namespace: CWMP_1_0, id: '1' })).to.contain(
      '>2026-01-02T03:04:05Z<',
    );
  });

  it('are refused when a text has a character that XML cannot carry', () => {
    const request = { method: 'Reboot' as const, commandKey: 'a\u0002' };
    expect(() => build({ kind: 'request', request }, { namespace: CWMP_1_0, id: '1' })).to.throw(RangeError);
  });

  it('blame the CPE for wrong arguments alone', () => {
    const fault = (faultCode: 8000 | 8003) =>
      build({ kind: 'fault', faultCode, faultString: 'x' }, { namespace: CWMP_1_0, id: '1' });
    expect(fault(8003)).to.contain('<faultcode>Client</faultcode><faultstring>CWMP fault</faultstring>');
    expect(fault(8000)).to.contain('<faultcode>Server</faultcode>');
  });
});
