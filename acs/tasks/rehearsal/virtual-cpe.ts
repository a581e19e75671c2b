import { CpeFault, type ParameterFault } from '../../cwmp/cpe-fault.js';
import type {
  AcsMethod,
  AcsRequest,
  AcsRpc,
  CpeResponse,
  InformEvent,
  ParameterValue,
} from '../../cwmp/messages.js';
import type { ParameterTree, TreeChange, TreeNode } from '../../devices/parameter-tree.js';
import { TaskFailure } from '../outcome.js';
import { wireValue } from '../types/wire-value.js';

/** A transfer that ends between two sessions. */
export interface PendingTransfer {
  method: 'Download' | 'Upload';
  commandKey: string;
  fileType: string;
}

/** What the CPE has to say when it comes next. */
export interface NextContact {
  events: InformEvent[];
  transfers: PendingTransfer[];
}

/** An answer, and what of it the stored data model could not know. */
export interface VirtualAnswer {
  response: CpeResponse;
  guesses: string[];
}

const RPC_METHODS: readonly string[] = [
  'GetRPCMethods',
  'SetParameterValues',
  'GetParameterValues',
  'GetParameterNames',
  'SetParameterAttributes',
  'GetParameterAttributes',
  'AddObject',
  'DeleteObject',
  'Reboot',
  'Download',
  'ScheduleInform',
  'Upload',
  'FactoryReset',
];

/** A parameter of this name, set to `Requested`, starts a diagnostic (TR-069 A6 §3.7.1.5, `8 DIAGNOSTICS COMPLETE`). */
const DIAGNOSTICS = '.DiagnosticsState';

type Handlers = { [M in AcsMethod]: (request: AcsRpc[M]['request']) => AcsRpc[M]['response'] };

/**
 * A CPE made of the stored data model of a real one: answers as that device would as far as the data model tells, by the
 * rules of TR-069 A6 annex A, and says where it had to guess. It belongs to whoever made it; nothing leaves this process.
 */
export class VirtualCpe {
  readonly #tree: ParameterTree;
  readonly #root: string;
  readonly #now: () => Date;
  #events: InformEvent[] = [];
  #transfers: PendingTransfer[] = [];
  #guesses: string[] = [];

  /** `tree` is the CPE's own: it changes. */
  constructor(tree: ParameterTree, { root, now }: { root: string; now: () => Date }) {
    this.#tree = tree;
    this.#root = root;
    this.#now = now;
  }

  get tree(): ParameterTree {
    return this.#tree;
  }

  /** Throws `CpeFault` as the device would answer with one. */
  answer(request: AcsRequest): VirtualAnswer {
    this.#guesses = [];
    const handler = this.#handlers[request.method] as (request: AcsRequest) => object;
    const response = { method: request.method, ...handler(request) } as CpeResponse;
    return { response, guesses: this.#guesses };
  }

  /** What the CPE says at its next Inform; it says it once. */
  nextContact(): NextContact {
    const contact = { events: this.#events, transfers: this.#transfers };
    this.#events = [];
    this.#transfers = [];
    return contact;
  }

  /** A firmware file was installed. */
  runs(softwareVersion: string): void {
    const name = `${this.#root}DeviceInfo.SoftwareVersion`;
    this.#learn({ values: [{ name, value: softwareVersion, type: 'string' }] });
  }

  readonly #handlers: Handlers = {
    GetRPCMethods: () => {
      this.#guess('which RPCs the device knows');
      return { methods: [...RPC_METHODS] };
    },

    GetParameterNames: ({ path, nextLevel }) => {
      const top = path === '' ? this.#root : path;
      const node = this.#tree.get(top);
      if (!node) throw invalidName(path);
      if (!node.object) {
        if (nextLevel) throw new CpeFault(9003, 'Invalid arguments');
        return { parameters: [named(node)] };
      }
      if (path === '' && nextLevel) return { parameters: [named(node)] };
      const below = [...this.#tree.descendants(top, nextLevel ? 1 : Infinity)].map(named);
      return { parameters: nextLevel ? below : [named(node), ...below] };
    },

    GetParameterValues: ({ names }) => ({ parameters: names.flatMap((name) => this.#read(name)) }),

    SetParameterValues: ({ parameters }) => {
      const faults = parameters.flatMap((parameter, at) => {
        const fault = parameters.slice(0, at).some(({ name }) => name === parameter.name)
          ? { path: parameter.name, code: 9003, text: 'Named twice' }
          : this.#refusal(parameter);
        return fault ? [fault] : [];
      });
      if (faults.length > 0) throw new CpeFault(9003, 'Invalid arguments', faults);
      this.#learn({ values: parameters });
      for (const { name, value } of parameters)
        if (name.endsWith(DIAGNOSTICS) && value === 'Requested') this.#diagnose(name);
      return { status: 0 };
    },

    SetParameterAttributes: ({ parameters }) => {
      for (const { name, notification } of parameters) {
        const nodes = this.#named(name);
        if (notification === null) continue;
        this.#learn({ attributes: nodes.map(({ path }) => ({ name: path, notification })) });
      }
      return {};
    },

    GetParameterAttributes: ({ names }) => ({
      parameters: names
        .flatMap((name) => this.#named(name))
        .map(({ path, notification }) => ({ name: path, notification: notification ?? 0, accessList: [] })),
    }),

    AddObject: ({ objectName }) => {
      const table = this.#tree.get(objectName);
      if (!table?.object || table.writable === false) throw invalidName(objectName);
      if (table.writable === null) this.#guess(`whether ${objectName} takes new instances`);
      const instances = this.#tree.instances(objectName).map(Number).filter(Number.isInteger);
      const instanceNumber = Math.max(0, ...instances) + 1;
      this.#guess(`the number and the parameters of the new instance of ${objectName}`);
      this.#makeInstance(objectName, instanceNumber, instances[0]);
      return { instanceNumber, status: 0 };
    },

    DeleteObject: ({ objectName }) => {
      const node = this.#tree.get(objectName);
      if (!node?.object || node.writable === false || !/\.\d+\.$/.test(objectName))
        throw invalidName(objectName);
      this.#learn({ removed: [objectName] });
      return { status: 0 };
    },

    Reboot: ({ commandKey }) => {
      this.#says('1 BOOT');
      this.#says('M Reboot', commandKey);
      return {};
    },

    FactoryReset: () => {
      this.#guess('what the device is like after its factory reset');
      this.#says('0 BOOTSTRAP');
      this.#says('1 BOOT');
      return {};
    },

    ScheduleInform: ({ commandKey }) => {
      this.#says('3 SCHEDULED');
      this.#says('M ScheduleInform', commandKey);
      return {};
    },

    Download: ({ commandKey, fileType }) => this.#transfer('Download', commandKey, fileType),
    Upload: ({ commandKey, fileType }) => this.#transfer('Upload', commandKey, fileType),
  };

  #read(name: string): ParameterValue[] {
    const node = this.#tree.get(name === '' ? this.#root : name);
    if (!node || (node.object && name !== '' && !name.endsWith('.'))) throw invalidName(name);
    const nodes = node.object ? [...this.#tree.descendants(node.path)] : [node];
    return nodes.filter(({ object }) => !object).map((one) => this.#valueOf(one));
  }

  #valueOf({ path, value, type }: TreeNode): ParameterValue {
    if (value === null) this.#guess(`the value of ${path}, which was never read`);
    return { name: path, value: value ?? '', type: (type ?? 'string') as ParameterValue['type'] };
  }

  #refusal({ name, value, type }: ParameterValue): ParameterFault | null {
    const node = this.#tree.get(name);
    const fault = (code: number, text: string): ParameterFault => ({ path: name, code, text });
    if (!node || node.object) return fault(9005, 'Invalid parameter name');
    if (node.writable === false) return fault(9008, 'Attempt to set a non-writable parameter');
    if (node.type !== null && node.type !== type) return fault(9006, 'Invalid parameter type');
    if (!fits(name, type, value)) return fault(9007, 'Invalid parameter value');
    if (node.writable === null) this.#guess(`whether ${name} can be written`);
    return null;
  }

  #named(name: string): TreeNode[] {
    const node = this.#tree.get(name === '' ? this.#root : name);
    if (!node) throw invalidName(name);
    return node.object ? [...this.#tree.descendants(node.path)].filter(({ object }) => !object) : [node];
  }

  /** With the parameters of a sibling, each with an empty value of its type. */
  #makeInstance(table: string, number: number, sibling: number | undefined): void {
    const stem = `${table}${number}.`;
    const from = sibling === undefined ? '' : `${table}${sibling}.`;
    const nodes = from === '' ? [] : [...this.#tree.descendants(from)];
    const renamed = (path: string): string => stem + path.slice(from.length);
    this.#learn({
      names: [
        { name: stem, writable: true },
        ...nodes.map(({ path, writable }) => ({ name: renamed(path), writable })),
      ],
      values: nodes
        .filter(({ object }) => !object)
        .map(({ path, type }) => ({
          name: renamed(path),
          value: EMPTY[type ?? ''] ?? '',
          type: type ?? 'string',
        })),
    });
  }

  #diagnose(name: string): void {
    this.#guess(`the results of the diagnostic ${name.slice(0, -DIAGNOSTICS.length)}`);
    this.#learn({ values: [{ name, value: 'Complete', type: 'string' }] });
    this.#says('8 DIAGNOSTICS COMPLETE');
  }

  #transfer(
    method: PendingTransfer['method'],
    commandKey: string,
    fileType: string,
  ): { status: 1; startTime: string; completeTime: string } {
    this.#guess(`that the ${method === 'Download' ? 'download' : 'upload'} succeeds`);
    this.#transfers.push({ method, commandKey, fileType });
    this.#says('7 TRANSFER COMPLETE');
    this.#says(`M ${method}`, commandKey);
    if (method === 'Download' && fileType.startsWith('1 ')) this.#says('1 BOOT');
    return { status: 1, startTime: UNKNOWN_TIME, completeTime: UNKNOWN_TIME };
  }

  #says(code: string, commandKey = ''): void {
    if (!this.#events.some((event) => event.code === code && event.commandKey === commandKey))
      this.#events.push({ code, commandKey });
  }

  #guess(what: string): void {
    if (!this.#guesses.includes(what)) this.#guesses.push(what);
  }

  #learn(change: Omit<TreeChange, 'at'>): void {
    this.#tree.apply({ ...change, at: this.#now() });
  }
}

/** "Unknown time" of TR-069 A6 §3.2.2. */
const UNKNOWN_TIME = '0001-01-01T00:00:00Z';

const EMPTY: Readonly<Record<string, string>> = {
  boolean: 'false',
  int: '0',
  unsignedInt: '0',
  long: '0',
  unsignedLong: '0',
  decimal: '0',
  dateTime: UNKNOWN_TIME,
};

function fits(name: string, type: ParameterValue['type'], value: string): boolean {
  try {
    wireValue(name, type, value);
    return true;
  } catch (error) {
    if (error instanceof TaskFailure) return false;
    throw error;
  }
}

const named = ({ path, writable }: TreeNode): { name: string; writable: boolean | null } => ({
  name: path,
  writable,
});

const invalidName = (name: string): CpeFault =>
  new CpeFault(9005, name === '' ? 'Invalid parameter name' : `Invalid parameter name: ${name}`);
