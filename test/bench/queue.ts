import { systemClock } from '../../common/clock.js';
import { newDeviceRecord } from '../../acs/devices/device-record.js';
import { DeviceTasks } from '../../acs/tasks/device-tasks.js';
import { ExecutionWriter } from '../../acs/tasks/execution-writer.js';
import { SessionRecords } from '../../acs/tasks/session-records.js';
import { SharedDefinitions } from '../../acs/tasks/shared-definitions.js';
import { weekMapOf } from '../../acs/tasks/schedules/week-map.js';
import { openStore, type Store } from '../../store/store.js';
import { makeTask } from '../acs/tasks/make-task.js';
import { openTestStore } from '../store/store-fixture.js';

const DEVICES = 10_000;
const GROUP_TASKS = 50;
/** Devices for which the commands are counted. */
const COUNTED = 100;
const GROUPS = ['root', 'root.cwmp', 'root.region', 'root.region.north', 'root.region.north.lab'];

export interface QueueBench {
  devices: number;
  groupTasks: number;
  /** Milliseconds of CPU of this process for the list of one device, its reading included. */
  cpuMs: number;
  /** Of that, the work without the store: candidates, bloodlines, order, schedules. */
  pureMs: number;
  /** Commands sent to the store for one device, the count of changes included. */
  commands: number;
  targetMs: number;
}

/** The list of tasks of many devices that share group tasks, each worked out once as at the start of a session. */
export async function runQueueBench(): Promise<QueueBench> {
  const database = await openTestStore();
  const separator = database.uri.includes('?') ? '&' : '?';
  const store = await openStore({ uri: database.uri });
  // Watching commands costs what no server pays: they are counted apart.
  const watched = await openStore({ uri: `${database.uri}${separator}monitorCommands=true` });
  try {
    const tasks = Array.from({ length: GROUP_TASKS }, (_, number) => {
      const group = GROUPS[number % GROUPS.length] ?? 'root';
      return makeTask(`g:${group}:${number}`, {
        ...{ group, appliesToSubgroups: true, priority: number % 7, automaticRestart: number % 2 === 0 },
        bloodline: number % 5 === 0 ? `line ${number % 15}` : '',
        createdAt: new Date(2026, 0, 1, 0, number),
        schedule:
          number % 4 === 0
            ? {
                ...{ description: '', start: null, end: null, zone: 'Europe/Berlin' },
                map: weekMapOf(() => [{ from: 4, to: 24 }]),
              }
            : null,
      });
    });
    await store.tasks.collection.insertMany(tasks as never[]);
    let commands = 0;
    watched.connection.getClient().on('commandStarted', () => {
      commands += 1;
    });
    const at = new Date('2026-06-01T12:00:00Z');
    let pure = 0;
    const lists = (of: Store) => {
      const definitions = new SharedDefinitions(of, systemClock);
      const records = new SessionRecords(of);
      return async (number: number): Promise<void> => {
        const device = newDeviceRecord({
          ...{ _id: `D${number}`, oui: '00AABB', productClass: 'GW', serialNumber: String(number) },
          ...{ createdAt: at, groups: ['root.cwmp', 'root.region.north.lab'] },
        });
        const definitionRevision = await definitions.revision();
        const list = new DeviceTasks({
          ...{ store: of, device, fence: 1, definitions, definitionRevision, records },
          writer: new ExecutionWriter({ store: of, records }, device._id, 1),
          priorities: () => Promise.resolve(() => 0),
        });
        await list.load();
        const began = process.cpuUsage();
        list.entries(at, new Set());
        const used = process.cpuUsage(began);
        pure += used.user + used.system;
      };
    };

    const counted = lists(watched);
    // The group tasks come into memory with the first one.
    await counted(0);
    commands = 0;
    for (let number = 0; number < COUNTED; number += 1) await counted(number);
    const one = lists(store);
    // Warm up: the compiler, and the group tasks in memory.
    for (let number = 0; number < 500; number += 1) await one(number);
    pure = 0;
    const began = process.cpuUsage();
    for (let number = 0; number < DEVICES; number += 1) await one(number);
    const used = process.cpuUsage(began);
    return {
      devices: DEVICES,
      groupTasks: GROUP_TASKS,
      cpuMs: (used.user + used.system) / 1_000 / DEVICES,
      pureMs: pure / 1_000 / DEVICES,
      commands: commands / COUNTED,
      targetMs: 1,
    };
  } finally {
    await watched.close();
    await store.close();
    await database.close();
  }
}
