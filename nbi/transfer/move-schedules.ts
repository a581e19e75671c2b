import { NotFoundError, ValidationError } from '../../common/errors.js';
import { validSpan } from '../../acs/tasks/schedules/schedules.js';
import type { SpanInput } from '../../acs/tasks/schedules/schedule-input.js';
import type { ScheduleRecord } from '../../store/models/schedule.js';
import { spanJson } from '../views/schedule-view.js';
import type { Item, TransferKind } from './transfer-kind.js';

/** Ids stay, since tasks and templates refer to them. Those that are built in are everywhere already. */
export const movedSchedules: TransferKind = {
  key: 'id',

  items: async ({ services }) =>
    (await services.schedules.list()).filter(({ builtIn }) => !builtIn).map(scheduleItem),

  async step(item, { services, caller }) {
    const { id, ...given } = item;
    if (typeof id !== 'string' || !/^[\w.-]{1,64}$/.test(id))
      throw ValidationError.of('/id', 'must be 1 to 64 letters, digits, ".", "_" and "-"', 'invalid');
    const span = given as SpanInput;
    const found = await services.schedules.get(id).catch((error: unknown) => {
      if (error instanceof NotFoundError) return null;
      throw error;
    });
    return {
      before: found && scheduleItem(found),
      add: () => services.schedules.create(span, caller.login, id),
      update: () => services.schedules.edit(id, span),
      check: () => {
        if (found?.builtIn === true)
          return Promise.reject(ValidationError.of('/id', `The schedule ${id} is built in`, 'built-in'));
        validSpan(span);
        return Promise.resolve();
      },
    };
  },
};

const scheduleItem = (schedule: ScheduleRecord): Item => ({ id: schedule._id, ...spanJson(schedule) });
