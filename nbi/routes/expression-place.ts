import { PLACES, T, type Place, type Type } from '../../acs/expressions/index.js';
import { placeOfField } from '../../acs/tasks/config-expressions.js';
import type { TaskType } from '../../acs/tasks/task-type.js';
import { findTaskType } from '../../acs/tasks/task-types.js';
import { placeOf } from '../../acs/tasks/xmltask/attribute-expressions.js';
import { XML_TASK } from '../../acs/tasks/xmltask/child-config.js';
import { attributeOf, tagNamed } from '../../acs/tasks/xmltask/tags.js';
import { NotFoundError, ValidationError } from '../../common/errors.js';
import type { RESULT_TYPES } from '../schemas/expression.js';

const TYPES: Readonly<Record<(typeof RESULT_TYPES)[number], Type>> = {
  String: T.string,
  LiveDMQuery: T.liveQuery,
  Int: T.int,
  Double: T.double,
  Boolean: T.boolean,
  Long: T.long,
  Date: T.date,
  'List[String]': T.list(T.string),
};

export interface PlaceInput {
  place?: keyof typeof PLACES | undefined;
  type?: keyof typeof TYPES | undefined;
  taskType?: string | undefined;
  tag?: string | undefined;
  attribute?: string | undefined;
}

/** The place that a caller names. Throws `ValidationError` for an attribute that does not exist. */
export function placeNamed(input: PlaceInput): Place {
  const { place = input.taskType === undefined ? 'sandbox' : 'taskAttribute', type } = input;
  const wanted = type === undefined ? null : TYPES[type];
  switch (place) {
    case 'sandbox':
      return PLACES.sandbox(wanted);
    case 'taskAttribute':
      return input.taskType === undefined ? PLACES.taskAttribute(wanted, true) : attributePlace(input);
    case 'templateDefault':
      return PLACES.templateDefault(T.string);
    default:
      return PLACES[place];
  }
}

function attributePlace({ taskType = '', tag = 'config', attribute }: PlaceInput): Place {
  const type = findTaskType(taskType);
  if (!type) throw ValidationError.of('/taskType', `There is no task type ${taskType}`, 'unknown-type');
  if (attribute === undefined) throw ValidationError.of('/attribute', 'is required', 'required');
  const found = type.name === XML_TASK ? tagPlace(tag, attribute) : fieldPlace(type, tag, attribute);
  if (found) return found;
  throw ValidationError.of('/attribute', `<${tag}> of ${type.name} has no ${attribute}`, 'unknown-attribute');
}

function tagPlace(tag: string, attribute: string): Place | null {
  const spec = tagNamed(tag);
  const found = spec && attributeOf(spec, attribute);
  return found && placeOf(found);
}

const fieldPlace = (type: TaskType, tag: string, attribute: string): Place | null =>
  placeOfField(type.schema, tag === 'config' ? [attribute] : [tag, attribute]);

/** Throws `NotFoundError`. */
export function taskTypeAt(name: string): TaskType {
  const type = findTaskType(name);
  if (!type) throw new NotFoundError('task type', name);
  return type;
}
