import { inWords } from '../../acs/tasks/schedules/schedule.js';
import type { ScheduleRecord, ScheduleSpan } from '../../store/models/schedule.js';
import { timeJson } from './json.js';

export function spanJson({ description, start, end, zone, map }: ScheduleSpan) {
  return { description, start: timeJson(start), end: timeJson(end), zone, map };
}

export function scheduleJson(schedule: ScheduleRecord, usedBy: number) {
  const { _id, builtIn, user, createdAt, editedAt, version } = schedule;
  return {
    id: _id,
    ...spanJson(schedule),
    text: inWords(schedule),
    builtIn,
    usedBy,
    user,
    createdAt: createdAt.toISOString(),
    editedAt: editedAt.toISOString(),
    version,
  };
}
