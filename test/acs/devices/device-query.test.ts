import { expect } from 'chai';
import fc from 'fast-check';
import { ValidationError } from '../../../common/errors.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import { addressSortKey } from '../../../acs/devices/addresses.js';
import { CONTACT_STATES, contactState } from '../../../acs/devices/contact-state.js';
import { newDeviceRecord, toStored } from '../../../acs/devices/device-record.js';
import type { FilterNode, FilterValue } from '../../../acs/devices/filter.js';
import type { DeviceQuery } from '../../../acs/devices/inventory.js';
import { openDevices, rejection, type DevicesFixture } from './devices-fixture.js';

const NOW = new Date('2026-03-01T00:00:00Z');
const MODELS = ['X1', 'x1', 'X.1', 'a(b', '', null];
const TAGS = ['blue', 'red', 'b.c'];
const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1000);

/** Devices with every kind of gap, tie and special character. */
const devices: DeviceRecord[] = Array.from({ length: 48 }, (_, index) => {
  const wanIp = index % 5 === 0 ? null : `203.0.113.${(index * 37) % 120}`;
  const lastVisit =
    index % 7 === 0 ? null : ago([0, 299, 300, 301, 86_400, 259_200, 259_201, 10][index % 8] ?? 0);
  const properties: Record<string, string> = { 'site.no': String(index % 4) };
  if (index % 6 === 0) properties.expectedSessionRatio = '100';
  if (index % 9 === 0) properties.periodicInformInterval = '600';
  return newDeviceRecord({
    _id: `AABBCC-IGD-S${String((index * 29) % 48).padStart(2, '0')}`,
    oui: 'AABBCC',
    productClass: 'IGD',
    serialNumber: `S${(index * 29) % 48}`,
    createdAt: ago(index),
    modelName: MODELS[index % MODELS.length] ?? null,
    softwareVersion: index % 2 === 0 ? '1.0' : null,
    mac: index % 3 === 0 ? `AA:BB:CC:00:00:${(16 + index).toString(16).toUpperCase()}` : null,
    wanIp,
    sourceIp: '198.51.100.9',
    addressKey: addressSortKey(wanIp ?? '198.51.100.9'),
    lastVisit,
    periodicInformInterval: index % 4 === 0 ? null : 300,
    description: `unit ${index} [50%]`,
    domain: index % 2 === 0 ? '/north/' : '/northern/city/',
    tags: TAGS.filter((_tag, bit) => ((index >> bit) & 1) === 1),
    groups: index % 2 === 0 ? ['root', 'root.region.a'] : ['root', 'root.regional'],
    properties,
    managed: index % 3 !== 0,
    indexed: index % 4 === 1 ? { 'wifi.1.ssid': `Net*${index}` } : {},
    lease:
      index % 8 === 1
        ? { fence: 1, session: 's', server: 'x', until: index % 16 === 1 ? new Date(NOW.getTime() + 1) : NOW }
        : { fence: 0, session: null, server: null, until: null },
  });
});

describe('A device query', () => {
  let fixture: DevicesFixture;
  before(async () => {
    fixture = await openDevices();
    await fixture.store.devices.collection.insertMany(devices.map(toStored) as never);
  });
  after(() => fixture.close());
  const find = async (query: Partial<DeviceQuery>): Promise<string[]> =>
    (
      await fixture.inventory.find({ limit: 100, sort: [{ field: 'identity', direction: 'asc' }], ...query })
    ).items.map(({ _id }) => _id);
  const those = (test: (device: DeviceRecord) => boolean): string[] =>
    devices
      .filter(test)
      .map(({ _id }) => _id)
      .sort();

  it('gives back the records as they were put in', async () => {
    const page = await fixture.inventory.find({
      limit: 100,
      sort: [{ field: 'createdAt', direction: 'desc' }],
      count: true,
    });
    expect(page.items).to.deep.equal(devices);
    expect(page).to.deep.include({ next: null, total: 48 });
  });

  it('pages through every order without skipping or doubling, like a plain sort', async () => {
    const fields = [
      'identity',
      'serial',
      'model',
      'software',
      'ip',
      'createdAt',
      'lastVisit',
      'lastBootstrap',
    ];
    const key = fc.record({
      field: fc.constantFrom(...fields),
      direction: fc.constantFrom('asc' as const, 'desc' as const),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(key, { maxLength: 3, selector: ({ field }) => field }),
        fc.integer({ min: 1, max: 20 }),
        async (sort, limit) => {
          const seen: DeviceRecord[] = [];
          let cursor: string | null = null;
          do {
            const page: { items: DeviceRecord[]; next: string | null } = await fixture.inventory.find({
              limit,
              sort,
              ...(cursor !== null && { cursor }),
            });
            expect(page.items.length).to.be.at.most(limit);
            seen.push(...page.items);
            cursor = page.next;
          } while (cursor !== null);
          expect(seen.map(({ _id }) => _id).sort()).to.deep.equal(those(() => true));
          const levels = sort.length === 0 ? [{ field: 'lastVisit', direction: 'desc' as const }] : sort;
          for (let index = 1; index < seen.length; index += 1)
            expect(compare(seen[index - 1]!, seen[index]!, levels)).to.be.at.most(0);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('finds what a plain predicate finds, whatever the filter', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, async (filter) => {
        expect(await find({ filter })).to.deep.equal(those((device) => holds(filter, device)));
      }),
      { numRuns: 200 },
    );
  });

  for (const state of CONTACT_STATES)
    it(`finds the devices that are ${state} by the rule for one device`, async () => {
      const expected = those((device) => contactState(device, NOW).state === state);
      expect(expected).not.to.deep.equal([]);
      expect(await find({ filter: { op: 'eq', field: { name: 'state' }, value: state } })).to.deep.equal(
        expected,
      );
    });

  it('counts a member of a group as one of the groups above it', async () => {
    const inGroup = (value: string): FilterNode => ({ op: 'in', field: { name: 'group' }, values: [value] });
    expect(await find({ filter: inGroup('root.region') })).to.deep.equal(
      those(({ groups }) => groups.includes('root.region.a')),
    );
    expect(
      await find({ filter: { op: 'in', field: { name: 'directGroup' }, values: ['root.region'] } }),
    ).to.deep.equal([]);
  });

  it('shows a domain and those below it, not its neighbours of a similar name', async () => {
    expect(await find({ view: '/north/' })).to.deep.equal(those(({ domain }) => domain === '/north/'));
    expect(await find({ view: '/northern/' })).to.deep.equal(
      those(({ domain }) => domain === '/northern/city/'),
    );
  });

  it('searches identity, addresses, description and indexed values at once, as plain text', async () => {
    expect(await find({ q: 'net*5' })).to.deep.equal(
      those(({ indexed }) => indexed['wifi.1.ssid'] === 'Net*5'),
    );
    expect(await find({ q: '7 [50%' })).to.deep.equal(
      those(({ description }) => description.includes('7 [50%')),
    );
    expect(await find({ q: 'aabbcc000010' })).to.deep.equal(those(({ mac }) => mac === 'AA:BB:CC:00:00:10'));
    expect(await find({ q: '198.51.100.' })).to.deep.equal(those(({ wanIp }) => wanIp === null));
    expect(await find({ q: '.*' })).to.deep.equal([]);
  });

  it('searches one column, a property or an indexed value', async () => {
    const search = (column: string, operator: 'contains' | 'startsWith' | 'eq' | 'ne', text: string) =>
      find({ search: { column, operator, text } });
    expect(await search('model', 'contains', 'x1')).to.deep.equal(
      those(({ modelName }) => /x1/i.test(modelName ?? '')),
    );
    expect(await search('property.site.no', 'eq', '3')).to.deep.equal(
      those(({ properties }) => properties['site.no'] === '3'),
    );
    expect(await search('indexed.wifi.1.ssid', 'startsWith', 'net*')).to.have.length(12);
    expect(await search('model', 'ne', 'X1')).to.deep.equal(those(({ modelName }) => modelName !== 'X1'));
  });

  const refusals: [string, Partial<DeviceQuery>, RegExp][] = [
    [
      'an order without an index',
      { sort: [{ field: 'description', direction: 'asc' }] },
      /sortable are identity, serial/,
    ],
    [
      'a field sorted by twice',
      { sort: ['asc', 'desc'].map((direction) => ({ field: 'model', direction: direction as 'asc' })) },
      /twice/,
    ],
    ['text that is no cursor', { cursor: 'bm9uc2Vuc2U' }, /no cursor/],
    ['an unknown field', { filter: { op: 'exists', field: { name: 'nope' } } }, /no field nope/],
    [
      'a field of the language itself',
      { filter: { op: 'exists', field: { name: 'constructor' } } },
      /no field/,
    ],
    ['a property without its name', { filter: { op: 'exists', field: { name: 'property' } } }, /needs a key/],
    ['a date that is none', { filter: { op: 'lt', field: { name: 'lastVisit' }, value: 'soon' } }, /date/],
    [
      'an operator that does not fit',
      { filter: { op: 'contains', field: { name: 'managed' }, value: 't' } },
      /contains/,
    ],
    ['a state that is none', { filter: { op: 'eq', field: { name: 'state' }, value: 'up' } }, /never-seen/],
    [
      'a pattern that could run for ever',
      { filter: { op: 'matches', field: { name: 'model' }, value: '(a+)+b' } },
      /repeat/,
    ],
    ['a pattern that is none', { filter: { op: 'matches', field: { name: 'model' }, value: '(' } }, /./],
  ];
  for (const [title, query, message] of refusals)
    it(`refuses ${title}`, async () => {
      const error = await rejection(find(query));
      expect(error).to.be.instanceOf(ValidationError);
      expect(error.message).to.match(message);
    });

  it('refuses a cursor of another order', async () => {
    const { next } = await fixture.inventory.find({ limit: 5, sort: [{ field: 'model', direction: 'asc' }] });
    const error = await rejection(
      find({ cursor: next ?? '', sort: [{ field: 'model', direction: 'desc' }] }),
    );
    expect(error.message).to.contain('-model');
  });
});

const FIELDS: Record<string, keyof DeviceRecord> = {
  identity: '_id',
  serial: 'serialNumber',
  model: 'modelName',
  software: 'softwareVersion',
  ip: 'addressKey',
  createdAt: 'createdAt',
  lastVisit: 'lastVisit',
  lastBootstrap: 'lastBootstrap',
};

function compare(
  a: DeviceRecord,
  b: DeviceRecord,
  levels: readonly { field: string; direction: 'asc' | 'desc' }[],
): number {
  for (const { field, direction } of levels) {
    const [x, y] = [a, b].map((device) => {
      const value = device[FIELDS[field]!];
      return value instanceof Date ? value.getTime() : ((value as string | null) ?? null);
    });
    if (x === y) continue;
    const order = x === null ? -1 : y === null ? 1 : x! < y! ? -1 : 1;
    return direction === 'asc' ? order : -order;
  }
  return 0;
}

const model = { name: 'model' };
const anyLeaf: fc.Arbitrary<FilterNode> = fc.oneof(
  fc.record({
    op: fc.constantFrom('eq' as const, 'ne' as const),
    field: fc.constant(model),
    value: fc.constantFrom<FilterValue>(...MODELS, 'none'),
  }),
  fc.record({
    op: fc.constantFrom('lt' as const, 'ge' as const),
    field: fc.constant(model),
    value: fc.constantFrom('X1', 'a', ''),
  }),
  fc
    .record({
      op: fc.constantFrom('contains' as const, 'startsWith' as const, 'matches' as const),
      field: fc.constant(model),
      value: fc.constantFrom('X', 'x.', '(', '1', 'x\\.?1'),
    })
    .filter(({ op, value }) => op !== 'matches' || value !== '('),
  fc.record({
    op: fc.constant('in' as const),
    field: fc.constant(model),
    values: fc.array(fc.constantFrom<FilterValue>(...MODELS)),
  }),
  fc.record({
    op: fc.constant('exists' as const),
    field: fc.constantFrom(model, { name: 'tag' }, { name: 'property', key: 'expectedSessionRatio' }),
  }),
  fc.record({
    op: fc.constantFrom('eq' as const, 'ne' as const),
    field: fc.constant({ name: 'property', key: 'site.no' }),
    value: fc.constantFrom('1', '9'),
  }),
  fc.record({
    op: fc.constant('in' as const),
    field: fc.constant({ name: 'tag' }),
    values: fc.array(fc.constantFrom(...TAGS)),
  }),
  fc.record({ op: fc.constant('eq' as const), field: fc.constant({ name: 'managed' }), value: fc.boolean() }),
  fc.record({
    op: fc.constantFrom('le' as const, 'gt' as const),
    field: fc.constant({ name: 'lastVisit' }),
    value: fc.constantFrom(ago(300), ago(10).toISOString()),
  }),
  fc.record({
    op: fc.constantFrom('eq' as const, 'ne' as const),
    field: fc.constant({ name: 'ip' }),
    value: fc.constantFrom('198.51.100.9', '203.0.113.37'),
  }),
  fc.record({
    op: fc.constantFrom('le' as const, 'gt' as const),
    field: fc.constant({ name: 'ip' }),
    value: fc.constantFrom('203.0.113.5', '203.0.113.50'),
  }),
);
const { anyFilter } = fc.letrec<{ anyFilter: FilterNode }>((tie) => ({
  anyFilter: fc.oneof(
    { depthSize: 'small' },
    anyLeaf,
    fc.record({
      op: fc.constantFrom('and' as const, 'or' as const),
      nodes: fc.array(tie('anyFilter'), { maxLength: 3 }),
    }),
    fc.record({ op: fc.constant('not' as const), node: tie('anyFilter') }),
  ),
}));

/** The filter language, read plainly. */
function holds(node: FilterNode, device: DeviceRecord): boolean {
  if ('nodes' in node) {
    const test = (part: FilterNode): boolean => holds(part, device);
    return node.op === 'and' ? node.nodes.every(test) : node.nodes.some(test);
  }
  if ('node' in node) return !holds(node.node, device);
  const value = valueOf(node.field, device);
  if (Array.isArray(value)) {
    if (node.op === 'exists') return value.length > 0;
    return node.op === 'in' && node.values.some((one) => value.includes(one as string));
  }
  if (node.op === 'exists') return value !== null && value !== '';
  if (node.op === 'in') return node.values.includes(value);
  if (node.op === 'eq') return value === node.value;
  if (node.op === 'ne') return value !== node.value;
  if (value === null) return false;
  const text = value.toString().toLowerCase();
  const given = node.value;
  if (node.op === 'contains') return text.includes(String(given).toLowerCase());
  if (node.op === 'startsWith') return text.startsWith(String(given).toLowerCase());
  if (node.op === 'matches') return new RegExp(`^(?:${String(given)})$`, 'i').test(text);
  const order = (one: FilterValue): string | number => {
    if (node.field.name === 'ip') return addressSortKey(String(one));
    return value instanceof Date ? new Date(one as string).getTime() : String(one);
  };
  const [self, other] = [order(value), order(given)];
  return node.op === 'lt'
    ? self < other
    : node.op === 'le'
      ? self <= other
      : node.op === 'gt'
        ? self > other
        : self >= other;
}

function valueOf(field: { name: string; key?: string }, device: DeviceRecord): FilterValue | string[] {
  switch (field.name) {
    case 'property':
      return device.properties[field.key ?? ''] ?? null;
    case 'tag':
      return device.tags;
    case 'managed':
      return device.managed;
    case 'lastVisit':
      return device.lastVisit;
    case 'ip':
      return device.wanIp ?? device.sourceIp;
    default:
      return device.modelName;
  }
}
