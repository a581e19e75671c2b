import type { ScheduleSpan } from '../../../store/models/schedule.js';
import { SLOTS_A_DAY, weekMapOf, type DaySpan } from './week-map.js';

const hours = (from: number, to: number): DaySpan => ({ from: from * 4, to: to * 4 });
const ALL_DAY: DaySpan = { from: 0, to: SLOTS_A_DAY };
const isWeekend = (day: number): boolean => day >= 5;

const open = { start: null, end: null, zone: '' } as const;

/** The predefined schedules of every installation, by id; reset at each start (tasks.md §5.2). */
export const BUILT_IN_SCHEDULES: Readonly<Record<string, ScheduleSpan>> = {
  'nights-enterprise': {
    ...open,
    description: 'nights-enterprise',
    map: weekMapOf(() => [hours(0, 6), hours(19, 24)]),
  },
  'nights-enterprise-weekends': {
    ...open,
    description: 'nights-enterprise-weekends',
    map: weekMapOf((day) => (isWeekend(day) ? [ALL_DAY] : [hours(0, 6), hours(19, 24)])),
  },
  'nights-home': { ...open, description: 'nights-home', map: weekMapOf(() => [hours(1, 6)]) },
  weekends: { ...open, description: 'weekends', map: weekMapOf((day) => (isWeekend(day) ? [ALL_DAY] : [])) },
};
