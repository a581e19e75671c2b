import { expect } from 'chai';
import fc from 'fast-check';
import { Query } from 'mingo';
import {
  compile,
  EvaluationError,
  PLACES,
  toMongoFilter,
  type DeviceView,
  type Environment,
  type MongoFieldMap,
} from '../../../acs/expressions/index.js';
import { DEVICE } from './world.js';

interface Row {
  model?: string | null;
  software?: string | null;
  secure?: boolean;
  lastVisit?: Date | null;
  groups?: string[];
  properties?: Record<string, string>;
}

const FIELDS: MongoFieldMap = {
  fields: {
    'device.modelName': { path: 'model', kind: 'text' },
    'device.softwareVersion': { path: 'software', kind: 'text' },
    'device.secure': { path: 'secure', kind: 'boolean' },
    'device.lastVisitTime': { path: 'lastVisit', kind: 'date' },
    'device.groups': { path: 'groups', kind: 'set' },
  },
  maps: { 'device.property': (name) => (/[.$]/.test(name) ? null : `properties.${name}`) },
  members: { 'device.isInGroup': 'device.groups' },
};
const NOW = new Date('2026-07-01T00:00:00Z');
const TIME = { now: NOW, zone: 'UTC' };

function view(row: Row): DeviceView {
  return {
    ...DEVICE,
    modelName: row.model ?? null,
    softwareVersion: row.software ?? null,
    secure: row.secure ?? false,
    lastVisitTime: row.lastVisit ?? null,
    groups: row.groups ?? [],
    properties: new Map(Object.entries(row.properties ?? {})),
  };
}

/** As a search judges a row: what fails is not found. */
function holds(text: string, row: Row): boolean {
  const environment: Environment = { ...TIME, device: view(row) };
  try {
    return compile(`\${${text}}`, PLACES.deviceSearch).evaluate(environment) === true;
  } catch (error) {
    if (error instanceof EvaluationError) return false;
    throw error;
  }
}

const pushed = (text: string): ReturnType<typeof toMongoFilter> =>
  toMongoFilter(compile(`\${${text}}`, PLACES.deviceSearch), FIELDS, TIME);

const text = fc.constantFrom('R1', 'r1', '', '2.3', 'a.b', 'x\ny', '^$', 'ß');
const rows: fc.Arbitrary<Row> = fc.record(
  {
    model: fc.oneof(text, fc.constant(null)),
    software: fc.oneof(text, fc.constant(null)),
    secure: fc.boolean(),
    lastVisit: fc.oneof(
      fc.constantFrom(new Date(0), NOW, new Date('2026-06-30T00:00:00Z')),
      fc.constant(null),
    ),
    groups: fc.uniqueArray(fc.constantFrom('root', 'root.a', 'root.b')),
    properties: fc.dictionary(fc.constantFrom('site', 'x'), text, { maxKeys: 2 }),
  },
  { requiredKeys: ['secure', 'groups'] },
);

const quoted = (value: string): string => `'${value.replaceAll('\n', '\\n')}'`;
const field = fc.constantFrom(
  'device.modelName',
  'device.softwareVersion',
  'device.property.site',
  "device.getProperty('x')",
);
const leaf: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(field, fc.constantFrom('==', '!='), text)
    .map(([name, operator, value]) => `${name} ${operator} ${quoted(value)}`),
  fc.tuple(field, fc.constantFrom('==', '!=')).map(([name, operator]) => `null ${operator} ${name}`),
  fc
    .tuple(field, fc.constantFrom('contains', 'startsWith', 'endsWith'), text)
    .map(([name, method, value]) => `${name}.${method}(${quoted(value)})`),
  fc.tuple(field, fc.constantFrom('isEmpty', 'nonEmpty')).map(([name, method]) => `${name}.${method}`),
  fc
    .tuple(field, fc.array(text, { maxLength: 2 }))
    .map(([name, values]) => `list(${values.map(quoted).join()}).contains(${name})`),
  fc.constantFrom('device.secure', 'device.secure == false', 'true', 'false', '1 == 1', '1 / 0 == 1'),
  fc.constantFrom('root', 'root.a').map((group) => `device.isInGroup('${group}')`),
  fc.constantFrom('root', 'root.b').map((group) => `device.groups.contains('${group}')`),
  fc.constantFrom('site', 'x').map((name) => `device.hasProperty('${name}')`),
  fc
    .tuple(
      fc.constantFrom('<', '<=', '>', '>=', '==', '!='),
      fc.constantFrom('date.now', 'date.now.addDays(-1)', 'date.fromMillis(0)'),
      fc.boolean(),
    )
    .map(([operator, value, swap]) =>
      swap ? `${value} ${operator} device.lastVisitTime` : `device.lastVisitTime ${operator} ${value}`,
    ),
  // What the database cannot decide.
  fc.constantFrom(
    'device.modelName.length > 1',
    "(device.modelName ? 'R1') == 'R1'",
    'device.modelName == device.softwareVersion',
    "device.modelName < 'S'",
    "device.softwareVersion.matches('2.*')",
  ),
);
const { condition: conditions } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc
      .tuple(tie('condition'), fc.constantFrom('&&', '||', 'and', 'or'), tie('condition'))
      .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    tie('condition').map((inner) => `!(${inner})`),
  ),
}));

describe('Pushing expressions down to the database', () => {
  it('finds what is found row by row', () => {
    fc.assert(
      fc.property(conditions, fc.array(rows, { minLength: 5, maxLength: 12 }), (condition, all) => {
        const part = pushed(condition);
        if (!part) return;
        const query = new Query(part.filter);
        for (const row of all) {
          const passes = query.test({ _id: 1, ...row });
          const found = passes && (part.rest === null || holds(condition, row));
          expect(found, `${condition}\n${JSON.stringify(row)}\n${JSON.stringify(part.filter)}`).to.equal(
            holds(condition, row),
          );
        }
      }),
      { numRuns: Number(process.env.EXPRESSION_FUZZ_RUNS ?? 2_000) },
    );
  });

  it('says all where it can', () => {
    for (const condition of [
      "device.modelName == 'R1'",
      "device.modelName != 'R1' and device.softwareVersion.startsWith('2.')",
      "device.isInGroup('root.a') or !device.secure",
      'device.lastVisitTime < date.now.addDays(-7)',
      "device.property.site == 'north'",
      "list('a', 'b').contains(device.modelName)",
      "device.groups contains 'root'",
    ])
      expect(pushed(condition)?.rest, condition).to.equal(null);
    expect(pushed("device.modelName == 'R1'")?.filter).to.deep.equal({ model: { $eq: 'R1' } });
  });

  it('says a part and leaves the rest', () => {
    const part = pushed("device.modelName == 'R1' && device.softwareVersion.length > 3");
    expect(part?.filter).to.deep.equal({ model: { $eq: 'R1' } });
    expect(part?.rest?.text).to.equal("${device.modelName == 'R1' && device.softwareVersion.length > 3}");
  });

  it('says nothing where nothing can be said', () => {
    for (const condition of [
      'device.softwareVersion.length > 3',
      "device.modelName == 'R1' || device.softwareVersion.length > 3",
      "device.description == 'x'",
      "device.property.`a.b` == 'x'",
      'math.random < 0.5',
    ])
      expect(pushed(condition), condition).to.equal(null);
  });

  it('takes literals too', () => {
    const literal = (given: string): unknown =>
      toMongoFilter(compile(given, PLACES.deviceSearch), FIELDS, TIME)?.filter;
    expect(literal('true')).to.deep.equal({});
    expect(literal('false')).to.deep.equal({ _id: { $in: [] } });
  });
});
