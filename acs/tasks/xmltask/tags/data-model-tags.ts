import { attribute, flush, ignoreFaults, preset, required, type TagSpec } from '../tag.js';

/** Types of values, with and without their prefix. */
export const VALUE_TYPE_NAMES = [
  'string',
  'int',
  'unsignedInt',
  'long',
  'unsignedLong',
  'boolean',
  'dateTime',
  'base64',
  'hexBinary',
].flatMap((name) => [`xsd:${name}`, name]);

const value = attribute('value', 'text', 'The value', { emptyCounts: true, ...preset('') });
const type = attribute('type', 'enum', 'Type of the value; empty = as known, else read from the device', {
  values: VALUE_TYPE_NAMES,
});
const writable = attribute('writable', 'boolean', 'Whether it can be written');
const retained = attribute('retained', 'boolean', 'Stays although it is not given a value');
const deleted = attribute('deleted', 'boolean', 'Removes it, with all below it', preset('false'));

/** xmltask.md §4. */
export const DATA_MODEL_TAGS: readonly TagSpec[] = [
  {
    name: 'get',
    section: 'Data model',
    doc: 'Reads a parameter, or everything below an object, into a variable',
    attributes: [
      attribute('key', 'key', 'Parameter, or object with a dot at its end', required),
      attribute(
        'output',
        'variable',
        'Variable that gets the value; of an object, JSON of relative path → value',
        preset('tmp'),
      ),
      attribute(
        'fromCache',
        'boolean',
        'The last known value will do; the device is asked only where there is none',
        preset('false'),
      ),
      ignoreFaults,
      flush,
    ],
  },
  {
    name: 'set',
    section: 'Data model',
    doc: 'Writes a parameter; neighbours with flush="false" go in one request, all or none',
    attributes: [attribute('key', 'key', 'Parameter', required), value, type, ignoreFaults, flush],
  },
  {
    name: 'getParameters',
    section: 'Data model',
    doc: 'Reads which objects and parameters there are below a path',
    attributes: [attribute('key', 'key', 'Object; empty = the root object')],
  },
  {
    name: 'add',
    section: 'Data model',
    doc: 'Makes an instance; its path is the prefix of all that stands inside',
    container: true,
    own: ['with'],
    attributes: [
      attribute('parentKey', 'object', 'The table', required),
      attribute('output', 'variable', 'Variable that gets the number of the new instance'),
      attribute('getChildren', 'boolean', 'Reads the parameters of the new instance', preset('true')),
    ],
  },
  {
    name: 'with',
    section: 'Data model',
    doc: 'First value of a new instance; all of them are written in one request, before anything else',
    child: true,
    attributes: [attribute('key', 'key', 'Relative to the new instance', required), value, type],
  },
  {
    name: 'delete',
    section: 'Data model',
    doc: 'Removes an instance',
    attributes: [attribute('key', 'object', 'The instance', required), flush],
  },
  {
    name: 'in',
    section: 'Data model',
    doc: 'Prefix for the keys of all that stands inside; one in another appends',
    container: true,
    attributes: [attribute('key', 'object', 'The prefix', required)],
  },
  {
    name: 'find',
    section: 'Data model',
    doc: 'Runs a query on the device; what stands inside runs once',
    container: true,
    attributes: [
      attribute('query', 'query', 'What is looked for: root, prefix or query(…)', required),
      attribute(
        'in',
        'boolean',
        'The first result is the prefix of what stands inside; nothing found = nothing runs',
        preset('false'),
      ),
      attribute('output', 'variable', 'Variable that gets the results, joined by commas', preset('tmp')),
    ],
  },
  {
    name: 'foreach',
    section: 'Data model',
    doc: 'Runs what stands inside once for each result of a query, or each text of a list',
    container: true,
    attributes: [
      attribute('query', 'query', 'What is looked for on the device; this or list'),
      attribute('list', 'list', 'Texts, separated by commas; this or query'),
      attribute('in', 'boolean', 'The element is the prefix of what stands inside', preset('false')),
      attribute('iterator', 'variable', 'Variable that gets the element', preset('i')),
    ],
  },
  {
    name: 'setParameterAttributes',
    section: 'Data model',
    doc: 'Sets notification and access list of a parameter or partial path',
    attributes: [
      attribute('parameterName', 'key', 'Parameter or partial path', required),
      attribute('notificationChange', 'boolean', 'Whether notification is applied', {
        ...required,
        ...preset('false'),
      }),
      attribute(
        'notification',
        'int',
        '0 off, 1 passive, 2 active, 3 passive lightweight, 4 passive and passive lightweight, 5 active lightweight, 6 passive and active lightweight',
        { ...preset('1'), min: 0, max: 6 },
      ),
      attribute('accessListChange', 'boolean', 'Whether accessList is applied', preset('false')),
      attribute('accessList', 'text', 'Subscriber, or vendor entities; separated by commas', preset('')),
      ignoreFaults,
    ],
  },
  {
    name: 'mapping',
    section: 'Data model',
    doc: 'Copies a parameter to a device property, now and whenever the server learns another value, as long as the task exists',
    attributes: [
      attribute('key', 'key', 'Parameter', required),
      attribute('target', 'text', 'Name of the property', required),
      attribute('forceRefresh', 'boolean', 'Copies now although the property exists', preset('false')),
    ],
  },
  {
    name: 'dataModelChanges',
    section: 'Data model',
    doc: 'Edits the stored data model without asking the device',
    own: ['object', 'parameter'],
    attributes: [
      attribute('referencePoint', 'enum', 'real = as if the device had reported it', {
        ...required,
        values: ['real'],
      }),
    ],
  },
  {
    name: 'object',
    section: 'Data model',
    doc: 'An object of the stored data model',
    child: true,
    own: ['object', 'parameter'],
    attributes: [
      attribute('key', 'object', 'Object', required),
      writable,
      attribute(
        'refreshed',
        'boolean',
        'The direct children that follow are all there are: others vanish unless retained',
        preset('false'),
      ),
      retained,
      deleted,
      attribute('treeRefreshed', 'boolean', 'As refreshed, for every object below too', preset('false')),
      attribute('valuesRefreshed', 'boolean', 'Parameters that follow are all there are', preset('false')),
    ],
  },
  {
    name: 'parameter',
    section: 'Data model',
    doc: 'A parameter of the stored data model',
    child: true,
    attributes: [
      attribute('key', 'key', 'Parameter', required),
      attribute('value', 'text', 'The value; left out = only mentioned', { emptyCounts: true }),
      type,
      writable,
      attribute('notificationMode', 'int', 'Notification attribute', { min: 0, max: 6 }),
      retained,
      deleted,
    ],
  },
];
