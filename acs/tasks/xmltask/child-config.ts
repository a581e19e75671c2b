import { ValidationError } from '../../../common/errors.js';
import type { TaskConfig } from '../../../store/models/task.js';
import { parseConfig } from '../config-schema.js';
import type { TaskType } from '../task-type.js';
import { findTaskType } from '../type-registry.js';
import { checkAttribute, hasDynamicPart } from './attribute-expressions.js';
import { offsetInValue, type XmlAttribute, type XmlElement, type XmlTaskDocument } from './document.js';
import type { AttributeSpec } from './tag.js';
import type { XmlTaskIssue } from './xml-task-error.js';

/** The name of the type whose configuration is a workflow itself. */
export const XML_TASK = 'XmlTask';

/** An attribute of a child's configuration: its own type turns the text into what it needs. */
export const CHILD_ATTRIBUTE: AttributeSpec = { name: '', type: 'text', doc: '', nullCounts: true };

/** The text of a child's configuration as a workflow of its own. */
export function childText(document: XmlTaskDocument, config: XmlElement): string {
  return document.text.slice(config.from, config.to);
}

/** A child's configuration as data: attributes are fields, child elements arrays by their name. Null leaves one out. */
export function childData(config: XmlElement, value: (text: string) => string | null): TaskConfig {
  const data = new Map<string, unknown>();
  for (const attribute of config.attributes.values()) {
    const text = value(attribute.value);
    if (text !== null) data.set(attribute.name, text);
  }
  for (const child of config.children) {
    const list = data.get(child.name);
    const one = childData(child, value);
    if (Array.isArray(list)) list.push(one);
    else data.set(child.name, [one]);
  }
  // Own properties whatever their names are, `__proto__` too; the schema refuses what it does not know.
  return Object.fromEntries(data);
}

/** The type that a `<task>` names; null where an expression or the template decides, or there is no such type. */
export function childType(task: XmlElement): TaskType | null {
  const name = task.attributes.get('class')?.value ?? '';
  return name === '' || hasDynamicPart(name) ? null : findTaskType(name);
}

/**
 * What is wrong with the `<config>` of a `<task>` that is no workflow, as far as it can be known before it runs; offsets
 * are right, lines are not.
 */
export function childIssues(document: XmlTaskDocument, task: XmlElement, config: XmlElement): XmlTaskIssue[] {
  const expressions = expressionIssues(document, config);
  const type = childType(task);
  // With a template the rest of the configuration is its business.
  const template = task.attributes.get('template')?.value ?? '';
  if (expressions.length > 0 || !type || template !== '') return expressions;
  return schemaIssues(type, config);
}

function expressionIssues(document: XmlTaskDocument, config: XmlElement): XmlTaskIssue[] {
  const own = [...config.attributes.values()].flatMap((attribute) =>
    checkAttribute(CHILD_ATTRIBUTE, attribute.value).map((issue) => ({
      ...issueAt(
        offsetInValue(document.text, attribute, issue.from),
        'expression',
        `${attribute.name}: ${issue.message}`,
      ),
      to: offsetInValue(document.text, attribute, issue.to),
    })),
  );
  return [...own, ...config.children.flatMap((child) => expressionIssues(document, child))];
}

function schemaIssues(type: TaskType, config: XmlElement): XmlTaskIssue[] {
  try {
    parseConfig(
      type,
      childData(config, (text) => text),
    );
    return [];
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return error.issues.flatMap(({ pointer, message }) => {
      const path = pointer.split('/').slice(2);
      const { element, attribute } = placeOfData(config, path);
      // What an expression will give is checked when it is known.
      if (attribute && hasDynamicPart(attribute.value)) return [];
      return [issueAt((attribute ?? element).from, 'invalid', `${type.name}: ${path.join('/')} ${message}`)];
    });
  }
}

/** The attribute or element that a JSON pointer into the data leads to. */
export function placeOfData(
  config: XmlElement,
  path: readonly string[],
): { element: XmlElement; attribute: XmlAttribute | null } {
  let element = config;
  for (let index = 0; index < path.length; index += 1) {
    const name = path[index] ?? '';
    const attribute = element.attributes.get(name);
    if (attribute) return { element, attribute };
    const next = element.children.filter((child) => child.name === name)[Number(path[index + 1] ?? 0)];
    if (!next) break;
    element = next;
    index += 1;
  }
  return { element, attribute: null };
}

function issueAt(from: number, code: string, message: string): XmlTaskIssue {
  return { line: 0, column: 0, from, to: from, code, message };
}
