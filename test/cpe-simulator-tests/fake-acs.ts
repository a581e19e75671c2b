import http from 'node:http';
import { type AddressInfo } from 'node:net';
import { readXml, type XmlElement } from '../cpe-simulator/codec/xml-read.js';

/** A message that the ACS received. */
export interface Received {
  /** RPC, response or `Fault`; "" for an empty POST. */
  readonly name: string;
  readonly body: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly rpc: XmlElement | undefined;
  readonly id: string | undefined;
  /** Number of the TCP connection. */
  readonly connection: number;
  readonly url: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is, in place of an envelope. */
  readonly raw?: string;
  /** Inner XML of the Body. */
  readonly body?: string;
  /** ID header; the echo of the request's where not given. */
  readonly id?: string;
  /** More header elements. */
  readonly header?: string;
  readonly namespace?: string;
}

const space = 'urn:dslforum-org:cwmp-1-2';

/** The envelope of a reply. */
export const envelope = (body: string, id?: string, header = '', namespace = space): string =>
  '<?xml version="1.0" encoding="UTF-8"?>' +
  '<soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:soap-enc="http://schemas.xmlsoap.org/soap/encoding/" ' +
  `xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cwmp="${namespace}">` +
  `<soap-env:Header>${id === undefined ? '' : `<cwmp:ID soap-env:mustUnderstand="1">${id}</cwmp:ID>`}${header}</soap-env:Header>` +
  `<soap-env:Body>${body}</soap-env:Body></soap-env:Envelope>`;

export const escapeXml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

/** Inner XML of requests, as a right ACS writes them. */
export const rpcs = {
  getValues: (...names: string[]): string =>
    `<cwmp:GetParameterValues><ParameterNames soap-enc:arrayType="xsd:string[${names.length}]">${names
      .map((name) => `<string>${name}</string>`)
      .join('')}</ParameterNames></cwmp:GetParameterValues>`,
  getNames: (path: string, nextLevel: 0 | 1): string =>
    `<cwmp:GetParameterNames><ParameterPath>${path}</ParameterPath><NextLevel>${nextLevel}</NextLevel></cwmp:GetParameterNames>`,
  setValues: (values: Record<string, [type: string, value: string]>, key = ''): string =>
    `<cwmp:SetParameterValues><ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[${Object.keys(values).length}]">${Object.entries(
      values,
    )
      .map(
        ([name, [type, value]]) =>
          `<ParameterValueStruct><Name>${name}</Name><Value xsi:type="xsd:${type}">${escapeXml(value)}</Value></ParameterValueStruct>`,
      )
      .join('')}</ParameterList><ParameterKey>${key}</ParameterKey></cwmp:SetParameterValues>`,
  setAttributes: (name: string, notification: number): string =>
    '<cwmp:SetParameterAttributes><ParameterList soap-enc:arrayType="cwmp:SetParameterAttributesStruct[1]"><SetParameterAttributesStruct>' +
    `<Name>${name}</Name><NotificationChange>1</NotificationChange><Notification>${notification}</Notification>` +
    '<AccessListChange>0</AccessListChange><AccessList soap-enc:arrayType="xsd:string[0]"></AccessList>' +
    '</SetParameterAttributesStruct></ParameterList></cwmp:SetParameterAttributes>',
  getAttributes: (...names: string[]): string =>
    rpcs.getValues(...names).replaceAll('GetParameterValues', 'GetParameterAttributes'),
  addObject: (name: string, key = ''): string =>
    `<cwmp:AddObject><ObjectName>${name}</ObjectName><ParameterKey>${key}</ParameterKey></cwmp:AddObject>`,
  deleteObject: (name: string, key = ''): string =>
    `<cwmp:DeleteObject><ObjectName>${name}</ObjectName><ParameterKey>${key}</ParameterKey></cwmp:DeleteObject>`,
  reboot: (key: string): string => `<cwmp:Reboot><CommandKey>${key}</CommandKey></cwmp:Reboot>`,
  factoryReset: '<cwmp:FactoryReset></cwmp:FactoryReset>',
  methods: '<cwmp:GetRPCMethods></cwmp:GetRPCMethods>',
  scheduleInform: (seconds: number, key: string): string =>
    `<cwmp:ScheduleInform><DelaySeconds>${seconds}</DelaySeconds><CommandKey>${key}</CommandKey></cwmp:ScheduleInform>`,
  download: (
    url: string,
    key: string,
    options: {
      type?: string;
      size?: number;
      target?: string;
      delay?: number;
      username?: string;
      password?: string;
    } = {},
  ): string =>
    `<cwmp:Download><CommandKey>${key}</CommandKey><FileType>${options.type ?? '1 Firmware Upgrade Image'}</FileType><URL>${escapeXml(url)}</URL>` +
    `<Username>${options.username ?? ''}</Username><Password>${options.password ?? ''}</Password><FileSize>${options.size ?? 0}</FileSize>` +
    `<TargetFileName>${options.target ?? ''}</TargetFileName><DelaySeconds>${options.delay ?? 0}</DelaySeconds>` +
    '<SuccessURL></SuccessURL><FailureURL></FailureURL></cwmp:Download>',
  upload: (url: string, key: string, type = '1 Vendor Configuration File'): string =>
    `<cwmp:Upload><CommandKey>${key}</CommandKey><FileType>${type}</FileType><URL>${escapeXml(url)}</URL>` +
    '<Username></Username><Password></Password><DelaySeconds>0</DelaySeconds></cwmp:Upload>',
} as const;

export const informResponse = '<cwmp:InformResponse><MaxEnvelopes>1</MaxEnvelopes></cwmp:InformResponse>';

const fault = (code: number): string =>
  '<soap-env:Fault><faultcode>Server</faultcode><faultstring>CWMP fault</faultstring><detail><cwmp:Fault>' +
  `<FaultCode>${code}</FaultCode><FaultString>no</FaultString></cwmp:Fault></detail></soap-env:Fault>`;

export const faultReply = (code: number): Reply => ({ body: fault(code) });

/** What an ACS that does everything right answers to a message of the CPE's own. */
const rightReply = (received: Received): Reply | undefined => {
  if (received.name === 'Inform') return { body: informResponse };
  if (received.name === 'TransferComplete')
    return { body: '<cwmp:TransferCompleteResponse></cwmp:TransferCompleteResponse>' };
  if (received.name === 'GetRPCMethods') {
    return {
      body: '<cwmp:GetRPCMethodsResponse><MethodList soap-enc:arrayType="xsd:string[2]"><string>Inform</string><string>TransferComplete</string></MethodList></cwmp:GetRPCMethodsResponse>',
    };
  }
  return undefined;
};

/** A hand-written ACS: answers the CPE's requests, sends the queued requests one by one, then 204. */
export class FakeAcs {
  readonly received: Received[] = [];
  /** Requests for the next sessions. */
  readonly queue: string[] = [];
  /** May answer any message in its own way; undefined leaves it to the ACS. */
  override: ((received: Received) => Reply | undefined) | undefined;
  readonly #server: http.Server;
  readonly #connections = new WeakMap<object, number>();
  #connectionCount = 0;
  #requestId = 100;
  #cookies = 0;

  private constructor() {
    this.#server = http.createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => this.#serve(request, response, Buffer.concat(parts).toString('utf8')));
    });
    this.#server.on('connection', (socket) => {
      this.#connectionCount += 1;
      this.#connections.set(socket, this.#connectionCount);
    });
  }

  static async listen(port = 0): Promise<FakeAcs> {
    const acs = new FakeAcs();
    await new Promise<void>((resolve) => acs.#server.listen(port, '127.0.0.1', resolve));
    return acs;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/acs`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Names of the messages received so far. */
  get names(): string[] {
    return this.received.map(({ name }) => name);
  }

  /** The latest message of that name. */
  last(name: string): Received {
    const found = this.received.findLast((received) => received.name === name);
    if (!found) throw new Error(`no ${name} was received; ${this.names.join(', ')}`);
    return found;
  }

  #serve(request: http.IncomingMessage, response: http.ServerResponse, body: string): void {
    const root = body.trim().startsWith('<?xml') ? readXml(body.replace(/\0$/, '')) : undefined;
    const rpc = root?.children.find((child) => child.name === 'Body')?.children[0];
    const header = root?.children.find((child) => child.name === 'Header');
    const received: Received = {
      name: rpc?.name ?? '',
      body,
      headers: request.headers,
      rpc,
      id: header?.children.find((child) => child.name === 'ID')?.text,
      connection: this.#connections.get(request.socket) ?? 0,
      url: request.url ?? '',
    };
    this.received.push(received);
    this.#send(response, received, this.override?.(received) ?? this.#reply(received));
  }

  #reply(received: Received): Reply {
    const own = rightReply(received);
    if (own) {
      if (received.name !== 'Inform') return own;
      this.#cookies += 1;
      return { ...own, headers: { 'Set-Cookie': `session=s${this.#cookies}; Path=/` } };
    }
    const next = this.queue.shift();
    if (next === undefined) return { status: 204 };
    this.#requestId += 1;
    return { body: next, id: String(this.#requestId) };
  }

  #send(response: http.ServerResponse, received: Received, reply: Reply): void {
    const text =
      reply.raw ??
      (reply.body === undefined
        ? ''
        : envelope(reply.body, reply.id ?? received.id, reply.header, reply.namespace));
    const status = reply.status ?? 200;
    const headers: Record<string, string> = {
      ...(text === '' ? {} : { 'Content-Type': 'text/xml; charset=utf-8' }),
      ...(status === 204 ? {} : { 'Content-Length': String(Buffer.byteLength(text)) }),
      ...reply.headers,
    };
    response.writeHead(status, headers);
    response.end(text);
  }
}
