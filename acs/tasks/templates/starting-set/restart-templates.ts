import type { StartingTemplate } from './starting-template.js';

/** Templates that let a device begin anew (templates-quickfixes.md §7). */
export const RESTART_TEMPLATES: readonly StartingTemplate[] = [
  {
    key: 'reboot',
    template: {
      name: 'Reboot',
      description: 'Restarts the device and waits until it has come back.',
      type: 'Reboot',
      quickFix: {
        name: 'Reboot',
        confirm: true,
        connect: 'always',
        permission: 'device.connect',
        preferRestart: true,
        icon: 'restart',
      },
    },
  },
  {
    key: 'factory-reset',
    template: {
      name: 'Factory reset',
      description:
        'Sets the device back to its factory settings; what was set by hand on it is lost. Its tasks and properties here stay.',
      type: 'FactoryReset',
      quickFix: {
        name: 'Factory reset',
        confirm: true,
        connect: 'ask',
        permission: 'device.connect',
        preferRestart: true,
        icon: 'factory',
      },
    },
  },
  {
    key: 'refurbish',
    template: {
      name: 'Refurbish',
      description:
        'Makes the device ready for its next owner: factory settings, and its tasks and properties here are removed.',
      type: 'Refurbish',
      config: { retainedProperties: "${task.property.retained ? sv.propertiesRetainedOnRefurbish ? ''}" },
      parameters: [
        {
          name: 'retained',
          label: 'Properties that stay',
          required: false,
          max: 4_000,
          help: 'Names of device properties, separated by commas. Empty: those that the setting value propertiesRetainedOnRefurbish names.',
        },
      ],
      quickFix: {
        name: 'Refurbish',
        confirm: true,
        connect: 'ask',
        permission: 'tasks.delete',
        preferRestart: true,
        icon: 'broom',
      },
    },
  },
];
