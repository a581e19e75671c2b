/** The expression language: texts that compute values, pure and statically typed (docs/expressions.md). */
export { check, compile, type Expression, type Uses } from './compile.js';
export { complete, type Suggestion } from './complete.js';
export { CsvTable, parseCsvTable } from './csv-table.js';
export {
  documentation,
  operators,
  type DocumentedMember,
  type DocumentedOperator,
  type DocumentedSection,
} from './documentation.js';
export type {
  AlertView,
  CliView,
  CwmpView,
  DataModelView,
  DeviceView,
  Environment,
  ResourceView,
  TaskReportView,
  TaskView,
  TransferView,
} from './environment.js';
export { EvaluationError, ExpressionError, type EvaluationReason, type ExpressionIssue } from './errors.js';
export { LiveQuery, runLiveQuery, toText, type LiveAnswer, type LiveQuestion } from './live-query.js';
export {
  toMongoFilter,
  type MongoCondition,
  type MongoField,
  type MongoFieldMap,
  type MongoPart,
} from './mongo-filter.js';
export { PLACES, type ContextName, type Place } from './place.js';
export type { Read } from './observe.js';
export { evaluateInSandbox, maskSecrets, SANDBOX_TYPES, type Effort, type SandboxResult } from './sandbox.js';
export { hasDynamicPart } from './template.js';
export { ENUMERATIONS, T, typeName, type Type } from './types.js';
export { Entry, ValueMap, ValueSet, type Value } from './values.js';
export { formatDate } from './dates.js';
