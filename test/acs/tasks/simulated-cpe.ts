import type { Answer } from '../../../acs/cwmp/conductor.js';
import { CpeFault } from '../../../acs/cwmp/cpe-fault.js';
import type { AcsRequest, DeviceId, InformEvent, ParameterValue } from '../../../acs/cwmp/messages.js';
import { build } from '../../../acs/cwmp/soap/build.js';
import { parse } from '../../../acs/cwmp/soap/parse.js';
import { readEnvelope } from '../../cpe-simulator/codec/envelope-read.js';
import { writeFault, writeResponse } from '../../cpe-simulator/codec/envelope-write.js';
import { CpeFaultAnswer } from '../../cpe-simulator/codec/fault.js';
import { decodeRequest } from '../../cpe-simulator/codec/requests.js';
import { completeOptions } from '../../cpe-simulator/cpe-options.js';
import { Diagnostics } from '../../cpe-simulator/diagnostics.js';
import { DataModel } from '../../cpe-simulator/model/data-model.js';
import { schemaOf, type ModelName } from '../../cpe-simulator/model/index.js';
import type { Quirks } from '../../cpe-simulator/quirks.js';
import { execute, type RpcTarget } from '../../cpe-simulator/rpc/execute.js';
import { ManualTimers } from '../../cpe-simulator/timers.js';
import type { Script, TestedCpe } from './fake-cpe.js';

const NAMESPACE = 'urn:dslforum-org:cwmp-1-2';

/**
 * The device of the CPE simulator without its HTTP: each request is written as an envelope, read and carried out by the
 * simulator, and its answer read as one. Its time stands still until `advance`. File transfers are not in it.
 */
export class SimulatedCpe implements TestedCpe {
  readonly deviceId: DeviceId;
  readonly root: string;
  readonly model: DataModel;
  readonly timers = new ManualTimers();
  readonly asked: AcsRequest[] = [];
  /** What the ACS did against TR-069. */
  readonly violations: string[] = [];
  /** Seconds and keys of ScheduleInform. */
  readonly scheduled: { delay: number; commandKey: string }[] = [];
  quirks: Quirks = {};
  /** Set by Reboot and FactoryReset. */
  restart: 'reboot' | 'reset' | null = null;
  script: Script = () => undefined;
  readonly #diagnostics: Diagnostics;
  #events: InformEvent[] = [];

  constructor(model: ModelName, serialNumber: string) {
    const { facts } = completeOptions({ model, acsUrl: 'http://acs.test/', serialNumber });
    const start = this.timers.now();
    this.model = new DataModel(schemaOf(model, facts.oui, 0), {
      facts,
      seed: 1,
      now: () => this.timers.now(),
      bootedAt: () => start,
      settledAt: () => this.timers.now(),
      read: (path) => this.model.peek(path),
      instanceNumbers: (path) => this.model.instanceNumbers(path),
    });
    const { manufacturer, oui, productClass } = facts;
    this.deviceId = { manufacturer, oui, productClass, serialNumber };
    this.root = this.model.rootPath;
    this.#diagnostics = new Diagnostics(this.model, this.timers, () => {
      this.#events.push({ code: '8 DIAGNOSTICS COMPLETE', commandKey: '' });
    });
  }

  methods(): string[] {
    return this.asked.map(({ method }) => method);
  }

  count(method: string): number {
    return this.methods().filter((name) => name === method).length;
  }

  /** What the device wants to tell in its next Inform. */
  takeEvents(): InformEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  advance(milliseconds: number): void {
    this.timers.advance(milliseconds);
  }

  /** What a reset device is like. */
  reset(): void {
    this.model.reset();
    this.#diagnostics.halt();
    this.restart = null;
  }

  sessionEnded(): void {
    this.#diagnostics.wake();
  }

  informParameters(): ParameterValue[] {
    return this.model.schema.forcedInform.flatMap((path) => {
      const parameter = this.model.parameter(path);
      return parameter ? [parameter as ParameterValue] : [];
    });
  }

  async answer(request: AcsRequest): Promise<Answer> {
    this.asked.push(request);
    const scripted = this.script(request);
    if (scripted instanceof CpeFault) return { kind: 'fault', fault: scripted };
    if (scripted) return scripted;
    const sent = build({ kind: 'request', request }, { namespace: NAMESPACE, id: '1' });
    const { message } = parse(Buffer.from(await this.#respond(sent)));
    if (message.kind === 'response') return { kind: 'response', response: message.response };
    if (message.kind === 'fault') return { kind: 'fault', fault: message.fault };
    return { kind: 'unexpected', reason: message.kind };
  }

  async #respond(xml: string): Promise<string> {
    const report = (code: string, text: string): void => void this.violations.push(`${code}: ${text}`);
    const style = { namespace: NAMESPACE };
    const envelope = readEnvelope(xml, report);
    if (envelope.kind !== 'request') throw new Error(`The ACS sent a ${envelope.kind}`);
    try {
      const response = await execute(this.#target(), decodeRequest(envelope.element, report));
      return writeResponse(response, { id: envelope.id }, style);
    } catch (error) {
      if (error instanceof CpeFaultAnswer) return writeFault(error, { id: envelope.id }, style);
      throw error;
    }
  }

  #target(): RpcTarget {
    const none = (): never => {
      throw new CpeFaultAnswer(9001, 'no transfers here');
    };
    return {
      model: this.model,
      transfers: { accept: none } as unknown as RpcTarget['transfers'],
      quirks: this.quirks,
      storage: 0,
      configurationAtOnce: false,
      parameterKey: (key) => this.model.assign(`${this.root}ManagementServer.ParameterKey`, key),
      applied: (changes) => {
        this.#diagnostics.changed(changes);
      },
      attributesChanged: () => undefined,
      reboot: () => {
        this.restart = 'reboot';
      },
      factoryReset: () => {
        this.restart = 'reset';
      },
      scheduleInform: (delay, commandKey) => {
        this.scheduled.push({ delay, commandKey });
      },
    };
  }
}
