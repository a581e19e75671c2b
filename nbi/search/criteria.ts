import { ValidationError } from '../../common/errors.js';
import type { FilterNode } from '../../acs/devices/filter.js';
import type { SearchedList } from '../../store/models/saved-filter.js';
import type { Caller } from '../access/caller.js';
import { parseFilter } from '../filter/parser.js';
import type { Services } from '../services.js';
import { savedFilter } from './saved-filters.js';

/** How a list is searched beyond its simple criteria; all are joined by *and*. */
export interface Criteria {
  filter?: string | undefined;
  expression?: string | undefined;
  /** Id of a saved one. */
  savedFilter?: string | undefined;
}

/** The parsed filters and the expressions of a search. Throws `ValidationError`, `NotFoundError` for the saved one. */
export async function searchCriteria(
  list: SearchedList,
  criteria: Criteria,
  caller: Caller,
  services: Pick<Services, 'store' | 'clock'>,
): Promise<{ nodes: FilterNode[]; expressions: string[] }> {
  const saved =
    criteria.savedFilter === undefined ? null : await savedFilter(criteria.savedFilter, caller, services);
  if (saved && saved.list !== list)
    throw ValidationError.of('/savedFilter', `It is a search of ${saved.list}, not of ${list}`);
  const given = (texts: (string | undefined)[]): string[] =>
    texts.filter((text): text is string => text !== undefined && text.trim() !== '');
  return {
    nodes: given([criteria.filter, saved?.filter]).map(parseFilter),
    expressions: given([criteria.expression, saved?.expression]),
  };
}
