import { rehearsal, rehearsalInput } from '../schemas/rehearsal.js';
import { operation } from './operation.js';
import { found } from './replies.js';

export const rehearseTask = operation('post', '/tasks/rehearse', {
  id: 'rehearseTask',
  tag: 'Tasks',
  summary: 'Play a task against the stored data model of a device',
  description:
    'Nothing is sent and nothing is stored. `scope: first-session` is a dry run: the requests that the next session would see.',
  access: 'tasks.view',
  body: rehearsalInput,
  bodyExample: {
    device: '02A0C4-GW-E5CAE8',
    type: 'SetValues',
    config: { param: [{ name: 'wifi.1.ssid', value: 'home' }] },
    scope: 'first-session',
  },
  audited: false,
  responses: { 200: found(rehearsal, 'What would happen') },
  problems: ['not-found', 'conflict'],
});
