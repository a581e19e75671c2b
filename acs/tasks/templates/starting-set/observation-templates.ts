import type { StartingTemplate } from './starting-template.js';

/** What support asks first. A device that lacks something gives the rest. */
const DIAGNOSTICS = `<config>
  <defaults get.ignoreFaults="true">
    <get key="firmware.version" output="softwareVersion"/>
    <get key="Root.DeviceInfo.UpTime" output="uptime"/>
    <get key="memory.free" output="memoryFree"/>
    <get key="memory.total" output="memoryTotal"/>
    <get key="cpu.usage" output="cpuUsage"/>
    <get key="wan.status" output="wanStatus"/>
    <get key="wan.ip" output="wanAddress"/>
    <get key="wan.uptime" output="wanUptime"/>
    <get key="hosts.count" output="hosts"/>
    <get key="wifi.1.ssid" output="wifi1Name"/>
    <get key="wifi.1.status" output="wifi1Status"/>
    <get key="wifi.1.channel" output="wifi1Channel"/>
    <get key="wifi.1.clients" output="wifi1Clients"/>
  </defaults>
  <finish message="WAN \${#wanStatus ? 'unknown'}, \${#hosts ? '?'} hosts, up \${format.secondsToPeriod((#uptime ? '0').toLong)}"/>
</config>`;

/** Templates that read and watch (templates-quickfixes.md §7). */
export const OBSERVATION_TEMPLATES: readonly StartingTemplate[] = [
  {
    key: 'refresh-data-model',
    template: {
      name: 'Refresh data model',
      description: 'Reads all names and as many values as the device gives.',
      type: 'CwmpBestEffortRefresh',
      config: { useQuota: false },
      quickFix: {
        name: 'Refresh data model',
        connect: 'always',
        permission: 'device.connect',
        preferRestart: true,
        icon: 'database-refresh',
      },
    },
  },
  {
    key: 'ping',
    template: {
      name: 'Ping',
      description: 'The device sends echo requests to a host and reports how long the answers took.',
      type: 'IpPingDiagnostics',
      config: {
        host: '${task.property.host}',
        numberOfRepetitions: '${task.property.repetitions.toInt}',
      },
      parameters: [
        {
          name: 'host',
          label: 'Host',
          default: "${sv.pingHost ? ''}",
          max: 256,
          help: 'Name or address, as the device sees it. The setting value pingHost fills it in.',
        },
        { name: 'repetitions', label: 'Echo requests', type: 'int', default: '5', min: 1, max: 100 },
      ],
      quickFix: { name: 'Ping', connect: 'always', preferRestart: true, icon: 'speedometer' },
    },
  },
  {
    key: 'read-diagnostics',
    template: {
      name: 'Read diagnostics',
      description:
        'Reads what support asks first: versions, uptime, memory, WAN, hosts, the first Wi-Fi network.',
      type: 'XmlTask',
      config: { xml: DIAGNOSTICS },
      quickFix: { name: 'Read diagnostics', connect: 'always', preferRestart: true, icon: 'heart-pulse' },
    },
  },
  {
    key: 'trace-parameter',
    template: {
      name: 'Trace a parameter',
      description: 'Keeps a history of a value, read in every session, for charts.',
      type: 'ParameterValueTracer',
      config: {
        parameter: [{ name: '${task.property.parameter}', alias: "${task.property.alias ? ''}" }],
        minimalInterval: '${task.property.seconds.toInt}',
        endDate: "${task.property.until ? ''}",
        saveUnchanged: '${task.property.unchanged.toBoolean}',
      },
      settings: { automaticRestart: true },
      parameters: [
        {
          name: 'parameter',
          label: 'Parameter',
          type: 'dataModelKey',
          default: 'wan.uptime',
          help: 'A path, a partial path with a dot at its end, or a meaning.',
        },
        {
          name: 'alias',
          label: 'Name in the history',
          required: false,
          max: 256,
          help: 'Empty: the path.',
        },
        {
          name: 'seconds',
          label: 'Least seconds between samples',
          type: 'int',
          default: '0',
          min: 0,
          max: 31_536_000,
          help: '0: a sample in every session.',
        },
        { name: 'until', label: 'Until', type: 'date', required: false, help: 'UTC; empty: for ever.' },
        {
          name: 'unchanged',
          label: 'Keep unchanged values too',
          type: 'boolean',
          default: 'false',
        },
      ],
    },
  },
  {
    key: 'spread-informs',
    template: {
      name: 'Spread periodic Informs',
      description:
        'Sets the interval of periodic Informs and gives each device a phase of its own, by a hash of its identity, so that a fleet does not call all at once.',
      type: 'SetValues',
      config: {
        param: [
          { name: 'acs.informEnabled', value: 'true', type: 'boolean' },
          { name: 'acs.informInterval', value: '${task.property.interval}', type: 'unsignedInt' },
          {
            name: 'acs.informTime',
            value:
              '${date.fromMillis(1577836800000L + device.id.md5Hex.take(8).parseHex % task.property.interval.toLong * 1000L).format("yyyy-MM-dd\'T\'HH:mm:ssXXX")}',
            type: 'dateTime',
          },
        ],
      },
      settings: { repeatOnBootstrap: true },
      parameters: [
        {
          name: 'interval',
          label: 'Interval in seconds',
          type: 'int',
          default: "${sv.periodicInformInterval ? '3600'}",
          min: 60,
          max: 604_800,
          help: 'Filled in from the setting value periodicInformInterval.',
        },
      ],
    },
  },
];
