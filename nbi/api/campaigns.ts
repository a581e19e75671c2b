import { z } from 'zod';
import { CAMPAIGN_DEVICE_STATES } from '../../store/models/campaign-device.js';
import { CAMPAIGN_PHASES } from '../../store/models/campaign.js';
import { EXPORT_MEDIA } from '../http/export.js';
import {
  campaign,
  campaignDeviceList,
  campaignInput,
  campaignList,
  campaignPatch,
  campaignProgress,
} from '../schemas/campaign.js';
import { cursor, limit, words } from '../schemas/common.js';
import { operation } from './operation.js';
import { created, done, found, foundWithETag, listed, notModified } from './replies.js';

const tag = 'Campaigns';
const byId = { id: z.string().min(1).max(64) };
const reads = ['groups.view', 'campaigns.manage'] as const;

export const listCampaigns = operation('get', '/campaigns', {
  id: 'listCampaigns',
  tag,
  summary: 'Campaigns that ask the devices of a group to call in, the newest first',
  access: reads,
  query: { limit, cursor, phase: words(CAMPAIGN_PHASES).optional(), group: z.string().max(512).optional() },
  responses: { 200: listed(campaignList, 'A page of campaigns') },
});

export const createCampaign = operation('post', '/campaigns', {
  id: 'createCampaign',
  tag,
  summary: 'Ask the devices of a group to call in, at a set pace',
  description: 'A campaign carries no tasks: the devices run their own lists when they come.',
  access: 'campaigns.manage',
  body: campaignInput,
  bodyExample: {
    group: 'root.region.north',
    appliesToSubgroups: true,
    perMinute: 60,
    schedule: { ref: 'nights-home' },
    end: 'P14D',
  },
  responses: { 201: created(campaign, 'The campaign') },
});

export const getCampaign = operation('get', '/campaigns/{id}', {
  id: 'getCampaign',
  tag,
  summary: 'Get a campaign',
  access: reads,
  params: byId,
  responses: { 200: foundWithETag(campaign, 'The campaign'), 304: notModified },
  problems: ['not-found'],
});

export const patchCampaign = operation('patch', '/campaigns/{id}', {
  id: 'patchCampaign',
  tag,
  summary: 'Change a campaign, for what it has not sent yet',
  description:
    'Devices that were skipped are looked at anew. One that was finished goes on where there is something to do.',
  access: 'campaigns.manage',
  params: byId,
  body: campaignPatch,
  bodyExample: { perMinute: 30 },
  ifMatch: 'optional',
  responses: { 200: foundWithETag(campaign, 'The campaign') },
  problems: ['not-found', 'stale'],
});

export const deleteCampaign = operation('delete', '/campaigns/{id}', {
  id: 'deleteCampaign',
  tag,
  summary: 'Delete a campaign with its progress, in whatever phase it is',
  access: 'campaigns.manage',
  params: byId,
  ifMatch: 'optional',
  responses: { 204: done },
  problems: ['not-found', 'stale'],
});

export const suspendCampaign = operation('post', '/campaigns/{id}/suspend', {
  id: 'suspendCampaign',
  tag,
  summary: 'Send nothing more for now',
  description: 'Devices that were asked already may still come, and count.',
  access: 'campaigns.manage',
  params: byId,
  responses: { 200: foundWithETag(campaign, 'The campaign') },
  problems: ['not-found', 'stale', 'conflict'],
});

export const resumeCampaign = operation('post', '/campaigns/{id}/resume', {
  id: 'resumeCampaign',
  tag,
  summary: 'Go on after a suspension, or after a stop by the failure limit',
  description: 'After a stop failures are counted anew.',
  access: 'campaigns.manage',
  params: byId,
  responses: { 200: foundWithETag(campaign, 'The campaign') },
  problems: ['not-found', 'stale', 'conflict'],
});

export const getCampaignProgress = operation('get', '/campaigns/{id}/progress', {
  id: 'getCampaignProgress',
  tag,
  summary: 'Count how far a campaign has come',
  description: 'Counted with each call, and kept in the campaign with its time.',
  access: reads,
  params: byId,
  responses: { 200: found(campaignProgress, 'The numbers') },
  problems: ['not-found', 'conflict'],
});

export const listCampaignDevices = operation('get', '/campaigns/{id}/devices', {
  id: 'listCampaignDevices',
  tag,
  summary: 'The devices of a campaign by identity, and what became of each',
  description:
    'Members whose turn has not come are `pending`. With `Accept: text/csv` or `application/x-ndjson` the whole result is streamed (permission `devices.export`).',
  access: reads,
  params: byId,
  query: { limit, cursor, state: words(CAMPAIGN_DEVICE_STATES).optional() },
  responses: { 200: { ...listed(campaignDeviceList, 'A page of devices'), media: EXPORT_MEDIA } },
  problems: ['not-found', 'conflict', 'not-acceptable'],
});
