import { isPrivateAddress, isUsableAddress } from './addresses.js';
import type { Anchor } from './meanings-data.js';
import type { ParameterTree } from './parameter-tree.js';

/** An instance that the tree knows: its prefix with a dot at the end; null when the tree cannot tell. */
type Finder = (tree: ParameterTree, position: number) => string | null;

const IGD = 'InternetGatewayDevice.';
const DEVICE = 'Device.';

/** The names of all parameters whose values are looked at below. */
export const DECIDING_NAMES: ReadonlySet<string> = new Set([
  'AddressingType',
  'ConnectionStatus',
  'DefaultConnectionService',
  'DestIPAddress',
  'Enable',
  'ExternalIPAddress',
  'IPAddress',
  'Interface',
  'Loopback',
  'LowerLayers',
  'SSIDReference',
  'Status',
  'Type',
]);

/** How each anchor is found in TR-098. */
export const TR098_ANCHORS: Partial<Record<Anchor, Finder>> = {
  wlan: (tree, position) => wlans(tree)[position - 1] ?? null,
  wan: (tree) => best(wanConnections(tree, /./), (prefix) => tr098WanScore(tree, prefix)),
  ppp: (tree) => best(wanConnections(tree, /WANPPPConnection/), (prefix) => tr098WanScore(tree, prefix)),
  lan: (tree) => lanDevice(tree),
  lanAddress: (tree) => {
    const lan = lanDevice(tree);
    return lan && first(tree, `${lan}LANHostConfigManagement.IPInterface.`);
  },
};

/** How each anchor is found in TR-181. */
export const TR181_ANCHORS: Partial<Record<Anchor, Finder>> = {
  ssid: ssidAt,
  ap: (tree, position) => {
    const ssid = ssidAt(tree, position);
    return ssid && accessPointOf(tree, ssid);
  },
  radio: (tree, position) => {
    const ssid = ssidAt(tree, position);
    if (ssid === null) return null;
    const radios = table(tree, `${DEVICE}WiFi.Radio.`);
    const only = radios.length === 1 ? radios[0] : undefined;
    return below(tree, ssid, `${DEVICE}WiFi.Radio.`) ?? only ?? null;
  },
  wan: (tree) => wanInterface(tree),
  wanAddress: (tree) => {
    const wan = wanInterface(tree);
    return wan && addressOf(tree, wan);
  },
  ppp: (tree) => {
    const wan = wanInterface(tree);
    return (wan && below(tree, wan, `${DEVICE}PPP.Interface.`)) ?? first(tree, `${DEVICE}PPP.Interface.`);
  },
  lanAddress: (tree) => {
    const lan = lanInterface(tree);
    return lan && addressOf(tree, lan);
  },
  wanLink: (tree) => {
    const wan = wanInterface(tree);
    return (wan && stack(tree, wan).find((prefix) => tree.has(`${prefix}MACAddress`))) ?? null;
  },
};

/**
 * Whether the instance that an anchor would fall back to is known to belong to another position: then there is no
 * parameter for this one, rather than somebody else's.
 */
export function isTaken(tree: ParameterTree, anchor: Anchor, prefix: string): boolean {
  if (anchor === 'wlan' || anchor === 'ssid') return tree.has(prefix);
  if (anchor !== 'ap') return false;
  const reference = tree.value(`${prefix}SSIDReference`) ?? '';
  return reference !== '' && tree.instances(`${DEVICE}WiFi.SSID.`).length > 0;
}

/** How many positions an anchor with `{n}` has in the tree. */
export function positions(tree: ParameterTree, root: string): number {
  return root === 'Device' ? tree.instances(`${DEVICE}WiFi.SSID.`).length : wlans(tree).length;
}

function wlans(tree: ParameterTree): string[] {
  return table(tree, `${IGD}LANDevice.`).flatMap((lan) => table(tree, `${lan}WLANConfiguration.`));
}

function lanDevice(tree: ParameterTree): string | null {
  const all = table(tree, `${IGD}LANDevice.`);
  return all.find((lan) => tree.has(`${lan}LANHostConfigManagement.`)) ?? all[0] ?? null;
}

function wanConnections(tree: ParameterTree, kind: RegExp): string[] {
  return table(tree, `${IGD}WANDevice.`)
    .flatMap((device) => table(tree, `${device}WANConnectionDevice.`))
    .flatMap((connection) => [
      ...table(tree, `${connection}WANIPConnection.`),
      ...table(tree, `${connection}WANPPPConnection.`),
    ])
    .filter((prefix) => kind.test(prefix));
}

/** Connected beats default beats addressed beats enabled; a default connection that is up beats all. */
function tr098WanScore(tree: ParameterTree, prefix: string): number {
  const defaultConnection = tree.value(`${IGD}Layer3Forwarding.DefaultConnectionService`);
  return (
    (tree.value(`${prefix}ConnectionStatus`) === 'Connected' ? 8 : 0) +
    (defaultConnection !== null && refersTo(defaultConnection, prefix) ? 4 : 0) +
    (isUsableAddress(tree.value(`${prefix}ExternalIPAddress`) ?? '') ? 2 : 0) +
    (isTrue(tree.value(`${prefix}Enable`)) ? 1 : 0)
  );
}

function ssidAt(tree: ParameterTree, position: number): string | null {
  return table(tree, `${DEVICE}WiFi.SSID.`)[position - 1] ?? null;
}

/** The access point whose SSIDReference names the SSID; where none says so, the one of the same number. */
function accessPointOf(tree: ParameterTree, ssid: string): string | null {
  const all = table(tree, `${DEVICE}WiFi.AccessPoint.`);
  const referring = all.find((ap) => refersTo(tree.value(`${ap}SSIDReference`) ?? '', ssid));
  if (referring) return referring;
  const same = `${DEVICE}WiFi.AccessPoint.${lastInstance(ssid)}.`;
  const free = (tree.value(`${same}SSIDReference`) ?? '') === '';
  return all.includes(same) && free ? same : null;
}

/** The interface of a kind that lies under another, through LowerLayers. */
function below(tree: ParameterTree, prefix: string, kind: string): string | null {
  return stack(tree, prefix).find((layer) => layer.startsWith(kind)) ?? null;
}

/** Everything under an interface, nearest first. Bounded: devices exist whose layers go round in a circle. */
function stack(tree: ParameterTree, top: string): string[] {
  const layers: string[] = [];
  let level = [top];
  while (level.length > 0 && layers.length < 64) {
    const next = level
      .flatMap((prefix) => references(tree.value(`${prefix}LowerLayers`) ?? ''))
      .filter((prefix) => prefix !== top && !layers.includes(prefix));
    layers.push(...new Set(next));
    level = [...new Set(next)];
  }
  return layers;
}

/** The IP interface towards the provider: the default route's, else what NAT, addressing and PPP below it point to. */
function wanInterface(tree: ParameterTree): string | null {
  const routes = table(tree, `${DEVICE}Routing.Router.`)
    .flatMap((router) => table(tree, `${router}IPv4Forwarding.`))
    .filter((route) => ['', '0.0.0.0'].includes(tree.value(`${route}DestIPAddress`) ?? '-'))
    .filter((route) => !isFalse(tree.value(`${route}Enable`)))
    .map((route) => tree.value(`${route}Interface`) ?? '');
  const nat = table(tree, `${DEVICE}NAT.InterfaceSetting.`).map((one) => tree.value(`${one}Interface`) ?? '');
  return best(ipInterfaces(tree), (prefix) => {
    const address = addressOf(tree, prefix);
    const text = address === null ? '' : (tree.value(`${address}IPAddress`) ?? '');
    const addressing = address === null ? '' : (tree.value(`${address}AddressingType`) ?? '');
    return (
      (isServed(tree, prefix) ? -16 : 0) +
      (routes.some((route) => refersTo(route, prefix)) ? 32 : 0) +
      (nat.some((one) => refersTo(one, prefix)) ? 8 : 0) +
      (['DHCP', 'IPCP'].includes(addressing) || below(tree, prefix, `${DEVICE}PPP.`) ? 4 : 0) +
      (isUsableAddress(text) ? (isPrivateAddress(text) ? 1 : 2) : 0) +
      (tree.value(`${prefix}Status`) === 'Up' ? 1 : 0)
    );
  });
}

/** The IP interface of the home: the one that the DHCP server serves, else a private static one that is not the WAN. */
function lanInterface(tree: ParameterTree): string | null {
  const wan = wanInterface(tree);
  return best(
    ipInterfaces(tree).filter((prefix) => prefix !== wan),
    (prefix) => {
      const address = addressOf(tree, prefix);
      const text = address === null ? '' : (tree.value(`${address}IPAddress`) ?? '');
      return (isServed(tree, prefix) ? 4 : 0) + (isPrivateAddress(text) ? 2 : 0);
    },
  );
}

function isServed(tree: ParameterTree, prefix: string): boolean {
  return table(tree, `${DEVICE}DHCPv4.Server.Pool.`).some((pool) =>
    refersTo(tree.value(`${pool}Interface`) ?? '', prefix),
  );
}

function ipInterfaces(tree: ParameterTree): string[] {
  return table(tree, `${DEVICE}IP.Interface.`).filter(
    (prefix) => !isTrue(tree.value(`${prefix}Loopback`)) && tree.value(`${prefix}Type`) !== 'Loopback',
  );
}

function addressOf(tree: ParameterTree, interfacePrefix: string): string | null {
  const all = table(tree, `${interfacePrefix}IPv4Address.`);
  return all.find((address) => isUsableAddress(tree.value(`${address}IPAddress`) ?? '')) ?? all[0] ?? null;
}

function table(tree: ParameterTree, prefix: string): string[] {
  return tree.instances(prefix).map((instance) => `${prefix}${instance}.`);
}

function first(tree: ParameterTree, prefix: string): string | null {
  return table(tree, prefix)[0] ?? null;
}

/** The highest score; the first of equals. */
function best(prefixes: readonly string[], score: (prefix: string) => number): string | null {
  let found: string | null = null;
  let highest = -Infinity;
  for (const prefix of prefixes) {
    const points = score(prefix);
    if (points > highest) {
      found = prefix;
      highest = points;
    }
  }
  return found;
}

/** A list of paths as CPEs write them: with or without a dot at the end, spaces after the commas. */
function references(list: string): string[] {
  return list
    .split(',')
    .map((path) => path.trim())
    .filter((path) => path !== '')
    .map((path) => (path.endsWith('.') ? path : `${path}.`));
}

function refersTo(reference: string, prefix: string): boolean {
  return references(reference).includes(prefix);
}

function lastInstance(prefix: string): string {
  return prefix.split('.').at(-2) ?? '';
}

const isTrue = (value: string | null): boolean => value === '1' || value?.toLowerCase() === 'true';
const isFalse = (value: string | null): boolean => value === '0' || value?.toLowerCase() === 'false';
