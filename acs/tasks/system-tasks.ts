import type { TaskInput } from './task-input.js';

/** How much depends on a system task: what is said when somebody removes it. */
export type SystemTaskClass = 'essential' | 'important' | 'optional';

export interface SystemTask {
  /** `g:<group>:<name>`; the same on every installation. */
  id: string;
  group: string;
  type: string;
  class: SystemTaskClass;
  /** What it does, in one sentence. */
  effect: string;
  /** Why it is not created yet although its type may be there; it is once that has changed. */
  pending?: string;
  /** As XML, the form in which operators see it. */
  config: string;
  settings: Partial<Omit<TaskInput, 'type' | 'config'>>;
}

/**
 * The tasks of a new installation (task-types.md §7), on system groups; what users change of them survives restarts.
 * Types that are not registered yet are left out when they are created.
 */
export const SYSTEM_TASKS: readonly SystemTask[] = [
  {
    id: 'g:root.monitoring:MonitoringTask',
    group: 'root.monitoring',
    type: 'Monitoring',
    class: 'essential',
    effect: 'Executes monitoring on devices',
    config: '<config/>',
    settings: { priority: 100, transientReport: true, appliesToSubgroups: true },
  },
  {
    id: 'g:root:ClearCustomLogLevel',
    group: 'root',
    type: 'XmlTask',
    class: 'essential',
    effect: 'Resets the raised log level of a device after a while, to save disk space',
    pending: 'devices have no log level of their own',
    config: '<config/>',
    settings: { priority: 10, transientReport: true, appliesToSubgroups: true },
  },
  {
    id: 'g:root:datamodelRefresher',
    group: 'root',
    type: 'RefreshDataModel',
    class: 'important',
    effect: 'Fetches the data model when a device is new or bootstraps',
    config: '<config/>',
    settings: { priority: 1, repeatOnBootstrap: true, appliesToSubgroups: true },
  },
  {
    id: 'g:root.cwmp:BestEffortRefresh',
    group: 'root.cwmp',
    type: 'CwmpBestEffortRefresh',
    class: 'optional',
    effect: 'Fetches what it can of the data model; the tolerant way of the data model refresher',
    config: '<config/>',
    settings: { active: false, priority: 1, repeatOnBootstrap: true, appliesToSubgroups: true },
  },
  {
    id: 'g:root:DefaultRelationship',
    group: 'root',
    type: 'XmlTask',
    class: 'optional',
    effect: 'Computes the relations between devices',
    // Inactive until somebody wants it: an example that works wherever devices behind a gateway have the property.
    config:
      '<config>\n  <deviceRelation name="behind" condition="${device.hasProperty(\'gateway\')}" ' +
      'target="${device.property.gateway}"/>\n</config>',
    settings: { active: false, priority: 10, appliesToSubgroups: true },
  },
  {
    id: 'g:root:ipTrackerSetup',
    group: 'root',
    type: 'IpTracker',
    class: 'optional',
    effect: 'Keeps which WAN address a device had from when to when',
    config: '<config/>',
    // Its changes stand in the history of addresses; a line for each session that sees none would be all there is to read.
    settings: { priority: 2, transientReport: true, appliesToSubgroups: true, logLevel: 'WARN' },
  },
];
