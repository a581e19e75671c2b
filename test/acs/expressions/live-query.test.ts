import { expect } from 'chai';
import {
  EvaluationError,
  LiveQuery,
  runLiveQuery,
  toText,
  type DataModelView,
  type LiveAnswer,
  type LiveQuestion,
} from '../../../acs/expressions/index.js';
import { dynamic } from './all-place.js';
import { dataModel, WORLD } from './world.js';

const ROOT = 'InternetGatewayDevice.';
const MODEL = dataModel(
  {
    'InternetGatewayDevice.LANDevice.2.WLANConfiguration.1.Enable': 'true',
    'InternetGatewayDevice.LANDevice.2.WLANConfiguration.1.SSID': 'Office',
    'InternetGatewayDevice.LANDevice.1.WLANConfiguration.10.Enable': '0',
    'InternetGatewayDevice.LANDevice.1.WLANConfiguration.10.SSID': 'guest',
    'InternetGatewayDevice.LANDevice.1.WLANConfiguration.2.Enable': '1',
    'InternetGatewayDevice.LANDevice.1.WLANConfiguration.2.SSID': 'Home',
    'InternetGatewayDevice.LANDevice.1.Hosts.Count': '3',
    'InternetGatewayDevice.DeviceInfo.UpTime': '5',
  },
  ROOT,
);

function queryOf(text: string): LiveQuery {
  const value = dynamic(text).evaluate(WORLD);
  if (value instanceof LiveQuery) return value;
  throw new Error(`${text} is no live query`);
}

function answer(question: LiveQuestion, model: DataModelView): LiveAnswer {
  if (question.kind === 'children') {
    const children = model.children(question.path);
    return children.length > 0 ? children : null;
  }
  return new Map(
    question.names.flatMap((name) => (model.value(name) === null ? [] : [[name, model.value(name) ?? '']])),
  );
}

/** Keys that a query finds, and what it asked for on the way. */
function run(text: string): { keys: string[]; asked: LiveQuestion[] } {
  const asked: LiveQuestion[] = [];
  const running = runLiveQuery(queryOf(text));
  let step = running.next();
  while (!step.done) {
    asked.push(step.value);
    step = running.next(answer(step.value, MODEL));
  }
  return { keys: step.value, asked };
}

const below = (...names: string[]): string[] => names.map((name) => ROOT + name);

describe('Live queries', () => {
  const CASES: readonly (readonly [string, readonly string[]])[] = [
    ['root.DeviceInfo.UpTime', below('DeviceInfo.UpTime')],
    ['root.DeviceInfo', below('DeviceInfo.')],
    ['root.get("LANDevice.1.Hosts")', below('LANDevice.1.Hosts.')],
    ['root.Missing', []],
    ['root.DeviceInfo.UpTime.X', []],
    ['root', [ROOT]],
    ['root.LANDevice.any', below('LANDevice.2.', 'LANDevice.1.')],
    ['root.DeviceInfo.any', below('DeviceInfo.UpTime')],
    [
      'root.LANDevice.any.WLANConfiguration.any',
      below(
        'LANDevice.2.WLANConfiguration.1.',
        'LANDevice.1.WLANConfiguration.10.',
        'LANDevice.1.WLANConfiguration.2.',
      ),
    ],
    [
      "root.LANDevice.any.WLANConfiguration.any.valueOf('Enable').satisfies(v => v == '1' or v == 'true')",
      below('LANDevice.2.WLANConfiguration.1.', 'LANDevice.1.WLANConfiguration.2.'),
    ],
    [
      "root.LANDevice.any.WLANConfiguration.any.parameterValue('SSID', 'guest')",
      below('LANDevice.1.WLANConfiguration.10.'),
    ],
    [
      "root.LANDevice.any.WLANConfiguration.any.valueOf('SSID').is('HOME', true)",
      below('LANDevice.1.WLANConfiguration.2.'),
    ],
    [
      "root.LANDevice.any.WLANConfiguration.any.valueOf('SSID').contains('ff')",
      below('LANDevice.2.WLANConfiguration.1.'),
    ],
    ["root.LANDevice.any.valueOf('Hosts.Count').startsWith('3')", below('LANDevice.1.')],
    ["root.LANDevice.any.valueOf('Missing').endsWith('3')", []],
    ["root.LANDevice.any.filter(key => key.endsWith('.1.'))", below('LANDevice.1.')],
    ['root.LANDevice.any.filter(_.keySegment(-1).toInt > 1)', below('LANDevice.2.')],
    [
      "root.LANDevice.any.in('Hosts', 'WLANConfiguration')",
      below('LANDevice.2.WLANConfiguration.', 'LANDevice.1.Hosts.', 'LANDevice.1.WLANConfiguration.'),
    ],
    ['root.LANDevice.any.WLANConfiguration.any.moveUp.moveUp', below('LANDevice.2.', 'LANDevice.1.')],
    [
      'prefix.WLANConfiguration.any.SSID',
      below('LANDevice.1.WLANConfiguration.10.SSID', 'LANDevice.1.WLANConfiguration.2.SSID'),
    ],
    ["query('Hosts.').any", below('LANDevice.1.Hosts.Count')],
    ["query('Root.DeviceInfo').any", below('DeviceInfo.UpTime')],
    ["query('InternetGatewayDevice.DeviceInfo.').any", below('DeviceInfo.UpTime')],
  ];
  for (const [text, keys] of CASES)
    it(`find ${keys.length === 0 ? 'nothing' : keys.join(', ')} by ${text}`, () => {
      expect(run(text).keys).to.deep.equal(keys);
    });

  it('ask nothing twice, and for values all at once and only of parameters that exist', () => {
    const { asked } = run(
      "root.LANDevice.any.WLANConfiguration.any.valueOf('Enable').is('1').valueOf('Enable').is('1').valueOf('Nothing').is('1')",
    );
    const names = asked.map((question) =>
      question.kind === 'children' ? question.path : question.names.join(),
    );
    expect(new Set(names).size).to.equal(names.length);
    expect(asked.filter(({ kind }) => kind === 'values')).to.have.length(1);
  });

  it('stop asking when nothing is left', () => {
    expect(run('root.Missing.any.A.any.B').asked).to.deep.equal([
      { kind: 'children', path: `${ROOT}Missing.` },
    ]);
  });

  it('are described, not run, when an expression is evaluated', () => {
    const query = queryOf("root.LANDevice.any.valueOf('A\\'b').is('1')");
    expect(query.start).to.equal(ROOT);
    expect(toText(query)).to.equal("InternetGatewayDevice.LANDevice.any.valueOf('A\\'b').is('1')");
  });

  it('keep what their lambdas saw, and give each test limits of its own', () => {
    const text = "list('1', '2').map(n => root.LANDevice.any.filter(k => k.endsWith(n + '.')))(1)";
    expect(run(text).keys).to.deep.equal(below('LANDevice.2.'));
    expect(() => run("root.LANDevice.any.filter(k => k.keySegment(9) == 'x')")).to.throw(
      EvaluationError,
      'no number 9',
    );
  });

  it('need a root object', () => {
    const { device } = WORLD;
    if (!device) throw new Error('No device');
    expect(() => dynamic('root.any').evaluate({ now: WORLD.now, zone: 'UTC' })).to.throw(EvaluationError);
    const value = dynamic('root.any').evaluate({
      now: WORLD.now,
      zone: 'UTC',
      device: { ...device, rootObject: 'Device.' },
    });
    expect(value instanceof LiveQuery && toText(value)).to.equal('Device.any');
  });
});
