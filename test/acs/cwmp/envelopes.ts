/** Envelopes as a well-behaved CPE of these tests sends them. */
export interface CpeEnvelope {
  namespace?: string;
  id?: string | null;
  /** More header elements. */
  headers?: string;
}

export function envelope(content: string, { namespace, id = '1', headers = '' }: CpeEnvelope = {}): string {
  const idElement = id === null ? '' : `<cwmp:ID soap:mustUnderstand="1">${id}</cwmp:ID>`;
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"' +
    ' xmlns:soap-enc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsd="http://www.w3.org/2001/XMLSchema"' +
    ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cwmp="${namespace ?? 'urn:dslforum-org:cwmp-1-0'}">` +
    `<soap:Header>${idElement}${headers}</soap:Header><soap:Body>${content}</soap:Body></soap:Envelope>`
  );
}

export interface InformOptions extends CpeEnvelope {
  oui?: string;
  productClass?: string;
  serial?: string;
  event?: string;
  retryCount?: number;
}

export function inform(options: InformOptions = {}): string {
  const {
    oui = '0019CB',
    productClass = 'Router',
    serial = 'S1',
    event = '2 PERIODIC',
    retryCount = 0,
  } = options;
  return envelope(
    `<cwmp:Inform><DeviceId><Manufacturer>Test</Manufacturer><OUI>${oui}</OUI><ProductClass>${productClass}</ProductClass>` +
      `<SerialNumber>${serial}</SerialNumber></DeviceId><Event soap-enc:arrayType="cwmp:EventStruct[1]"><EventStruct>` +
      `<EventCode>${event}</EventCode><CommandKey></CommandKey></EventStruct></Event><MaxEnvelopes>1</MaxEnvelopes>` +
      `<CurrentTime>2026-01-01T00:00:00Z</CurrentTime><RetryCount>${retryCount}</RetryCount>` +
      '<ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[1]"><ParameterValueStruct>' +
      '<Name>Device.DeviceInfo.SoftwareVersion</Name><Value xsi:type="xsd:string">1</Value></ParameterValueStruct>' +
      '</ParameterList></cwmp:Inform>',
    options,
  );
}

export function values(list: Record<string, string>, options: CpeEnvelope = {}): string {
  const entries = Object.entries(list).map(
    ([name, value]) =>
      `<ParameterValueStruct><Name>${name}</Name><Value xsi:type="xsd:string">${value}</Value></ParameterValueStruct>`,
  );
  return envelope(
    `<cwmp:GetParameterValuesResponse><ParameterList>${entries.join('')}</ParameterList></cwmp:GetParameterValuesResponse>`,
    options,
  );
}

export function transferComplete(commandKey: string, options: CpeEnvelope = {}): string {
  return envelope(
    `<cwmp:TransferComplete><CommandKey>${commandKey}</CommandKey><FaultStruct><FaultCode>0</FaultCode><FaultString>` +
      '</FaultString></FaultStruct><StartTime>2026-01-01T00:00:00Z</StartTime>' +
      '<CompleteTime>2026-01-01T00:00:01Z</CompleteTime></cwmp:TransferComplete>',
    options,
  );
}

export function fault(code: number, options: CpeEnvelope = {}): string {
  return envelope(
    '<soap:Fault><faultcode>Client</faultcode><faultstring>CWMP fault</faultstring><detail><cwmp:Fault>' +
      `<FaultCode>${code}</FaultCode><FaultString>no</FaultString></cwmp:Fault></detail></soap:Fault>`,
    options,
  );
}

/** The `cwmp:ID` of an envelope of the ACS. */
export function idOf(xml: string): string | null {
  return /<cwmp:ID [^>]*>([^<]*)<\/cwmp:ID>/.exec(xml)?.[1] ?? null;
}
