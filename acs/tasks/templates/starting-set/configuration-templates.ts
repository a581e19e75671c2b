import type { StartingTemplate } from './starting-template.js';

/**
 * Backs up, changes one parameter, looks at another some time later, and gives the backup back where that is not as it
 * should be.
 */
const BACKUP_BEFORE_CHANGE = `<config>
  <task class="BackupConfigurationTask">
    <config intervalTime="0"/>
    <output var="resource" alias="backup"/>
  </task>
  <if expr="\${#backup == null}">
    <finish status="ERROR" message="nothing was changed: the backup is not known here"/>
  </if>
  <set key="\${task.property.parameter}" value="\${task.property.value ? ''}"/>
  <store target="until" value="\${date.now.addMinutes((task.property.minutes ? '0').toLong).millis}"/>
  <if expr="\${date.now.millis &lt; #until.toLong}">
    <requestConnection date="\${date.fromMillis(#until.toLong)}"/>
    <while expr="\${date.now.millis &lt; #until.toLong}">
      <wait inProgressMessage="changed; the outcome is looked at in \${task.property.minutes ? '0'} minutes"/>
    </while>
  </if>
  <get key="\${task.property.check}" output="state" ignoreFaults="true"/>
  <if expr="\${(task.property.expected ? '').splitByTrim(',').contains(#state ? '')}">
    <finish message="changed; \${task.property.check} is \${#state ? ''}"/>
  </if>
  <task class="RestoreConfigurationTask"><config resourceId="\${#backup}"/></task>
  <finish status="WARNING" message="\${task.property.check} is \${#state ? 'unknown'}: the configuration of before is restored"/>
</config>`;

/** Templates around the configuration of a device (templates-quickfixes.md §7). */
export const CONFIGURATION_TEMPLATES: readonly StartingTemplate[] = [
  {
    key: 'back-up-now',
    template: {
      name: 'Back up now',
      description:
        'Has the device send its configuration, whenever the last backup was. The newest five are kept.',
      type: 'BackupConfiguration',
      config: { intervalTime: 0 },
      quickFix: {
        name: 'Back up now',
        connect: 'always',
        permission: 'device.backup',
        preferRestart: true,
        icon: 'content-save',
      },
    },
  },
  {
    key: 'restore-backup',
    template: {
      name: 'Restore backup',
      description: 'Gives the device a backup of its configuration back. Some devices restart for it.',
      type: 'RestoreConfiguration',
      config: { resourceId: "${task.property.backup ? ''}" },
      parameters: [
        {
          name: 'backup',
          label: 'Backup',
          type: 'resource',
          category: 'config.backup',
          required: false,
          help: 'Empty: the newest backup of the device. One that was made with another software version may not fit.',
        },
      ],
      quickFix: {
        name: 'Restore backup',
        confirm: true,
        connect: 'always',
        permission: 'device.backup',
        icon: 'backup-restore',
      },
    },
  },
  {
    key: 'backup-before-change',
    template: {
      name: 'Backup before change',
      description:
        'Backs up the configuration, sets a parameter, and restores the backup when what is looked at afterwards is not as expected.',
      type: 'XmlTask',
      config: { xml: BACKUP_BEFORE_CHANGE },
      parameters: [
        {
          name: 'parameter',
          label: 'Parameter to change',
          type: 'dataModelKey',
          help: 'A path, or a meaning such as wifi.1.ssid.',
        },
        { name: 'value', label: 'New value', required: false, max: 4_000, help: 'Empty: the empty text.' },
        {
          name: 'check',
          label: 'Parameter to look at',
          type: 'dataModelKey',
          default: 'wan.status',
          help: 'What tells whether the change did harm: a path, or a meaning.',
        },
        {
          name: 'expected',
          label: 'Good values',
          default: 'Up,Connected',
          max: 1_000,
          help: 'Separated by commas. With any other value, or none, the backup is restored.',
        },
        {
          name: 'minutes',
          label: 'Minutes until then',
          type: 'int',
          default: '5',
          min: 0,
          max: 10_080,
          help: 'The device is asked to call in after this time. 0: looked at once, in the same session.',
        },
      ],
    },
  },
];
