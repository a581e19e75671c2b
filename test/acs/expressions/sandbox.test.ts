import { expect } from 'chai';
import { ValidationError } from '../../../common/errors.js';
import {
  evaluateInSandbox,
  maskSecrets,
  parseCsvTable,
  PLACES,
  SANDBOX_TYPES,
  T,
  typeName,
  type DeviceView,
} from '../../../acs/expressions/index.js';
import { DEVICE, WORLD } from './world.js';

describe('The sandbox of expressions', () => {
  it('shows the value and its type', () => {
    expect(evaluateInSandbox('${1 + 2}', PLACES.sandbox(T.int), WORLD)).to.deep.include({
      kind: 'value',
      type: 'Int',
      text: '3',
    });
    expect(evaluateInSandbox('${1}', PLACES.sandbox(T.long), WORLD)).to.deep.include({
      kind: 'value',
      type: 'Long',
      text: '1',
    });
    expect(evaluateInSandbox("${list('a', 1)}", PLACES.sandbox(null), WORLD)).to.deep.include({
      kind: 'value',
      type: 'List[Any]',
      text: "list('a', 1)",
    });
    expect(evaluateInSandbox('', PLACES.sandbox(T.string), WORLD)).to.deep.include({
      kind: 'value',
      type: 'String',
      text: null,
    });
  });

  it('shows a live query without running it', () => {
    expect(evaluateInSandbox('${root.any}', PLACES.sandbox(T.liveQuery), WORLD)).to.deep.include({
      kind: 'value',
      type: 'LiveDMQuery',
      text: 'InternetGatewayDevice.any',
    });
  });

  it('shows what is wrong, and where', () => {
    expect(evaluateInSandbox("x ${1 + 'a' - 1}", PLACES.sandbox(T.string), WORLD)).to.deep.include({
      kind: 'invalid',
    });
    expect(evaluateInSandbox('${1 / 0}', PLACES.sandbox(T.int), WORLD)).to.deep.include({
      kind: 'failed',
      issues: [{ message: 'Division by zero', from: 2, to: 7 }],
    });
  });

  it('offers the types of results that the console lists', () => {
    expect(SANDBOX_TYPES.map(typeName)).to.deep.equal([
      'String',
      'LiveDMQuery',
      'Int',
      'Double',
      'Boolean',
      'Long',
      'Date',
    ]);
  });

  it('masks secrets, whatever way they are asked for', () => {
    // A view with fields that only its own class can reach.
    class Lazy {
      readonly #view = DEVICE;
      get id(): string {
        return this.#view.id;
      }
      get acsPassword(): string | null {
        return this.#view.acsPassword;
      }
      get properties(): ReadonlyMap<string, string> {
        return this.#view.properties;
      }
    }
    const device = new Lazy() as unknown as DeviceView;
    const masked = maskSecrets(
      { ...WORLD, device },
      (name) => name === 'site' || name === 'downloadTimeLimit' || name === 'text' || name === 'ssid',
      '******',
    );
    for (const text of [
      'device.acsPassword',
      'device.property.site',
      "device.properties.get('site')",
      "device.getProperty('site')",
      'sv.downloadTimeLimit',
      '#text',
      'task.property.ssid',
    ])
      expect(evaluateInSandbox(`\${${text}}`, PLACES.sandbox(T.string), masked), text).to.deep.include({
        text: '******',
      });
    expect(
      evaluateInSandbox('${device.id + device.property.`a.b` + task.name}', PLACES.sandbox(T.string), masked),
    ).to.deep.include({
      text: 'AABBCC-Router-1dottedReboot at night',
    });
  });
});

describe('CSV tables', () => {
  it('have their columns from the first line, cells trimmed unless quoted', () => {
    const table = parseCsvTable('\uFEFFa, b ,c\r\n1,  x  ,"  y, "\r\n\r\n2,"say ""hi"""\n');
    expect(table.columnNames).to.deep.equal(['a', 'b', 'c']);
    expect(table.rows).to.deep.equal([
      ['1', 'x', '  y, '],
      ['2', 'say "hi"'],
    ]);
    expect(table.rowsWith(0, '2')).to.deep.equal([1]);
    expect(table.rowsWith(2, 'none')).to.deep.equal([]);
  });

  it('may be empty, but not broken', () => {
    expect(parseCsvTable('').columnNames).to.deep.equal([]);
    expect(() => parseCsvTable('a\n"open')).to.throw(ValidationError, 'Not a CSV table');
  });
});
