import { z } from 'zod';
import { TRANSFER_KINDS } from '../transfer/transfer-kind.js';
import { fieldIssue, time } from './common.js';

export const transferKind = z.enum(TRANSFER_KINDS);

/** Of one file. */
export const MAX_ITEMS = 10_000;

const items = z.array(z.record(z.string(), z.unknown())).max(MAX_ITEMS);

export const transferFile = z
  .object({
    kind: transferKind,
    exportedAt: time,
    items: items.meta({ description: 'By name; secrets are masked for those who may not see them' }),
  })
  .meta({ id: 'TransferFile', description: 'What an import takes' });

export const transferInput = z
  .strictObject({
    kind: transferKind.optional().meta({ description: 'Must be that of the address' }),
    exportedAt: z.string().max(64).optional(),
    items,
  })
  .meta({ id: 'TransferInput' });

export const transferResult = z
  .object({
    dryRun: z.boolean(),
    added: z.number().int(),
    updated: z.number().int(),
    unchanged: z.number().int(),
    skipped: z.number().int(),
    refused: z.number().int(),
    items: z.array(
      z.object({
        index: z.number().int().meta({ description: 'In the file, from 0' }),
        name: z.string(),
        outcome: z.enum(['added', 'updated', 'unchanged', 'skipped', 'refused']),
        message: z.string().meta({ description: 'Why it was skipped or refused; else empty' }),
        errors: z.array(fieldIssue),
      }),
    ),
  })
  .meta({ id: 'TransferResult', description: 'In the order of the file; each item stands for itself' });
