import { commonLines, fillerLines, lookupResult, loopback, transferTimes } from './common-lines.js';
import { compileSchema, type Schema } from './schema.js';

const statistics = (sent: number, received: number): string => `
  BytesSent                unsignedLong  r,quiet     = @counter(bytesSent,${sent})
  BytesReceived            unsignedLong  r,quiet     = @counter(bytesReceived,${received})
  PacketsSent              unsignedLong  r,quiet     = @counter(packetsSent,${sent / 400})
  PacketsReceived          unsignedLong  r,quiet     = @counter(packetsReceived,${received / 900})
  ErrorsSent               unsignedInt   r,quiet     = 0
  ErrorsReceived           unsignedInt   r,quiet     = @counter(errorsReceived,0.001)
`;

const lines = `
.
  RootDataModelVersion     string(32)    r,inform    = 2.17
  InterfaceStackNumberOfEntries unsignedInt r        = 0
${commonLines}
Time.
  Enable                   boolean       rw          = 1
  Status                   string{Disabled|Unsynchronized|Synchronized|Error_FailedToSynchronize|Error} r = @either(Synchronized|Disabled)
  NTPServer1               string(64)    rw          = ntp1.futuro.example
  NTPServer2               string(64)    rw          = ntp2.futuro.example
  NTPServer3               string(64)    rw          =
  CurrentLocalTime         dateTime      r,quiet     = @now
  LocalTimeZone            string(256)   rw          = CET-1CEST,M3.5.0,M10.5.0/3

Ethernet.
  InterfaceNumberOfEntries unsignedInt   r           = #Interface
  LinkNumberOfEntries      unsignedInt   r           = #Link

Ethernet.Interface.{i}.  r  2
  Enable                   boolean       rw          = 1
  Status                   string        r           = @either(Up|Down)
  Name                     string(64)    r           = eth{i}
  LastChange               unsignedInt   r,quiet     = @uptime
  LowerLayers              string(1024)  rw          =
  Upstream                 boolean       r           = [1|0]
  MACAddress               string(17)    r           = @mac
  MaxBitRate               int(-1..)     rw          = -1
  DuplexMode               string{Half|Full|Auto} rw = Auto

Ethernet.Interface.{i}.Stats.
${statistics(9000, 60_000)}
Ethernet.Link.{i}.  rw  1
  Enable                   boolean       rw          = 1
  Status                   string        r           = @either(Up|Down)
  Name                     string(64)    r           = wan
  LowerLayers              string(1024)  rw          = Device.Ethernet.Interface.1
  MACAddress               string(17)    rw,check:mac = @mac(1)

WiFi.
  RadioNumberOfEntries     unsignedInt   r           = #Radio
  SSIDNumberOfEntries      unsignedInt   r           = #SSID
  AccessPointNumberOfEntries unsignedInt r           = #AccessPoint

WiFi.Radio.{i}.  r  2
  Enable                   boolean       rw          = 1
  Status                   string        r           = @either(Up|Down)
  Name                     string(64)    r           = [wl0|wl1]
  LastChange               unsignedInt   r,quiet     = @uptime
  LowerLayers              string(1024)  rw          =
  Upstream                 boolean       r           = 0
  MaxBitRate               unsignedInt   r           = [600|2400]
  SupportedFrequencyBands  string        r           = [2.4GHz|5GHz]
  OperatingFrequencyBand   string{2.4GHz|5GHz|6GHz} rw = [2.4GHz|5GHz]
  SupportedStandards       string        r           = [b,g,n,ax|a,n,ac,ax]
  OperatingStandards       string        rw,check:standards = [g,n,ax|n,ac,ax]
  PossibleChannels         string(1024)  r           = [1-13|36,40,44,48,52,56,60,64,100,104,108,112]
  ChannelsInUse            string(1024)  r           = [1,6,11|36,44]
  Channel                  unsignedInt(1..255) rw,check:channel = @channel
  AutoChannelSupported     boolean       r           = 1
  AutoChannelEnable        boolean       rw          = 1
  AutoChannelRefreshPeriod unsignedInt   rw          = 86400
  OperatingChannelBandwidth string{20MHz|40MHz|80MHz|160MHz|Auto} rw = [20MHz|80MHz]
  GuardInterval            string{400nsec|800nsec|1xLTF|2xLTF|4xLTF|Auto} rw = Auto
  TransmitPowerSupported   string(64)    r           = 25,50,75,100
  TransmitPower            int(-1..100)  rw          = 100
  IEEE80211hSupported      boolean       r           = [0|1]
  IEEE80211hEnabled        boolean       rw          = [0|1]
  RegulatoryDomain         string(3)     rw          = PL
  BeaconPeriod             unsignedInt   rw          = 100
  DTIMPeriod               unsignedInt   rw          = 2

WiFi.Radio.{i}.Stats.
  Noise                    int           r,quiet     = @level(-97,-88)

WiFi.SSID.{i}.  rw  2  8
  Enable                   boolean       rw          = 1
  Status                   string        r           = @either(Up|Down)
  Name                     string(64)    r           = wlan{i}
  LastChange               unsignedInt   r,quiet     = @uptime
  LowerLayers              string(1024)  rw          = Device.WiFi.Radio.{i}
  BSSID                    string(17)    r           = @mac(3)
  MACAddress               string(17)    r           = @mac(3)
  SSID                     string(1..32) rw          = @ssid ~ new network

WiFi.SSID.{i}.Stats.
${statistics(18_000, 3500)}
WiFi.AccessPoint.{i}.  rw  2  8
  Enable                   boolean       rw          = 1
  Status                   string        r           = @either(Enabled|Disabled)
  SSIDReference            string        rw          = Device.WiFi.SSID.{i}
  SSIDAdvertisementEnabled boolean       rw          = 1
  WMMCapability            boolean       r           = 1
  UAPSDCapability          boolean       r           = 1
  WMMEnable                boolean       rw          = 1
  UAPSDEnable              boolean       rw          = 1
  AssociatedDeviceNumberOfEntries unsignedInt r      = #AssociatedDevice
  IsolationEnable          boolean       rw          = 0
  MaxAllowedAssociations   unsignedInt   rw          = 32

WiFi.AccessPoint.{i}.Security.
  ModesSupported           string        r           = None,WPA2-Personal,WPA3-Personal,WPA3-Personal-Transition,WPA-WPA2-Personal
  ModeEnabled              string        rw,check:modeEnabled = WPA2-Personal ~ WPA2-Personal
  PreSharedKey             hexBinary(..32) rw,hidden =
  KeyPassphrase            string(8..63) rw,hidden   = @passphrase
  SAEPassphrase            string        rw,hidden   =
  RekeyingInterval         unsignedInt   rw          = 3600
  MFPConfig                string{Disabled|Optional|Required} rw = Optional

WiFi.AccessPoint.{i}.AssociatedDevice.{i}.  r  @stations
  MACAddress               string(17)    r           = @hostMac
  OperatingStandard        string        r           = ax
  AuthenticationState      boolean       r           = 1
  LastDataDownlinkRate     unsignedInt   r,quiet     = @level(60000,600000)
  LastDataUplinkRate       unsignedInt   r,quiet     = @level(40000,300000)
  SignalStrength           int(-200..0)  r,quiet     = @signal
  Active                   boolean       r,quiet     = 1

IP.
  IPv4Capable              boolean       r           = 1
  IPv4Enable               boolean       rw          = 1
  IPv4Status               string        r           = Enabled
  InterfaceNumberOfEntries unsignedInt   r           = #Interface

IP.Interface.{i}.  rw  2
  Enable                   boolean       rw          = 1
  IPv4Enable               boolean       rw          = 1
  Status                   string        r           = @either(Up|Down)
  Name                     string(64)    r           = [wan|br0]
  LastChange               unsignedInt   r,quiet     = @uptime
  LowerLayers              string(1024)  rw          = [Device.Ethernet.Link.1|Device.Ethernet.Interface.2]
  MaxMTUSize               unsignedInt(64..65535) rw = 1500 ~ 1500
  Type                     string        r           = Normal
  IPv4AddressNumberOfEntries unsignedInt r           = #IPv4Address

IP.Interface.{i}.IPv4Address.{i}.  rw  1  4
  Enable                   boolean       rw          = 1
  Status                   string        r           = @either(Enabled|Disabled)
  IPAddress                string(15)    rw,active,check:ipv4 = @address
  SubnetMask               string(15)    rw,check:ipv4 = 255.255.255.0
  AddressingType           string{DHCP|AutoIP|IPCP|Static} r = @addressing ~ Static

IP.Diagnostics.IPPing.
  DiagnosticsState         string        rw,check:diagnostics = None
  Interface                string(256)   rw          =
  ProtocolVersion          string{Any|IPv4|IPv6} rw  = Any
  Host                     string(256)   rw          =
  NumberOfRepetitions      unsignedInt(1..) rw       = 4
  Timeout                  unsignedInt(1..) rw       = 1000
  DataBlockSize            unsignedInt(1..65535) rw  = 64
  DSCP                     unsignedInt(..63) rw      = 0
  IPAddressUsed            string        r           =
  SuccessCount             unsignedInt   r           = 0
  FailureCount             unsignedInt   r           = 0
  AverageResponseTime      unsignedInt   r           = 0
  MinimumResponseTime      unsignedInt   r           = 0
  MaximumResponseTime      unsignedInt   r           = 0

IP.Diagnostics.TraceRoute.
  DiagnosticsState         string        rw,check:diagnostics = None
  Interface                string(256)   rw          =
  ProtocolVersion          string{Any|IPv4|IPv6} rw  = Any
  Host                     string(256)   rw          =
  NumberOfTries            unsignedInt(1..3) rw      = 3
  Timeout                  unsignedInt(1..) rw       = 5000
  DataBlockSize            unsignedInt(1..65535) rw  = 38
  DSCP                     unsignedInt(..63) rw      = 0
  MaxHopCount              unsignedInt(1..64) rw     = 30
  RouteHopsNumberOfEntries unsignedInt   r           = #RouteHops
  IPAddressUsed            string        r           =
  ResponseTime             unsignedInt   r           = 0

IP.Diagnostics.TraceRoute.RouteHops.{i}.  r  0
  Host                     string(256)   r           =
  HostAddress              string        r           =
  ErrorCode                unsignedInt   r           = 0
  RTTimes                  string(16)    r           =

IP.Diagnostics.DownloadDiagnostics.
  DiagnosticsState         string        rw,check:diagnostics = None
  Interface                string(256)   rw          =
  DownloadURL              string(2048)  rw          =
  DSCP                     unsignedInt(..63) rw      = 0
  EthernetPriority         unsignedInt(..7) rw       = 0
  IPAddressUsed            string        r           =
${transferTimes}
  TestBytesReceived        unsignedLong  r           = 0
  TotalBytesReceived       unsignedLong  r           = 0

IP.Diagnostics.UploadDiagnostics.
  DiagnosticsState         string        rw,check:diagnostics = None
  Interface                string(256)   rw          =
  UploadURL                string(2048)  rw          =
  DSCP                     unsignedInt(..63) rw      = 0
  EthernetPriority         unsignedInt(..7) rw       = 0
  TestFileLength           unsignedLong  rw          = 1
  IPAddressUsed            string        r           =
${transferTimes}
  TestBytesSent            unsignedLong  r           = 0
  TotalBytesSent           unsignedLong  r           = 0

DNS.Diagnostics.NSLookupDiagnostics.
  DiagnosticsState         string        rw,check:diagnostics = None
  Interface                string(256)   rw          =
  HostName                 string(256)   rw          =
  DNSServer                string(256)   rw          =
  Timeout                  unsignedInt(1..) rw       = 1000
  NumberOfRepetitions      unsignedInt(1..) rw       = 1
  SuccessCount             unsignedInt   r           = 0
  ResultNumberOfEntries    unsignedInt   r           = #Result

DNS.Diagnostics.NSLookupDiagnostics.Result.{i}.  r  0
${lookupResult}
ATM.Diagnostics.F5Loopback.
  DiagnosticsState         string        rw,check:diagnostics = None
  Interface                string(256)   rw          =
${loopback}
PPP.
  InterfaceNumberOfEntries unsignedInt   r           = #Interface

PPP.Interface.{i}.  rw  1
  Enable                   boolean       rw          = 0
  Status                   string        r           = @either(Up|Down)
  Name                     string(64)    r           = ppp0
  LastChange               unsignedInt   r,quiet     = @uptime
  LowerLayers              string(1024)  rw          = Device.Ethernet.Link.1
  ConnectionStatus         string        r           = @either(Connected|Unconfigured)
  LastConnectionError      string        r           = ERROR_NONE
  Username                 string(64)    rw          =
  Password                 string(64)    rw,hidden   =
  MaxMRUSize               unsignedInt(64..65535) rw = 1492 ~ 1492
  ConnectionTrigger        string{OnDemand|AlwaysOn|Manual} rw = AlwaysOn

Routing.
  RouterNumberOfEntries    unsignedInt   r           = #Router

Routing.Router.{i}.  rw  1  4
  Enable                   boolean       rw          = 1
  Status                   string        r           = @either(Enabled|Disabled)
  IPv4ForwardingNumberOfEntries unsignedInt r        = #IPv4Forwarding

Routing.Router.{i}.IPv4Forwarding.{i}.  rw  1
  Enable                   boolean       rw          = 1
  Status                   string        r           = @either(Enabled|Disabled)
  StaticRoute              boolean       r           = 0
  DestIPAddress            string(15)    rw,check:ipv4 =
  DestSubnetMask           string(15)    rw,check:ipv4 =
  GatewayIPAddress         string(15)    rw,check:ipv4 = @wanGateway
  Interface                string(256)   rw          = Device.IP.Interface.1
  Origin                   string        r           = DHCPv4
  ForwardingMetric         int(-1..)     rw          = 10

Hosts.
  HostNumberOfEntries      unsignedInt   r,quiet     = #Host

Hosts.Host.{i}.  r  @hosts
  PhysAddress              string(64)    r           = @hostMac
  IPAddress                string(45)    r,quiet     = @hostAddress
  AssociatedDevice         string(256)   r           =
  Layer1Interface          string(256)   r           = @hostLayer1
  Layer3Interface          string(256)   r           = Device.IP.Interface.2
  HostName                 string(64)    r           = @hostName
  Active                   boolean       r,quiet     = @hostActive

DHCPv4.
  ClientNumberOfEntries    unsignedInt   r           = #Client

DHCPv4.Client.{i}.  rw  1
  Enable                   boolean       rw          = 1
  Interface                string(256)   rw          = Device.IP.Interface.1
  Status                   string        r           = @either(Enabled|Disabled)
  DHCPStatus               string        r           = Bound
  IPAddress                string(15)    r           = @wanAddress
  SubnetMask               string(15)    r           = 255.255.255.0
  IPRouters                string        r           = @wanGateway
  DNSServers               string        r           = 198.51.100.53,203.0.113.53
  LeaseTimeRemaining       int(-1..)     r,quiet     = @hostLease

DHCPv4.Server.
  Enable                   boolean       rw          = 1
  PoolNumberOfEntries      unsignedInt   r           = #Pool

DHCPv4.Server.Pool.{i}.  rw  1  8
  Enable                   boolean       rw          = 1
  Status                   string        r           = @either(Enabled|Disabled)
  Interface                string(256)   rw          = Device.IP.Interface.2
  MinAddress               string(15)    rw,check:ipv4 = 192.168.1.100
  MaxAddress               string(15)    rw,check:ipv4 = 192.168.1.199
  ReservedAddresses        string(1024)  rw          =
  SubnetMask               string(15)    rw,check:ipv4 = 255.255.255.0
  DNSServers               string        rw          = 192.168.1.1
  DomainName               string(64)    rw          = home
  IPRouters                string        rw          = 192.168.1.1
  LeaseTime                int(-1..)     rw          = 86400
  StaticAddressNumberOfEntries unsignedInt r         = #StaticAddress

DHCPv4.Server.Pool.{i}.StaticAddress.{i}.  rw  0  32
  Enable                   boolean       rw          = 0
  Chaddr                   string(17)    rw,check:mac =
  Yiaddr                   string(15)    rw,check:ipv4 =

DNS.Client.
  Enable                   boolean       rw          = 1
  Status                   string        r           = @either(Enabled|Disabled)
  ServerNumberOfEntries    unsignedInt   r           = #Server

DNS.Client.Server.{i}.  rw  2  8
  Enable                   boolean       rw          = 1
  Status                   string        r           = @either(Enabled|Disabled)
  DNSServer                string(45)    rw          = [198.51.100.53|203.0.113.53]
  Interface                string(256)   rw          = Device.IP.Interface.1
  Type                     string        r           = DHCPv4

NAT.
  InterfaceSettingNumberOfEntries unsignedInt r      = #InterfaceSetting
  PortMappingNumberOfEntries unsignedInt r           = #PortMapping

NAT.InterfaceSetting.{i}.  rw  1  4
  Enable                   boolean       rw          = 1
  Status                   string        r           = @either(Enabled|Disabled)
  Interface                string(256)   rw          = Device.IP.Interface.1

NAT.PortMapping.{i}.  rw  1  32
  Enable                   boolean       rw          = 1
  Status                   string        r           = @either(Enabled|Disabled)
  Interface                string(256)   rw          = Device.IP.Interface.1
  AllInterfaces            boolean       rw          = 0
  LeaseDuration            unsignedInt   rw          = 0
  RemoteHost               string(45)    rw          =
  ExternalPort             unsignedInt(..65535) rw   = 8080
  ExternalPortEndRange     unsignedInt(..65535) rw   = 0
  InternalPort             unsignedInt(..65535) rw   = 80
  Protocol                 string{TCP|UDP} rw        = TCP
  InternalClient           string(256)   rw          = 192.168.1.100
  Description              string(256)   rw          = web camera

Firewall.
  Enable                   boolean       rw          = 1
  Config                   string{High|Low|Off|Advanced|Policy} rw = Low
  Version                  string(16)    r           = 1.4
  LastChange               dateTime      r           = @bootTime

Users.
  UserNumberOfEntries      unsignedInt   r           = #User

Users.User.{i}.  rw  1  8
  Enable                   boolean       rw          = 1
  RemoteAccessCapable      boolean       rw          = 0
  Username                 string(64)    rw          = admin
  Password                 string(64)    rw,hidden   = admin-{serial}
  Language                 string(16)    rw          = en
`;

/** A TR-181 gateway. */
export const tr181Schema = (oui: string, fillerParameters: number): Schema =>
  compileSchema('Device', lines + fillerLines(oui, fillerParameters));
