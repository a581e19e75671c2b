import { API } from '../../../acs/expressions/api/index.js';
import type { Member } from '../../../acs/expressions/api/member.js';
import { bind, isNumber, isOrdered, substitute } from '../../../acs/expressions/type-relations.js';
import { ENUMERATIONS, T, type Type } from '../../../acs/expressions/index.js';

/** Numbers from 0 up to 1 that are the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const MEMBERS = API.flatMap(({ members }) => members);
const SIMPLE = [
  T.boolean,
  T.string,
  T.int,
  T.long,
  T.double,
  T.float,
  T.byte,
  T.short,
  T.char,
  T.date,
  T.bytes,
];

interface Local {
  readonly name: string;
  readonly type: Type;
}

/** Expressions that are mostly well-typed, made of everything that the API has. */
export class Generator {
  #names = 0;

  constructor(readonly random: () => number) {}

  /** A dynamic part without `${` and `}`. */
  expression(depth = 1 + this.#below(4)): string {
    return this.#make(this.#type(2), depth, []);
  }

  #below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  #pick<One>(from: readonly One[]): One {
    const picked = from[this.#below(from.length)];
    if (picked === undefined) throw new RangeError('Nothing to pick from');
    return picked;
  }

  #type(depth: number): Type {
    if (depth > 0 && this.random() < 0.3) {
      const inner = (): Type => this.#type(depth - 1);
      return this.#pick([
        () => T.list(inner()),
        () => T.set(inner()),
        () => T.collection(inner()),
        () => T.map(this.#pick(SIMPLE), inner()),
        () => T.entry(inner(), inner()),
        () => T.object(this.#pick(['Device', 'Task', 'DataModelQuery', 'LiveDMQuery', 'CsvRecord', 'Alert'])),
      ])();
    }
    return this.random() < 0.05 ? this.#pick([T.any, ...Object.values(ENUMERATIONS)]) : this.#pick(SIMPLE);
  }

  #make(type: Type, depth: number, locals: readonly Local[]): string {
    // Now and then something of another type, so that what must be refused is tried too.
    const wanted = this.random() < 0.02 ? this.#type(1) : type;
    const fitting = locals.filter(
      (local) => local.type.kind === wanted.kind && bind(wanted, local.type, new Map()),
    );
    if (fitting.length > 0 && this.random() < 0.4) return this.#pick(fitting).name;
    if (depth <= 0) return this.#leaf(wanted, locals);
    const chance = this.random();
    if (chance < 0.1) return this.#leaf(wanted, locals);
    if (chance < 0.2) return this.#wrapped(wanted, depth, locals);
    if (chance < 0.4) return this.#operator(wanted, depth, locals);
    return this.#call(wanted, depth, locals);
  }

  #wrapped(type: Type, depth: number, locals: readonly Local[]): string {
    const part = (of: Type): string => this.#make(of, depth - 1, locals);
    if (this.random() < 0.5) return `(if(${part(T.boolean)}) ${part(type)} else ${part(type)})`;
    return `((${part(type)}) ? (${part(type)}))`;
  }

  #operator(type: Type, depth: number, locals: readonly Local[]): string {
    const part = (of: Type): string => this.#make(of, depth - 1, locals);
    if (isNumber(type)) return `(${part(type)} ${this.#pick(['+', '-', '*', '/', '%'])} ${part(type)})`;
    if (type.kind === 'string') return `(${part(type)} + ${part(this.#pick(SIMPLE))})`;
    if (type.kind === 'boolean') return this.#condition(depth, locals);
    if (type.kind === 'list' || type.kind === 'set' || type.kind === 'map')
      return `(${part(type)} ++ ${part(type)})`;
    if (type.kind === 'entry') return `(${part(type.key)} -> ${part(type.value)})`;
    return this.#leaf(type, locals);
  }

  #condition(depth: number, locals: readonly Local[]): string {
    const part = (of: Type): string => this.#make(of, depth - 1, locals);
    const chance = this.random();
    if (chance < 0.3)
      return `(${part(T.boolean)} ${this.#pick(['&&', '||', 'and', 'or'])} ${part(T.boolean)})`;
    if (chance < 0.4) return `(!${part(T.boolean)})`;
    const ordered = this.#pick(SIMPLE.filter(isOrdered));
    if (chance < 0.7) return `(${part(ordered)} ${this.#pick(['<', '<=', '>', '>='])} ${part(ordered)})`;
    const any = this.#type(1);
    return `(${part(any)} ${this.#pick(['==', '!='])} ${part(any)})`;
  }

  #call(type: Type, depth: number, locals: readonly Local[]): string {
    const members = MEMBERS.filter(({ signature }) => bindsResult(signature.result, type));
    if (members.length === 0) return this.#leaf(type, locals);
    const member = this.#pick(members);
    const bound = new Map<string, Type>();
    bind(member.signature.result, type, bound);
    const resolve = (pattern: Type): Type => this.#settled(pattern, bound);
    const owner = member.owner ? `${this.#make(resolve(member.owner), depth - 1, locals)}.` : '';
    const brackets = member.signature.lists.map((parameters) => {
      const args: string[] = [];
      for (const parameter of parameters) {
        if (parameter.optional && this.random() < 0.4) break;
        const times = parameter.repeated ? this.#below(4) : 1;
        for (let time = 0; time < times; time += 1)
          args.push(this.#argument(parameter.type, resolve, depth, locals));
      }
      return `(${args.join(', ')})`;
    });
    return this.#guarded(owner) + member.name + brackets.join('');
  }

  /** A number before a dot must not read as a fraction. */
  #guarded(owner: string): string {
    return /^-?[\w.]+\.$/.test(owner) && /^-?\d/.test(owner) ? `(${owner.slice(0, -1)}).` : owner;
  }

  #argument(
    pattern: Type,
    resolve: (pattern: Type) => Type,
    depth: number,
    locals: readonly Local[],
  ): string {
    if (pattern.kind === 'object' && pattern.name === 'Text')
      return this.#make(this.#pick(SIMPLE.slice(0, 6)), depth - 1, locals);
    if (pattern.kind !== 'function') return this.#make(resolve(pattern), depth - 1, locals);
    const parameters = pattern.parameters.map((parameter): Local => {
      this.#names += 1;
      return { name: `p${this.#names}`, type: resolve(parameter) };
    });
    const body = this.#make(resolve(pattern.result), depth - 1, [...locals, ...parameters]);
    return `(${parameters.map(({ name }) => name).join(', ')}) => ${body}`;
  }

  /** Variables that the wanted type says nothing about become anything. */
  #settled(pattern: Type, bound: Map<string, Type>): Type {
    for (const name of variablesOf(pattern)) if (!bound.has(name)) bound.set(name, this.#bounded(name));
    return substitute(pattern, bound);
  }

  #bounded(name: string): Type {
    if (name === 'N') return this.#pick(SIMPLE.filter(isNumber));
    return name === 'O' || name === 'X' ? this.#pick(SIMPLE.filter(isOrdered)) : this.#type(1);
  }

  #leaf(type: Type, locals: readonly Local[]): string {
    if (this.random() < 0.03) return 'null';
    const inner = (of: Type): string => this.#leaf(of, locals);
    const several = (of: Type): string => Array.from({ length: this.#below(4) }, () => inner(of)).join(', ');
    switch (type.kind) {
      case 'boolean':
        return this.#pick(['true', 'false', 'device.secure', 'cwmp.bootEvent', 'task.active']);
      case 'char':
        return this.#pick(["'a'.charAt(0)", "'7'.charAt(0)", "'ß'(0)"]);
      case 'byte':
        return this.#pick(['1.toByte', '(-128).toByte', "'7'.toByte"]);
      case 'short':
        return this.#pick(['1.toShort', '32767.toShort']);
      case 'int':
        return this.#pick([
          '0',
          '1',
          '3',
          '-1',
          '2147483647',
          '0x7f',
          '#n.toInt',
          'list(1, 2).size',
          'task.priority',
        ]);
      case 'long':
        return this.#pick(['0L', '5L', '-1L', '9223372036854775807L', 'date.now.millis', 'task.minInterval']);
      case 'float':
        return this.#pick(['1.5.toFloat', '0.1.toFloat']);
      case 'double':
        return this.#pick(['0.5', '2.0', '-1.25', 'math.Pi', '(1.0 / 0)', '(0.0 / 0)', '#num(n)']);
      case 'string':
        return this.#pick(STRINGS);
      case 'date':
        return this.#pick([
          'date.now',
          'date.fromMillis(0L)',
          'device.lastVisitTime',
          'device.lastBootstrapTime',
        ]);
      case 'bytes':
        return this.#pick(['bytes(1, 2)', "'a'.encodeUTF8", 'bytes()']);
      case 'list':
      case 'set':
        return `${type.kind}(${several(type.element)})`;
      case 'collection':
        return `${this.#pick(['list', 'set'])}(${several(type.element)})`;
      case 'map':
        return `map(${Array.from({ length: this.#below(3) }, () => `${inner(type.key)} -> ${inner(type.value)}`).join(', ')})`;
      case 'entry':
        return `(${inner(type.key)} -> ${inner(type.value)})`;
      case 'enum':
        return this.#pick([
          'taskReport.status',
          'task.logLevel',
          'transfer.protocol.http',
          `'${type.values[0] ?? ''}'`,
        ]);
      case 'object':
        return OBJECTS[type.name] ?? 'null';
      default:
        return this.#pick(['taskReport.property.count', 'taskReport.property.note', '1', "'a'"]);
    }
  }
}

const STRINGS = [
  "''",
  "'a'",
  "'12'",
  "'1.5'",
  "'A.B.1.c'",
  "'10.0.0.1'",
  "'10.0.0.0/8'",
  "'[a-z]+'",
  "'(a*)*b'",
  "'yyyy.MM.dd'",
  "'2026.01.01 00:00:00'",
  "'true'",
  "'UTF-8'",
  "'YWJj'",
  '#text',
  '#missing',
  'device.id',
  'device.description',
  'device.property.site',
  'sv.downloadTimeLimit',
  'output',
  "'\u{1F600}ß'",
];

const OBJECTS: Readonly<Record<string, string>> = {
  Device: 'device',
  Task: 'task',
  TaskReport: 'taskReport',
  Alert: 'device.alerts(0)',
  Properties: 'device.property',
  ReportProperties: 'taskReport.property',
  SettingValues: 'sv',
  DataModelQuery: 'dm.LANDevice.any',
  LiveDMQuery: 'root.any',
  LiveValueTest: "root.valueOf('a')",
  Resources: 'res',
  CsvTable: 'res.plans',
  CsvColumn: "res.plans.by('mac')",
  CsvIndexedColumn: 'res.plans.by(0)',
  CsvRecord: 'res.plans.row(0)',
  Transfer: 'transfer',
  FileTypes: 'transfer.fileType',
  Protocols: 'transfer.protocol',
  Cwmp: 'cwmp',
  Resource: 'resource',
  DateUtility: 'date',
  FormatUtility: 'format',
  MathUtility: 'math',
  NetUtility: 'net',
  StringUtility: 'string',
};

function bindsResult(pattern: Member['signature']['result'], type: Type): boolean {
  return bind(pattern, type, new Map());
}

function variablesOf(type: Type): string[] {
  switch (type.kind) {
    case 'variable':
      return [type.name];
    case 'list':
    case 'set':
    case 'collection':
      return variablesOf(type.element);
    case 'map':
    case 'entry':
      return [...variablesOf(type.key), ...variablesOf(type.value)];
    case 'function':
      return [...type.parameters.flatMap(variablesOf), ...variablesOf(type.result)];
    default:
      return [];
  }
}
