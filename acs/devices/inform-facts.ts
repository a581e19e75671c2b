import { isPrivateAddress, isUsableAddress } from './addresses.js';

/** What of an Inform the device's record keeps; null = the Inform did not say. */
export interface InformFacts {
  /** `InternetGatewayDevice` or `Device`, from the prefix of the Inform's parameters (spec cwmp.md §14). */
  root: string | null;
  softwareVersion: string | null;
  hardwareVersion: string | null;
  provisioningCode: string | null;
  parameterKey: string | null;
  connectionRequestUrl: string | null;
  udpConnectionRequestAddress: string | null;
  /** Seconds. */
  periodicInformInterval: number | null;
  modelName: string | null;
  wanIp: string | null;
  /** The parameter that `wanIp` was reported in. */
  wanIpPath: string | null;
}

interface NamedValue {
  readonly name: string;
  readonly value: string;
}

const ROOTS = ['InternetGatewayDevice', 'Device'];

/** TR-098: the address of a WAN connection, forced for the default one. */
const TR098_WAN_ADDRESS =
  /^InternetGatewayDevice\.WANDevice\.\d+\.WANConnectionDevice\.\d+\.WAN(?:IP|PPP)Connection\.\d+\.ExternalIPAddress$/;
/** TR-181 forces none; vendors add the address of the IP interface or of the PPP link. */
const TR181_WAN_ADDRESS =
  /^Device\.(?:IP\.Interface\.\d+\.IPv[46]Address\.\d+\.IPAddress|PPP\.Interface\.\d+\.IPCP\.LocalIPAddress)$/;

/** Reads the facts out of the Inform's parameters. `sourceIp` helps to choose among several addresses. */
export function factsOfInform(parameters: readonly NamedValue[], sourceIp: string): InformFacts {
  const facts: InformFacts = {
    root: null,
    softwareVersion: null,
    hardwareVersion: null,
    provisioningCode: null,
    parameterKey: null,
    connectionRequestUrl: null,
    udpConnectionRequestAddress: null,
    periodicInformInterval: null,
    modelName: null,
    wanIp: null,
    wanIpPath: null,
  };
  const addresses: NamedValue[] = [];
  for (const { name, value } of parameters) {
    const dot = name.indexOf('.');
    const root = name.slice(0, dot);
    if (dot < 0 || !ROOTS.includes(root)) continue;
    facts.root ??= root;
    if (!readFact(facts, name.slice(dot + 1), value)) {
      if (TR098_WAN_ADDRESS.test(name) || TR181_WAN_ADDRESS.test(name))
        addresses.push({ name, value: value.trim() });
    }
  }
  const wan = chooseAddress(addresses, sourceIp);
  facts.wanIp = wan?.value ?? null;
  facts.wanIpPath = wan?.name ?? null;
  return facts;
}

function readFact(facts: InformFacts, path: string, value: string): boolean {
  switch (path) {
    case 'DeviceInfo.SoftwareVersion':
      facts.softwareVersion = value;
      return true;
    case 'DeviceInfo.HardwareVersion':
      facts.hardwareVersion = value;
      return true;
    case 'DeviceInfo.ProvisioningCode':
      facts.provisioningCode = value;
      return true;
    case 'DeviceInfo.ModelName':
      facts.modelName = value;
      return true;
    case 'ManagementServer.ParameterKey':
      facts.parameterKey = value;
      return true;
    case 'ManagementServer.ConnectionRequestURL':
      facts.connectionRequestUrl = value.trim();
      return true;
    case 'ManagementServer.UDPConnectionRequestAddress':
      facts.udpConnectionRequestAddress = value.trim();
      return true;
    case 'ManagementServer.PeriodicInformInterval':
      facts.periodicInformInterval = wholeSeconds(value);
      return true;
    default:
      return false;
  }
}

/** Seconds of an interval parameter; null when it is no whole positive number. */
export function wholeSeconds(value: string): number | null {
  const trimmed = value.trim();
  const seconds = Number(trimmed);
  return /^\d+$/.test(trimmed) && Number.isSafeInteger(seconds) && seconds > 0 ? seconds : null;
}

/** The one that the connection itself came from, else a public one, else any that can be used. */
function chooseAddress(candidates: readonly NamedValue[], sourceIp: string): NamedValue | null {
  const usable = candidates.filter(({ value }) => isUsableAddress(value));
  return (
    usable.find(({ value }) => value === sourceIp) ??
    usable.find(({ value }) => !isPrivateAddress(value)) ??
    usable[0] ??
    null
  );
}
