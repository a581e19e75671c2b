import { commonLines, fillerLines, lookupResult, loopback, transferTimes } from './common-lines.js';
import { compileSchema, type Schema } from './schema.js';

const portMapping = `
  PortMappingEnabled       boolean       rw          = 1
  PortMappingLeaseDuration unsignedInt   rw          = 0
  RemoteHost               string        rw          =
  ExternalPort             unsignedInt(..65535) rw   = 8080
  ExternalPortEndRange     unsignedInt(..65535) rw   = 0
  InternalPort             unsignedInt(..65535) rw   = 80
  PortMappingProtocol      string{TCP|UDP} rw        = TCP
  InternalClient           string(256)   rw          = 192.168.1.100
  PortMappingDescription   string(256)   rw          = web camera
`;

const lines = `
.
  DeviceSummary            string(1024)  r,inform    = InternetGatewayDevice:1.14[](Baseline:1, EthernetLAN:1, WiFiLAN:2, ADSLWAN:1, Time:1, IPPing:1)
  LANDeviceNumberOfEntries unsignedInt   r           = #LANDevice
  WANDeviceNumberOfEntries unsignedInt   r           = #WANDevice
  UserNumberOfEntries      unsignedInt   r           = #User
${commonLines}
DeviceInfo.
  SpecVersion              string(16)    r,inform    = 1.0
  DeviceLog                string(32768) r,quiet     = {software} started

Time.
  Enable                   boolean       rw          = 1
  NTPServer1               string(64)    rw          = ntp1.futuro.example
  NTPServer2               string(64)    rw          = ntp2.futuro.example
  CurrentLocalTime         dateTime      r,quiet     = @now
  LocalTimeZone            string(256)   rw          = +01:00
  LocalTimeZoneName        string(64)    rw          = CET-1CEST
  DaylightSavingsUsed      boolean       rw          = 1
  Status                   string        r           = @either(Synchronized|Disabled)

Layer3Forwarding.
  DefaultConnectionService string(256)   rw          = InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1
  ForwardNumberOfEntries   unsignedInt   r           = #Forwarding

Layer3Forwarding.Forwarding.{i}.  rw  1
  Enable                   boolean       rw          = 1
  Status                   string        r           = @either(Enabled|Disabled)
  StaticRoute              boolean       r           = 0
  DestIPAddress            string        rw,check:ipv4 =
  DestSubnetMask           string        rw,check:ipv4 =
  GatewayIPAddress         string        rw,check:ipv4 = @wanGateway
  Interface                string(256)   rw          = InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1
  ForwardingMetric         int(-1..)     rw          = 10

IPPingDiagnostics.
  DiagnosticsState         string        rw,check:diagnostics = None
  Interface                string(256)   rw          =
  Host                     string(256)   rw          =
  NumberOfRepetitions      unsignedInt(1..) rw       = 4
  Timeout                  unsignedInt(1..) rw       = 1000
  DataBlockSize            unsignedInt(1..65535) rw  = 64
  DSCP                     unsignedInt(..63) rw      = 0
  SuccessCount             unsignedInt   r           = 0
  FailureCount             unsignedInt   r           = 0
  AverageResponseTime      unsignedInt   r           = 0
  MinimumResponseTime      unsignedInt   r           = 0
  MaximumResponseTime      unsignedInt   r           = 0

TraceRouteDiagnostics.
  DiagnosticsState         string        rw,check:diagnostics = None
  Interface                string(256)   rw          =
  Host                     string(256)   rw          =
  NumberOfTries            unsignedInt(1..3) rw      = 3
  Timeout                  unsignedInt(1..) rw       = 5000
  DataBlockSize            unsignedInt(1..65535) rw  = 38
  DSCP                     unsignedInt(..63) rw      = 0
  MaxHopCount              unsignedInt(1..64) rw     = 30
  ResponseTime             unsignedInt   r           = 0
  RouteHopsNumberOfEntries unsignedInt   r           = #RouteHops

TraceRouteDiagnostics.RouteHops.{i}.  r  0
  HopHost                  string(256)   r           =
  HopHostAddress           string        r           =
  HopErrorCode             unsignedInt   r           = 0
  HopRTTimes               string(16)    r           =

DownloadDiagnostics.
  DiagnosticsState         string        rw,check:diagnostics = None
  Interface                string(256)   rw          =
  DownloadURL              string(256)   rw          =
  DSCP                     unsignedInt(..63) rw      = 0
  EthernetPriority         unsignedInt(..7) rw       = 0
${transferTimes}
  TestBytesReceived        unsignedInt   r           = 0
  TotalBytesReceived       unsignedInt   r           = 0

UploadDiagnostics.
  DiagnosticsState         string        rw,check:diagnostics = None
  Interface                string(256)   rw          =
  UploadURL                string(256)   rw          =
  DSCP                     unsignedInt(..63) rw      = 0
  EthernetPriority         unsignedInt(..7) rw       = 0
  TestFileLength           unsignedInt(1..) rw       = 1
${transferTimes}
  TotalBytesSent           unsignedInt   r           = 0

NSLookupDiagnostics.
  DiagnosticsState         string        rw,check:diagnostics = None
  Interface                string(256)   rw          =
  HostName                 string(256)   rw          =
  DNSServer                string(256)   rw          =
  Timeout                  unsignedInt(1..) rw       = 1000
  NumberOfRepetitions      unsignedInt(1..) rw       = 1
  SuccessCount             unsignedInt   r           = 0
  ResultNumberOfEntries    unsignedInt   r           = #Result

NSLookupDiagnostics.Result.{i}.  r  0
${lookupResult}
LANDevice.{i}.  r  1
  LANEthernetInterfaceNumberOfEntries unsignedInt r  = #LANEthernetInterfaceConfig
  LANUSBInterfaceNumberOfEntries unsignedInt r       = 0
  LANWLANConfigurationNumberOfEntries unsignedInt r  = #WLANConfiguration

LANDevice.{i}.LANHostConfigManagement.
  MACAddress               string(17)    r           = @mac
  DHCPServerConfigurable   boolean       rw          = 1
  DHCPServerEnable         boolean       rw          = 1
  DHCPRelay                boolean       r           = 0
  MinAddress               string        rw,check:ipv4 = 192.168.1.100
  MaxAddress               string        rw,check:ipv4 = 192.168.1.199
  ReservedAddresses        string(256)   rw          =
  SubnetMask               string        rw,check:ipv4 = 255.255.255.0
  DNSServers               string        rw          = 192.168.1.1
  DomainName               string(64)    rw          = home
  IPRouters                string        rw          = 192.168.1.1
  DHCPLeaseTime            int(-1..)     rw          = 86400
  IPInterfaceNumberOfEntries unsignedInt r           = #IPInterface
  DHCPStaticAddressNumberOfEntries unsignedInt r     = #DHCPStaticAddress

LANDevice.{i}.LANHostConfigManagement.IPInterface.{i}.  rw  1  4
  Enable                   boolean       rw          = 1
  IPInterfaceIPAddress     string        rw,check:ipv4 = 192.168.1.1
  IPInterfaceSubnetMask    string        rw,check:ipv4 = 255.255.255.0
  IPInterfaceAddressingType string{DHCP|Static|AutoIP} rw = Static

LANDevice.{i}.LANHostConfigManagement.DHCPStaticAddress.{i}.  rw  0  32
  Enable                   boolean       rw          = 0
  Chaddr                   string(17)    rw,check:mac =
  Yiaddr                   string        rw,check:ipv4 =

LANDevice.{i}.LANEthernetInterfaceConfig.{i}.  r  4
  Enable                   boolean       rw          = 1
  Status                   string        r           = @either(Up|Disabled)
  Name                     string(16)    r           = eth{i}
  MACAddress               string(17)    r           = @mac
  MACAddressControlEnabled boolean       rw          = 0
  MaxBitRate               string{10|100|1000|10000|Auto} rw = Auto
  DuplexMode               string{Half|Full|Auto} rw = Auto

LANDevice.{i}.LANEthernetInterfaceConfig.{i}.Stats.
  BytesSent                unsignedInt   r,quiet     = @counter(bytesSent,20000)
  BytesReceived            unsignedInt   r,quiet     = @counter(bytesReceived,3000)
  PacketsSent              unsignedInt   r,quiet     = @counter(packetsSent,30)
  PacketsReceived          unsignedInt   r,quiet     = @counter(packetsReceived,12)

LANDevice.{i}.Hosts.
  HostNumberOfEntries      unsignedInt   r,quiet     = #Host

LANDevice.{i}.Hosts.Host.{i}.  r  @hosts
  IPAddress                string        r,quiet     = @hostAddress
  AddressSource            string{DHCP|Static|AutoIP|None} r = DHCP
  LeaseTimeRemaining       int(-1..)     r,quiet     = @hostLease
  MACAddress               string(17)    r           = @hostMac
  HostName                 string(64)    r           = @hostName
  InterfaceType            string        r           = @hostInterface
  Active                   boolean       r,quiet     = @hostActive

LANDevice.{i}.WLANConfiguration.{i}.  r  2
  Enable                   boolean       rw          = 1
  Status                   string        r           = @either(Up|Disabled)
  Name                     string(32)    r           = [wl0|wl1]
  BSSID                    string(17)    r           = @mac(3)
  MaxBitRate               string(4)     rw          = Auto
  Channel                  unsignedInt(..255) rw,check:channel = @channel
  AutoChannelEnable        boolean       rw          = 1
  SSID                     string(1..32) rw          = @ssid
  BeaconType               string{None|Basic|WPA|11i|BasicandWPA|Basicand11i|WPAand11i|BasicandWPAand11i} rw = 11i
  MACAddressControlEnabled boolean       rw          = 0
  Standard                 string        r           = [n|ac]
  WEPKeyIndex              unsignedInt(1..4) rw      = 1
  KeyPassphrase            string(..63)  rw,hidden,check:wirelessKey = @passphrase
  WEPEncryptionLevel       string        r           = Disabled,40-bit,104-bit
  BasicEncryptionModes     string{None|WEPEncryption} rw = None
  BasicAuthenticationMode  string{None|EAPAuthentication|SharedAuthentication} rw = None
  WPAEncryptionModes       string{WEPEncryption|TKIPEncryption|WEPandTKIPEncryption|AESEncryption|WEPandAESEncryption|TKIPandAESEncryption|WEPandTKIPandAESEncryption} rw = AESEncryption
  WPAAuthenticationMode    string{PSKAuthentication|EAPAuthentication} rw = PSKAuthentication
  IEEE11iEncryptionModes   string{WEPEncryption|TKIPEncryption|WEPandTKIPEncryption|AESEncryption|WEPandAESEncryption|TKIPandAESEncryption|WEPandTKIPandAESEncryption} rw = AESEncryption
  IEEE11iAuthenticationMode string{PSKAuthentication|EAPAuthentication|EAPandPSKAuthentication} rw = PSKAuthentication
  PossibleChannels         string(1024)  r           = [1-13|36,40,44,48,52,56,60,64]
  BasicDataTransmitRates   string(256)   rw          = 1,2,5.5,11
  OperationalDataTransmitRates string(256) rw        = 1,2,5.5,6,9,11,12,18,24,36,48,54
  PossibleDataTransmitRates string(256)  r           = 1,2,5.5,6,9,11,12,18,24,36,48,54
  BeaconAdvertisementEnabled boolean     rw          = 1
  SSIDAdvertisementEnabled boolean       rw          = 1
  RadioEnabled             boolean       rw          = 1
  TransmitPowerSupported   string(64)    r           = 25,50,75,100
  TransmitPower            unsignedInt(..100) rw     = 100
  RegulatoryDomain         string(3)     rw          = PL
  WMMSupported             boolean       r           = 1
  WMMEnable                boolean       rw          = 1
  TotalPSKFailures         unsignedInt   r,quiet     = 0
  TotalBytesSent           unsignedInt   r,quiet     = @counter(bytesSent,18000)
  TotalBytesReceived       unsignedInt   r,quiet     = @counter(bytesReceived,3500)
  TotalPacketsSent         unsignedInt   r,quiet     = @counter(packetsSent,30)
  TotalPacketsReceived     unsignedInt   r,quiet     = @counter(packetsReceived,12)
  TotalAssociations        unsignedInt   r,quiet     = #AssociatedDevice

LANDevice.{i}.WLANConfiguration.{i}.PreSharedKey.{i}.  r  1
  PreSharedKey             string(64)    rw,hidden   =
  KeyPassphrase            string(..63)  rw,hidden,check:wirelessKey = @passphrase
  AssociatedDeviceMACAddress string(17)  rw,check:mac =

LANDevice.{i}.WLANConfiguration.{i}.AssociatedDevice.{i}.  r  @stations
  AssociatedDeviceMACAddress string(17)  r           = @hostMac
  AssociatedDeviceIPAddress string(64)   r           = @hostAddress
  AssociatedDeviceAuthenticationState boolean r      = 1
  LastDataTransmitRate     string(4)     r,quiet     = 54

WANDevice.{i}.  r  1
  WANConnectionNumberOfEntries unsignedInt r         = #WANConnectionDevice

WANDevice.{i}.WANCommonInterfaceConfig.
  EnabledForInternet       boolean       rw          = 1
  WANAccessType            string        r           = DSL
  Layer1UpstreamMaxBitRate unsignedInt   r           = 40000000
  Layer1DownstreamMaxBitRate unsignedInt r           = 100000000
  PhysicalLinkStatus       string        r           = Up
  TotalBytesSent           unsignedInt   r,quiet     = @counter(bytesSent,9000)
  TotalBytesReceived       unsignedInt   r,quiet     = @counter(bytesReceived,60000)
  TotalPacketsSent         unsignedInt   r,quiet     = @counter(packetsSent,22)
  TotalPacketsReceived     unsignedInt   r,quiet     = @counter(packetsReceived,66)

WANDevice.{i}.WANDSLInterfaceConfig.
  Enable                   boolean       rw          = 1
  Status                   string        r           = @either(Up|Disabled)
  ModulationType           string        r           = VDSL
  DataPath                 string        r           = Fast
  UpstreamCurrRate         unsignedInt   r,quiet     = @level(36000,40000)
  DownstreamCurrRate       unsignedInt   r,quiet     = @level(92000,100000)
  UpstreamMaxRate          unsignedInt   r           = 41200
  DownstreamMaxRate        unsignedInt   r           = 108400
  UpstreamNoiseMargin      int           r,quiet     = @level(60,95)
  DownstreamNoiseMargin    int           r,quiet     = @level(60,110)
  UpstreamAttenuation      int           r           = 61
  DownstreamAttenuation    int           r           = 142

WANDevice.{i}.WANConnectionDevice.{i}.  rw  1  4
  WANIPConnectionNumberOfEntries unsignedInt r       = #WANIPConnection
  WANPPPConnectionNumberOfEntries unsignedInt r      = #WANPPPConnection

WANDevice.{i}.WANConnectionDevice.{i}.WANATMF5LoopbackDiagnostics.
  DiagnosticsState         string        rw,check:diagnostics = None
${loopback}
WANDevice.{i}.WANConnectionDevice.{i}.WANIPConnection.{i}.  rw  1  4
  Enable                   boolean       rw          = 1
  ConnectionStatus         string        r           = @either(Connected|Disconnected)
  PossibleConnectionTypes  string        r           = Unconfigured,IP_Routed,IP_Bridged
  ConnectionType           string{Unconfigured|IP_Routed|IP_Bridged} rw = IP_Routed
  Name                     string(256)   rw          = Internet
  Uptime                   unsignedInt   r,quiet     = @uptime
  LastConnectionError      string        r           = ERROR_NONE
  NATEnabled               boolean       rw          = 1
  AddressingType           string{DHCP|Static} rw    = DHCP
  ExternalIPAddress        string        rw,active,check:ipv4 = @wanAddress
  SubnetMask               string        rw,check:ipv4 = 255.255.255.0
  DefaultGateway           string        rw,check:ipv4 = @wanGateway
  DNSEnabled               boolean       rw          = 1
  DNSServers               string(256)   rw          = 198.51.100.53,203.0.113.53
  MaxMTUSize               unsignedInt(1..1540) rw   = 1500 ~ 1500
  MACAddress               string(17)    rw,check:mac = @mac(1)
  ConnectionTrigger        string{OnDemand|AlwaysOn|Manual} rw = AlwaysOn
  PortMappingNumberOfEntries unsignedInt r           = #PortMapping

WANDevice.{i}.WANConnectionDevice.{i}.WANIPConnection.{i}.PortMapping.{i}.  rw  1  32
${portMapping}
WANDevice.{i}.WANConnectionDevice.{i}.WANPPPConnection.{i}.  rw  1  4
  Enable                   boolean       rw          = 0
  ConnectionStatus         string        r           = @either(Connected|Unconfigured)
  ConnectionType           string{Unconfigured|IP_Routed|DHCP_Spoofed|PPPoE_Bridged|PPTP_Relay|L2TP_Relay|PPPoE_Relay} rw = IP_Routed
  Name                     string(256)   rw          = PPPoE
  Uptime                   unsignedInt   r,quiet     = 0
  LastConnectionError      string        r           = ERROR_NONE
  NATEnabled               boolean       rw          = 1
  Username                 string(64)    rw          =
  Password                 string(64)    rw,hidden   =
  ExternalIPAddress        string        rw,check:ipv4 =
  MaxMRUSize               unsignedInt(1..1540) rw   = 1492 ~ 1492
  DNSServers               string(256)   rw          =
  ConnectionTrigger        string{OnDemand|AlwaysOn|Manual} rw = AlwaysOn
  PortMappingNumberOfEntries unsignedInt r           = #PortMapping

WANDevice.{i}.WANConnectionDevice.{i}.WANPPPConnection.{i}.PortMapping.{i}.  rw  0  32
${portMapping}
User.{i}.  rw  1  8
  Enable                   boolean       rw          = 1
  RemoteAccessCapable      boolean       rw          = 0
  Username                 string(64)    rw          = admin
  Password                 string(64)    rw,hidden   = admin-{serial}
  Language                 string(16)    rw          = en
`;

/** The one parameter of a table that TR-098 forces into the Inform: the address of the default connection. */
export const tr098InformAddress =
  'InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.ExternalIPAddress';

/** A TR-098 gateway. */
export const tr098Schema = (oui: string, fillerParameters: number): Schema =>
  compileSchema('InternetGatewayDevice', lines + fillerLines(oui, fillerParameters));
