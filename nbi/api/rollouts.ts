import { cursor, limit, words } from '../schemas/common.js';
import { rollout, rolloutList, rolloutNote } from '../schemas/rollout.js';
import { operation } from './operation.js';
import { foundWithETag, listed } from './replies.js';
import { byTask as byId } from './tasks.js';

const tag = 'Rollouts';

export const listRollouts = operation('get', '/rollouts', {
  id: 'listRollouts',
  tag,
  summary: 'Group tasks that reach their devices in waves, the newest first',
  access: 'tasks.view',
  query: { limit, cursor, phase: words(['running', 'paused']).optional() },
  responses: { 200: listed(rolloutList, 'A page of rollouts') },
});

export const getRollout = operation('get', '/tasks/{id}/rollout', {
  id: 'getRollout',
  tag,
  summary: 'How far the rollout of a group task has come, and what it waits for',
  description: 'The waves are a setting of the task (`rollout`).',
  access: 'tasks.view',
  params: byId,
  responses: { 200: foundWithETag(rollout, 'The rollout; the version is that of the task') },
  problems: ['not-found', 'conflict'],
});

const act = (path: string, id: string, summary: string, description: string) =>
  operation('post', `/tasks/{id}/rollout/${path}`, {
    ...{ id, tag, summary, description, access: 'tasks.rollout', params: byId },
    body: rolloutNote,
    bodyExample: { note: 'The call centre is closed' },
    responses: { 200: foundWithETag(rollout, 'The rollout') },
    problems: ['not-found', 'conflict'],
  });

export const pauseRollout = act(
  'pause',
  'pauseRollout',
  'Let no device begin from now on',
  'Runs that have begun end.',
);
export const continueRollout = act(
  'continue',
  'continueRollout',
  'Go on after a pause',
  'Past a stop by a rule `note` must say why; the rules look at results from then on.',
);
export const openNextWave = act(
  'open-next',
  'openNextWave',
  'Open the next wave now',
  'Whatever it waits for. Not while the rollout is paused.',
);
export const openAllWaves = act(
  'open-all',
  'openAllWaves',
  'Let all devices in that are left',
  'In place of the waves that were still to come. Not while the rollout is paused.',
);
