import { attribute, ignoreFaults, preset, required, type AttributeSpec, type TagSpec } from '../tag.js';

const secret = { secret: true } as const;

const snmpSecurity: readonly AttributeSpec[] = [
  attribute('engineId', 'text', 'Engine id (version 3)'),
  attribute('community', 'text', 'Community (versions 1 and 2c)', secret),
  attribute('user', 'text', 'User name (version 3)'),
  attribute('snmpVersion', 'enum', 'Version', { ...preset('2c'), values: ['1', '2c', '3'] }),
  attribute('securityLevel', 'enum', 'Security (version 3)', {
    values: ['noAuthNoPriv', 'authNoPriv', 'authPriv'],
  }),
  attribute('authenticationMethod', 'enum', 'Authentication (version 3)', {
    values: ['MD5', 'SHA', 'SHA224', 'SHA256', 'SHA384', 'SHA512'],
  }),
  attribute('authenticationPassword', 'text', 'Its password', secret),
  attribute('privacyProtocol', 'enum', 'Encryption (version 3)', { values: ['DES', 'AES'] }),
  attribute('privacyPassword', 'text', 'Its password', secret),
];

const command = (name: string, within: string): TagSpec => ({
  name,
  section: 'Notification',
  doc: 'Runs a command in the session around it',
  within,
  attributes: [
    attribute('command', 'text', 'The command', required),
    attribute('waitBeforeResponse', 'int', 'Seconds before the output is read', {
      ...preset('1'),
      min: 0,
      max: 300,
    }),
    attribute('expectedRespRegex', 'regex', 'What the output must match', preset('.*')),
    attribute('output', 'variable', 'Variable that gets the output', preset('tmp')),
    attribute('ignoreFaults', 'boolean', 'An output that does not match is no failure', preset('false')),
  ],
});

/** xmltask.md §8. */
export const NOTIFICATION_TAGS: readonly TagSpec[] = [
  {
    name: 'mail',
    section: 'Notification',
    doc: 'Sends a mail; that it fails is logged and no failure',
    attributes: [
      attribute('subject', 'text', 'Subject', required),
      attribute('to', 'text', 'Receivers, separated by semicolons', required),
      attribute('cc', 'text', 'Further receivers'),
      attribute('template', 'text', 'Form of the mail', preset('TaskAlert')),
      attribute('content', 'text', 'Its text'),
    ],
  },
  {
    name: 'sms',
    section: 'Notification',
    doc: 'Sends a short message',
    attributes: [
      attribute('to', 'text', 'Number', required),
      attribute('text', 'text', 'Text; hexadecimal if binary', required),
      attribute('waitForResponse', 'boolean', 'Waits for the confirmation', preset('true')),
      attribute('blocking', 'boolean', 'Nothing else runs meanwhile', preset('true')),
      attribute('timeout', 'int', 'Seconds', { min: 0 }),
      attribute('binary', 'boolean', 'The text is hexadecimal', preset('false')),
    ],
  },
  {
    name: 'trap',
    section: 'Notification',
    doc: 'Sends an SNMP trap',
    own: ['oid'],
    attributes: [
      attribute('target', 'text', 'udp://address/port', required),
      attribute('oidId', 'text', 'Prefix of the object ids', required),
      ...snmpSecurity,
      attribute('notification', 'boolean', 'true = an INFORM, whose answer is awaited', preset('false')),
      attribute('notificationTimeout', 'int', 'Seconds', { ...preset('5'), min: 1, max: 300 }),
    ],
  },
  {
    name: 'oid',
    section: 'Notification',
    doc: 'An object: in trap with its value, in snmpGet with the variable that gets it',
    child: true,
    attributes: [
      attribute('oidId', 'text', 'Object id below the prefix (trap)'),
      attribute('value', 'text', 'Its value (trap)', { emptyCounts: true }),
      attribute('oid', 'text', 'Object id (snmpGet)'),
      attribute('var', 'variable', 'The variable (snmpGet)'),
    ],
  },
  {
    name: 'snmpSession',
    section: 'Notification',
    doc: 'SNMP with an agent for what stands inside',
    container: true,
    attributes: [
      attribute('target', 'text', 'udp://host:161', required),
      ...snmpSecurity,
      attribute('snmpTimeoutMs', 'int', 'Milliseconds', { ...preset('5000'), min: 1, max: 60_000 }),
      attribute('snmpRetries', 'int', 'Retries', { ...preset('2'), min: 0, max: 10 }),
    ],
  },
  {
    name: 'snmpGet',
    section: 'Notification',
    doc: 'Reads objects of the agent',
    own: ['oid'],
    within: 'snmpSession',
    attributes: [ignoreFaults],
  },
  {
    name: 'snmpSet',
    section: 'Notification',
    doc: 'Writes objects of the agent',
    own: ['value'],
    within: 'snmpSession',
    attributes: [ignoreFaults],
  },
  {
    name: 'value',
    section: 'Notification',
    doc: 'An object and what it is set to',
    child: true,
    attributes: [
      attribute('oid', 'text', 'Object id', required),
      attribute('val', 'text', 'Value', { emptyCounts: true, ...preset('') }),
      attribute('type', 'text', 'SNMP type such as Integer or OctetString', preset('OctetString')),
    ],
  },
  {
    name: 'cli',
    section: 'Notification',
    doc: 'Runs commands on the device; all out parse the output of the last one',
    own: ['command', 'out'],
    attributes: [attribute('protocol', 'text', 'Protocol', required)],
  },
  {
    name: 'command',
    section: 'Notification',
    doc: 'A command',
    child: true,
    attributes: [
      attribute('cmd', 'text', 'The command', required),
      attribute('interactionExpect', 'regex', 'A question of the device'),
      attribute('replyWith', 'text', 'What is answered'),
    ],
  },
  {
    name: 'sshSession',
    section: 'Notification',
    doc: 'SSH with a host for what stands inside',
    container: true,
    attributes: [
      attribute('address', 'text', 'Host', required),
      attribute('port', 'int', 'Port', { ...preset('22'), min: 1, max: 65_535 }),
      attribute('connTimeout', 'int', 'Seconds', { ...preset('5'), min: 1, max: 300 }),
      attribute('username', 'text', 'User name', required),
      attribute('password', 'text', 'Password', secret),
      attribute('publickey', 'text', 'Name of a configured key; both or none'),
      attribute('privatekey', 'text', 'Name of a configured key; both or none'),
      attribute('windowsEndline', 'boolean', 'Lines end with CR LF', preset('false')),
      attribute('authTimeout', 'int', 'Seconds', { ...preset('10'), min: 1, max: 300 }),
    ],
  },
  command('sshCommand', 'sshSession'),
  {
    name: 'telnetSession',
    section: 'Notification',
    doc: 'Telnet with a host for what stands inside',
    container: true,
    attributes: [
      attribute('address', 'text', 'Host', required),
      attribute('port', 'int', 'Port', { ...preset('23'), min: 1, max: 65_535 }),
      attribute('connTimeout', 'int', 'Seconds', { ...preset('5'), min: 1, max: 300 }),
      attribute('windowsEndline', 'boolean', 'Lines end with CR LF', preset('false')),
      attribute('maxBufferSize', 'int', 'Bytes of output kept', {
        ...preset('32768'),
        min: 1,
        max: 1_048_576,
      }),
    ],
  },
  command('telnetCommand', 'telnetSession'),
];
