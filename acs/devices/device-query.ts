import { inDomain } from '../../common/domains.js';
import type { mongo } from 'mongoose';
import { ValidationError } from '../../common/errors.js';
import type { DeviceRecord } from '../../store/models/device.js';
import {
  CONTACT_STATES,
  expectedSeconds,
  inactiveSeconds,
  INTERVAL_PROPERTY,
  RATIO_PROPERTY,
  type ContactStateName,
  heldLease,
} from './contact-state.js';
import { deviceFields, SEARCHED_PATHS, type SortKey } from './device-fields.js';
import { macPart, pattern, toMongo, type FilterNode, type MongoFilter } from './filter.js';

export interface DeviceQuery {
  /** At most so many devices; 1 … 1,000. */
  limit: number;
  /** From the page before; belongs to the same sort. */
  cursor?: string;
  /** Empty = newest visit first. */
  sort: readonly SortKey[];
  /** The search of one column (devices.md §4). */
  search?: { column: string; operator: 'contains' | 'startsWith' | 'eq' | 'ne'; text: string };
  /** Anywhere in identity, serial number, MAC, address, model, description or an indexed value. */
  q?: string;
  filter?: FilterNode;
  /** Only devices of this domain and those below it. */
  view?: string;
  /** Also counts all that match. */
  count?: boolean;
}

/** The whole condition of a query, the cursor apart. */
export async function conditionOf(
  query: Pick<DeviceQuery, 'search' | 'q' | 'filter' | 'view'>,
  devices: mongo.Collection<DeviceRecord>,
  now: Date,
): Promise<MongoFilter> {
  const nodes: FilterNode[] = [];
  if (query.search) {
    const { column, operator, text } = query.search;
    nodes.push({ op: operator, field: columnField(column), value: text });
  }
  if (query.filter) nodes.push(query.filter);
  const parts: MongoFilter[] = [];
  if (nodes.length > 0) {
    const states = nodes.some(namesState) ? await stateConditions(devices, now) : NO_STATES;
    const fields = deviceFields(states);
    parts.push(...nodes.map((node) => toMongo(node, fields)));
  }
  const q = query.q?.trim() ?? '';
  if (q !== '') parts.push(anywhere(q));
  const seen = inDomain(query.view ?? '/');
  if (seen) parts.push({ domain: seen });
  return parts.length === 0 ? {} : { $and: parts };
}

/** `model`, `property.site`, `indexed.wifi.1.ssid`. */
function columnField(column: string): { name: string; key?: string } {
  const match = /^(property|indexed)\.(.+)$/s.exec(column);
  return match ? { name: match[1] ?? '', key: match[2] ?? '' } : { name: column };
}

function anywhere(text: string): MongoFilter {
  if (text.length > 200) throw ValidationError.of('/q', 'A search has at most 200 characters');
  const contains = pattern('contains', text);
  return {
    $or: [
      ...SEARCHED_PATHS.map((path) => ({ [path]: contains })),
      { mac: pattern('contains', macPart(text)) },
      { wanIp: contains },
      { $and: [{ wanIp: null }, { sourceIp: contains }] },
    ],
  };
}

const NO_STATES: Readonly<Record<string, MongoFilter>> = Object.fromEntries(
  CONTACT_STATES.map((state) => [state, {}]),
);

function namesState(node: FilterNode): boolean {
  if ('nodes' in node) return node.nodes.some(namesState);
  return 'node' in node ? namesState(node.node) : node.field.name === 'state';
}

/**
 * The contact states as conditions. A fleet has few different intervals, so each is a branch of its own; the same
 * functions decide here and for a single device (`contact-state.ts`).
 */
async function stateConditions(
  devices: mongo.Collection<DeviceRecord>,
  now: Date,
): Promise<Record<ContactStateName, MongoFilter>> {
  const [intervals, bases, ratios] = await Promise.all([
    devices.distinct('periodicInformInterval'),
    devices.distinct(`properties.${INTERVAL_PROPERTY}`),
    devices.distinct(`properties.${RATIO_PROPERTY}`),
  ]);
  const withNull = (values: readonly unknown[]): unknown[] => [
    null,
    ...values.filter((value) => value !== null),
  ];
  const ago = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
  const onTime: MongoFilter[] = [];
  const active: MongoFilter[] = [];
  for (const interval of withNull(intervals))
    for (const base of withNull(bases))
      for (const ratio of withNull(ratios)) {
        const same = {
          periodicInformInterval: interval,
          [`properties.${INTERVAL_PROPERTY}`]: base,
          [`properties.${RATIO_PROPERTY}`]: ratio,
        };
        const properties: Record<string, string> = {};
        if (typeof base === 'string') properties[INTERVAL_PROPERTY] = base;
        if (typeof ratio === 'string') properties[RATIO_PROPERTY] = ratio;
        const seconds = typeof interval === 'number' ? interval : null;
        onTime.push({ ...same, lastVisit: { $gte: ago(expectedSeconds(seconds, properties)) } });
        active.push({ ...same, lastVisit: { $gte: ago(inactiveSeconds(seconds, properties)) } });
      }
  const seen = { lastVisit: { $ne: null } };
  const inSession = { ...heldLease(now), ...seen };
  const idle = { $nor: [inSession] };
  return {
    'in-session': inSession,
    'on-time': { $and: [idle, { $or: onTime }] },
    overdue: { $and: [idle, { $nor: onTime }, { $or: active }] },
    inactive: { $and: [idle, seen, { $nor: active }] },
    'never-seen': { lastVisit: null },
  };
}
