import { z } from 'zod';
import {
  expressionCheck,
  expressionChecked,
  expressionComplete,
  expressionCompletion,
  expressionEvaluate,
  expressionReference,
  expressionValue,
  taskConfigCheck,
  taskConfigChecked,
  taskConfigComplete,
  taskConfigCompletion,
  xmlTagList,
} from '../schemas/expression.js';
import { operation } from './operation.js';
import { found } from './replies.js';

const tag = 'Expressions';
/** Whoever may see or write what holds expressions. What they look at needs its own permission besides. */
const mayWrite = ['tasks.view', 'tasks.add', 'tasks.edit', 'templates.manage', 'groups.migrations'] as const;
const permissions =
  'A device needs `devices.read` besides, its data model `device.tree`, a task `tasks.view`, a group `groups.view`.';

export const evaluateExpression = operation('post', '/expressions/evaluate', {
  id: 'evaluateExpression',
  tag,
  summary: 'Evaluate an expression on what is stored: the sandbox',
  description: `Nothing is changed and no device is asked; a live query is shown as text. A text that is no expression, or one that fails, is an \`expression-error\` with its place. ${permissions}`,
  access: mayWrite,
  body: expressionEvaluate,
  bodyExample: { expression: '${device.softwareVersion}', type: 'String', device: '02A0C4-GW-E5CAE8' },
  audited: false,
  responses: { 200: found(expressionValue, 'The value') },
  problems: ['not-found', 'expression-error'],
});

export const checkExpression = operation('post', '/expressions/check', {
  id: 'checkExpression',
  tag,
  summary: 'Check an expression while it is typed',
  description: `Whether it could be saved at its place, and what it gives now. Wrong texts are the answer here, not a problem. ${permissions}`,
  access: mayWrite,
  body: expressionCheck,
  bodyExample: { expression: "${device.modelName == 'X1'}", place: 'executionCondition' },
  audited: false,
  responses: { 200: found(expressionChecked, 'What is wrong with it, or what it gives') },
  problems: ['not-found'],
});

export const completeExpression = operation('post', '/expressions/complete', {
  id: 'completeExpression',
  tag,
  summary: 'What may stand at a place of an expression that is being typed',
  description: `With a device also the names of its data. ${permissions}`,
  access: mayWrite,
  body: expressionComplete,
  bodyExample: { expression: '${device.so', offset: 11, place: 'executionCondition' },
  audited: false,
  responses: { 200: found(expressionCompletion, 'The suggestions; none = nothing fits') },
  problems: ['not-found'],
});

export const getExpressionReference = operation('get', '/expressions/reference', {
  id: 'getExpressionReference',
  tag,
  summary: 'All operators, functions and names of the language, with a sentence each',
  access: null,
  responses: { 200: found(expressionReference, 'The language') },
});

const byType = { name: z.string().min(1).max(200).meta({ description: 'Name of a task type' }) };
const tasksTag = 'Tasks';

export const checkTaskConfig = operation('post', '/task-types/{name}/check', {
  id: 'checkTaskConfig',
  tag: tasksTag,
  summary: 'Check the XML of a configuration while it is typed',
  description: 'What would be refused if it were saved, with line, column and tag.',
  access: mayWrite,
  params: byType,
  body: taskConfigCheck,
  bodyExample: { config: '<config>\n  <sett key="A"/>\n</config>' },
  audited: false,
  responses: { 200: found(taskConfigChecked, 'What is wrong') },
  problems: ['not-found'],
});

export const completeTaskConfig = operation('post', '/task-types/{name}/complete', {
  id: 'completeTaskConfig',
  tag: tasksTag,
  summary: 'What may stand at a place of the XML of a configuration that is being typed',
  description: `Tags, attributes and values of workflows; expressions in the attributes of all types. ${permissions}`,
  access: mayWrite,
  params: byType,
  body: taskConfigComplete,
  bodyExample: { config: '<config><se', offset: 11 },
  audited: false,
  responses: { 200: found(taskConfigCompletion, 'The suggestions; none = nothing fits') },
  problems: ['not-found'],
});

export const listXmlTags = operation('get', '/task-types/{name}/tags', {
  id: 'listXmlTags',
  tag: tasksTag,
  summary: 'The tags of workflows, with their attributes',
  description: 'Of `XmlTask`; the other types have none.',
  access: null,
  params: byType,
  responses: { 200: found(xmlTagList, 'All tags') },
  problems: ['not-found'],
});
