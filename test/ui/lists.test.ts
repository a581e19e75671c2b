import { expect } from 'chai';
import fc from 'fast-check';
import type { LiveEvent, Parameter, QueueEntry } from '../../ui/api/types.js';
import { EventStreamReader } from '../../ui/api/event-stream.js';
import { definitionText, difference } from '../../ui/logic/difference.js';
import { fourMarks, type MarkFacts } from '../../ui/logic/four-marks.js';
import { formShape, pathSuggestions } from '../../ui/logic/form-fields.js';
import { holdOrder } from '../../ui/logic/held-order.js';
import { listQuery, nextSort, readInventory, writeInventory } from '../../ui/logic/inventory-query.js';
import { KeySequence, keyName } from '../../ui/logic/keys.js';
import { fits, joinFilters } from '../../ui/logic/live-filter.js';
import { mergeRows, touchedIds } from '../../ui/logic/live-merge.js';
import { newDraft, patchOf, withoutSecrets } from '../../ui/logic/task-draft.js';
import { buildTree, flatten, sortTree } from '../../ui/logic/tree.js';

const parameter = (path: string, more: Partial<Parameter> = {}): Parameter => ({
  path,
  object: path.endsWith('.'),
  value: null,
  type: null,
  writable: null,
  notification: null,
  readAt: null,
  secret: false,
  meaning: null,
  ...more,
});

describe('The state of the inventory in the URL', () => {
  it('comes back as it was written', () => {
    const state = readInventory({
      q: '10.1',
      in: 'wanIp',
      op: 'startsWith',
      state: 'overdue,inactive',
      size: '25',
      sort: 'model',
      after: 'c',
    });
    expect(readInventory(writeInventory(state))).to.deep.equal(state);
    expect(writeInventory(readInventory({}))).to.deep.equal({});
  });

  it('takes nothing that it does not know', () => {
    expect(readInventory({ in: 'password', op: 'drop', sort: 'secret', size: '9999' })).to.include({
      in: 'any',
      op: 'contains',
      sort: '-lastVisit',
      size: 50,
    });
  });

  it('makes the search in one column a filter, with its text quoted', () => {
    expect(listQuery(readInventory({ q: 'a"b\\', in: 'model', op: 'ne' })).filter).to.equal(
      'model ne "a\\"b\\\\"',
    );
    expect(listQuery(readInventory({ q: ' x ' }))).to.deep.equal({ q: 'x', sort: '-lastVisit', limit: 50 });
  });

  it('turns the sort of a column, then drops it', () => {
    expect(['-lastVisit', 'model', '-model'].map((sort) => nextSort(sort, 'model'))).to.deep.equal([
      'model',
      '-model',
      '-lastVisit',
    ]);
  });
});

describe('Live lists', () => {
  it('change the cells of the shown rows in place and never the order', () => {
    const shown = [
      { id: 'b', v: 1 },
      { id: 'a', v: 1 },
    ];
    expect(
      mergeRows(shown, [
        { id: 'a', v: 2 },
        { id: 'new', v: 2 },
      ]),
    ).to.deep.equal([
      { id: 'b', v: 1 },
      { id: 'a', v: 2 },
    ]);
    expect(touchedIds(new Set(['a']), ['a', 'x', 'a'])).to.deep.equal(['a']);
  });

  it('keep their order while it is held, and put new rows at the end', () => {
    expect(holdOrder(['c', 'a', 'b'], ['a', 'b'], (id) => id)).to.deep.equal(['a', 'b', 'c']);
    expect(holdOrder(['c', 'a'], [], (id) => id)).to.deep.equal(['c', 'a']);
  });

  it('follow one device only when all parts of the screen mean the same', () => {
    expect(
      joinFilters([
        { types: ['task.*'], device: 'A' },
        { types: ['device.*'], device: 'A' },
      ]),
    ).to.deep.equal({ types: ['device.*', 'task.*'], device: 'A' });
    expect(joinFilters([{ types: ['x'], device: 'A' }, { types: ['x'] }]).device).to.equal(null);
  });

  it('give an event only to whom it concerns', () => {
    const event: LiveEvent = {
      id: '1',
      type: 'task.created',
      time: '',
      subject: 'd:A:1',
      data: { device: 'A' },
    };
    expect(fits({ types: ['task.*'], device: 'A' }, event)).to.equal(true);
    expect(fits({ types: ['task.*'], device: 'B' }, event)).to.equal(false);
    expect(fits({ types: ['task'] }, event)).to.equal(false);
  });

  it('read server-sent events wherever the stream is cut', () => {
    const text = ': hello\n\nid: 7\nevent: x\ndata: {"a":1}\ndata: 2\n\nid: 8\r\ndata:last\r\n\r\n';
    const whole = new EventStreamReader().push(text);
    expect(whole).to.deep.equal([
      { id: '7', event: 'x', data: '{"a":1}\n2' },
      { id: '8', event: 'message', data: 'last' },
    ]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 6 }), (cuts) => {
        const reader = new EventStreamReader();
        const places = [0, ...cuts.sort((a, b) => a - b), text.length];
        const pieces = places.slice(1).flatMap((end, i) => reader.push(text.slice(places[i], end)));
        expect(pieces).to.deep.equal(whole);
      }),
    );
  });
});

describe('The parameter tree', () => {
  const roots = () =>
    sortTree(
      buildTree([
        parameter('Device.WiFi.SSID.10.SSID', { value: 'Attic' }),
        parameter('Device.WiFi.SSID.2.SSID', { value: 'Kitchen' }),
        parameter('Device.X.KeyPassphrase', { value: '••••••', secret: true }),
      ]),
    );

  it('makes up the objects that are not listed and sorts instances as numbers', () => {
    const all = new Set(['Device.', 'Device.WiFi.', 'Device.WiFi.SSID.']);
    expect(flatten(roots(), all, null).map((row) => row.node.name)).to.deep.equal([
      'Device',
      'WiFi',
      'SSID',
      '2',
      '10',
      'X',
    ]);
  });

  it('shows the hits of a search in names and values with their ancestors', () => {
    const rows = flatten(roots(), new Set(), { text: 'kitchen', keep: () => true });
    expect(rows.map((row) => row.node.name)).to.deep.equal(['Device', 'WiFi', 'SSID', '2', 'SSID']);
  });

  it('does not search in what is hidden', () => {
    expect(flatten(roots(), new Set(), { text: '••', keep: () => true })).to.deep.equal([]);
  });
});

describe('The task form', () => {
  it('is made from the schema of the type', () => {
    const { fields, lists } = formShape({
      schema: {
        type: 'object',
        properties: {
          param: {
            type: 'array',
            items: {
              type: 'object',
              properties: { name: { type: 'string' }, type: { enum: ['', 'int'], default: '' } },
              required: ['name', 'type'],
            },
          },
          resourceId: { type: 'string' },
          blocking: { type: 'boolean', default: true },
          maxInformCount: { type: 'integer', default: 10 },
        },
        required: ['param', 'resourceId', 'blocking'],
      },
    });
    expect(fields.map((one) => [one.name, one.kind, one.required])).to.deep.equal([
      ['resourceId', 'resource', true],
      ['blocking', 'boolean', false],
      ['maxInformCount', 'number', false],
    ]);
    expect(fields[2]?.title).to.equal('Max inform count');
    expect(lists[0]?.fields.map((one) => [one.kind, one.required])).to.deep.equal([
      ['path', true],
      ['choice', false],
    ]);
  });

  it('offers meanings for the instances that the device has, before its paths', () => {
    const meanings = [
      {
        key: 'wifi.{n}.ssid',
        title: 'Wi-Fi name',
        type: 'string',
        unit: null,
        secret: false,
        writable: true,
        tr098: [],
        tr181: [],
      },
    ];
    const known = [parameter('Device.A.', {}), parameter('Device.A.SSID', { meaning: 'wifi.3.ssid' })];
    expect(pathSuggestions(known, meanings, 'parameter').map((one) => one.value)).to.deep.equal([
      'wifi.3.ssid',
      'Device.A.SSID',
    ]);
    expect(pathSuggestions([], meanings, 'parameter').map((one) => one.value)).to.deep.equal(['wifi.1.ssid']);
    expect(pathSuggestions(known, meanings, 'object').map((one) => one.value)).to.deep.equal(['Device.A.']);
  });

  it('keeps no secret in a draft, and everything else', () => {
    const draft = newDraft(
      'SetValues',
      '<config>\n  <param name="wifi.1.password" value="s3cret"/>\n  <param name="wifi.1.ssid" value="Home"/>\n</config>',
    );
    const { xml } = withoutSecrets(draft);
    expect(xml).to.not.contain('s3cret');
    expect(xml).to.contain('value="Home"').and.contain('name="wifi.1.password"');
    expect(
      withoutSecrets(newDraft('Upload', '<config externalPassword="x" isExternal="true"/>')).xml,
    ).to.equal('<config externalPassword="" isExternal="true"/>');
  });

  it('sends a name as what makes a task not anonymous, and leaves the default priority to the server', () => {
    expect(patchOf({ ...newDraft('Reboot', '<config/>'), name: ' night ' }))
      .to.include({ name: 'night', anonymous: false })
      .and.not.have.property('priority');
  });
});

describe('The difference of two definitions', () => {
  it('tells added and removed lines and keeps the rest', () => {
    const lines = difference('a\nb\nc', 'a\nc\nd');
    expect(lines.map((line) => `${line.kind[0] ?? ''}${line.text}`)).to.deep.equal(['sa', 'rb', 'sc', 'ad']);
  });

  it('gives back both texts', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = difference(before, after);
        expect(
          lines
            .filter((one) => one.kind !== 'added')
            .map((one) => one.text)
            .join('\n'),
        ).to.equal(before);
        expect(
          lines
            .filter((one) => one.kind !== 'removed')
            .map((one) => one.text)
            .join('\n'),
        ).to.equal(after);
      }),
    );
  });

  it('writes a definition one fact a line and its configuration as XML', () => {
    expect(definitionText({ priority: 5, _id: 'x', config: { param: [{ name: 'a' }] } })).to.equal(
      'priority: 5\n<config>\n  <param name="a"/>\n</config>',
    );
    expect(definitionText(null)).to.equal('');
  });
});

describe('The four marks of a request', () => {
  const request = {
    outcome: 'accepted',
    acceptedAt: '2026-11-22T20:00:01Z',
    cameAt: null,
    open: true,
  } as const;
  const facts: MarkFacts = { request: null, failed: false, inSession: false, rpcs: 0, entries: [], since: 0 };
  const states = (part: Partial<MarkFacts>) => fourMarks({ ...facts, ...part }).map((mark) => mark.state);

  it('do not take accepted for came', () => {
    expect(states({ request })).to.deep.equal(['done', 'running', 'open', 'open']);
    expect(states({ request: { ...request, outcome: 'accepted-no-session', open: false } })).to.deep.equal([
      'done',
      'failed',
      'open',
      'open',
    ]);
  });

  it('do not take came for the result', () => {
    const came = {
      ...request,
      cameAt: '2026-11-22T20:00:02Z',
      outcome: 'session-started' as const,
      open: false,
    };
    expect(states({ request: came, inSession: true, rpcs: 1 })).to.deep.equal([
      'done',
      'done',
      'running',
      'open',
    ]);
    const entries = [
      {
        status: 'ERROR',
        execution: { startTime: '2026-11-22T20:00:02Z', finishTime: '2026-11-22T20:00:03Z' },
      },
    ] as unknown as QueueEntry[];
    expect(states({ request: came, entries })).to.deep.equal(['done', 'done', 'done', 'failed']);
  });

  it('say when the request itself failed', () => {
    expect(states({ failed: true })[0]).to.equal('failed');
  });
});

describe('Keys', () => {
  const press = (key: string, part = {}) =>
    keyName({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...part });

  it('have one name each, with Command as Control', () => {
    expect([
      press('K', { metaKey: true }),
      press('?', { shiftKey: true }),
      press('G', { shiftKey: true }),
    ]).to.deep.equal(['ctrl+k', 'shift+?', 'g']);
  });

  it('make a sequence only when they follow each other at once', () => {
    const keys = new KeySequence();
    keys.push('g', 0);
    expect(keys.push('d', 500)).to.equal('g d');
    keys.clear();
    keys.push('g', 1000);
    expect(keys.push('d', 3000)).to.equal('d');
  });
});
