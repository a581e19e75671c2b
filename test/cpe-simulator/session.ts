import { CpeFaultAnswer } from './codec/fault.js';
import { type AcsEnvelope, decodeResponse, readEnvelope } from './codec/envelope-read.js';
import {
  type EnvelopeHeader,
  writeFault,
  writeRequest,
  writeResponse,
  type WriteStyle,
} from './codec/envelope-write.js';
import {
  type AcsRequest,
  type AcsResponse,
  type CpeRequest,
  type CpeResponse,
  type EventEntry,
  type InformMessage,
} from './codec/messages.js';
import { decodeRequest } from './codec/requests.js';
import { XmlError } from './codec/xml-read.js';
import { AcsConnection, type HttpHabits } from './http/acs-connection.js';
import { type Credentials } from './http/authentication.js';
import { type FaultAction, type FaultPlan } from './fault-plan.js';
import { type Quirks } from './quirks.js';
import { type Report, type Violation, type ViolationCode } from './violations.js';

export type CwmpVersion = '1.0' | '1.1' | '1.2' | '1.3' | '1.4';

/** One request of a session, whoever made it. */
export interface RpcEntry {
  readonly by: 'CPE' | 'ACS';
  readonly rpc: string;
  /** Fault code that it was answered with. */
  readonly fault?: number;
}

export interface SessionSummary {
  readonly startedAt: Date;
  readonly duration: number;
  readonly events: readonly EventEntry[];
  readonly retryCount: number;
  /** Requests in the order in which they were made. */
  readonly rpcs: readonly RpcEntry[];
  /** HTTP status codes received, in order. */
  readonly statuses: readonly number[];
  /** It ended as TR-069 A6 §3.7.2.2 wants it. */
  readonly ok: boolean;
  readonly error?: string;
  readonly violations: readonly Violation[];
}

/** An envelope, or an empty HTTP message, as it went over the wire. */
export interface TraceEntry {
  readonly at: Date;
  readonly from: 'CPE' | 'ACS';
  /** HTTP status of what the ACS sent. */
  readonly status?: number;
  readonly body: string;
}

/** What a session needs of its device. */
export interface SessionHost {
  readonly acs: { readonly url: string } & Credentials;
  readonly habits: HttpHabits;
  readonly version: CwmpVersion;
  /** Namespace to speak instead of the version's own. */
  readonly namespace: string | undefined;
  readonly sessionTimeout: number | undefined;
  readonly quirks: Quirks;
  readonly plan: FaultPlan;
  now(): Date;
  inform(): InformMessage;
  informed(message: InformMessage): void;
  /** The next request of the device's own, undefined when it has none. */
  nextRequest(): CpeRequest | undefined;
  /** `response` is undefined when the ACS answered with a fault. */
  answered(request: CpeRequest, response: AcsResponse | undefined): void;
  execute(request: AcsRequest): Promise<CpeResponse>;
  rebootNow(): void;
  saw(entry: RpcEntry): void;
  traced(entry: TraceEntry): void;
}

class SessionFailure extends Error {}

const namespaceOf: Readonly<Record<CwmpVersion, string>> = {
  '1.0': 'urn:dslforum-org:cwmp-1-0',
  '1.1': 'urn:dslforum-org:cwmp-1-1',
  '1.2': 'urn:dslforum-org:cwmp-1-2',
  '1.3': 'urn:dslforum-org:cwmp-1-2',
  '1.4': 'urn:dslforum-org:cwmp-1-2',
};
const versions: readonly CwmpVersion[] = ['1.0', '1.1', '1.2', '1.3', '1.4'];

/** How often a request is repeated that the ACS answers with 8005. */
const maxRepeats = 3;

/** One session of a device with its ACS. */
export class Session {
  readonly #host: SessionHost;
  readonly #connection: AcsConnection;
  readonly #violations: Violation[] = [];
  readonly #rpcs: RpcEntry[] = [];
  readonly #abort = new AbortController();
  #namespace: string;
  #currentRpc: string | undefined;
  #received = 0;
  #lastId = 0;
  #hold = false;

  constructor(host: SessionHost) {
    this.#host = host;
    this.#namespace = host.namespace ?? namespaceOf[host.version];
    this.#connection = new AcsConnection(host.acs.url, host.acs, host.habits, this.#report);
  }

  readonly #report: Report = (code: ViolationCode, message: string) => {
    const rpc = this.#currentRpc;
    this.#violations.push({ code, message, at: this.#host.now(), ...(rpc === undefined ? {} : { rpc }) });
  };

  /** Ends it at once, by breaking the connection. */
  abort(): void {
    this.#abort.abort();
    this.#connection.drop();
  }

  /** Holds the whole session; never throws. */
  async run(): Promise<SessionSummary> {
    const startedAt = this.#host.now();
    const began = performance.now();
    const inform = this.#host.inform();
    let error: string | undefined;
    try {
      await this.#inform(inform);
      await this.#makeRequests();
      await this.#serve();
    } catch (failure) {
      error = failure instanceof Error ? failure.message : String(failure);
    } finally {
      this.#connection.close();
    }
    return {
      startedAt,
      duration: performance.now() - began,
      events: inform.events,
      retryCount: inform.retryCount,
      rpcs: this.#rpcs,
      statuses: this.#connection.statuses,
      ok: error === undefined,
      ...(error === undefined ? {} : { error }),
      violations: this.#violations,
    };
  }

  // Messages

  #style(): WriteStyle {
    const { quirks } = this.#host;
    return {
      namespace: this.#namespace,
      arrayType: quirks.arrayType ?? 'right',
      untyped: quirks.untypedValues === true,
      noHeader: quirks.noHeader === true,
      noStatus: quirks.noStatus === true,
    };
  }

  #note(by: RpcEntry['by'], rpc: string, fault?: number): void {
    const entry: RpcEntry = { by, rpc, ...(fault === undefined ? {} : { fault }) };
    this.#rpcs.push(entry);
    this.#host.saw(entry);
  }

  /** Sends one message and reads the answer; undefined for an empty one. */
  async #exchange(body: string): Promise<AcsEnvelope | undefined> {
    this.#host.traced({ at: this.#host.now(), from: 'CPE', body });
    const { quirks } = this.#host;
    const wire = body === '' ? undefined : quirks.trailingNul === true ? `${body}\u0000` : body;
    const encoded = quirks.latin1 === true && wire !== undefined ? Buffer.from(wire, 'latin1') : wire;
    const response = await this.#connection.post(encoded);
    const text = response.body.toString('utf8');
    this.#host.traced({ at: this.#host.now(), from: 'ACS', status: response.status, body: text });
    this.#received += 1;
    if (text.trim() === '') return undefined;
    try {
      const envelope = readEnvelope(text, this.#report);
      this.#checkNamespace(envelope.namespace);
      this.#hold = envelope.holdRequests;
      return envelope;
    } catch (error) {
      if (error instanceof XmlError)
        this.#report(error.kind === 'dtd' ? 'xml-dtd' : 'xml-malformed', error.message);
      throw error;
    }
  }

  /** An ACS of an earlier version answers in its own namespace, and the CPE falls back to it (TR-069 A6 §3.7.5). */
  #checkNamespace(namespace: string): void {
    if (namespace === this.#namespace) return;
    const isLower = namespace < this.#namespace && /^urn:dslforum-org:cwmp-1-\d$/.test(namespace);
    if (isLower && this.#received === 1) this.#namespace = namespace;
    else this.#report('cwmp-namespace', `the ACS speaks ${namespace} in a session in ${this.#namespace}`);
  }

  #checkEcho(envelope: AcsEnvelope, id: string): void {
    if (this.#host.quirks.noHeader === true) {
      if (envelope.id !== undefined)
        this.#report('id-unexpected', 'an ID in the answer to a message without one');
    } else if (envelope.id === undefined) this.#report('id-missing', `the answer has no ID, ${id} was sent`);
    else if (envelope.id !== id)
      this.#report('id-mismatch', `the answer has the ID "${envelope.id}" instead of "${id}"`);
  }

  // The CPE's turn

  async #inform(message: InformMessage): Promise<void> {
    const isNewest = this.#host.version === '1.4';
    const header = {
      sessionTimeout: this.#host.sessionTimeout,
      supportedVersions: isNewest ? versions : undefined,
    };
    const response = await this.#request(message, header);
    if (!response) throw new SessionFailure('the ACS refused the Inform');
    this.#host.informed(message);
  }

  /** Makes one request; resolves with undefined when the ACS answered with a fault. */
  async #request(message: CpeRequest, extra: EnvelopeHeader = {}): Promise<AcsResponse | undefined> {
    this.#currentRpc = message.rpc;
    for (let repeats = 0; ; repeats += 1) {
      this.#lastId += 1;
      const id = String(this.#lastId).padStart(8, '0');
      const replacement = await this.#perform(this.#host.plan.forMessage(this.#received, undefined));
      const text = replacement ?? writeRequest(message, { id, ...extra }, this.#style());
      const envelope = await this.#exchange(text);
      const answer = this.#expectAnswer(envelope, message.rpc, id);
      if (answer.kind === 'response') return this.#accept(message, answer);
      this.#note('CPE', message.rpc, answer.fault.code);
      if (answer.fault.code === 8005 && repeats < maxRepeats) continue;
      this.#host.answered(message, undefined);
      return undefined;
    }
  }

  #expectAnswer(
    envelope: AcsEnvelope | undefined,
    rpc: string,
    id: string,
  ): AcsEnvelope & { kind: 'response' | 'fault' } {
    const wrong: ViolationCode = rpc === 'Inform' ? 'inform-answered-wrongly' : 'answer-missing';
    if (!envelope) {
      this.#report(wrong, `the ACS answered ${rpc} with nothing`);
      throw new SessionFailure(`${rpc} was not answered`);
    }
    if (envelope.kind === 'request') {
      this.#report(
        rpc === 'Inform' ? wrong : 'request-before-empty-post',
        `the ACS answered ${rpc} with its own ${envelope.rpc}`,
      );
      throw new SessionFailure(`${rpc} was answered with ${envelope.rpc}`);
    }
    this.#checkEcho(envelope, id);
    if (envelope.kind === 'response' && envelope.rpc !== rpc) {
      this.#report(
        rpc === 'Inform' ? wrong : 'answer-unexpected',
        `the ACS answered ${rpc} with ${envelope.rpc}Response`,
      );
      throw new SessionFailure(`${rpc} was answered with ${envelope.rpc}Response`);
    }
    return envelope;
  }

  #accept(message: CpeRequest, envelope: AcsEnvelope & { kind: 'response' }): AcsResponse {
    let response: AcsResponse | undefined;
    try {
      response = decodeResponse(message.rpc, envelope.element, this.#report);
    } catch (error) {
      if (error instanceof CpeFaultAnswer)
        throw new SessionFailure(`${message.rpc}Response is unreadable: ${error.message}`);
      throw error;
    }
    if (!response) throw new SessionFailure(`${message.rpc}Response is unknown`);
    if (message.rpc === 'Inform') this.#negotiate(envelope.useCwmpVersion);
    else if (envelope.useCwmpVersion !== undefined) {
      this.#report('version-negotiation', 'UseCWMPVersion belongs into the InformResponse alone');
    }
    this.#note('CPE', message.rpc);
    this.#host.answered(message, response);
    return response;
  }

  #negotiate(version: string | undefined): void {
    if (this.#host.version !== '1.4') {
      if (version !== undefined)
        this.#report('version-negotiation', 'UseCWMPVersion though the CPE named no versions');
      return;
    }
    if (version === undefined)
      this.#report('version-negotiation', 'no UseCWMPVersion though the CPE named its versions');
    else if (!versions.includes(version as CwmpVersion)) {
      this.#report('version-negotiation', `UseCWMPVersion is ${version}, which the CPE does not have`);
    }
  }

  async #makeRequests(): Promise<void> {
    while (!this.#hold) {
      const request = this.#host.nextRequest();
      if (!request) return;
      await this.#request(request);
    }
  }

  // The ACS's turn

  async #serve(): Promise<void> {
    let body = (await this.#perform(this.#host.plan.forMessage(this.#received, undefined))) ?? '';
    for (;;) {
      this.#currentRpc = undefined;
      const envelope = await this.#exchange(body);
      if (envelope) {
        body = await this.#answer(envelope);
        continue;
      }
      if (this.#hold) {
        this.#report('hold-not-cleared', 'the ACS ended the session while it held requests back');
        if (this.#host.nextRequest())
          throw new SessionFailure('the ACS kept the CPE from making its requests');
      }
      if (!this.#host.nextRequest()) break;
      await this.#makeRequests();
      body = '';
    }
    if (this.#host.quirks.emptyPostAfterEnd === true && (await this.#exchange(''))) {
      this.#report('message-after-end', 'an envelope after the ACS had ended the session');
    }
  }

  async #answer(envelope: AcsEnvelope): Promise<string> {
    if (envelope.kind !== 'request') {
      const what = envelope.kind === 'fault' ? `fault ${envelope.fault.code}` : `${envelope.rpc}Response`;
      this.#report('answer-unexpected', `the ACS sent ${what} though nothing was asked`);
      throw new SessionFailure(`unexpected ${what}`);
    }
    this.#currentRpc = envelope.rpc;
    const header = { id: envelope.id };
    const action = this.#host.plan.forMessage(this.#received, envelope.rpc);
    const planned =
      typeof action === 'object' && 'fault' in action
        ? new CpeFaultAnswer(action.fault, action.text)
        : undefined;
    const replacement = planned ? undefined : await this.#perform(action);
    if (replacement !== undefined) return replacement;
    try {
      if (planned) throw planned;
      if (this.#host.quirks.unsupported?.includes(envelope.rpc) === true)
        throw new CpeFaultAnswer(9000, envelope.rpc);
      const request = decodeRequest(envelope.element, this.#report);
      const response = await this.#host.execute(request);
      this.#note('ACS', envelope.rpc);
      if (this.#host.quirks.unanswered?.includes(envelope.rpc) === true) return '';
      return writeResponse(response, header, this.#style());
    } catch (error) {
      if (!(error instanceof CpeFaultAnswer)) throw error;
      this.#note('ACS', envelope.rpc, error.code);
      const noId = this.#host.quirks.faultWithoutHeader === true;
      return writeFault(error, header, { ...this.#style(), ...(noId ? { noHeader: true } : {}) });
    }
  }

  /** Does what the plan says; a text is to be sent in place of the message that is due. */
  async #perform(action: FaultAction | undefined): Promise<string | undefined> {
    switch (action) {
      case undefined:
        return undefined;
      case 'drop':
        this.abort();
        throw new SessionFailure('the connection was dropped as planned');
      case 'reboot':
        this.#host.rebootNow();
        throw new SessionFailure('the device rebooted as planned');
      case 'silence':
        await this.#pause(this.#host.habits.responseTimeout);
        throw new SessionFailure('the device kept silent as planned');
      case 'garbage':
        return '\u0001\u0002<<not xml';
      case 'empty':
        return '';
      default:
        if ('delay' in action) await this.#pause(action.delay);
        return undefined;
    }
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#abort.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(new SessionFailure('the session was broken off'));
      });
    });
  }
}
