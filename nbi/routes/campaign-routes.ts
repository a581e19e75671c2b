import { CampaignMembersError } from '../../acs/jobs/campaigns/campaign-members.js';
import type { CampaignRecord } from '../../store/models/campaign.js';
import { ConflictError, NotFoundError, ValidationError } from '../../common/errors.js';
import type { Caller } from '../access/caller.js';
import * as api from '../api/campaigns.js';
import { EXPORT_PAGE, exportReply, LIST_TYPES } from '../http/export.js';
import { decodeCursor, DEFAULT_LIMIT, encodeCursor, pageReply } from '../http/lists.js';
import { reply } from '../http/request.js';
import { implement } from '../http/route.js';
import { BASE_PATH } from '../openapi.js';
import { campaignDevice } from '../schemas/campaign.js';
import { savedFilter } from '../search/saved-filters.js';
import type { Services } from '../services.js';
import { campaignDeviceJson, campaignJson, progressJson } from '../views/campaign-view.js';
import { onVisibleDevices, visibleGroup, visibleTask } from './visible.js';

export const campaignRoutes = [
  implement(api.listCampaigns, async ({ query, caller }, { campaigns }) => {
    const { limit = DEFAULT_LIMIT, ...rest } = query;
    return pageReply(await campaigns.list({ ...rest, limit, view: caller.domain }), campaignJson);
  }),

  implement(api.createCampaign, async ({ body, caller }, services) => {
    await mayAim(body, caller, services);
    const campaign = await services.campaigns.create(body, { user: caller.login, domain: caller.domain });
    return {
      ...shown(campaign, 201),
      headers: { Location: `${BASE_PATH}/campaigns/${campaign._id}` },
      difference: { after: campaignJson(campaign) },
    };
  }),

  implement(api.getCampaign, async ({ params, caller }, services) =>
    shown(await visibleCampaign(params.id, caller, services)),
  ),

  implement(api.patchCampaign, async ({ params, body, caller, ifMatch }, services) => {
    const before = await visibleCampaign(params.id, caller, services);
    ifMatch.check('campaign', before._id, before.version);
    await mayAim(body, caller, services);
    const version = ifMatch.versions === null ? undefined : before.version;
    const after = await services.campaigns.edit(before, body, { user: caller.login, version });
    return changed(before, after);
  }),

  implement(api.deleteCampaign, async ({ params, caller, ifMatch }, services) => {
    const campaign = await visibleCampaign(params.id, caller, services);
    ifMatch.check('campaign', campaign._id, campaign.version);
    await services.campaigns.remove(campaign, { user: caller.login });
    return reply(204, undefined, {
      object: campaign._id,
      difference: { before: campaignJson(campaign) },
    });
  }),

  implement(api.suspendCampaign, async ({ params, caller }, services) => {
    const before = await visibleCampaign(params.id, caller, services);
    return changed(before, await services.campaigns.suspend(before, caller.login));
  }),

  implement(api.resumeCampaign, async ({ params, caller }, services) => {
    const before = await visibleCampaign(params.id, caller, services);
    return changed(before, await services.campaigns.resume(before, caller.login));
  }),

  implement(api.getCampaignProgress, async ({ params, caller }, services) => {
    const campaign = await visibleCampaign(params.id, caller, services);
    const progress = await counted(() => services.campaigns.progress(campaign));
    return reply(200, progressJson(progress, campaign));
  }),

  implement(api.listCampaignDevices, async (request, services) => {
    const { params, query, caller, signal } = request;
    const type = request.accepts(...LIST_TYPES);
    const campaign = await visibleCampaign(params.id, caller, services);
    const page = async (limit: number, cursor: string | undefined) => {
      const { items, next } = await counted(() =>
        services.campaigns.devices(campaign, {
          limit,
          state: query.state,
          ...(cursor !== undefined && { after: decodeCursor(cursor, ['string'])[0] }),
        }),
      );
      return {
        items: await onVisibleDevices(items, caller, services),
        next: next === null ? null : encodeCursor([next]),
      };
    };
    if (type === 'application/json')
      return pageReply(await page(query.limit ?? DEFAULT_LIMIT, query.cursor), campaignDeviceJson);
    return exportReply({
      ...{ type, name: `campaign-${campaign._id}`, signal, caller },
      columns: Object.keys(campaignDevice.shape),
      page: async (after) => {
        const { items, next } = await page(EXPORT_PAGE, after ?? query.cursor);
        return { rows: items.map(campaignDeviceJson), next };
      },
    });
  }),
];

async function visibleCampaign(id: string, caller: Caller, { campaigns }: Services): Promise<CampaignRecord> {
  const campaign = await campaigns.get(id);
  caller.mustSee(campaign.domain, 'campaign', id);
  return campaign;
}

/** What a campaign refers to is what its maker sees. */
async function mayAim(
  { group, filter, success, domain }: Partial<CampaignAim>,
  caller: Caller,
  services: Services,
): Promise<void> {
  if (group !== undefined) await visibleGroup(group, caller, services);
  if (filter !== undefined && filter !== null)
    await there('/filter', () => savedFilter(filter, caller, services));
  if (success?.kind === 'task')
    await there('/success/task', () => visibleTask(success.task, caller, services));
  if (domain !== undefined) caller.mustSee(domain, 'domain', domain);
}

/** Throws `ValidationError` for what is not there, as for what is out of view. */
async function there(pointer: string, look: () => Promise<unknown>): Promise<void> {
  try {
    await look();
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    throw ValidationError.of(pointer, `There is no ${error.kind} ${error.id}`, 'unknown');
  }
}

interface CampaignAim {
  group: string | undefined;
  filter: string | null | undefined;
  success: { kind: 'session' } | { kind: 'task'; task: string } | undefined;
  domain: string | undefined;
}

/** A saved filter that is gone is no fault of the request. */
async function counted<T>(count: () => Promise<T>): Promise<T> {
  try {
    return await count();
  } catch (error) {
    if (error instanceof CampaignMembersError) throw new ConflictError(error.message);
    throw error;
  }
}

function shown(campaign: CampaignRecord, status: 200 | 201 = 200) {
  return reply(status, campaignJson(campaign), { version: campaign.version, object: campaign._id });
}

function changed(before: CampaignRecord, after: CampaignRecord) {
  return { ...shown(after), difference: { before: campaignJson(before), after: campaignJson(after) } };
}
