import { validSpan } from '../../acs/tasks/schedules/schedules.js';
import { allowed, inWords, nextAllowed, nextRefused } from '../../acs/tasks/schedules/schedule.js';
import type { ScheduleRecord, ScheduleSpan } from '../../store/models/schedule.js';
import {
  createSchedule,
  deleteSchedule,
  getSchedule,
  listSchedules,
  patchSchedule,
  previewSchedule,
} from '../api/schedules.js';
import { pageReply } from '../http/lists.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { BASE_PATH } from '../openapi.js';
import type { Services } from '../services.js';
import { scheduleJson } from '../views/schedule-view.js';

/** Spans that a preview shows. */
const SPANS = 10;

export const scheduleRoutes = [
  implement(listSchedules, async (_request, { schedules }) => {
    const all = await schedules.list();
    const used = await Promise.all(all.map(({ _id }) => schedules.uses(_id)));
    const items = all.map((schedule, index) => scheduleJson(schedule, used[index]?.count ?? 0));
    return pageReply({ items, next: null }, (json) => json);
  }),

  implement(getSchedule, async ({ params }, services) =>
    shown(await services.schedules.get(params.id), services),
  ),

  implement(createSchedule, async ({ body, caller }, services) => {
    const schedule = await services.schedules.create(body, caller.login);
    return {
      ...(await shown(schedule, services, 201)),
      headers: { Location: `${BASE_PATH}/schedules/${encodeURIComponent(schedule._id)}` },
      difference: { after: scheduleJson(schedule, 0) },
    };
  }),

  implement(patchSchedule, async ({ params, body, ifMatch }, services) => {
    const before = await services.schedules.get(params.id);
    ifMatch.check('schedule', before._id, before.version);
    const version = ifMatch.versions === null ? undefined : before.version;
    const after = await services.schedules.edit(before._id, body, { version });
    const difference = { before: scheduleJson(before, 0), after: scheduleJson(after, 0) };
    return { ...(await shown(after, services)), difference };
  }),

  implement(deleteSchedule, async ({ params, ifMatch }, { schedules }) => {
    const schedule = await schedules.get(params.id);
    ifMatch.check('schedule', schedule._id, schedule.version);
    await schedules.remove(schedule._id);
    return reply(204, undefined, {
      object: schedule._id,
      difference: { before: scheduleJson(schedule, 0) },
    });
  }),

  implement(previewSchedule, ({ body, query }, { clock }) => {
    const span = validSpan(body);
    const at = query.at === undefined ? clock.now() : new Date(query.at);
    return reply(200, { text: inWords(span), allowed: allowed(span, at), next: nextSpans(span, at) });
  }),
];

async function shown(schedule: ScheduleRecord, { schedules }: Services, status: 200 | 201 = 200) {
  const { count } = await schedules.uses(schedule._id);
  return reply(status, scheduleJson(schedule, count), { version: schedule.version, object: schedule._id });
}

function nextSpans(span: ScheduleSpan, at: Date): { from: string; to: string | null }[] {
  const spans: { from: string; to: string | null }[] = [];
  let from = nextAllowed(span, at);
  while (from && spans.length < SPANS) {
    const to = nextRefused(span, from);
    spans.push({ from: from.toISOString(), to: to?.toISOString() ?? null });
    from = to && nextAllowed(span, to);
  }
  return spans;
}
