import { client, take } from './client.js';
import { byId, ifMatch, type Connect } from './nbi.js';
import type { TemplateInput, TemplatePatch } from './types.js';

/** The calls about templates and the buttons that are made of them. */
export interface QuickFixValues {
  parameters?: Record<string, string>;
  connect?: Connect;
}

export const templates = {
  list: (query: { limit?: number; cursor?: string; q?: string; type?: string; quickFix?: boolean }) =>
    take(client.GET('/templates', { params: { query } })),
  one: (id: string) => take(client.GET('/templates/{id}', { params: byId(id) })),
  create: (body: TemplateInput) => take(client.POST('/templates', { body })),
  edit: (id: string, body: TemplatePatch, version: number) =>
    take(client.PATCH('/templates/{id}', { params: { ...byId(id), header: ifMatch(version) }, body })),
  remove: (id: string, confirmed: boolean) =>
    take(
      client.DELETE('/templates/{id}', {
        params: { ...byId(id), ...(confirmed ? { query: { confirmed } } : {}) },
      }),
    ),
  uses: (id: string) => take(client.GET('/templates/{id}/uses', { params: byId(id) })),
  editionLog: (id: string, cursor?: string) =>
    take(
      client.GET('/templates/{id}/edition-log', {
        params: { ...byId(id), query: { limit: 100, ...(cursor === undefined ? {} : { cursor }) } },
      }),
    ),
};

export const quickFixes = {
  list: (query: { limit?: number; cursor?: string }) =>
    take(client.GET('/quick-fixes', { params: { query } })),
  press: (id: string, fix: string, body: QuickFixValues) =>
    take(client.POST('/devices/{id}/actions/quick-fix/{fix}', { params: { path: { id, fix } }, body })),
  pressOnGroup: (id: string, fix: string, body: QuickFixValues & { appliesToSubgroups: boolean }) =>
    take(client.POST('/groups/{id}/actions/quick-fix/{fix}', { params: { path: { id, fix } }, body })),
};
