import { CpeFault } from '../../../acs/cwmp/cpe-fault.js';
import type { Answer } from '../../../acs/cwmp/conductor.js';
import type {
  AcsRequest,
  CpeResponse,
  DeviceId,
  InformEvent,
  ParameterInfo,
  ParameterValue,
  TransferComplete,
  ValueType,
} from '../../../acs/cwmp/messages.js';

export interface FakeParameter {
  value: string;
  type: ValueType;
  writable: boolean;
}

/** What the next requests are answered with instead; undefined = the usual answer. */
export type Script = (request: AcsRequest) => CpeFault | Answer | undefined;

/** A CPE as the harness needs it. */
export interface TestedCpe {
  readonly deviceId: DeviceId;
  readonly asked: AcsRequest[];
  informParameters(): ParameterValue[];
  methods(): string[];
  answer(request: AcsRequest): Answer | Promise<Answer>;
  /** The session is over for the CPE too. */
  sessionEnded?(): void;
}

const UNKNOWN_TIME = '0001-01-01T00:00:00Z';

/** A CPE as plain objects: a data model, transfers that end when the test says so, and a record of what it was asked. */
export class FakeCpe implements TestedCpe {
  readonly deviceId: DeviceId;
  readonly root: string;
  readonly parameters = new Map<string, FakeParameter>();
  readonly tables = new Set<string>();
  readonly asked: AcsRequest[] = [];
  script: Script = () => undefined;
  /** Status of Download and Upload responses. */
  transferStatus: 0 | 1 = 1;
  setStatus: 0 | 1 = 0;
  #instances = new Map<string, number>();

  constructor(root: 'InternetGatewayDevice' | 'Device' = 'Device', serialNumber = 'S1') {
    this.root = `${root}.`;
    this.deviceId = { manufacturer: 'Acme', oui: '00AABB', productClass: 'GW', serialNumber };
    this.set('DeviceInfo.SoftwareVersion', '1.0', 'string', false);
    this.set('DeviceInfo.HardwareVersion', 'H1', 'string', false);
    this.set('DeviceInfo.UpTime', '100', 'unsignedInt', false);
    this.set('ManagementServer.ParameterKey', '', 'string', false);
    this.set('ManagementServer.PeriodicInformInterval', '300', 'unsignedInt');
  }

  set(name: string, value: string, type: ValueType = 'string', writable = true): void {
    this.parameters.set(this.root + name, { value, type, writable });
  }

  value(name: string): string | undefined {
    return this.parameters.get(this.root + name)?.value;
  }

  /** A table that instances can be added to, each with these parameters. */
  table(
    name: string,
    columns: Record<string, { value: string; type: ValueType }>,
    instances: number[] = [],
  ): void {
    this.tables.add(this.root + name);
    this.#columns.set(this.root + name, columns);
    for (const number of instances) this.#addInstance(this.root + name, number);
  }
  readonly #columns = new Map<string, Record<string, { value: string; type: ValueType }>>();

  informParameters(): ParameterValue[] {
    return ['DeviceInfo.SoftwareVersion', 'DeviceInfo.HardwareVersion', 'ManagementServer.ParameterKey'].map(
      (name) => {
        const path = this.root + name;
        const { value, type } = this.parameters.get(path)!;
        return { name: path, value, type };
      },
    );
  }

  methods(): string[] {
    return this.asked.map(({ method }) => method);
  }

  count(method: string): number {
    return this.methods().filter((name) => name === method).length;
  }

  answer(request: AcsRequest): Answer {
    this.asked.push(request);
    const scripted = this.script(request);
    if (scripted instanceof CpeFault) return { kind: 'fault', fault: scripted };
    if (scripted) return scripted;
    try {
      return { kind: 'response', response: this.#respond(request) };
    } catch (error) {
      if (error instanceof CpeFault) return { kind: 'fault', fault: error };
      throw error;
    }
  }

  #respond(request: AcsRequest): CpeResponse {
    switch (request.method) {
      case 'GetRPCMethods':
        return { method: request.method, methods: ['GetRPCMethods', 'GetParameterValues', 'Reboot'] };
      case 'GetParameterNames':
        return { method: request.method, parameters: this.#names(request.path, request.nextLevel) };
      case 'GetParameterValues':
        return { method: request.method, parameters: this.#values(request.names) };
      case 'SetParameterValues':
        this.#apply(request.parameters, request.parameterKey);
        return { method: request.method, status: this.setStatus };
      case 'AddObject': {
        if (!this.tables.has(request.objectName)) throw new CpeFault(9005, 'Invalid Parameter Name');
        const instanceNumber = (this.#instances.get(request.objectName) ?? 0) + 1;
        this.#addInstance(request.objectName, instanceNumber);
        return { method: request.method, instanceNumber, status: 0 };
      }
      case 'DeleteObject': {
        const below = [...this.parameters.keys()].filter((name) => name.startsWith(request.objectName));
        if (below.length === 0) throw new CpeFault(9005, 'Invalid Parameter Name');
        for (const name of below) this.parameters.delete(name);
        return { method: request.method, status: 0 };
      }
      case 'SetParameterAttributes':
        for (const { name } of request.parameters) this.#values([name]);
        return { method: request.method };
      case 'GetParameterAttributes':
        return {
          method: request.method,
          parameters: this.#values(request.names).map(({ name }) => ({
            name,
            notification: 0,
            accessList: ['Subscriber'],
          })),
        };
      case 'Reboot':
      case 'FactoryReset':
      case 'ScheduleInform':
        return { method: request.method };
      case 'Download':
      case 'Upload': {
        const time = this.transferStatus === 0 ? '2026-01-01T00:00:05Z' : UNKNOWN_TIME;
        return { method: request.method, status: this.transferStatus, startTime: time, completeTime: time };
      }
    }
  }

  #names(path: string, nextLevel: boolean): ParameterInfo[] {
    const found = new Map<string, boolean>();
    for (const [name, { writable }] of this.parameters) {
      found.set(name, writable);
      for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1))
        found.set(name.slice(0, dot + 1), this.tables.has(name.slice(0, dot + 1)));
    }
    for (const table of this.tables) found.set(table, true);
    if (path !== '' && !found.has(path)) throw new CpeFault(9005, 'Invalid Parameter Name');
    return [...found]
      .filter(([name]) => name.startsWith(path) && (!nextLevel || isChild(name, path)))
      .map(([name, writable]) => ({ name, writable }));
  }

  #values(names: string[]): ParameterValue[] {
    return names.flatMap((name) => {
      const found = [...this.parameters].filter(([path]) =>
        name.endsWith('.') ? path.startsWith(name) : path === name,
      );
      if (found.length === 0) throw new CpeFault(9005, 'Invalid Parameter Name');
      return found.map(([path, { value, type }]) => ({
        name: path,
        value: /Password|KeyPassphrase/.test(path) ? '' : value,
        type,
      }));
    });
  }

  #apply(parameters: ParameterValue[], key: string): void {
    const faults = parameters.flatMap(({ name, type }) => {
      const known = this.parameters.get(name);
      if (!known) return [{ path: name, code: 9005, text: 'Invalid Parameter Name' }];
      if (!known.writable) return [{ path: name, code: 9008, text: 'Non-writable Parameter' }];
      return known.type === type ? [] : [{ path: name, code: 9006, text: 'Invalid Parameter Type' }];
    });
    if (faults.length > 0) throw new CpeFault(9003, 'Invalid Arguments', faults);
    for (const { name, value } of parameters) this.parameters.get(name)!.value = value;
    this.parameters.get(`${this.root}ManagementServer.ParameterKey`)!.value = key;
  }

  #addInstance(table: string, number: number): void {
    this.#instances.set(table, Math.max(number, this.#instances.get(table) ?? 0));
    for (const [column, { value, type }] of Object.entries(this.#columns.get(table) ?? {}))
      this.parameters.set(`${table}${number}.${column}`, { value, type, writable: true });
  }
}

function isChild(name: string, path: string): boolean {
  const rest = name.slice(path.length);
  return rest !== '' && !rest.slice(0, -1).includes('.');
}

export const event = (code: string, commandKey = ''): InformEvent => ({ code, commandKey });

export function transferComplete(commandKey: string, faultCode = 0, faultString = ''): TransferComplete {
  return {
    method: 'TransferComplete',
    commandKey,
    faultCode,
    faultString,
    startTime: '2026-01-01T00:00:01Z',
    completeTime: '2026-01-01T00:00:09Z',
  };
}
