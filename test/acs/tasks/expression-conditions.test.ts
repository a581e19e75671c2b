import { expect } from 'chai';
import { newDeviceRecord } from '../../../acs/devices/device-record.js';
import { ParameterTree } from '../../../acs/devices/parameter-tree.js';
import { parseCsvTable, type DeviceView } from '../../../acs/expressions/index.js';
import { newExecution } from '../../../acs/tasks/execution-record.js';
import { expressionConditions, type ExpressionViews } from '../../../acs/tasks/expression-conditions.js';
import type { ConditionMoment } from '../../../acs/tasks/ports/conditions.js';
import { makeTask } from './make-task.js';

const NOW = new Date('2026-01-01T12:00:00Z');
const device = newDeviceRecord({
  _id: 'D',
  oui: '00AABB',
  productClass: 'GW',
  serialNumber: '1',
  createdAt: NOW,
  root: 'Device',
});

describe('execution conditions', () => {
  let asked: string[];
  const views: ExpressionViews = {
    device: (record) => {
      asked.push('device');
      return Promise.resolve({
        id: record._id,
        properties: new Map([['site', 'lab']]),
      } as unknown as DeviceView);
    },
    sv: () => {
      asked.push('sv');
      return Promise.resolve((name) => (name === 'slow' ? 'true' : null));
    },
    dataModel: (tree, root) => ({
      root: `${root}.`,
      children: (object) => tree.children(object).map(({ path }) => path),
      value: (parameter) => tree.value(parameter),
    }),
    tables: (aliases) => {
      asked.push(`res ${[...aliases].join()}`);
      return Promise.resolve(new Map([['sites', parseCsvTable('name,kind\nlab,test\n')]]));
    },
    reveal: (sealed) => sealed.replace('sealed ', ''),
    zone: 'UTC',
  };
  const conditions = expressionConditions(views);
  const task = makeTask('d:D:7', { device: 'D', priority: 3, properties: [{ name: 'wave', value: '2' }] });
  const moment = (fields: Partial<ConditionMoment> = {}): ConditionMoment => ({
    now: NOW,
    device,
    task,
    execution: null,
    session: {
      startedAt: NOW,
      events: [{ code: '1 BOOT', commandKey: '' }],
      parameters: [{ name: 'Device.DeviceInfo.SoftwareVersion', value: '1.0' }],
    },
    tree: () => {
      const tree = new ParameterTree();
      tree.apply({
        at: NOW,
        values: [{ name: 'Device.DeviceInfo.UpTime', value: '100', type: 'unsignedInt' }],
      });
      return Promise.resolve(tree);
    },
    ...fields,
  });
  beforeEach(() => {
    asked = [];
  });
  const says = (text: string, fields?: Partial<ConditionMoment>) => conditions.evaluate(text, moment(fields));

  for (const [text, value] of [
    ['${cwmp.bootEvent}', true],
    ['${cwmp.bootstrapEvent}', false],
    ["${device.property.site == 'lab'}", true],
    ['${sv.slow.toBoolean ? false}', true],
    ['${sv.other.toBoolean ? false}', false],
    ['${dm.DeviceInfo.UpTime.value.toInt > 50}', true],
    ["${task.priority == 3 && task.property.wave == '2'}", true],
    ["${taskReport.status.toString == 'NOT_STARTED'}", true],
    ["${cwmp.informValue('Device.DeviceInfo.SoftwareVersion') == '1.0'}", true],
    ['${false}', false],
  ] as const)
    it(`evaluate ${text} to ${value}`, async () => {
      expect(conditions.check(text)).to.deep.equal([]);
      expect(await says(text)).to.equal(value);
    });

  it('load only what they name', async () => {
    await says('${task.priority == 3}');
    expect(asked).to.deep.equal([]);
    await says('${device.id == sv.slow}');
    expect(asked).to.deep.equal(['device', 'sv']);
  });

  it('see the report, unless a rerun has outdated it', async () => {
    const execution = { ...newExecution(task, 'D', NOW), status: 'ERROR' as const, startTime: NOW };
    const failed = "${taskReport.status.toString == 'ERROR'}";
    expect(await says(failed, { execution })).to.equal(true);
    const rerun = { ...task, lastRestartTime: new Date(NOW.getTime() + 1) };
    expect(await says(failed, { execution, task: rerun })).to.equal(false);
  });

  it('know no events in a forecast', async () => {
    expect(await says('${cwmp.bootEvent ? false}', { session: null })).to.equal(false);
  });

  it('reject when they cannot be evaluated', async () => {
    const error = await says('${sv.other.toInt > 3}').then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(Error);
  });

  for (const text of ['${device.nothing}', "${'text'}", '${#x == 1}', '${', '${root.any}'])
    it(`refuse ${text} when it is saved`, () => {
      expect(conditions.check(text)).not.to.deep.equal([]);
    });

  it('see secrets of the task opened, and properties that are expressions as the device makes them', async () => {
    const made = makeTask('g:root:1', {
      ...{ group: 'root', device: null },
      properties: [
        { name: 'key', value: 'sealed hush', secret: true },
        { name: 'site', value: "${device.property.site ? 'none'}", expression: true },
        { name: 'typed', value: '${device.id}' },
      ],
    });
    const met = (text: string): Promise<boolean> => conditions.evaluate(text, moment({ task: made }));
    expect(await met("${task.property.key == 'hush'}")).to.equal(true);
    expect(await met("${task.property.site == 'lab'}")).to.equal(true);
    // What a person typed is no expression.
    expect(await met("${task.property.typed == '$' + '{device.id}'}")).to.equal(true);
  });

  it('load nothing of the device for the sake of properties that are not asked for', async () => {
    asked = [];
    const made = makeTask('g:root:1', {
      ...{ group: 'root', device: null, properties: [{ name: 'a', value: '${sv.slow}', expression: true }] },
    });
    await conditions.evaluate('${cwmp.bootEvent}', moment({ task: made }));
    expect(asked).to.deep.equal([]);
  });
});
