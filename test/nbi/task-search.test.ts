import { expect } from 'chai';
import { newExecution } from '../../acs/tasks/execution-record.js';
import { SEARCH_BOUNDS, search } from '../../acs/tasks/search/search.js';
import { searchableTasks } from '../../acs/tasks/search/task-search.js';
import { ManualClock } from '../../common/clock.js';
import { seedDevice, startNbi, type Nbi } from './harness.js';

type Json = Record<string, unknown>;
interface List extends Json {
  items: Json[];
  next: string | null;
  total?: number;
  notice?: string;
}
interface Problem extends Json {
  code: string;
  detail: string;
  errors: { pointer: string; code: string; message: string }[];
}

describe('NBI: searching and exporting tasks', () => {
  let nbi: Nbi;
  let device: string;
  const read = { type: 'GetValues', config: { parameter: [{ name: 'Device.' }] } };

  before(async () => {
    nbi = await startNbi();
    device = await seedDevice(nbi, 'S1');
    for (const [index, fields] of [
      { name: 'alpha', priority: 1, tags: ['night', 'lab'], logLevel: 'DEBUG' },
      { name: 'beta', priority: 5, comment: 'second, "quoted"', bloodline: 'wifi' },
      { name: '=1+1', priority: 9, active: false, logLevel: 'ERROR' },
    ].entries())
      await add({ ...fields, properties: [{ name: 'site', value: `s${index}` }] });
    await add({ device: undefined, group: 'root', name: 'everywhere', priority: 3 });
  });
  after(() => nbi.close());

  async function add(fields: Json): Promise<Json> {
    const answer = await nbi.call('/tasks', { body: { device, ...read, ...fields } });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    return answer.body;
  }
  const query = (path: string, fields: Record<string, string>): string =>
    `${path}?${new URLSearchParams(fields).toString()}`;
  const found = async (fields: Record<string, string>): Promise<unknown[]> => {
    const { status, body } = await nbi.call<List>(query('/tasks', fields));
    expect(status, JSON.stringify(body)).to.equal(200);
    return body.items.map(({ name }) => name);
  };
  const refused = async (path: string): Promise<Problem> => {
    const { status, body } = await nbi.call<Problem>(path);
    expect(status, JSON.stringify(body)).to.equal(400);
    return body;
  };

  describe('by the filter language', () => {
    it('finds by every kind of field', async () => {
      const cases: [string, string[]][] = [
        ['priority gt 3', ['=1+1', 'beta']],
        ['name contains "BET"', ['beta']],
        ['not (active eq true)', ['=1+1']],
        ['tag in "lab"', ['alpha']],
        ['device exists and bloodline exists', ['beta']],
        ['group eq "root" or priority eq 1', ['everywhere', 'alpha']],
        [
          'createdAt gt 2020-01-01T00:00:00Z and type eq "GetValues" and priority le 3',
          ['everywhere', 'alpha'],
        ],
        ['periodic eq true', []],
      ];
      for (const [filter, names] of cases) expect(await found({ filter }), filter).to.deep.equal(names);
    });

    it('orders log levels by their severity, by word or by number', async () => {
      expect(await found({ filter: 'logLevel ge "ERROR"' })).to.deep.equal(['=1+1']);
      expect(await found({ filter: 'logLevel lt 2' })).to.deep.equal(['alpha']);
      expect(await found({ filter: 'logLevel in ("DEBUG", "ERROR")' })).to.deep.equal(['=1+1', 'alpha']);
      const { errors } = await refused(query('/tasks', { filter: 'logLevel eq "LOUD"' }));
      expect(errors[0]?.message).to.contain('TRACE, DEBUG, INFO');
    });

    it('says which fields there are, and where the text is wrong', async () => {
      const unknown = await refused(query('/tasks', { filter: 'colour eq "red"' }));
      expect(unknown.errors[0]?.pointer).to.equal('/query/filter');
      expect(unknown.errors[0]?.message).to.contain('There is no field colour; fields are active, ');
      const broken = await refused(query('/tasks', { filter: 'priority gt' }));
      expect(broken.errors[0]?.message).to.contain('column 12');
    });

    it('joins with the simple criteria, pages and counts', async () => {
      const first = await nbi.call<List>(
        query('/tasks', { filter: 'priority gt 0', limit: '3', count: 'true' }),
      );
      expect([first.body.items.length, first.body.total]).to.deep.equal([3, 4]);
      const second = await nbi.call<List>(
        query('/tasks', { filter: 'priority gt 0', limit: '3', cursor: first.body.next ?? '' }),
      );
      expect(second.body.items.map(({ name }) => name)).to.deep.equal(['alpha']);
      expect(second.body.next).to.equal(null);
      expect(await found({ filter: 'priority gt 0', target: 'group' })).to.deep.equal(['everywhere']);
    });
  });

  describe('by an expression', () => {
    it('lets the store decide what it can', async () => {
      const { body } = await nbi.call<List>(query('/tasks', { expression: '${task.priority > 2}' }));
      expect(body.items.map(({ name }) => name)).to.deep.equal(['everywhere', '=1+1', 'beta']);
      expect(body.notice).to.equal(undefined);
    });

    it('looks at the rest row by row and says so', async () => {
      const expression = "${task.property.site == 's1' || task.name.length > 8}";
      const { body } = await nbi.call<List>(query('/tasks', { expression, count: 'true' }));
      expect(body.items.map(({ name }) => name)).to.deep.equal(['everywhere', 'beta']);
      expect(body.total).to.equal(2);
      expect(body.notice).to.match(/^4 tasks were looked at one by one/);
    });

    it('pages through what matches without doubles or gaps', async () => {
      const names: unknown[] = [];
      let cursor = '';
      for (let pages = 0; pages < 10; pages += 1) {
        const { body } = await nbi.call<List>(
          query('/tasks', {
            ...{ expression: '${task.name.length > 3}', limit: '1' },
            ...(cursor === '' ? {} : { cursor }),
          }),
        );
        names.push(...body.items.map(({ name }) => name));
        if (body.next === null) break;
        cursor = body.next;
      }
      expect(names).to.deep.equal(['everywhere', '=1+1', 'beta', 'alpha']);
    });

    it('tells no secret property', async () => {
      const properties = [
        { name: 'pin', value: 'abc', secret: true },
        { name: 'adminPassword', value: 'abc' },
      ];
      await add({ name: 'guarded', properties });
      for (const name of ['pin', 'adminPassword'])
        expect(await found({ expression: `\${task.property.${name} == 'abc'}` }), name).to.deep.equal([]);
      await nbi.store.tasks.deleteOne({ name: 'guarded' });
    });

    it('finds no row on which it fails', async () => {
      expect(await found({ expression: '${task.property.site.toInt > 0}' })).to.deep.equal([]);
    });

    it('refuses a wrong one with its column, and one that yields no Boolean', async () => {
      const { errors } = await refused(query('/tasks', { expression: '${task.colour == 1}' }));
      expect(errors[0]?.pointer).to.equal('/query/expression');
      expect(errors[0]?.message).to.match(/column \d+/);
      const text = await refused(query('/tasks', { expression: '${task.name}' }));
      expect(text.errors[0]?.code).to.equal('expression');
    });

    it('ends a page when its time is over; the next goes on where it ended', async () => {
      const [one] = await nbi.store.tasks.find({ name: 'alpha' }).lean();
      const many = Array.from({ length: 700 }, (_, index) => ({
        ...one,
        _id: `d:many:${String(index).padStart(3, '0')}`,
        name: index === 699 ? 'the last of them' : 'many',
      }));
      await nbi.store.tasks.collection.insertMany(many as never);
      try {
        const list = searchableTasks(nbi.store, [{ field: '_id', direction: 1 }]);
        const clock = new ManualClock();
        const condition = { _id: { $regex: '^d:many:' } };
        const asked = { condition, expressions: ['${task.name.length > 10}'], limit: 10 };
        const first = await search(list, asked, clock, { rows: 1_000, milliseconds: 0 });
        expect([first.items, first.next === null]).to.deep.equal([[], false]);
        expect(first.notice).to.match(/^500 tasks were .* for a page were over before it was full/);
        const second = await search(list, { ...asked, cursor: first.next ?? '' }, clock);
        expect(second.items.map(({ name }) => name)).to.deep.equal(['the last of them']);
        expect(second.notice).to.match(/^200 tasks/);
      } finally {
        await nbi.store.tasks.deleteMany({ _id: { $regex: '^d:many:' } });
      }
    });

    it('is refused where too many candidates remain', async () => {
      const list = searchableTasks(nbi.store, [{ field: '_id', direction: 1 }]);
      const asked = { condition: {}, expressions: ['${task.name.length > 0}'], limit: 10 };
      const clock = new ManualClock();
      const few = search(list, asked, clock, { ...SEARCH_BOUNDS, rows: 3 });
      const failure = await few.then(
        () => null,
        (error: unknown) => error as Error,
      );
      expect(failure?.message).to.contain('more than 3 tasks remain after the other conditions');
      // Pushed down, the same question needs no candidates.
      const cheap = { ...asked, expressions: ["${task.name != ''}"] };
      expect((await search(list, cheap, clock, { ...SEARCH_BOUNDS, rows: 3 })).items.length).to.equal(4);
    });
  });

  describe('of executions', () => {
    before(async () => {
      const [task] = await nbi.store.tasks.find({ name: 'alpha' }).lean<{ _id: string }[]>();
      const other = await seedDevice(nbi, 'S2');
      for (const [on, status, seconds] of [
        [device, 'ERROR', 2],
        [other, 'SUCCESS', 60],
      ] as const) {
        const at = new Date('2026-01-01T00:00:00Z');
        await nbi.store.executions.create({
          ...newExecution({ _id: task?._id ?? '' }, on, at),
          ...{ status, run: 1, startTime: at, finishTime: new Date(at.getTime() + seconds * 1_000) },
          ...{ summary: status === 'ERROR' ? '9005 Invalid parameter name' : 'done' },
          fault:
            status === 'ERROR'
              ? { code: 9005, text: 'x', method: 'GetParameterValues', parameters: [] }
              : null,
        });
      }
    });
    const reports = async (fields: Record<string, string>): Promise<List> => {
      const { status, body } = await nbi.call<List>(query('/executions', fields));
      expect(status, JSON.stringify(body)).to.equal(200);
      return body;
    };

    it('finds by filter and by expression over report and task', async () => {
      const statuses = async (fields: Record<string, string>) =>
        (await reports(fields)).items.map(({ status }) => status);
      expect(await statuses({ filter: 'status gt "IN_PROGRESS" and faultCode eq 9005' })).to.deep.equal([
        'ERROR',
      ]);
      expect(await statuses({ expression: "${taskReport.status == 'SUCCESS'}" })).to.deep.equal(['SUCCESS']);
      const both = "${taskReport.summary.startsWith('9005') && task.priority < 3}";
      expect(await statuses({ expression: both })).to.deep.equal(['ERROR']);
      expect((await reports({ expression: both })).notice).to.contain('looked at one by one');
    });

    it('exports the chosen fields as CSV', async () => {
      const { body, headers } = await nbi.call<string>(
        query('/executions', { fields: 'device,status,summary', filter: 'status eq "ERROR"' }),
        { headers: { accept: 'text/csv' } },
      );
      expect(headers['content-disposition']).to.equal('attachment; filename="executions.csv"');
      expect(body).to.equal(`device,status,summary\r\n${device},ERROR,9005 Invalid parameter name\r\n`);
    });
  });

  describe('exports', () => {
    it('stream all rows of a search, guarded against spreadsheets', async () => {
      const { body, headers } = await nbi.call<string>(
        query('/tasks', { fields: 'name,priority,tags,comment', limit: '1', filter: 'device exists' }),
        { headers: { accept: 'text/csv' } },
      );
      expect(headers['content-type']).to.equal('text/csv; charset=utf-8');
      expect(body.split('\r\n')).to.deep.equal([
        'name,priority,tags,comment',
        "'=1+1,9,,",
        'beta,5,,"second, ""quoted"""',
        'alpha,1,night lab,',
        '',
      ]);
    });

    it('come as lines of JSON too', async () => {
      const { body } = await nbi.call<string>(query('/tasks', { fields: 'name', target: 'group' }), {
        headers: { accept: 'application/x-ndjson' },
      });
      expect(body).to.equal('{"id":"g:root:1","name":"everywhere"}\n');
    });

    it('give the list of a device in the order of execution, with why a task does not run', async () => {
      const { body } = await nbi.call<string>(
        query(`/devices/${device}/queue`, { fields: 'position,name,due,reason' }),
        { headers: { accept: 'text/csv' } },
      );
      expect(body.split('\r\n').slice(0, 4)).to.deep.equal([
        'position,name,due,reason',
        '1,alpha,false,Finished',
        '2,everywhere,true,',
        '3,beta,true,',
      ]);
      expect(body).to.contain(",'=1+1,false,Inactive");
    });

    it('need the permission, and fields that exist', async () => {
      const token = await nbi.userWith(['tasks.view', 'api.tasks']);
      const without = await nbi.call<Problem>('/tasks', { token, headers: { accept: 'text/csv' } });
      expect([without.status, without.body.requiredPermission]).to.deep.equal([403, 'devices.export']);
      const { errors } = await refused('/tasks?fields=name,colour');
      expect(errors[0]).to.include({ pointer: '/query/fields', code: 'unknown-field' });
    });
  });

  it('leaves entries of a device’s list out and keeps the positions of the others', async () => {
    const { body } = await nbi.call<{ entries: { position: number; task: Json }[] }>(
      query(`/devices/${device}/queue`, { expression: "${task.name == 'beta'}" }),
    );
    expect(body.entries.map(({ position, task }) => [position, task.name])).to.deep.equal([[3, 'beta']]);
  });

  describe('saved', () => {
    const save = async (body: Json, token?: string) => {
      const options = token === undefined ? { body } : { body, token };
      return nbi.call<Json & { id: string; version: number }>('/filters', options);
    };

    it('searches are used by id, on their own list alone', async () => {
      const { status, body } = await save({ list: 'tasks', name: 'high', filter: 'priority ge 5' });
      expect(status).to.equal(201);
      expect(body).to.include({ shared: false, editable: true, domain: '/', expression: '' });
      expect(await found({ savedFilter: body.id, active: 'true' })).to.deep.equal(['beta']);
      const { errors } = await refused(query('/executions', { savedFilter: body.id }));
      expect(errors[0]?.pointer).to.equal('/query/savedFilter');
      expect((await nbi.call(query('/tasks', { savedFilter: 'nothing' }))).status).to.equal(404);
      const devices = await save({ list: 'devices', name: 'X1', filter: 'serial eq "S1"' });
      const listed = await nbi.call<List>(query('/devices', { savedFilter: devices.body.id }));
      expect(listed.body.items.map(({ id }) => id)).to.deep.equal([device]);
    });

    it('searches are checked like those that run', async () => {
      const wrong = await nbi.call<Problem>('/filters', {
        body: { list: 'tasks', name: 'wrong', filter: 'colour eq 1' },
      });
      expect([wrong.status, wrong.body.errors[0]?.pointer]).to.deep.equal([422, '/filter']);
      const expression = await nbi.call<Problem>('/filters', {
        body: { list: 'tasks', name: 'wrong', expression: '${taskReport.stage}' },
      });
      expect(expression.body.errors[0]?.pointer).to.equal('/expression');
      expect((await save({ list: 'tasks', name: 'twice' })).status).to.equal(201);
      expect((await save({ list: 'tasks', name: 'twice' })).status).to.equal(409);
    });

    it('searches are their owner’s, or shared with their domain and those above', async () => {
      const keys = ['tasks.view', 'api.filters', 'api.tasks'];
      const north = await nbi.userWith(keys, { domain: '/north/' });
      const city = await nbi.userWith(keys, { domain: '/north/city/' });
      const south = await nbi.userWith(keys, { domain: '/south/' });
      const own = await save({ list: 'tasks', name: 'mine', filter: 'priority gt 1' }, city);
      const shared = await save({ list: 'tasks', name: 'ours', shared: true }, city);
      const seenBy = async (token: string) =>
        (await nbi.call<List>('/filters?list=tasks', { token })).body.items.map(({ name }) => name);
      expect(await seenBy(city)).to.deep.equal(['mine', 'ours']);
      expect(await seenBy(north)).to.deep.equal(['ours']);
      expect(await seenBy(south)).to.deep.equal([]);
      const read = async (id: string, token: string) => (await nbi.call(`/filters/${id}`, { token })).status;
      expect(await read(own.body.id, north)).to.equal(404);
      const changed = await nbi.call<Problem>(`/filters/${shared.body.id}`, {
        ...{ method: 'PATCH', body: { name: 'theirs' }, token: north },
      });
      expect([changed.status, changed.body.requiredPermission]).to.deep.equal([403, 'admin.users']);
      const outside = await nbi.call(`/filters/${shared.body.id}`, {
        ...{ method: 'PATCH', body: { domain: '/south/' }, token: city },
      });
      expect(outside.status).to.equal(404);
      const stale = await nbi.call(`/filters/${shared.body.id}`, {
        ...{ method: 'PATCH', body: { shared: false }, token: city, headers: { 'if-match': '"9"' } },
      });
      expect(stale.status).to.equal(412);
      const removed = await nbi.call(`/filters/${shared.body.id}`, { method: 'DELETE', token: city });
      expect(removed.status).to.equal(204);
      expect(await seenBy(north)).to.deep.equal([]);
    });

    it('searches need the permission to see their list', async () => {
      const token = await nbi.userWith(['devices.read', 'api.filters']);
      const { status, body } = await save({ list: 'tasks', name: 'tasks' }, token);
      expect([status, body.requiredPermission]).to.deep.equal([403, 'tasks.view']);
    });
  });
});
