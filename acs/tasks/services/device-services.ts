import type { Clock } from '../../../common/clock.js';
import { domainsAbove } from '../../../common/domains.js';
import type { DeviceRecord } from '../../../store/models/device.js';
import type { DeviceService, ServiceRecord } from '../../../store/models/service.js';
import type { ExecutionRecord } from '../../../store/models/execution.js';
import type { Store } from '../../../store/store.js';
import { domainCondition } from '../../devices/filter.js';
import type { GroupCache, GroupKnowledge } from '../../devices/groups/group-cache.js';
import { memberCondition } from '../../devices/groups/memberships.js';
import type { DeviceConditions } from '../../devices/groups/rule-expressions.js';
import { settingView } from '../../devices/groups/setting-view.js';
import { SECRET_MASK } from '../../devices/secret-paths.js';
import type { ParameterTrees } from '../../devices/parameter-trees.js';
import type { ParameterTree } from '../../devices/parameter-tree.js';
import { isFinished } from '../queue.js';
import { activeOn } from './service-definitions.js';
import { availabilityOf, isOffered } from './service-names.js';

/** `activating` and `deactivating`: a task is to change it, or is at it (groups-profiles.md §8). */
export const SERVICE_STATES = ['inactive', 'activating', 'active', 'deactivating', 'failed'] as const;
export type ServiceState = (typeof SERVICE_STATES)[number];

/** A service as one device has it. */
export interface ServiceOnDevice {
  service: ServiceRecord;
  /** The profile of the device offers it. */
  available: boolean;
  state: ServiceState;
  /** What the last task said, or why the status expression says nothing. */
  summary: string;
  activatedAt: Date | null;
  changedAt: Date | null;
  /** The task that is to change it. */
  task: string | null;
  /** What is kept of the last order, also of one that is over. */
  pending: DeviceService['pending'];
  /** What it was activated with. */
  values: DeviceService['values'];
}

export interface DeviceServicesOptions {
  clock: Clock;
  cache: Pick<GroupCache, 'current'>;
  trees: Pick<ParameterTrees, 'load'>;
  conditions: DeviceConditions;
}

/** Which services devices have. */
export class DeviceServices {
  readonly #store: Store;
  readonly #options: DeviceServicesOptions;

  constructor(store: Store, options: DeviceServicesOptions) {
    this.#store = store;
    this.#options = options;
  }

  /** Those that are offered to the device, and those that it has had, by caption. */
  async list(device: DeviceRecord): Promise<ServiceOnDevice[]> {
    const services = await this.#store.services
      .find({ domain: { $in: domainsAbove(device.domain) } })
      .sort({ caption: 1, _id: 1 })
      .lean<ServiceRecord[]>();
    const known = await this.#options.cache.current();
    const sv = settingView(device, known, () => SECRET_MASK);
    const shown = services.filter(
      ({ _id }) => isOffered(sv(availabilityOf(_id))) || device.services?.[_id] !== undefined,
    );
    const open = await this.#openTasks(device);
    let tree: Promise<ParameterTree> | null = null;
    const load = (): Promise<ParameterTree> => (tree ??= this.#options.trees.load(device));
    const views: ServiceOnDevice[] = [];
    for (const service of shown) {
      const available = isOffered(sv(availabilityOf(service._id)));
      views.push({ service, available, ...(await this.#standing(service, device, { open, known, load })) });
    }
    return views;
  }

  /** Devices of the group on which it is active, as the last task left it; null = of the whole view. */
  async activeCount(key: string, group: string | null, view: string): Promise<number> {
    const members = group === null ? {} : memberCondition(group, true);
    return this.#store.devices.countDocuments({
      $and: [members, domainCondition(view), activeOn(key)],
    } as never);
  }

  async #standing(
    service: ServiceRecord,
    device: DeviceRecord,
    has: { open: ReadonlySet<string>; known: GroupKnowledge; load: () => Promise<ParameterTree> },
  ): Promise<Omit<ServiceOnDevice, 'service' | 'available'>> {
    const kept = device.services?.[service._id];
    const pending = kept?.pending ?? null;
    const common = {
      pending,
      ...{ activatedAt: kept?.activatedAt ?? null, changedAt: kept?.changedAt ?? null },
      ...{ summary: kept?.summary ?? '', values: kept?.values ?? [] },
    };
    if (pending && has.open.has(pending.task)) {
      const state = pending.state === 'enabled' ? 'activating' : 'deactivating';
      return { ...common, state, task: pending.task };
    }
    const settled = kept?.settled ?? 'inactive';
    if (service.status === '') return { ...common, state: settled, task: null };
    try {
      const active = await this.#holds(service.status, device, has);
      // A task that failed is worth knowing, unless the device shows that the service works.
      const state = active ? 'active' : settled === 'failed' ? 'failed' : 'inactive';
      return { ...common, state, task: null };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return {
        ...common,
        ...{ state: settled, task: null, summary: `the status cannot be evaluated: ${reason}` },
      };
    }
  }

  async #holds(
    condition: string,
    device: DeviceRecord,
    { known, load }: { known: GroupKnowledge; load: () => Promise<ParameterTree> },
  ): Promise<boolean> {
    const { conditions, clock } = this.#options;
    const parameters = conditions.readsDataModel(condition) ? await load() : null;
    const subject = { device, groups: device.groups, known, parameters, now: clock.now() };
    return conditions.holds(condition, subject);
  }

  /** Of the tasks that are to change a service, those that are still to do so. */
  async #openTasks(device: DeviceRecord): Promise<ReadonlySet<string>> {
    const pending = Object.values(device.services ?? {}).flatMap(({ pending: one }) =>
      one ? [one.task] : [],
    );
    if (pending.length === 0) return new Set();
    const [tasks, executions] = await Promise.all([
      this.#store.tasks.find({ _id: { $in: pending } }, { _id: 1 }).lean<{ _id: string }[]>(),
      this.#store.executions
        .find({ task: { $in: pending }, device: device._id }, { task: 1, status: 1 })
        .lean<Pick<ExecutionRecord, 'task' | 'status'>[]>(),
    ]);
    const ended = new Set(executions.filter(({ status }) => isFinished(status)).map(({ task }) => task));
    return new Set(tasks.map(({ _id }) => _id).filter((id) => !ended.has(id)));
  }
}
