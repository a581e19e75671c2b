import { textElement } from '../xml-writer.js';
import type { AcsRpcDefinition } from './definition.js';

export const reboot: AcsRpcDefinition<'Reboot'> = {
  write: ({ commandKey }) => textElement('CommandKey', commandKey),
  read: () => ({ method: 'Reboot' }),
};
