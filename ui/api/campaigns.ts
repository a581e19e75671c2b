import type { paths } from '../generated/api.js';
import { BASE, client, take } from './client.js';
import { byId, ifMatch } from './nbi.js';
import type { CampaignInput } from './types.js';

type States = NonNullable<paths['/campaigns/{id}/devices']['get']['parameters']['query']>['state'];

/** Campaigns that ask the devices of a group to call in. */
export const campaigns = {
  list: (query: { group?: string; cursor?: string }) =>
    take(client.GET('/campaigns', { params: { query: { limit: 50, ...query } } })),
  one: (id: string) => take(client.GET('/campaigns/{id}', { params: byId(id) })),
  create: (body: CampaignInput) => take(client.POST('/campaigns', { body })),
  edit: (id: string, body: Partial<CampaignInput>, version: number) =>
    take(client.PATCH('/campaigns/{id}', { params: { ...byId(id), header: ifMatch(version) }, body })),
  remove: (id: string) => take(client.DELETE('/campaigns/{id}', { params: byId(id) })),
  suspend: (id: string) => take(client.POST('/campaigns/{id}/suspend', { params: byId(id) })),
  resume: (id: string) => take(client.POST('/campaigns/{id}/resume', { params: byId(id) })),
  progress: (id: string) => take(client.GET('/campaigns/{id}/progress', { params: byId(id) })),
  devices: (id: string, query: { state?: string; cursor?: string }) =>
    take(
      client.GET('/campaigns/{id}/devices', {
        params: { ...byId(id), query: { limit: 50, ...(query as { state?: NonNullable<States> }) } },
      }),
    ),
  /** All of them as the server exports them. */
  async csv(id: string): Promise<string> {
    const answer = await fetch(`${BASE}/campaigns/${encodeURIComponent(id)}/devices`, {
      headers: { Accept: 'text/csv' },
      credentials: 'same-origin',
    });
    if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
    return answer.text();
  },
  /** Saved searches of devices, for the filter of a campaign. */
  filters: () => take(client.GET('/filters', { params: { query: { list: 'devices', limit: 200 } } })),
};
