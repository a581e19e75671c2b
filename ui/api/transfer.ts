import type { components } from '../generated/api.js';
import { client, take } from './client.js';

type Schemas = components['schemas'];
export type TransferKind = Schemas['TransferFile']['kind'];
export type TransferInput = Schemas['TransferInput'];
export type TransferResult = Schemas['TransferResult'];
export type TransferMode = 'add' | 'update' | 'both';

const byKind = (kind: TransferKind) => ({ path: { kind } });

export const transfer = {
  export: (kind: TransferKind) => take(client.GET('/transfer/{kind}', { params: byKind(kind) })),
  import: (kind: TransferKind, body: TransferInput, mode: TransferMode, dryRun: boolean) =>
    take(client.POST('/transfer/{kind}', { params: { ...byKind(kind), query: { mode, dryRun } }, body })),
};
