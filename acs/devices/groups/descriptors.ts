import type { FieldIssue } from '../../../common/errors.js';
import type { PropertyDescriptorRecord } from '../../../store/models/property-descriptor.js';
import type { OwnValue } from './profile.js';

/** Names that begin so are the ACS's own and read-only to people (groups-profiles.md §6). */
export const SYSTEM_PREFIX = 'sys.';
/** Characters of a value. */
export const MAX_VALUE = 16_384;
export const MAX_PROPERTY_NAME = 200;

type Shipped = Omit<PropertyDescriptorRecord, 'version'>;

const shipped = (
  _id: string,
  category: string,
  description: string,
  more: Partial<Shipped> = {},
): Shipped => ({
  ...{ _id, category, description, type: 'string', default: null, allowed: [], secret: false, usedBy: '' },
  ...more,
});

/** Properties that the ACS itself reads. */
const PREDEFINED: readonly Shipped[] = [
  shipped(
    'realTimeValuesTilePollingIntervalSeconds',
    'console',
    'Seconds between refreshes of real-time values',
    {
      type: 'integer',
      default: '5',
      usedBy: 'Dashboard',
    },
  ),
  shipped('deviceSummaryImg', 'console', 'Id of the image that stands for the device', {
    usedBy: 'Device page',
  }),
  shipped('dialectName', 'protocol', 'The dialect in which the device is spoken to', {
    usedBy: 'CWMP sessions',
  }),
  shipped(
    'expectedSessionRatio',
    'contact',
    'Per cent of the interval after which a silent device is inactive',
    {
      type: 'integer',
      usedBy: 'Contact state',
    },
  ),
  shipped('periodicInformInterval', 'contact', 'Seconds between the periodic Informs', {
    type: 'integer',
    usedBy: 'Contact state',
  }),
  shipped('monitoringZoomLevelMapping', 'monitoring', '16 numbers, none smaller than the one before', {
    type: 'number-list',
    usedBy: 'Charts',
  }),
  shipped('services.available.*', 'services', 'Whether the service is offered', {
    type: 'boolean',
    usedBy: 'Services',
  }),
  shipped('panels.*', 'panels', 'A list of choices for panels', { usedBy: 'Setting panels' }),
  shipped('quickFix.*', 'quick fixes', 'A setting of a quick fix', { usedBy: 'Quick fixes' }),
  shipped('latitude', 'location', 'Degrees, north positive', { type: 'number', usedBy: 'Map' }),
  shipped('longitude', 'location', 'Degrees, east positive', { type: 'number', usedBy: 'Map' }),
  shipped('azimuth', 'location', 'Degrees, clockwise from north', { type: 'number', usedBy: 'Map' }),
  shipped('beam', 'location', 'Degrees that the antenna covers', { type: 'number', usedBy: 'Map' }),
  shipped('mac', 'identity', 'MAC address', { usedBy: 'Search' }),
];

export type Descriptor = PropertyDescriptorRecord & { predefined: boolean };

/** What is known of properties' names: those of the ACS, and those that people registered, which come first. */
export class Descriptors {
  readonly #exact = new Map<string, Descriptor>();
  /** By what stands before the `*`. */
  readonly #open = new Map<string, Descriptor>();

  constructor(registered: readonly PropertyDescriptorRecord[]) {
    for (const descriptor of PREDEFINED) this.put({ ...descriptor, version: 0 }, true);
    for (const descriptor of registered) this.put(descriptor);
  }

  all(): Descriptor[] {
    return [...this.#exact.values(), ...this.#open.values()].sort((one, other) =>
      one._id < other._id ? -1 : 1,
    );
  }

  get(id: string): Descriptor | null {
    return (id.endsWith('*') ? this.#open.get(id.slice(0, -1)) : this.#exact.get(id)) ?? null;
  }

  /** What describes a name; the longest beginning where none is exact. */
  of(name: string): Descriptor | null {
    const exact = this.#exact.get(name);
    if (exact) return exact;
    let best: [string, Descriptor] | null = null;
    for (const entry of this.#open)
      if (name.startsWith(entry[0]) && (best === null || entry[0].length > best[0].length)) best = entry;
    return best?.[1] ?? null;
  }

  /** The installation's value of a name. */
  defaultOf(name: string): OwnValue | null {
    const descriptor = this.of(name);
    return descriptor?.default === null || descriptor === null
      ? null
      : { value: descriptor.default, secret: false };
  }

  /** Names that have a value where nobody sets one. */
  defaults(): string[] {
    return [...this.#exact.values()].filter((one) => one.default !== null).map(({ _id }) => _id);
  }

  put(record: PropertyDescriptorRecord, predefined = false): void {
    const descriptor = { ...record, predefined };
    if (record._id.endsWith('*')) this.#open.set(record._id.slice(0, -1), descriptor);
    else this.#exact.set(record._id, descriptor);
  }

  /** What a person registered goes; what the ACS knows of the name comes back. */
  remove(id: string): void {
    const own = PREDEFINED.find(({ _id }) => _id === id);
    if (own) this.put({ ...own, version: 0 }, true);
    else if (id.endsWith('*')) this.#open.delete(id.slice(0, -1));
    else this.#exact.delete(id);
  }

  /** What is wrong with a value that a person gives. */
  fault(name: string, value: string): Omit<FieldIssue, 'pointer'> | null {
    const wrong = (message: string, code = 'invalid') => ({ code, message });
    if (name.trim() === '' || name.length > MAX_PROPERTY_NAME)
      return wrong(`A property has a name of 1 to ${MAX_PROPERTY_NAME} characters`, 'name');
    if (name.startsWith(SYSTEM_PREFIX))
      return wrong(`Names that begin with ${SYSTEM_PREFIX} are the ACS’s own`, 'read-only');
    if (value.length > MAX_VALUE) return wrong(`A value has at most ${MAX_VALUE} characters`, 'too-big');
    const descriptor = this.of(name);
    if (!descriptor) return null;
    if (descriptor.allowed.length > 0 && !descriptor.allowed.includes(value))
      return wrong(`It is one of ${descriptor.allowed.join(', ')}`, 'value');
    const fault = TYPE_FAULTS[descriptor.type](value);
    return fault === null ? null : wrong(fault, 'type');
  }
}

const isNumber = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

const TYPE_FAULTS: Readonly<Record<PropertyDescriptorRecord['type'], (value: string) => string | null>> = {
  string: () => null,
  integer: (value) => (/^[+-]?\d{1,15}$/.test(value.trim()) ? null : 'It is a whole number'),
  number: (value) => (isNumber(value) ? null : 'It is a number'),
  boolean: (value) => (value === 'true' || value === 'false' ? null : 'It is true or false'),
  'number-list': (value) =>
    value.split(',').every(isNumber) ? null : 'It is a list of numbers, separated by commas',
};
