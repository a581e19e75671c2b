import { attribute, preset, required, type TagSpec } from '../tag.js';

/** xmltask.md §5. */
export const SYSTEM_TAGS: readonly TagSpec[] = [
  {
    name: 'alert',
    section: 'System',
    doc: 'Raises or hides the alert of a type; raising it again updates it',
    attributes: [
      attribute('type', 'text', 'Names the alert of its target', required),
      attribute('caption', 'text', 'Short text'),
      attribute('description', 'text', 'Long text'),
      attribute('raised', 'boolean', 'false hides it', preset('true')),
      attribute(
        'severity',
        'text',
        'DEBUG, INFO, WARN, ERROR or a number (0, 500, 1000, 2000)',
        preset('INFO'),
      ),
      attribute('target', 'text', 'Device or group; empty = this device'),
    ],
  },
  {
    name: 'copyDeviceProperty',
    section: 'System',
    doc: 'Copies a property of another device to this one',
    attributes: [
      attribute('sourceIdentity', 'text', 'The other device', required),
      attribute('sourcePropName', 'text', 'Its property', required),
      attribute('targetPropName', 'text', 'Property of this device', required),
      attribute('skipNonExisting', 'boolean', 'false: a missing one ends the task', preset('true')),
    ],
  },
  {
    name: 'removeProperty',
    section: 'System',
    doc: 'Removes a device property; that it is not there is no failure',
    attributes: [attribute('target', 'text', 'Name of the property', required)],
  },
  {
    name: 'store',
    section: 'System',
    doc: 'Sets a variable or a device property, or keeps a sample of the value history; a value of null unsets',
    attributes: [
      attribute('type', 'enum', 'What is set', { ...preset('var'), values: ['var', 'devProp', 'history'] }),
      attribute('target', 'text', 'Its name', preset('tmp')),
      attribute('value', 'text', 'The value', { emptyCounts: true, nullCounts: true }),
    ],
  },
  {
    name: 'join',
    section: 'System',
    doc: 'Adds the device to a group; an unknown group below an existing one is made',
    attributes: [attribute('group', 'text', 'Name of the group', required)],
  },
  {
    name: 'leave',
    section: 'System',
    doc: 'Takes the device out of a group',
    attributes: [
      attribute('group', 'text', 'Name of the group', required),
      attribute('leaveSubgroups', 'boolean', 'Out of all groups below it too', preset('true')),
    ],
  },
  {
    name: 'setDomain',
    section: 'System',
    doc: 'Moves the device to a domain equal to that of the task or below it',
    attributes: [attribute('domain', 'domain', 'The domain', required)],
  },
  {
    name: 'deviceRelation',
    section: 'System',
    doc: 'Keeps a rule that relates devices, and applies it to this one; in group tasks only',
    attributes: [
      attribute('name', 'text', 'Names the relation', required),
      attribute('condition', 'boolean', 'Whether this device has it', required),
      attribute('target', 'text', 'The device it leads to', required),
    ],
  },
  {
    name: 'requestConnection',
    section: 'System',
    doc: 'Asks the device to call at a time; one that is past means at once after this session',
    attributes: [attribute('date', 'date', 'When', required)],
  },
  {
    name: 'reloadDialect',
    section: 'System',
    doc: 'Reads the whole data model again; counts against the quota',
    attributes: [],
  },
];
