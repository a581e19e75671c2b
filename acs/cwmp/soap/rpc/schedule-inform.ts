import { textElement } from '../xml-writer.js';
import type { AcsRpcDefinition } from './definition.js';

export const scheduleInform: AcsRpcDefinition<'ScheduleInform'> = {
  write: ({ delaySeconds, commandKey }) =>
    textElement('DelaySeconds', delaySeconds) + textElement('CommandKey', commandKey),
  read: () => ({ method: 'ScheduleInform' }),
};
