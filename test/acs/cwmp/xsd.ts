import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  XmlBufferInputProvider,
  XmlDocument,
  XmlElement,
  XmlLibError,
  xmlRegisterInputProvider,
  XsdValidator,
} from 'libxml2-wasm';

const FOLDER = fileURLToPath(new URL('../../../../shared/cwmp-xsd/', import.meta.url));

/** Whether the Broadband Forum's schemas lie beside the project. */
export const schemasPresent = existsSync(`${FOLDER}cwmp-1-0.xsd`);

const SOAP_ENVELOPE = 'http://schemas.xmlsoap.org/soap/envelope/';
const SOAP_ENCODING = 'http://schemas.xmlsoap.org/soap/encoding/';
const BBF = 'http://www.broadband-forum.org/cwmp/';
const SCHEMA = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"';

/** What the CWMP schemas use of SOAP 1.1, and the envelope with strict contents. */
const ENVELOPE_STUB = `<xs:schema ${SCHEMA} xmlns:tns="${SOAP_ENVELOPE}" targetNamespace="${SOAP_ENVELOPE}">
  <xs:attribute name="mustUnderstand"><xs:simpleType><xs:restriction base="xs:boolean"><xs:pattern value="0|1"/></xs:restriction></xs:simpleType></xs:attribute>
  <xs:complexType name="Parts"><xs:sequence><xs:any namespace="##any" processContents="strict" minOccurs="0" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
  <xs:element name="Envelope"><xs:complexType><xs:sequence>
    <xs:element ref="tns:Header" minOccurs="0"/><xs:element ref="tns:Body"/>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="Header" type="tns:Parts"/>
  <xs:element name="Body"><xs:complexType><xs:sequence><xs:any namespace="##any" processContents="strict"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="Fault"><xs:complexType><xs:sequence>
    <xs:element name="faultcode" type="xs:QName"/><xs:element name="faultstring" fixed="CWMP fault"/>
    <xs:element name="detail" type="tns:Parts"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>`;
const ENCODING_STUB = `<xs:schema ${SCHEMA} xmlns:tns="${SOAP_ENCODING}" targetNamespace="${SOAP_ENCODING}">
  <xs:attribute name="arrayType" type="xs:string"/>
  <xs:complexType name="Array"><xs:sequence><xs:any namespace="##any" processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:attribute ref="tns:arrayType"/></xs:complexType>
  <xs:simpleType name="base64"><xs:restriction base="xs:base64Binary"/></xs:simpleType>
</xs:schema>`;

/** The schema of a namespace; 1.3 and 1.4 extend that of 1.2, whose namespace they keep. */
const SCHEMA_OF: Readonly<Record<string, string>> = {
  'urn:dslforum-org:cwmp-1-0': 'cwmp-1-0.xsd',
  'urn:dslforum-org:cwmp-1-1': 'cwmp-1-1.xsd',
  'urn:dslforum-org:cwmp-1-2': 'cwmp-1-4.xsd',
};

let registered = false;
const validators = new Map<string, XsdValidator>();

function validatorFor(namespace: string): XsdValidator {
  const known = validators.get(namespace);
  if (known) return known;
  const schema = SCHEMA_OF[namespace];
  if (schema === undefined) throw new Error(`No schema for ${namespace}`);
  if (!registered) {
    registered = true;
    const files: Record<string, Uint8Array> = {
      [SOAP_ENVELOPE]: Buffer.from(ENVELOPE_STUB),
      [SOAP_ENCODING]: Buffer.from(ENCODING_STUB),
    };
    for (const name of ['cwmp-1-0.xsd', 'cwmp-1-1.xsd', 'cwmp-1-2.xsd', 'cwmp-1-3.xsd'])
      files[BBF + name] = readFileSync(FOLDER + name);
    // 8006 and the longer enumerations come by redefinition of a file that is included as well, which libxml2 refuses.
    const latest = readFileSync(`${FOLDER}cwmp-1-4.xsd`, 'utf8');
    files[`${BBF}cwmp-1-4.xsd`] = Buffer.from(latest.replace(/<xs:redefine[\s\S]*?<\/xs:redefine>/g, ''));
    xmlRegisterInputProvider(new XmlBufferInputProvider(files));
  }
  const driver = XmlDocument.fromString(`<xs:schema ${SCHEMA}>
    <xs:import namespace="${SOAP_ENVELOPE}" schemaLocation="${SOAP_ENVELOPE}"/>
    <xs:import namespace="${namespace}" schemaLocation="${BBF}${schema}"/>
  </xs:schema>`);
  const validator = XsdValidator.fromDoc(driver);
  validators.set(namespace, validator);
  return validator;
}

/**
 * What the schema of its namespace has against an envelope; empty when it is valid. Envelopes in the namespaces
 * cwmp-1-3 and cwmp-1-4, which no schema defines, are checked as cwmp-1-2, and so are later ones. Array counts are checked as well.
 */
export function validateEnvelope(xml: string): string[] {
  const text = xml.replace(/urn:dslforum-org:cwmp-1-[3-9]"/, 'urn:dslforum-org:cwmp-1-2"');
  const namespace = /xmlns:cwmp="([^"]*)"/.exec(text)?.[1] ?? '';
  const document = XmlDocument.fromString(text);
  try {
    return [...wrongCounts(document), ...schemaErrors(document, namespace)];
  } finally {
    document.dispose();
  }
}

function schemaErrors(document: XmlDocument, namespace: string): string[] {
  try {
    validatorFor(namespace).validate(document);
    return [];
  } catch (error) {
    if (error instanceof XmlLibError) return error.details.map(({ message }) => message.trim());
    throw error;
  }
}

function wrongCounts(document: XmlDocument): string[] {
  const errors: string[] = [];
  for (const node of document.find('//*[@e:arrayType]', { e: SOAP_ENCODING })) {
    if (!(node instanceof XmlElement)) continue;
    const stated = /\[(\d+)\]$/.exec(node.attr('arrayType', 'soap-enc')?.value ?? '')?.[1];
    const counted = node.find('*').length;
    if (stated !== String(counted))
      errors.push(`${node.name}: arrayType says ${stated ?? '?'}, holds ${counted}`);
  }
  return errors;
}
