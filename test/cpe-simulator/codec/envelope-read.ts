import { type Report } from '../violations.js';
import { ArgumentReader, namespaces } from './arguments.js';
import { type AcsResponse } from './messages.js';
import { attributeOf, childOf, readXml, XmlError, type XmlElement } from './xml-read.js';

export interface AcsFault {
  readonly code: number;
  readonly text: string;
}

interface ReceivedHeader {
  readonly id: string | undefined;
  readonly holdRequests: boolean;
  readonly useCwmpVersion: string | undefined;
  /** The cwmp namespace of the RPC or fault. */
  readonly namespace: string;
}

/** An envelope of the ACS, sorted by what it is; requests stay undecoded so that their faults can be answered. */
export type AcsEnvelope = ReceivedHeader &
  (
    | { readonly kind: 'request'; readonly rpc: string; readonly element: XmlElement }
    | { readonly kind: 'response'; readonly rpc: string; readonly element: XmlElement }
    | { readonly kind: 'fault'; readonly fault: AcsFault }
  );

const cwmpNamespace = /^urn:dslforum-org:cwmp-1-\d$/;

function readHeader(header: XmlElement | undefined, report: Report): Omit<ReceivedHeader, 'namespace'> {
  let id: string | undefined;
  let holdRequests = false;
  let useCwmpVersion: string | undefined;
  for (const entry of header?.children ?? []) {
    const flag = attributeOf(entry, 'mustUnderstand');
    if (flag && flag.namespace !== namespaces.envelope) {
      report('must-understand', `mustUnderstand of ${entry.name} is not in the SOAP envelope namespace`);
    }
    if (flag && flag.value !== '0' && flag.value !== '1') {
      report('must-understand', `mustUnderstand of ${entry.name} is "${flag.value}", not 0 or 1`);
    }
    const required = entry.name === 'ID' || entry.name === 'HoldRequests' || entry.name === 'UseCWMPVersion';
    if (required && flag?.value !== '1')
      report('must-understand', `${entry.name} goes without mustUnderstand="1"`);
    if (required && !cwmpNamespace.test(entry.namespace)) {
      report('cwmp-namespace', `the header ${entry.name} is in the namespace ${entry.namespace}`);
    }
    if (entry.name === 'ID') id = entry.text;
    else if (entry.name === 'HoldRequests') holdRequests = holdRequestsOf(entry.text.trim(), report);
    else if (entry.name === 'UseCWMPVersion') useCwmpVersion = entry.text.trim();
    else report('unknown-header', `an ACS sends no header ${entry.name}`);
  }
  return { id, holdRequests, useCwmpVersion };
}

function holdRequestsOf(text: string, report: Report): boolean {
  if (!['0', '1', 'true', 'false'].includes(text)) report('boolean-form', `HoldRequests is "${text}"`);
  return text === '1' || text === 'true';
}

function readFault(fault: XmlElement, report: Report): { fault: AcsFault; namespace: string } {
  const faultcode = childOf(fault, 'faultcode')?.text.trim().replace(/^.*:/, '');
  if (faultcode !== 'Client' && faultcode !== 'Server') {
    report('fault-structure', `faultcode is "${faultcode ?? ''}", not Client or Server`);
  }
  if (childOf(fault, 'faultstring')?.text !== 'CWMP fault')
    report('fault-structure', 'faultstring is not "CWMP fault"');
  const detail = childOf(fault, 'detail');
  const inner = detail && childOf(detail, 'Fault');
  const code = inner && childOf(inner, 'FaultCode')?.text.trim();
  if (!inner || code === undefined || !/^\d{4}$/.test(code)) {
    report('fault-structure', 'the fault has no detail with a FaultCode');
    return { fault: { code: 8002, text: 'unreadable fault' }, namespace: inner?.namespace ?? '' };
  }
  const number = Number(code);
  if (!((number >= 8000 && number <= 8006) || (number >= 8800 && number <= 8899))) {
    report('fault-structure', `an ACS has no fault code ${code}`);
  }
  return {
    fault: { code: number, text: childOf(inner, 'FaultString')?.text ?? '' },
    namespace: inner.namespace,
  };
}

function bodyOf(root: XmlElement, report: Report): XmlElement {
  if (root.name !== 'Envelope')
    throw new XmlError('malformed', `the root element is ${root.name}, not Envelope`);
  if (root.namespace !== namespaces.envelope)
    report('soap-namespace', `the envelope is in the namespace ${root.namespace}`);
  const bodies = root.children.filter((child) => child.name === 'Body');
  const body = bodies[0];
  if (!body) throw new XmlError('malformed', 'the envelope has no Body');
  if (bodies.length > 1) report('soap-structure', 'the envelope has more than one Body');
  for (const child of root.children) {
    if (child.name !== 'Header' && child.name !== 'Body')
      report('soap-structure', `the envelope holds a ${child.name}`);
  }
  if (body.namespace !== namespaces.envelope)
    report('soap-namespace', `the Body is in the namespace ${body.namespace}`);
  return body;
}

/** Reads an envelope that the ACS sent, taking note of what TR-069 does not allow. Throws XmlError if there is nothing to act on. */
export function readEnvelope(text: string, report: Report): AcsEnvelope {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) {
    report('xml-control-character', 'the message holds a control character');
  }
  const root = readXml(text);
  const body = bodyOf(root, report);
  const header = readHeader(childOf(root, 'Header'), report);
  const rpc = body.children[0];
  if (!rpc) throw new XmlError('malformed', 'the Body is empty');
  if (body.children.length > 1)
    report('soap-structure', `the Body holds ${body.children.length} elements instead of one`);
  if (rpc.name === 'Fault' && rpc.namespace === namespaces.envelope) {
    const { fault, namespace } = readFault(rpc, report);
    return { ...header, kind: 'fault', fault, namespace };
  }
  if (!cwmpNamespace.test(rpc.namespace)) {
    report('cwmp-namespace', `${rpc.name} is in the namespace "${rpc.namespace}"`);
  }
  const isResponse = rpc.name.endsWith('Response');
  return {
    ...header,
    kind: isResponse ? 'response' : 'request',
    rpc: isResponse ? rpc.name.slice(0, -'Response'.length) : rpc.name,
    element: rpc,
    namespace: rpc.namespace,
  };
}

/** Decodes what the ACS answered to a request of the CPE. Throws CpeFaultAnswer when the arguments cannot be read. */
export function decodeResponse(rpc: string, element: XmlElement, report: Report): AcsResponse | undefined {
  const reader = new ArgumentReader(element, report);
  const decoded = decodeBody(rpc, reader);
  if (decoded) reader.end();
  return decoded;
}

function decodeBody(rpc: string, reader: ArgumentReader): AcsResponse | undefined {
  switch (rpc) {
    case 'Inform':
      return { rpc, maxEnvelopes: reader.unsigned('MaxEnvelopes') };
    case 'TransferComplete':
      return { rpc };
    case 'GetRPCMethods':
      return { rpc, methods: reader.array('MethodList', 'string', 'string').map((item) => item.text) };
    default:
      return undefined;
  }
}
