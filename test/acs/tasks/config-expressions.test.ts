import { expect } from 'chai';
import { z } from 'zod';
import type { Environment } from '../../../acs/expressions/index.js';
import { ValidationError } from '../../../common/errors.js';
import { parameterName, text, whole } from '../../../acs/tasks/config-fields.js';
import { evaluatedConfig, plainConfig, usesOfConfig } from '../../../acs/tasks/config-expressions.js';
import { parseConfig } from '../../../acs/tasks/config-schema.js';
import { TaskFailure } from '../../../acs/tasks/outcome.js';
import { findTaskType } from '../../../acs/tasks/task-types.js';
import type { TaskType } from '../../../acs/tasks/task-type.js';
import { WORLD } from '../expressions/world.js';

const schema = z.strictObject({
  limit: whole(0, 100).default(7),
  ratio: z.number().optional(),
  loud: z.boolean().default(false),
  mode: z.enum(['fast', 'slow']).optional(),
  names: z.array(parameterName).max(3).optional(),
  param: z.array(z.strictObject({ name: parameterName, value: text().default('') })).min(1),
});
const type = { name: 'Example', schema } as unknown as TaskType;
const param = [{ name: 'A.b', value: 'x' }];

function issuesOf(config: unknown): string[] {
  try {
    parseConfig(type, config);
  } catch (error) {
    if (error instanceof ValidationError)
      return error.issues.map(({ pointer, message }) => `${pointer} ${message}`);
    throw error;
  }
  return [];
}

const evaluated = (config: unknown, environment: Environment = WORLD): Record<string, unknown> =>
  evaluatedConfig(schema, parseConfig(type, config), () => environment);

describe('Expressions in the configuration of a task', () => {
  it('are checked against the type of their attribute when they are saved, and kept as text', () => {
    const config = {
      limit: '${#n.toInt + 1}',
      ratio: '${1.5}',
      loud: '${device.secure}',
      mode: '${sv.mode}',
      param: [{ name: 'A.${#n}', value: 'v ${device.id}' }, { name: 'C.d' }],
    };
    expect(parseConfig(type, config)).to.deep.equal({
      ...config,
      param: [config.param[0], { name: 'C.d', value: '' }],
    });
  });

  it('are refused where they do not fit, with the place', () => {
    expect(issuesOf({ limit: "${'5'}", param })).to.deep.equal([
      '/config/limit The value must be a Long, this is a String (column 3)',
    ]);
    expect(issuesOf({ loud: '${1}', param })).to.have.length(1);
    expect(issuesOf({ limit: '${1 +}', param })[0]).to.include('Expected a value');
    expect(issuesOf({ limit: '1${2}', param })[0]).to.include('/config/limit');
    expect(issuesOf({ param: [{ name: '${#a}' }, { name: '${b}' }] })).to.deep.equal([
      '/config/param/1/name There is no b (column 3)',
    ]);
  });

  it('leave all other rules as they are', () => {
    expect(issuesOf({ limit: '${1}', param: [] })).to.have.length(1);
    expect(issuesOf({ limit: '${1}', param, more: 1 })[0]).to.include('/config/more');
    expect(issuesOf({ param: [{ name: '${#a}', value: 'x' }, { value: 'x' }] })[0]).to.include(
      '/config/param/1/name is required',
    );
    expect(issuesOf({ names: ['${#a}', 'b', 'c', 'd'], param })).to.have.length(1);
    expect(issuesOf({ limit: 101, loud: '${true}', param })[0]).to.include('/config/limit');
  });

  it('are evaluated when they are first read, in the environment of that moment, and then stay', () => {
    let n = 5;
    const environment: Environment = { ...WORLD, variables: () => String(n) };
    const config = evaluated(
      { limit: '${#n.toInt + 1}', param: [{ name: 'A.i${#n}', value: '${#n}' }] },
      environment,
    );
    n = 8;
    expect(config.limit).to.equal(9);
    n = 10;
    expect(config.limit).to.equal(9);
    expect(config.param).to.deep.equal([{ name: 'A.i10', value: '10' }]);
    expect(config.loud).to.equal(false);
  });

  it('that yield null leave the attribute to its default', () => {
    const config = evaluated({ limit: '${if(#missing == null) null else 3}', mode: '${sv.mode}', param });
    expect(config.limit).to.equal(7);
    expect(config.mode).to.equal(undefined);
  });

  it('that fail end the task with attribute and expression, and so do values that the attribute refuses', () => {
    const config = evaluated({
      limit: '${#text.toInt}',
      mode: '${device.id}',
      names: ['a', '${#empty}'],
      param: [{ name: '${#missing}' }],
    });
    expect(() => config.limit).to.throw(
      TaskFailure,
      /^expression limit failed: 'Hello, World' is no Int: \$\{#text\.toInt\}$/,
    );
    expect(() => config.mode).to.throw(TaskFailure, /^expression mode failed: .*: \$\{device\.id\}$/);
    const [first] = config.param as { name: string }[];
    expect(() => first?.name).to.throw(
      TaskFailure,
      /^expression param\[0\]\.name failed: The value is null, which is not allowed here/,
    );
    const names = config.names as string[];
    expect(names[0]).to.equal('a');
    expect(() => names[1]).to.throw(TaskFailure, 'expression names[1] failed');
  });

  it('count as left out, where they may be, when nothing can be evaluated', () => {
    const config = parseConfig(type, {
      limit: '${#n.toInt}',
      mode: '${#text}',
      param: [{ name: 'A.${#n}', value: '${#n}' }],
    });
    expect(plainConfig(schema, config)).to.deep.equal({
      limit: 7,
      loud: false,
      mode: undefined,
      param: [{ name: 'A.${#n}', value: '' }],
    });
    const plain = parseConfig(type, { param });
    expect(plainConfig(schema, plain)).to.equal(plain);
  });

  it('say what they will ask for', () => {
    const uses = usesOfConfig(
      schema,
      parseConfig(type, {
        limit: '${res.plans.row(0).speed.toInt}',
        param: [{ name: 'A', value: '${dm.B.value}' }],
      }),
    );
    expect([...(uses?.contexts ?? [])].sort()).to.deep.equal(['dm', 'res']);
    expect([...(uses?.resources ?? [])]).to.deep.equal(['plans']);
    expect(usesOfConfig(schema, parseConfig(type, { param }))).to.equal(null);
  });

  it('work in every type that has attributes of text, number or truth', () => {
    const setValues = findTaskType('SetValues');
    const upgrade = findTaskType('FirmwareUpgrade');
    if (!setValues || !upgrade) throw new Error('A type is missing');
    const values = parseConfig(
      setValues,
      '<config><param name="wifi.1.ssid" value="${task.property.ssid}"/></config>',
    );
    expect(evaluatedConfig(setValues.schema, values, () => WORLD)).to.deep.equal({
      param: [{ name: 'wifi.1.ssid', value: 'Home', type: '' }],
    });
    const config = parseConfig(upgrade, { ...upgrade.example, timeLimit: '${sv.downloadTimeLimit.toInt}' });
    expect(evaluatedConfig(upgrade.schema, config, () => WORLD).timeLimit).to.equal(600);
  });
});
