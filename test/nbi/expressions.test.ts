import { expect } from 'chai';
import { EvaluationError, ExpressionError } from '../../acs/expressions/index.js';
import { toProblem } from '../../nbi/problems.js';
import { seedDevice, startNbi, type Nbi } from './harness.js';

const MASK = '••••••';
const PASSPHRASE = 'Device.WiFi.AccessPoint.1.Security.KeyPassphrase';

interface Read {
  name: string;
  value: string | null;
  readAt: string | null;
}
interface Evaluated extends Record<string, unknown> {
  type: string;
  value: string | null;
  steps: number;
  reads: Read[];
}
interface Checked extends Record<string, unknown> {
  issues: { message: string; from: number; to: number }[];
  type: string | null;
  contexts: string[];
  variables: string[];
  evaluation: (Partial<Evaluated> & { outcome: string; issues?: { message: string }[] }) | null;
}
interface Problem extends Record<string, unknown> {
  code: string;
  requiredPermission?: string;
  errors: { pointer: string; message: string; from?: number; to?: number }[];
  evaluation?: { steps: number; reads: Read[] };
}
interface Completion extends Record<string, unknown> {
  kind?: string;
  expects?: string | null;
  from: number;
  to: number;
  items: { label: string; insert: string; type: string }[];
}

describe('NBI: expressions', () => {
  let nbi: Nbi;
  let device: string;
  let task: string;
  const at = new Date('2026-01-02T03:04:05Z');
  before(async () => {
    nbi = await startNbi();
    await nbi.call('/groups', { body: { name: 'root.north', description: '' } });
    device = await seedDevice(nbi, 'E-1');
    const set = await nbi.call(`/devices/${encodeURIComponent(device)}/properties`, {
      method: 'PATCH',
      body: { customer: { value: 'A-1' }, wifiPassword: { value: 'hidden one', secret: false } },
      headers: { 'if-match': '*' },
    });
    expect(set.status, JSON.stringify(set.body)).to.equal(200);
    await nbi.call('/groups/root.north/profile', {
      method: 'PATCH',
      body: { brand: { value: 'Nord' } },
      headers: { 'if-match': '*' },
    });
    const values = [
      { name: 'Device.DeviceInfo.SoftwareVersion', value: '1.0', type: 'string' },
      { name: PASSPHRASE, value: 'correct horse', type: 'string' },
    ];
    await nbi.trees.save({ _id: device }, [
      { at, names: values.map(({ name }) => ({ name, writable: true })), values },
    ]);
    const made = await nbi.call<{ id: string }>('/tasks', {
      body: {
        ...{ device, type: 'Reboot', priority: 7 },
        properties: [
          { name: 'ssid', value: 'Home' },
          { name: 'key', value: 'sealed one', secret: true },
        ],
      },
    });
    task = made.body.id;
  });
  after(() => nbi.close());

  const evaluate = <T = Evaluated>(expression: string, more: object = { device }, token?: string) =>
    nbi.call<T>('/expressions/evaluate', {
      body: { expression, ...more },
      ...(token === undefined ? {} : { token }),
    });
  const check = (expression: string, more: object = {}, token?: string) =>
    nbi.call<Checked>('/expressions/check', {
      body: { expression, ...more },
      ...(token === undefined ? {} : { token }),
    });
  const complete = (marked: string, more: object = {}) =>
    nbi.call<Completion>('/expressions/complete', {
      body: { expression: marked.replace('|', ''), offset: marked.indexOf('|'), ...more },
    });
  const labels = ({ body }: { body: Completion }): string[] => body.items.map(({ label }) => label);

  describe('evaluated in the sandbox', () => {
    it('give value, type, steps, and what was read with its age', async () => {
      const answer = await evaluate("${device.property.customer + ' ' + dm.DeviceInfo.SoftwareVersion}");
      expect(answer.status, JSON.stringify(answer.body)).to.equal(200);
      expect(answer.body).to.deep.include({ type: 'String', value: 'A-1 1.0' });
      expect(answer.body.steps).to.be.greaterThan(3);
      expect(answer.body.reads).to.deep.equal([
        { name: 'device.property.customer', value: 'A-1', readAt: null },
        { name: 'Device.DeviceInfo.SoftwareVersion', value: '1.0', readAt: at.toISOString() },
      ]);
    });

    it('take the type that is asked for', async () => {
      expect((await evaluate('${1 + 2}', { type: 'Long' })).body).to.deep.include({
        type: 'Long',
        value: '3',
      });
      const wrong = await evaluate<Problem>("${'1'}", { type: 'Int' });
      expect(wrong.status).to.equal(422);
      expect(wrong.body.code).to.equal('expression-error');
    });

    it('tell null from its text', async () => {
      expect((await evaluate('${device.property.nothing}')).body.value).to.equal(null);
      expect((await evaluate("${'null'}")).body.value).to.equal('null');
    });

    it('see variables, a stored task with its report, the properties of a draft, and the values of a group', async () => {
      expect((await evaluate('${#n.toInt + 1}', { variables: { n: '4' } })).body.value).to.equal('5');
      expect((await evaluate('${task.property.ssid + task.priority}', { task })).body.value).to.equal(
        'Home7',
      );
      expect((await evaluate('${taskReport.status.toString}', { task })).body.value).to.equal('NOT_STARTED');
      const draft = await evaluate('${task.property.ssid}', { properties: { ssid: 'New' } });
      expect(draft.body.value).to.equal('New');
      expect((await evaluate('${sv.brand}', { group: 'root.north' })).body.value).to.equal('Nord');
      expect((await evaluate('${sv.brand}')).body.value).to.equal(null);
    });

    it('show a live query and do not run it', async () => {
      const answer = await evaluate('${root.WiFi.SSID.any}', { device, type: 'LiveDMQuery' });
      expect(answer.body.value).to.equal('Device.WiFi.SSID.any');
    });

    it('name the place of what is wrong', async () => {
      const answer = await evaluate<Problem>('x ${device.seral}');
      expect(answer.status).to.equal(422);
      expect(answer.body.errors[0]).to.deep.include({ pointer: '/expression', from: 10, to: 16 });
      expect(answer.body.errors[0]?.message).to.contain('(column 11)');
    });

    it('name the place of what failed, and what was read until then', async () => {
      const answer = await evaluate<Problem>('${device.property.customer.toInt}');
      expect(answer.status).to.equal(422);
      expect(answer.body.code).to.equal('expression-error');
      expect(answer.body.errors[0]).to.include({ from: 2 });
      expect(answer.body.evaluation?.reads).to.deep.equal([
        { name: 'device.property.customer', value: 'A-1', readAt: null },
      ]);
    });

    it('are refused for a place or attribute that there is not, and for a task of another device', async () => {
      const other = await seedDevice(nbi, 'E-2');
      for (const [more, pointer] of [
        [{ taskType: 'Nothing', attribute: 'a' }, '/taskType'],
        [{ taskType: 'SetValues' }, '/attribute'],
        [{ taskType: 'SetValues', tag: 'param', attribute: 'nothing' }, '/attribute'],
        [{ taskType: 'XmlTask', tag: 'set', attribute: 'nothing' }, '/attribute'],
        [{ place: 'elsewhere' }, '/place'],
        [{ task, device: other }, '/task'],
        [{ task, properties: {} }, '/properties'],
      ] as const) {
        const answer = await evaluate<Problem>('${1}', more);
        expect(answer.status, pointer).to.equal(422);
        expect(answer.body.errors[0]?.pointer).to.equal(pointer);
      }
    });
  });

  describe('secrets', () => {
    const secrets = [
      `\${dm.WiFi.AccessPoint.\`1\`.Security.KeyPassphrase}`,
      '${device.property.wifiPassword}',
      "${device.properties.values.join('')}",
      '${task.property.key}',
    ];

    it('are masked for those who may not see them, whatever way they are asked for', async () => {
      const reader = await nbi.userWith(['tasks.view', 'devices.read', 'device.tree', 'api']);
      for (const text of secrets) {
        const { body, status } = await evaluate(text, { task }, reader);
        expect(status, JSON.stringify(body)).to.equal(200);
        expect(body.value, text).to.contain(MASK);
        expect(JSON.stringify(body)).to.not.match(/correct horse|hidden one|sealed one/);
      }
    });

    it('cannot be guessed by comparing', async () => {
      const reader = await nbi.userWith(['tasks.view', 'devices.read', 'device.tree', 'api']);
      const guess = await evaluate("${device.property.wifiPassword == 'hidden one'}", { device }, reader);
      expect(guess.body.value).to.equal('false');
    });

    it('are shown to those who may see them, which the audit tells, unless masks are asked for', async () => {
      expect((await evaluate(secrets[0] ?? '', { task })).body.value).to.equal('correct horse');
      expect((await evaluate(secrets[3] ?? '', { task })).body.value).to.equal('sealed one');
      expect((await evaluate(secrets[0] ?? '', { task, masked: true })).body.value).to.equal(MASK);
      const audit = await nbi.store.audit.countDocuments({ object: device, action: /secret/i });
      expect(audit).to.be.greaterThan(0);
    });
  });

  describe('what they look at', () => {
    it('needs the permission for each of it', async () => {
      const reader = await nbi.userWith(['groups.migrations', 'api']);
      for (const [more, permission] of [
        [{ device }, 'devices.read'],
        [{ task }, 'tasks.view'],
        [{ group: 'root.north' }, 'groups.view'],
      ] as const) {
        const answer = await evaluate<Problem>('${1}', more, reader);
        expect(answer.status, permission).to.equal(403);
        expect(answer.body.requiredPermission).to.equal(permission);
      }
      expect((await evaluate('${1 + 1}', {}, reader)).body.value).to.equal('2');
      const none = await nbi.userWith(['me.profile', 'api']);
      expect((await evaluate('${1}', {}, none)).status).to.equal(403);
    });

    it('does not tell the data model to those who may not see it, not even by a fallback', async () => {
      const reader = await nbi.userWith(['tasks.view', 'devices.read', 'api']);
      const text = "${dm.DeviceInfo.SoftwareVersion ? 'none'}";
      const answer = await evaluate<Problem>(text, { device }, reader);
      expect(answer.status).to.equal(403);
      expect(answer.body.requiredPermission).to.equal('device.tree');
      const checked = await check(text, { device }, reader);
      expect(checked.body.evaluation).to.containSubset({ outcome: 'failed' });
      expect(checked.body.evaluation?.issues?.[0]?.message).to.contain('device.tree');
    });

    it('is not found out of view', async () => {
      const stranger = await nbi.userWith(['tasks.view', 'devices.read', 'groups.view', 'api'], {
        domain: '/other/',
      });
      for (const more of [{ device }, { task }, { group: 'root.north' }])
        expect((await evaluate('${1}', more, stranger)).status, JSON.stringify(more)).to.equal(404);
    });
  });

  describe('checked while they are typed', () => {
    it('are judged for their place', async () => {
      const condition = { place: 'executionCondition' };
      expect((await check('${device.secure}', condition)).body).to.deep.include({
        ...{ issues: [], type: 'Boolean', contexts: ['device'], variables: [] },
        evaluation: null,
      });
      expect((await check('${#x}', condition)).body.issues).to.have.length(1);
      expect((await check('${task.id}', { place: 'migrationDestination' })).body.issues).to.have.length(1);
      const wrong = await check('${1 + }', condition);
      expect(wrong.status).to.equal(200);
      expect(wrong.body).to.deep.include({ type: null, evaluation: null });
    });

    it('take the type of the attribute that they stand in', async () => {
      const boolean = { taskType: 'XmlTask', tag: 'if', attribute: 'expr' };
      expect((await check('${#a}', boolean)).body.issues).to.have.length(1);
      expect((await check("${#a == 'x'}", boolean)).body).to.deep.include({ variables: ['a'] });
      const value = { taskType: 'SetValues', tag: 'param', attribute: 'value' };
      expect((await check('${1 + 1}', value)).body.issues).to.deep.equal([]);
    });

    it('are evaluated where a device is given; a failure is an answer', async () => {
      const good = await check('${device.serialNumber}', { device });
      expect(good.body.evaluation).to.deep.include({ outcome: 'value', value: 'E-1', type: 'String' });
      const failed = await check('${device.property.customer.toInt}', { device });
      expect(failed.status).to.equal(200);
      expect(failed.body.issues).to.deep.equal([]);
      expect(failed.body.evaluation).to.containSubset({
        outcome: 'failed',
        reads: [{ name: 'device.property.customer' }],
      });
    });

    it('say that they are too long instead of being refused', async () => {
      const { body, status } = await check('x'.repeat(16_385));
      expect(status).to.equal(200);
      expect(body.issues[0]?.message).to.contain('16384');
    });
  });

  describe('completed', () => {
    it('with the members that the value has, in place of the word', async () => {
      const answer = await complete('a ${device.soft|} b');
      expect(answer.body).to.containSubset({ from: 11, to: 15 });
      expect(labels(answer)).to.deep.equal(['softwareVersion']);
    });

    it('with what the place allows only', async () => {
      expect(labels(await complete('${ta|', { place: 'executionCondition' }))).to.include('task');
      expect(labels(await complete('${ta|', { place: 'migrationCondition' }))).to.deep.equal([]);
    });

    it('with the names of the data: properties, parameters, setting values, variables', async () => {
      expect(labels(await complete('${device.property.cu|', { device }))).to.include('customer');
      expect(labels(await complete('${dm.DeviceInfo.S|', { device }))).to.include('SoftwareVersion');
      expect(labels(await complete('${sv.b|', { group: 'root.north' }))).to.include('brand');
      expect(labels(await complete('${#u|', { variables: { uptime: '' } }))).to.deep.equal(['uptime']);
    });

    it('by nothing where nothing fits', async () => {
      const answer = await complete('${device.zz|');
      expect(answer.body).to.deep.equal({ from: 11, to: 11, items: [] });
    });
  });

  it('are documented, operators too', async () => {
    const { body } = await nbi.call<{
      operators: { forms: string[] }[];
      sections: { title: string; members: { name: string; signature: string }[] }[];
    }>('/expressions/reference');
    expect(body.operators.flatMap(({ forms }) => forms)).to.include('a ? b');
    const strings = body.sections.find(({ title }) => title === 'String');
    expect(strings?.members.map(({ name }) => name)).to.include('substring');
  });

  describe('in configurations', () => {
    const checkXml = (type: string, config: string) =>
      nbi.call<{ problems: { line: number; column: number; code: string; tag: string; message: string }[] }>(
        `/task-types/${type}/check`,
        { body: { config } },
      );
    const completeXml = (marked: string, type = 'XmlTask', more: object = {}) =>
      nbi.call<Completion>(`/task-types/${type}/complete`, {
        body: { config: marked.replace('|', ''), offset: marked.indexOf('|'), ...more },
      });

    it('every wrong place of a workflow has line, column and tag', async () => {
      const { body } = await checkXml(
        'XmlTask',
        '<config>\n  <sett key="A"/>\n  <if expr="${1 + }"><log/></if>\n</config>',
      );
      expect(body.problems.map(({ line, column, code, tag }) => [line, column, code, tag])).to.deep.equal([
        [2, 3, 'unknown-tag', 'sett'],
        [3, 19, 'expression', 'if'],
        [3, 22, 'required', 'log'],
      ]);
      expect((await checkXml('XmlTask', '<config><flush/></config>')).body.problems).to.deep.equal([]);
    });

    it('what is not well-formed is told too', async () => {
      const { body } = await checkXml('XmlTask', '<config>\n  <get key="A"\n</config>');
      expect(body.problems).to.have.length(1);
      expect(body.problems[0]).to.include({ code: 'xml', line: 3 });
    });

    it('wrong places of other types are found as well', async () => {
      const { body } = await checkXml(
        'SetValues',
        '<config>\n  <param name="A.B" valeu="x"/>\n  <param name="A.C" value="${device.seral}"/>\n</config>',
      );
      expect(body.problems.map(({ line, column, tag }) => [line, column, tag])).to.deep.include.members([
        [2, 21, 'param'],
        [3, 36, 'param'],
      ]);
      const good = await checkXml('SetValues', '<config><param name="A.B" value="${device.id}"/></config>');
      expect(good.body.problems).to.deep.equal([]);
    });

    it('tags, attributes and values are offered where they are allowed', async () => {
      expect(labels(await completeXml('<config><se|'))).to.deep.equal([
        'set',
        'setParameterAttributes',
        'setDomain',
      ]);
      const key = await completeXml('<config><get key="De|"/>');
      expect(key.body).to.deep.include({ kind: 'value', expects: 'key' });
    });

    it('expressions inside attributes are offered for their type, escaped', async () => {
      const member = await completeXml('<config><if expr="${device.soft|"/></config>');
      expect(member.body).to.deep.include({ kind: 'expression', from: 27, to: 31 });
      expect(labels(member)).to.deep.equal(['softwareVersion']);
      const odd = await completeXml('<config><log message="${device.property.cu|"/>', 'XmlTask', { device });
      expect(labels(odd)).to.include('customer');
      const other = await completeXml('<config><param name="A" value="${device.ser|', 'SetValues');
      expect(labels(other)).to.deep.equal(['serialNumber']);
      const after = await completeXml('<config><log message="${1 &lt; 2 and device.ser|"/>');
      expect(after.body.from).to.equal('<config><log message="${1 &lt; 2 and device.'.length);
    });

    it('the tags of workflows can be had as a table, other types have none', async () => {
      const { body } = await nbi.call<{ items: { name: string; attributes: { name: string }[] }[] }>(
        '/task-types/XmlTask/tags',
      );
      const set = body.items.find(({ name }) => name === 'set');
      expect(set?.attributes.map(({ name }) => name)).to.include.members(['key', 'value', 'flush']);
      expect((await nbi.call('/task-types/Reboot/tags')).status).to.equal(404);
      expect((await checkXml('Nothing', '<config/>')).status).to.equal(404);
    });
  });
});

describe('Problems of expressions', () => {
  it('are expression-error, with the place, wherever they come from', () => {
    const wrong = toProblem(
      new ExpressionError('${1 + }', [{ message: 'A value is missing', from: 6, to: 7 }]),
    );
    expect(wrong.code).to.equal('expression-error');
    expect(wrong.members.errors).to.deep.equal([
      { pointer: '', code: 'expression', message: 'A value is missing (column 7)', from: 6, to: 7 },
    ]);
    const failed = toProblem(new EvaluationError('arithmetic', 'Division by zero').at(2, 7));
    expect(failed.code).to.equal('expression-error');
    expect(failed.members.errors?.[0]).to.deep.include({ from: 2, to: 7 });
  });
});
