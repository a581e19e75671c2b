import fc from 'fast-check';
import {
  VALUE_TYPES,
  type AcsRequest,
  type ParameterValue,
  type ValueType,
} from '../../../acs/cwmp/messages.js';
import type { AcsMessage } from '../../../acs/cwmp/soap/envelope.js';

/** Text that XML can carry, of at most so many characters. */
export function xmlText(maxLength: number): fc.Arbitrary<string> {
  return fc
    .string({
      unit: fc.oneof({ weight: 8, arbitrary: ascii }, { weight: 1, arbitrary: anyCharacter }),
      maxLength,
    })
    .filter((text) => Array.from(text).length <= maxLength);
}

const ascii = fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code));
const anyCharacter = fc
  .oneof(
    fc.constantFrom(0x9, 0xa, 0xd),
    fc.integer({ min: 0x80, max: 0xd7ff }),
    fc.integer({ min: 0xe000, max: 0xfffd }),
    fc.integer({ min: 0x10000, max: 0x10ffff }),
  )
  .map((code) => String.fromCodePoint(code));

const segment = fc.stringMatching(/^[A-Z][A-Za-z]{0,11}$/);
const name = fc.array(segment, { minLength: 1, maxLength: 6 }).map((parts) => ['Device', ...parts].join('.'));
const objectName = name.map((path) => `${path}.`);
const key = xmlText(32);

const lexical: Readonly<Record<ValueType, fc.Arbitrary<string>>> = {
  string: xmlText(64),
  int: fc.integer({ min: -2147483648, max: 2147483647 }).map(String),
  unsignedInt: fc.integer({ min: 0, max: 4294967295 }).map(String),
  long: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  unsignedLong: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map(String),
  boolean: fc.constantFrom('true', 'false'),
  dateTime: fc
    .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().replace(/\.\d+/, '')),
  base64: fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes).toString('base64')),
  hexBinary: fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes).toString('hex')),
  decimal: fc.tuple(fc.integer(), fc.nat(999)).map(([whole, part]) => `${whole}.${part}`),
};

export const parameterValue: fc.Arbitrary<ParameterValue> = fc
  .constantFrom(...VALUE_TYPES)
  .chain((type) => fc.record({ name, value: lexical[type], type: fc.constant(type) }));

/** File types that every version knows; the numbered ones came with 1.2. */
const downloadType = fc.constantFrom(
  '1 Firmware Upgrade Image',
  '3 Vendor Configuration File',
  'X 0019CB Voice',
);
const uploadType = fc.constantFrom('1 Vendor Configuration File', '2 Vendor Log File', 'X 0019CB Core dump');
const unsignedInt = fc.integer({ min: 0, max: 4294967295 });

export const acsRequest: fc.Arbitrary<AcsRequest> = fc.oneof(
  fc.record({ method: fc.constant('GetRPCMethods' as const) }),
  fc.record({
    method: fc.constant('GetParameterNames' as const),
    path: fc.oneof(name, objectName, fc.constant('')),
    nextLevel: fc.boolean(),
  }),
  fc.record({
    method: fc.constant('GetParameterValues' as const),
    names: fc.array(fc.oneof(name, objectName), { minLength: 1, maxLength: 20 }),
  }),
  fc.record({
    method: fc.constant('SetParameterValues' as const),
    parameters: fc.array(parameterValue, { maxLength: 20 }),
    parameterKey: key,
  }),
  fc.record({
    method: fc.constant('SetParameterAttributes' as const),
    parameters: fc.array(
      fc.record({
        name: fc.oneof(name, objectName),
        notification: fc.option(fc.integer({ min: 0, max: 2 })),
        // The schemas know no entities of vendors, which the text of TR-069 allows.
        accessList: fc.option(fc.constantFrom<string[]>([], ['Subscriber'])),
      }),
      { minLength: 1, maxLength: 10 },
    ),
  }),
  fc.record({
    method: fc.constant('GetParameterAttributes' as const),
    names: fc.array(fc.oneof(name, objectName), { minLength: 1, maxLength: 20 }),
  }),
  fc.record({
    method: fc.constant('ScheduleInform' as const),
    delaySeconds: fc.integer({ min: 1, max: 4294967295 }),
    commandKey: key,
  }),
  fc.record({ method: fc.constant('AddObject' as const), objectName, parameterKey: key }),
  fc.record({ method: fc.constant('DeleteObject' as const), objectName, parameterKey: key }),
  fc.record({ method: fc.constant('Reboot' as const), commandKey: key }),
  fc.record({ method: fc.constant('FactoryReset' as const) }),
  fc.record({
    method: fc.constant('Download' as const),
    commandKey: key,
    fileType: downloadType,
    url: xmlText(256),
    username: xmlText(256),
    password: xmlText(256),
    fileSize: unsignedInt,
    targetFileName: xmlText(256),
    delaySeconds: unsignedInt,
    successUrl: xmlText(256),
    failureUrl: xmlText(256),
  }),
  fc.record({
    method: fc.constant('Upload' as const),
    commandKey: key,
    fileType: uploadType,
    url: xmlText(256),
    username: xmlText(256),
    password: xmlText(256),
    delaySeconds: unsignedInt,
  }),
);

export const acsMessage: fc.Arbitrary<AcsMessage> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('request' as const), request: acsRequest }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('inform-response' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('response' as const),
      response: fc.oneof(
        fc.record({ method: fc.constant('TransferComplete' as const) }),
        fc.record({
          method: fc.constant('GetRPCMethods' as const),
          methods: fc.array(xmlText(64), { minLength: 1, maxLength: 9 }),
        }),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('fault' as const),
      faultCode: fc.constantFrom(
        8000 as const,
        8001 as const,
        8002 as const,
        8003 as const,
        8004 as const,
        8005 as const,
      ),
      faultString: xmlText(256),
    }),
  },
);
