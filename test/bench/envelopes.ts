/** What the simulated CPEs of the bench say: plain texts, since building XML would be CPU of the load. */

export const OUI = '00507F';
export const PRODUCT_CLASS = 'Bench-1000';

export const serialOf = (device: number): string => `B${String(device).padStart(7, '0')}`;

const envelope = (id: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<soap-env:Envelope xmlns:soap-env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:soap-enc="http://schemas.xmlsoap.org/soap/encoding/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:cwmp="urn:dslforum-org:cwmp-1-2">
<soap-env:Header><cwmp:ID soap-env:mustUnderstand="1">${id}</cwmp:ID></soap-env:Header>
<soap-env:Body>${body}</soap-env:Body>
</soap-env:Envelope>`;

/** A periodic Inform with the forced parameters and a few more. */
export function inform(device: number, parameterKey: string): string {
  const values: [string, string][] = [
    ['Device.RootDataModelVersion', '2.12'],
    ['Device.DeviceInfo.HardwareVersion', 'H1'],
    ['Device.DeviceInfo.SoftwareVersion', '1.4.2'],
    ['Device.DeviceInfo.ProvisioningCode', ''],
    ['Device.ManagementServer.ConnectionRequestURL', `http://10.0.${device >> 8}.${device & 255}:7547/cr`],
    ['Device.ManagementServer.ParameterKey', parameterKey],
    ['Device.ManagementServer.AliasBasedAddressing', 'false'],
    ['Device.IP.Interface.1.IPv4Address.1.IPAddress', `10.0.${device >> 8}.${device & 255}`],
  ];
  const structs = values
    .map(
      ([name, value]) =>
        `<ParameterValueStruct><Name>${name}</Name><Value xsi:type="xsd:string">${value}</Value></ParameterValueStruct>`,
    )
    .join('\n');
  return envelope(
    '1',
    `<cwmp:Inform>
<DeviceId><Manufacturer>Bench</Manufacturer><OUI>${OUI}</OUI><ProductClass>${PRODUCT_CLASS}</ProductClass><SerialNumber>${serialOf(device)}</SerialNumber></DeviceId>
<Event soap-enc:arrayType="cwmp:EventStruct[1]"><EventStruct><EventCode>2 PERIODIC</EventCode><CommandKey></CommandKey></EventStruct></Event>
<MaxEnvelopes>1</MaxEnvelopes><CurrentTime>2026-03-01T12:00:00Z</CurrentTime><RetryCount>0</RetryCount>
<ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[${values.length}]">
${structs}
</ParameterList></cwmp:Inform>`,
  );
}

export const setParameterValuesResponse = (id: string): string =>
  envelope(id, '<cwmp:SetParameterValuesResponse><Status>0</Status></cwmp:SetParameterValuesResponse>');

/** The same text for every name that is asked for. */
export const getParameterValuesResponse = (id: string, names: readonly string[]): string =>
  envelope(
    id,
    `<cwmp:GetParameterValuesResponse><ParameterList soap-enc:arrayType="cwmp:ParameterValueStruct[${names.length}]">${names
      .map(
        (name) =>
          `<ParameterValueStruct><Name>${name}</Name><Value xsi:type="xsd:string">300</Value></ParameterValueStruct>`,
      )
      .join('')}</ParameterList></cwmp:GetParameterValuesResponse>`,
  );

/** The data model of a device of the bench: a gateway with as many hosts as it takes. */
export function knownParameters(
  count: number,
): { name: string; value: string; type: 'string' | 'boolean' }[] {
  const parameters: { name: string; value: string; type: 'string' | 'boolean' }[] = [
    { name: 'Device.DeviceInfo.SoftwareVersion', value: '1.4.2', type: 'string' },
    { name: 'Device.DeviceInfo.HardwareVersion', value: 'H1', type: 'string' },
    { name: 'Device.ManagementServer.ParameterKey', value: '', type: 'string' },
    { name: 'Device.WiFi.SSID.1.SSID', value: 'Home', type: 'string' },
    { name: 'Device.WiFi.SSID.1.Enable', value: 'true', type: 'boolean' },
  ];
  const columns = ['PhysAddress', 'IPAddress', 'HostName', 'AddressSource', 'Layer1Interface', 'Active'];
  for (let host = 1; parameters.length < count; host += 1)
    for (const column of columns.slice(0, count - parameters.length))
      parameters.push({
        name: `Device.Hosts.Host.${host}.${column}`,
        value: column === 'Active' ? 'true' : `${column}-${host}`,
        type: column === 'Active' ? 'boolean' : 'string',
      });
  return parameters;
}
