import { ValidationError } from '../../common/errors.js';
import { CONTACT_STATES } from '../../acs/devices/contact-state.js';
import { deviceFields } from '../../acs/devices/device-fields.js';
import { toMongo, type FieldMap, type FilterNode, type MongoFilter } from '../../acs/devices/filter.js';
import { PLACES, type Place } from '../../acs/expressions/index.js';
import { EXECUTION_FIELDS } from '../../acs/tasks/search/execution-search.js';
import { expressionIssues } from '../../acs/tasks/search/search.js';
import { TASK_FIELDS } from '../../acs/tasks/search/task-search.js';
import type { SearchedList } from '../../store/models/saved-filter.js';
import { parseFilter } from '../filter/parser.js';

const FIELDS: Readonly<Record<SearchedList, FieldMap>> = {
  devices: deviceFields(Object.fromEntries(CONTACT_STATES.map((state) => [state, {}]))),
  tasks: TASK_FIELDS,
  executions: EXECUTION_FIELDS,
};

/** Where the expressions of a list stand. */
const PLACE_OF: Readonly<Record<SearchedList, Place>> = {
  devices: PLACES.deviceSearch,
  tasks: PLACES.taskSearch,
  executions: PLACES.reportSearch,
};

/** Throws `ValidationError` for what is wrong in a filter or expression of the list. */
export function checkCriteria(
  list: SearchedList,
  { filter, expression }: { filter: string; expression: string },
): void {
  if (filter.trim() !== '') toMongo(parseFilter(filter), FIELDS[list]);
  if (expression.trim() === '') return;
  const issues = expressionIssues(expression, PLACE_OF[list]);
  if (issues.length > 0) throw new ValidationError('The expression is not valid', issues);
}

/** The conditions of parsed filters of a list. */
export function filterConditions(list: SearchedList, nodes: readonly FilterNode[]): MongoFilter[] {
  return nodes.map((node) => toMongo(node, FIELDS[list]));
}
