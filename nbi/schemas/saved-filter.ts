import { z } from 'zod';
import { SEARCHED_LISTS } from '../../store/models/saved-filter.js';
import { domain, line, page, time } from './common.js';

/** Conditions on the fields of a list, in a query. */
const ofLength = (length: number) =>
  z
    .string()
    .max(length)
    .meta({
      description:
        'Filter language: `priority gt 5 and not (type eq "Reboot")`; operators eq ne lt le gt ge contains startsWith matches in exists',
      examples: ['type eq "SetValues" and createdAt gt 2026-01-01T00:00:00Z'],
    });

export const filterText = ofLength(10_000);

export const expressionText = z
  .string()
  .max(16_384)
  .meta({
    description:
      'A Boolean expression, for what the filter language cannot say. What the store can decide of it is cheap; else it is evaluated row by row: refused beyond 20,000 candidates, and a page ends after 10 s (`notice` says so)',
    examples: ['${task.priority > 2}'],
  });

/** How a list is searched beyond its simple criteria. */
export const searchQuery = {
  filter: filterText.optional(),
  expression: expressionText.optional(),
  savedFilter: z.string().max(100).optional().meta({ description: 'Id of a saved filter of this list' }),
};

/** Which page of it, in a body. */
export const pageOfSearch = {
  limit: z.number().int().min(1).max(1_000).optional(),
  cursor: z.string().min(1).max(2_000).optional(),
  count: z.boolean().optional(),
};

/** The same in a body, where there is room for more. */
export const longSearch = { ...searchQuery, filter: ofLength(100_000).optional() };

/** What is chosen of each row. */
export const fieldsQuery = z
  .string()
  .max(2_000)
  .optional()
  .meta({ description: 'Comma-separated names of fields; of an export its columns' });

const list = z.enum(SEARCHED_LISTS).meta({ description: 'The list that it searches' });

export const savedFilter = z
  .object({
    id: z.string(),
    list,
    name: z.string(),
    domain: z.string(),
    shared: z
      .boolean()
      .meta({ description: 'Seen by users of the domain and of those above; else by its owner alone' }),
    filter: z.string(),
    expression: z.string(),
    user: z.string(),
    editable: z.boolean(),
    createdAt: time,
    editedAt: time,
    version: z.number().int(),
  })
  .meta({ id: 'SavedFilter' });
export const savedFilterList = page(savedFilter, 'SavedFilterList');
export const searchedList = list;

const name = line(128).refine((text) => text.trim() !== '', 'Is required');
const fields = {
  domain: domain.optional().meta({ description: 'Left out: the caller’s' }),
  shared: z.boolean().optional(),
  filter: filterText.optional(),
  expression: expressionText.optional(),
};

export const savedFilterInput = z.strictObject({ list, name, ...fields }).meta({ id: 'SavedFilterInput' });
export const savedFilterPatch = z
  .strictObject({ name: name.optional(), ...fields })
  .meta({ id: 'SavedFilterPatch' });
