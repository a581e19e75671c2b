import { z } from 'zod';
import { text, time } from './common.js';

const run = z
  .object({
    id: z.string(),
    state: z.enum(['running', 'finished', 'failed', 'cancelled']),
    user: z.string(),
    startedAt: time,
    finishedAt: time.nullable(),
    total: z.number().int(),
    done: z.number().int(),
    moved: z.number().int().meta({ description: 'Devices whose groups changed' }),
    failed: z.number().int(),
    message: z.string(),
  })
  .meta({ id: 'MigrationRun' });
export const migrationRun = run;

export const migrationRule = z
  .object({
    id: z.string(),
    group: z.string(),
    active: z.boolean(),
    condition: z.string(),
    destination: z.string(),
    remove: z.boolean(),
    subgroups: z.boolean(),
    notes: z.string(),
    createdAt: time,
    createdBy: z.string(),
    editedAt: time,
    editedBy: z.string(),
    failures: z.number().int().meta({ description: 'Run-time errors since the rule was last changed' }),
    lastFailure: z.object({ at: time, device: z.string(), message: z.string() }).nullable(),
    run: run.nullable().meta({ description: 'The last run over all members' }),
    version: z.number().int(),
  })
  .meta({ id: 'MigrationRule' });
export const migrationRuleList = z
  .object({ items: z.array(migrationRule) })
  .meta({ id: 'MigrationRuleList' });

const writable = {
  active: z.boolean().optional(),
  condition: text(16_384)
    .min(1)
    .meta({ description: 'An expression, or `1` for always', examples: ["${device.oui == '02A0C4'}"] }),
  destination: text(16_384)
    .min(1)
    .meta({
      description: 'A group, with expressions; behind `~` a pattern over the names of existing groups',
      examples: ['root.ips.${device.currentWanIP}'],
    }),
  remove: z.boolean().optional().meta({ description: 'Matching devices leave the source group' }),
  subgroups: z.boolean().optional().meta({ description: 'Also for members of groups below' }),
  notes: text(4_000).optional(),
};

export const migrationRuleInput = z.strictObject(writable).meta({ id: 'MigrationRuleInput' });
export const migrationRulePatch = z.strictObject(writable).partial().meta({ id: 'MigrationRulePatch' });

export const migrationDraft = z
  .strictObject({
    condition: writable.condition,
    destination: writable.destination,
    subgroups: writable.subgroups,
  })
  .meta({ id: 'MigrationDraft' });

export const migrationDryRun = z
  .object({
    members: z.number().int(),
    examined: z.number().int().meta({ description: 'Fewer than members when ten seconds were over' }),
    matched: z.number().int(),
    failures: z.number().int(),
    destinations: z.array(z.object({ group: z.string(), exists: z.boolean(), devices: z.number().int() })),
    examples: z.array(
      z.object({ device: z.string(), destinations: z.array(z.string()), error: z.string().nullable() }),
    ),
  })
  .meta({ id: 'MigrationDryRun' });
