/** Objects that TR-098 and TR-181 name alike, as lines of a data model (schema.ts). */
export const commonLines = `
DeviceInfo.
  Manufacturer             string(64)    r           = {manufacturer}
  ManufacturerOUI          string(6)     r           = {oui}
  ModelName                string(64)    r           = {model}
  Description              string(256)   r           = {manufacturer} {model} home gateway
  ProductClass             string(64)    r           = {productClass}
  SerialNumber             string(64)    r           = {serial}
  HardwareVersion          string(64)    r,inform    = {hardware}
  SoftwareVersion          string(64)    r,forced    = {software}
  AdditionalHardwareVersion string(64)   r           =
  AdditionalSoftwareVersion string(64)   r           = bootloader 2.1
  ProvisioningCode         string(64)    rw,forced   =
  UpTime                   unsignedInt   r,quiet     = @uptime
  FirstUseDate             dateTime      r           = 2026-01-01T00:00:00Z
  VendorConfigFileNumberOfEntries unsignedInt r      = #VendorConfigFile

DeviceInfo.VendorConfigFile.{i}.  r  1
  Name                     string(64)    r           = gateway.cfg
  Version                  string(16)    r           = 1.0
  Date                     dateTime      r           = 2026-01-01T00:00:00Z
  Description              string(256)   r           = Running configuration

DeviceInfo.MemoryStatus.
  Total                    unsignedInt   r           = 262144
  Free                     unsignedInt   r,quiet     = @level(60000,140000)

DeviceInfo.ProcessStatus.
  CPUUsage                 unsignedInt(..100) r,quiet = @level(2,60)
  ProcessNumberOfEntries   unsignedInt   r           = #Process

DeviceInfo.ProcessStatus.Process.{i}.  r  1
  PID                      unsignedInt   r           = 214
  Command                  string(256)   r           = cwmpd
  Size                     unsignedInt   r           = 6144
  Priority                 unsignedInt(..99) r       = 20
  CPUTime                  unsignedInt   r,quiet     = @counter(cpu,12)
  State                    string{Running|Sleeping|Stopped|Idle|Uninterruptible|Zombie} r = Sleeping

ManagementServer.
  URL                      string(256)   rw,later,check:url = {acsUrl}
  Username                 string(256)   rw,later    = {acsUsername}
  Password                 string(256)   rw,hidden,later = {acsPassword}
  PeriodicInformEnable     boolean       rw          = 1
  PeriodicInformInterval   unsignedInt(1..) rw       = {interval}
  PeriodicInformTime       dateTime      rw          = 0001-01-01T00:00:00Z
  ParameterKey             string(32)    r,inform,quiet =
  ConnectionRequestURL     string(256)   r,active,inform =
  ConnectionRequestUsername string(256)  rw          = {crUsername}
  ConnectionRequestPassword string(256)  rw,hidden   = {crPassword}
  UpgradesManaged          boolean       rw          = 0
  KickURL                  string(256)   r           =
  DownloadProgressURL      string(256)   r           =
  DefaultActiveNotificationThrottle unsignedInt rw   = 0
  CWMPRetryMinimumWaitInterval unsignedInt(1..65535) rw = 5
  CWMPRetryIntervalMultiplier unsignedInt(1000..65535) rw = 2000
  UDPConnectionRequestAddress string(256) r          =
  STUNEnable               boolean       rw          = 0
  STUNServerAddress        string(256)   rw          =
  STUNServerPort           unsignedInt(..65535) rw   = 3478
  STUNUsername             string(256)   rw          =
  STUNPassword             string(256)   rw,hidden   =
  STUNMaximumKeepAlivePeriod int(-1..)   rw          = -1
  STUNMinimumKeepAlivePeriod unsignedInt rw          = 30
  NATDetected              boolean       r           = 0

UserInterface.
  PasswordRequired         boolean       rw          = 1
  PasswordUserSelectable   boolean       rw          = 1
  UpgradeAvailable         boolean       rw          = 0
  WarrantyDate             dateTime      rw          = 2030-01-01T00:00:00Z
  ISPName                  string(64)    rw          = Futuro Networks
  AutoUpdateServer         string(256)   rw          =
  UserUpdateServer         string(256)   rw          =
  AvailableLanguages       string(256)   r           = en,pl,de,fr
  CurrentLanguage          string(16){en|pl|de|fr} rw = en
`;

/** A vendor object of any size, for trees larger than a home gateway's. */
export function fillerLines(oui: string, count: number): string {
  if (count === 0) return '';
  const types = ['string(64)', 'unsignedInt', 'boolean', 'int', 'dateTime'];
  const defaults = ['block {i}', '{i}', '1', '-1', '2026-01-01T00:00:00Z'];
  const lines = (size: number): string =>
    Array.from(
      { length: size },
      (_, n) => `  Value${n + 1}  ${types[n % 5] ?? ''}  rw  = ${defaults[n % 5] ?? ''}`,
    ).join('\n');
  const rest = count % 50;
  return `
X_${oui}_Data.Block.{i}.  r  @fillerBlocks  1000000
${lines(50)}
${rest > 0 ? `X_${oui}_Data.Rest.\n${lines(rest)}` : ''}
`;
}

/** When the parts of a TR-143 transfer test happened; common to both models. */
export const transferTimes = `
  ROMTime                  dateTime      r           = 0001-01-01T00:00:00Z
  BOMTime                  dateTime      r           = 0001-01-01T00:00:00Z
  EOMTime                  dateTime      r           = 0001-01-01T00:00:00Z
  TCPOpenRequestTime       dateTime      r           = 0001-01-01T00:00:00Z
  TCPOpenResponseTime      dateTime      r           = 0001-01-01T00:00:00Z
`;

/** A row of the results of a name lookup. */
export const lookupResult = `
  Status                   string        r           =
  AnswerType               string        r           =
  HostNameReturned         string(256)   r           =
  IPAddresses              string        r           =
  DNSServerIP              string        r           =
  ResponseTime             unsignedInt   r           = 0
`;

/** Arguments and results of an ATM F5 loopback test. */
export const loopback = `
  NumberOfRepetitions      unsignedInt(1..) rw       = 1
  Timeout                  unsignedInt(1..) rw       = 1000
  SuccessCount             unsignedInt   r           = 0
  FailureCount             unsignedInt   r           = 0
  AverageResponseTime      unsignedInt   r           = 0
  MinimumResponseTime      unsignedInt   r           = 0
  MaximumResponseTime      unsignedInt   r           = 0
`;
