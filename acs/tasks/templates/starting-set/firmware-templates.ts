import type { StartingTemplate } from './starting-template.js';

/**
 * Backup, upgrade, time of observation, and the old image again where the device is not well with the new one. A device
 * that was rolled back remembers the version, and is left out from then on.
 */
const STAGED_UPGRADE = `<config>
  <limiter name="firmware \${task.property.version}" maxConcurrentExecutions="\${task.property.simultaneous.toInt}" executionExpirationTime="\${task.property.minutes.toLong + 180}min">
    <store target="before" value="\${device.softwareVersion ? 'unknown'}"/>
    <task class="BackupConfigurationTask"><config intervalTime="1"/></task>
    <task class="FirmwareUpgradeTask" ignoreError="true">
      <config resourceId="\${task.property.image}" versionChangeVerification="true" timeLimit="3600"/>
    </task>
    <if expr="\${device.softwareVersion != task.property.version}">
      <finish status="ERROR" message="not upgraded, still \${device.softwareVersion ? 'unknown'}"/>
    </if>
    <store target="until" value="\${date.now.addMinutes(task.property.minutes.toLong).millis}"/>
    <if expr="\${date.now.millis &lt; #until.toLong}">
      <requestConnection date="\${date.fromMillis(#until.toLong)}"/>
      <while expr="\${date.now.millis &lt; #until.toLong}">
        <wait inProgressMessage="observing \${task.property.version} for \${task.property.minutes} minutes"/>
      </while>
    </if>
    <get key="\${task.property.check}" output="state" ignoreFaults="true"/>
    <if expr="\${task.property.expected.splitByTrim(',').contains(#state ? '')}">
      <finish message="now \${device.softwareVersion}, \${task.property.check} is \${#state ? ''}"/>
    </if>
    <store type="devProp" target="firmwareRolledBack" value="\${task.property.version}"/>
    <if expr="\${(task.property.rollback ? '') == ''}">
      <finish status="ERROR" message="\${task.property.check} is \${#state ? 'unknown'} with \${task.property.version}; no image to go back to was given"/>
    </if>
    <task class="FirmwareUpgradeTask"><config resourceId="\${task.property.rollback}" versionChangeVerification="true" timeLimit="3600"/></task>
    <finish status="ERROR" message="\${task.property.check} was \${#state ? 'unknown'} with \${task.property.version}: back to \${device.softwareVersion ? 'unknown'} (was \${#before})"/>
  </limiter>
  <finish status="NOT_STARTED" message="no free place: \${task.property.simultaneous} devices are being upgraded"/>
</config>`;

/** Templates around firmware (templates-quickfixes.md §7). */
export const FIRMWARE_TEMPLATES: readonly StartingTemplate[] = [
  {
    key: 'upgrade-firmware',
    template: {
      name: 'Upgrade firmware',
      description:
        'Lets the device fetch and install an image. It restarts; calls and connections are cut off.',
      type: 'FirmwareUpgrade',
      config: {
        resourceId: '${task.property.image}',
        versionChangeVerification: '${task.property.verify.toBoolean}',
      },
      parameters: [
        {
          name: 'image',
          label: 'Firmware image',
          type: 'resource',
          category: 'firmware',
          help: 'An image that names its models is refused on others.',
        },
        {
          name: 'verify',
          label: 'Wait for the new version',
          type: 'boolean',
          default: 'true',
          help: 'Success only when the device reports another software version than before.',
        },
      ],
      quickFix: {
        name: 'Upgrade firmware',
        confirm: true,
        connect: 'ask',
        permission: 'device.firmware',
        icon: 'arrow-up-bold',
      },
    },
  },
  {
    key: 'staged-firmware-upgrade',
    template: {
      name: 'Staged firmware upgrade',
      description:
        'For groups: some devices at a time are backed up, upgraded, observed, and rolled back when they are not well afterwards. Devices that were rolled back are not tried again with that version.',
      type: 'XmlTask',
      config: { xml: STAGED_UPGRADE },
      settings: {
        automaticRestart: true,
        minInterval: 600,
        executionCondition:
          "${device.softwareVersion != task.property.version and (device.property.firmwareRolledBack ? '') != task.property.version}",
      },
      parameters: [
        { name: 'image', label: 'New image', type: 'resource', category: 'firmware' },
        {
          name: 'version',
          label: 'Its version',
          max: 256,
          help: 'As devices report it afterwards; those that report it already are left alone.',
        },
        {
          name: 'rollback',
          label: 'Image to go back to',
          type: 'resource',
          category: 'firmware',
          required: false,
          help: 'Empty: devices that are not well afterwards are only reported.',
        },
        {
          name: 'simultaneous',
          label: 'Devices at a time',
          type: 'int',
          default: '50',
          min: 1,
          max: 10_000,
          help: 'A place is taken until the observation is over.',
        },
        {
          name: 'minutes',
          label: 'Minutes of observation',
          type: 'int',
          default: '30',
          min: 0,
          max: 10_080,
          help: 'The device is asked to call in at the end of this time.',
        },
        {
          name: 'check',
          label: 'Parameter to look at',
          type: 'dataModelKey',
          default: 'wan.status',
          help: 'What tells whether the device is well: a path, or a meaning.',
        },
        {
          name: 'expected',
          label: 'Good values',
          default: 'Up,Connected',
          max: 1_000,
          help: 'Separated by commas. With any other value, or none, the device is rolled back.',
        },
      ],
    },
  },
];
