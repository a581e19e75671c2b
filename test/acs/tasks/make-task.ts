import { TASK_DEFAULTS, type TaskRecord } from '../../../store/models/task.js';

const CREATED = new Date('2026-01-01T12:00:00Z');

/** A task with every field, as the store would hold it. */
export function makeTask(id: string, fields: Partial<TaskRecord> = {}): TaskRecord {
  return {
    ...TASK_DEFAULTS,
    pausedGroups: [],
    alerts: [],
    _id: id,
    device: null,
    group: null,
    type: 'GetValues',
    config: {},
    active: true,
    anonymous: true,
    name: '',
    comment: '',
    tags: [],
    automaticRestart: false,
    repeatOnBootstrap: false,
    transientReport: false,
    logLevel: 'INFO',
    priority: 10,
    minInterval: 0,
    domain: '/',
    properties: [],
    user: 'u',
    createdAt: CREATED,
    editedAt: CREATED,
    version: 1,
    ...fields,
  };
}
