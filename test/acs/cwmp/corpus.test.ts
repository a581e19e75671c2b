import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { CpeMessage, CwmpEnvelope } from '../../../acs/cwmp/soap/envelope.js';
import { MalformedEnvelopeError } from '../../../acs/cwmp/soap/malformed-envelope-error.js';
import { parse } from '../../../acs/cwmp/soap/parse.js';
import { readDateTime } from '../../../acs/cwmp/soap/date-time.js';

const FOLDER = fileURLToPath(new URL('../../../../shared/corpus/', import.meta.url));
const present = existsSync(`${FOLDER}index.tsv`);

interface Row {
  file: string;
  version: string;
  message: string;
  expected: string;
}

function readIndex(): Row[] {
  if (!present) return [];
  const [, ...lines] = readFileSync(`${FOLDER}index.tsv`, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [file = '', , version = '', message = '', , expected = ''] = line.split('\t');
    return { file, version, message, expected };
  });
}

/** The messages of the codec as it stands; rows of other messages are reported as pending, not dropped. */
const READ_TODAY = new Set([
  'Inform',
  'TransferComplete',
  'GetRPCMethods',
  'GetRPCMethodsResponse',
  'Fault',
  'empty',
]);
const READ_RESPONSES = ['GetParameterNames', 'GetParameterValues', 'SetParameterValues'];
for (const method of READ_RESPONSES) READ_TODAY.add(`${method}Response`);

/** `key=value` facts of the index's free text; a value ends at `;`, or at the blank that begins a remark in brackets. */
function facts(expected: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const part of expected.split(';')) {
    const match = /^\s*([A-Za-z]+)=(.*)$/.exec(part);
    if (match) found.set(match[1]!, match[2]!);
  }
  return found;
}

function bare(value: string): string {
  return value.replace(/\s\(.*\)$/, '').trim();
}

function messageName(message: CpeMessage): string {
  switch (message.kind) {
    case 'inform':
      return 'Inform';
    case 'request':
      return message.request.method;
    case 'response':
      return `${message.response.method}Response`;
    case 'fault':
      return 'Fault';
    case 'unknown':
    case 'invalid':
      return message.method;
    case 'empty':
      return 'empty';
  }
}

function checkId(envelope: CwmpEnvelope, expected: Map<string, string>): void {
  const id = expected.get('ID');
  if (id === undefined) return;
  if (id.startsWith('none')) expect(envelope.id).to.equal(null);
  else expect(envelope.id).to.equal(id === '(empty)' ? '' : id);
}

function checkInform(envelope: CwmpEnvelope, expected: Map<string, string>): void {
  if (envelope.message.kind !== 'inform') return;
  const { inform } = envelope.message;
  expect(inform.deviceId).to.deep.equal({
    manufacturer: expected.get('Manufacturer') ?? '',
    oui: expected.get('OUI'),
    productClass: expected.get('ProductClass'),
    serialNumber: expected.get('SerialNumber'),
  });
  const [, count, list = ''] = /^(\d+) \[(.*)\]$/.exec(expected.get('events')!)!;
  expect(inform.events.map(({ code }) => code)).to.deep.equal(list === '' ? [] : list.split(', '));
  expect(inform.events).to.have.length(Number(count));
  expect(inform.parameters).to.have.length(Number.parseInt(expected.get('parameters')!, 10));
  expect(inform.retryCount).to.equal(Number.parseInt(expected.get('RetryCount')!, 10));
  if (expected.get('CurrentTime') === 'unknown')
    expect(readDateTime(inform.currentTime).kind).to.equal('invalid');
}

function checkFault(envelope: CwmpEnvelope, expected: Map<string, string>): void {
  if (envelope.message.kind !== 'fault') return;
  const { fault } = envelope.message;
  expect(fault.faultCode).to.equal(Number(expected.get('FaultCode')));
  const [, count, list] = /^(\d+)(?: \((.*)\))?$/.exec(expected.get('SetParameterValuesFault')!)!;
  expect(fault.parameterFaults).to.have.length(Number(count));
  for (const code of list?.match(/\b9\d{3}\b/g) ?? [])
    expect(fault.parameterFaults.map((entry) => entry.code)).to.include(Number(code));
}

function checkResponse(envelope: CwmpEnvelope, expected: Map<string, string>): void {
  if (envelope.message.kind !== 'response') return;
  const { response } = envelope.message;
  const dropped = envelope.warnings.find(({ code }) => code === 'object-entry')?.count ?? 0;
  if (response.method === 'GetParameterNames')
    expect(response.parameters).to.have.length(Number(expected.get('names')));
  if (response.method === 'GetParameterValues')
    expect(response.parameters.length + dropped).to.equal(Number.parseInt(expected.get('parameters')!, 10));
  if (response.method === 'GetRPCMethods')
    expect(response.methods).to.have.length(Number(expected.get('methods')));
  if (response.method === 'SetParameterValues')
    expect(response.status).to.equal(Number.parseInt(expected.get('Status')!, 10));
}

function read(file: string, contentType?: string): CwmpEnvelope {
  return parse(readFileSync(FOLDER + file), { contentType });
}

function values(file: string): Record<string, string> {
  const { message } = read(file);
  if (message.kind !== 'response' || message.response.method !== 'GetParameterValues')
    throw new Error('No values');
  return Object.fromEntries(message.response.parameters.map(({ name, value }) => [name, value]));
}

function codes(file: string): string[] {
  return read(file).warnings.map(({ code }) => code);
}

describe('the corpus of envelopes (skipped where it does not lie beside the project)', () => {
  before(function () {
    if (!present) this.skip();
  });

  for (const row of readIndex()) {
    const message = row.message.replace(/ \(recipe\)$/, '');
    if (row.file.endsWith('.gen.txt')) continue;
    if (row.expected.startsWith('reject')) {
      it(`${row.file} is refused`, () => {
        expect(() => read(row.file)).to.throw(MalformedEnvelopeError);
      });
    } else if (READ_TODAY.has(message)) {
      it(`${row.file} gives what the index says`, () => {
        const expected = facts(row.expected.replace(/^accept: ?/, ''));
        const envelope = read(row.file);
        expect(messageName(envelope.message)).to.equal(message);
        const exact = new Map(
          [...expected].map(([key, value]) => [key, key === 'SetParameterValuesFault' ? value : bare(value)]),
        );
        exact.set('ID', expected.get('ID') ?? '');
        if (message !== 'empty') checkId(envelope, exact);
        checkInform(envelope, exact);
        checkFault(envelope, exact);
        checkResponse(envelope, exact);
      });
    } else {
      it(`${row.file} waits for the codec of ${message}`);
    }
  }

  it('has every file in its index', function () {
    expect(readIndex().length).to.be.greaterThan(40);
  });

  it('gives values as their types say', () => {
    const zoo = values('gpvr-type-zoo.xml');
    expect(zoo).to.include({
      'Device.A.B1': 'true',
      'Device.A.B2': 'true',
      'Device.A.I1': '15',
      'Device.A.U1': '18446744073709551615',
      'Device.A.U2': '',
      'Device.A.D2': '2024-13-45T99:00:00',
      'Device.A.S1': '<b> & é A',
      'Device.A.S2': '  keep  ',
    });
    expect(readDateTime(zoo['Device.A.D1']!)).to.deep.equal({ kind: 'unknown' });
    expect(readDateTime(zoo['Device.A.D2']!)).to.deep.equal({ kind: 'invalid' });
    expect(readDateTime(zoo['Device.A.D3']!)).to.deep.equal({ kind: 'since-boot', seconds: 130 });
    expect(codes('gpvr-type-zoo.xml')).to.include.members(['bad-value', 'bad-time']);
  });

  it('gives the facts of headers', () => {
    expect(read('inform-femto-untyped-values.xml').sessionTimeout).to.equal(40);
    const envelope = read('inform-cwmp-1-4-namespace.xml');
    expect(envelope.namespace).to.equal('urn:dslforum-org:cwmp-1-4');
    expect(envelope.supportedVersions).to.deep.equal(['1.0', '1.1', '1.2', '1.3', '1.4']);
  });

  it('marks objects without a dot by what lies below them, and reads Writable in all its forms', () => {
    const { message } = read('gpnr-objects-without-dot.xml');
    expect(message.kind === 'response' && message.response).to.deep.equal({
      method: 'GetParameterNames',
      parameters: [
        { name: 'InternetGatewayDevice.DeviceInfo.', writable: false },
        { name: 'InternetGatewayDevice.DeviceInfo.SoftwareVersion', writable: false },
        { name: 'InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.SSID', writable: true },
        { name: 'InternetGatewayDevice.ManagementServer', writable: false },
      ],
    });
  });

  it('loses no text to wrong bytes and control characters', () => {
    expect(Object.values(values('invalid-utf8-value.xml'))[0]).to.match(/^Caf[\ufffd-]+$/);
    expect(codes('invalid-utf8-value.xml')).to.deep.equal(['bad-bytes-replaced']);
    expect(values('gpvr-control-character.xml')['Device.STBDevice.1.Info.Name']).to.equal('tvbox');
    expect(codes('gpvr-control-character.xml')).to.deep.equal(['control-characters-removed']);
  });
});
